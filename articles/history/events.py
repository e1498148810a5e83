"""What happened to rows, as the triggers of the database put it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from articles.history.places import Place, Slice, ended
from articles.history.row_changes import event_model
from articles.history.undo import TRACKED, touched
from articles.models import Operation

# Labels of events that hold a row as it was found, and of those that hold it as it was left.
_FOUND = frozenset({"insert", "before", "delete"})
_LEFT = frozenset({"insert", "after", "delete"})
_OWN = ("pgh_id", "pgh_obj_id", "pgh_label", "pgh_context_id", "pgh_created_at")

type State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one operation, or one transaction outside any, made of a row.

    ``before`` is None for a row that it made, ``after`` for one that it removed; both map columns
    (``source_id``) to their values. ``context`` is the operation's, None outside any.
    """

    model: type[models.Model]
    id: int
    context: UUID | None
    at: datetime
    before: State | None
    after: State | None

    @property
    def place(self) -> tuple[int, int]:
        """What orders the rows of an operation: the table, and the row within it."""
        return TRACKED.index(self.model), self.id

    @property
    def state(self) -> State:
        """The row as it was left; of one that was removed, as it was found."""
        return self.after or self.before or {}


def rows_of(operation: Operation, *, limit: int, cursor: str | None = None) -> Slice[RowChange]:
    """Return up to ``limit`` rows that an operation changed, table by table. Raises CursorError."""
    place = Place.read(cursor, 2) if cursor else None
    backwards = place is not None and place.backwards
    found: list[RowChange] = []
    for model in sorted(touched(operation), key=TRACKED.index, reverse=backwards):
        number = TRACKED.index(model)
        wanted = limit + 1 - len(found)
        if wanted <= 0:
            break
        ids = _ids_beside(model, operation, number, place)[:wanted]
        events = event_model(model).objects.filter(
            pgh_context_id=operation.context, pgh_obj_id__in=list(ids)
        )
        found += sorted(folded(model, events), key=lambda row: row.id, reverse=backwards)
    if backwards:
        found.reverse()
    return ended(found, lambda row: row.place, limit=limit, place=place)


def _ids_beside(
    model: type[models.Model], operation: Operation, number: int, place: Place | None
) -> Any:
    """Return the ids of a table's changed rows that lie on the side of ``place`` to be read."""
    events = event_model(model).objects.filter(pgh_context_id=operation.context)
    backwards = place is not None and place.backwards
    if place is not None:
        table, row = place.numbers
        if number == table:
            events = events.filter(**{f"pgh_obj_id__{'lt' if backwards else 'gt'}": row})
        elif (number < table) != backwards:
            return []
    order = "-pgh_obj_id" if backwards else "pgh_obj_id"
    return events.order_by(order).values_list("pgh_obj_id", flat=True).distinct()


def rows_touched(
    model: type[models.Model], contexts: Iterable[UUID], column: str, value: int
) -> list[RowChange]:
    """Return what operations made of rows of a table whose ``column`` was or became ``value``.

    ``column`` may be ``pgh_obj_id``: the row itself.
    """
    return _mentioning(model, column, value, pgh_context_id__in=list(contexts))


def rows_outside(model: type[models.Model], column: str, value: int) -> list[RowChange]:
    """Return what was done outside any operation to rows, as :func:`rows_touched` does."""
    return _mentioning(model, column, value, pgh_context_id=None)


def _mentioning(
    model: type[models.Model], column: str, value: int, **within: Any
) -> list[RowChange]:
    events = event_model(model).objects.filter(**within)
    ids = set(events.filter(**{column: value}).values_list("pgh_obj_id", flat=True))
    changes = folded(model, events.filter(pgh_obj_id__in=ids)) if ids else []
    return [
        change
        for change in changes
        if column == "pgh_obj_id"
        or value in {(state or {}).get(column) for state in (change.before, change.after)}
    ]


def folded(model: type[models.Model], events: Any) -> list[RowChange]:
    """Return what events of one table say, a change for each row and operation.

    An update is told by two events, before and after, whose order is not said.
    """
    columns = [field.attname for field in event_model(model)._meta.concrete_fields]  # noqa: SLF001 -- Django's public name
    said: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for event in events.order_by("pgh_id").values(*columns):
        when = event["pgh_context_id"] or event["pgh_created_at"]
        said.setdefault((event["pgh_obj_id"], when), []).append(event)
    changes = (_change(model, of_row) for of_row in said.values())
    return [change for change in changes if change.before != change.after]


def _change(model: type[models.Model], events: list[dict[str, Any]]) -> RowChange:
    found = next((event for event in events if event["pgh_label"] in _FOUND), events[0])
    left = next((event for event in reversed(events) if event["pgh_label"] in _LEFT), events[-1])
    return RowChange(
        model,
        found["pgh_obj_id"],
        found["pgh_context_id"],
        found["pgh_created_at"],
        None if found["pgh_label"] == "insert" else _state(found),
        None if left["pgh_label"] == "delete" else _state(left),
    )


def _state(event: Mapping[str, Any]) -> State:
    return {name: value for name, value in event.items() if name not in _OWN}
