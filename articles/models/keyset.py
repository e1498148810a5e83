"""Pages by keyset: as quick at the millionth row as at the first, and steady while rows come in."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.lookups import GreaterThan, LessThan

CURSOR_CHARACTERS = 500

# Evaluated lazily: only the stubs know the parameters.
type AnyField = models.Field[Any, Any]


class CursorError(ValueError):
    """The cursor was not made by this list. Ask for the first page again."""


@dataclass(frozen=True, slots=True)
class Page[M: models.Model]:
    """Rows in list order, and the cursors of the pages beside them (None at an end)."""

    rows: list[M]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: the values of the row beside it, and which way to read."""

    values: tuple[Any, ...]
    backwards: bool

    def encode(self) -> str:
        """Return the cursor as it stands in an address."""
        plain = [v.isoformat() if isinstance(v, datetime) else v for v in self.values]
        packed = json.dumps([int(self.backwards), *plain], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decoded(text: str, model: type[models.Model], order: tuple[str, ...]) -> Cursor:
    """Return the cursor of a list in some order, for who walks it by more than one page."""
    return _decode(text, model, [name.removeprefix("-") for name in order], {})


def _decode(
    text: str, model: type[models.Model], fields: list[str], annotated: Mapping[str, AnyField]
) -> Cursor:
    """Return the cursor; raise CursorError for anything that this list did not make."""
    try:
        backwards, *values = _unpack(text[: CURSOR_CHARACTERS + 1], len(fields) + 1)
        known = tuple(
            _value(value, annotated.get(name) or _field(model, name))
            for value, name in zip(values, fields, strict=True)
        )
    except (ValueError, TypeError, RecursionError, OverflowError) as fault:
        raise CursorError(
            "This cursor is not one of this list. Start at its first page."
        ) from fault
    return Cursor(known, bool(backwards))


def _unpack(text: str, length: int) -> list[Any]:
    """Return the list in a cursor; raise ValueError (as base64 and json do) or TypeError."""
    packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    values = json.loads(packed)
    if not isinstance(values, list) or len(values) != length or values[0] not in (0, 1):
        raise ValueError(text)
    return values


def _field(model: type[models.Model], name: str) -> AnyField:
    if name == "pk":
        return model._meta.pk  # noqa: SLF001 -- Django's public name for it
    field = model._meta.get_field(name)  # noqa: SLF001 -- likewise
    if not isinstance(field, models.Field):
        raise TypeError(name)
    return field


def _value(value: object, field: AnyField) -> Any:
    """Return a cursor's value as its column's type; raise ValueError or TypeError."""
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    if isinstance(field, models.FloatField):
        if not isinstance(value, float) or not isfinite(value):
            raise ValueError(value)
        return value
    if isinstance(field, models.IntegerField):
        if type(value) is not int or not -(2**63) <= value < 2**63:
            raise ValueError(value)
        return value
    if not isinstance(value, str) or "\0" in value:
        raise TypeError(value)
    value.encode()  # A lone surrogate is no text.
    return value


def page[M: models.Model](
    queryset: models.QuerySet[M],
    order: tuple[str, ...],
    *,
    limit: int,
    cursor: str | None = None,
    fields: Mapping[str, AnyField] | None = None,
) -> Page[M]:
    """Return ``limit`` rows of ``queryset`` at ``cursor`` (its first page without one).

    ``order`` names fields of the model that together are unique, all in one direction:
    ``("-sort_at", "-pk")``; ``fields`` are the types of those that the queryset is annotated with,
    which are never null. Raises CursorError.
    """
    descending = order[0].startswith("-")
    annotated = fields or {}
    names = [name.removeprefix("-") for name in order]
    place = _decode(cursor, queryset.model, names, annotated) if cursor else None
    backwards = place is not None and place.backwards
    if place is not None:
        compare = LessThan if descending != backwards else GreaterThan
        queryset = queryset.filter(
            compare(
                _row(F(name) for name in names), _values(queryset.model, names, place, annotated)
            )
        )
    reading = names if descending == backwards else [f"-{name}" for name in names]
    found = list(queryset.order_by(*reading)[: limit + 1])
    more, rows = len(found) > limit, found[:limit]
    if backwards:
        rows.reverse()
    after = more if not backwards else bool(rows)
    before = more if backwards else place is not None and bool(rows)
    return Page(
        rows,
        next=_at(rows[-1], names, backwards=False) if after and rows else None,
        previous=_at(rows[0], names, backwards=True) if before and rows else None,
    )


def _row(parts: Any) -> Func:
    # As one row, so that Postgres walks a matching index from exactly here.
    return Func(*parts, function="ROW", output_field=models.TextField())


def _values(
    model: type[models.Model], fields: list[str], place: Cursor, annotated: Mapping[str, AnyField]
) -> Func:
    return _row(
        Value(value, output_field=annotated.get(name) or _field(model, name))
        for value, name in zip(place.values, fields, strict=True)
    )


def _at(row: models.Model, fields: list[str], *, backwards: bool) -> str:
    return Cursor(tuple(getattr(row, name) for name in fields), backwards).encode()
