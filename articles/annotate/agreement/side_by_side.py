"""What several people tagged in the same articles of a task, read for many articles at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q

from articles.annotate.agreement.pairing import Named, Span
from articles.models import (
    Anchor,
    Assignment,
    AssignmentStatus,
    Code,
    Entity,
    EntityName,
    Mention,
    MentionOrigin,
    MentionStatus,
    Task,
    TaskItem,
)
from articles.models.lookups import any_id

# So many people must be done with an article before their work is compared.
LEAST_PEOPLE = 2


class StillBlindError(Exception):
    """Why someone may not see what others tagged: a sentence."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What someone tagged at some words of an article, beside where and what: see Span.

    ``entity_id`` is the entity that stands, ``named_id`` the one that was named before a merge.
    """

    span: Span
    entity_id: int | None
    named_id: int | None
    entity_name: str
    attributes: dict[str, Any]
    comment: str
    is_suggested: bool


@dataclass(slots=True)
class Side:
    """What one person said of an article, when they were done, and if suggestions were shown."""

    person: User
    done_at: datetime | None = None
    showed_suggestions: bool = False
    tags: list[Tagged] = field(default_factory=list)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def spans(self) -> list[Span]:
        """The places that they tagged."""
        return [tag.span for tag in self.tags]


@dataclass(slots=True)
class Sides:
    """An article of a task with what each person said of it who is done, by their names."""

    item: TaskItem
    sides: list[Side]

    def of(self, user: int) -> Side | None:
        """Return the side of a person."""
        return next((side for side in self.sides if side.person.pk == user), None)


def see_to_sight(task: Task, user: User) -> None:
    """Raise StillBlindError for who has work in a blind task that is not closed.

    The caller has seen to it that ``user`` leads the task.
    """
    if Assignment.objects.blinding(user).filter(task=task).exists():
        raise StillBlindError(
            f"You have blind work in “{task}” yourself: what the others tagged is shown to you once"
            " the task is closed."
        )


def overlapping(task: Task) -> list[int]:
    """Return the ids of a task's items that several people are done with, in order."""
    done = Count("assignments", filter=Q(assignments__status=AssignmentStatus.DONE))
    found = TaskItem.objects.filter(task=task, article__standing=True).annotate(people=done)
    ids = found.filter(people__gte=LEAST_PEOPLE).order_by("position").values_list("pk", flat=True)
    return list(ids)


def read(task: Task, items: Iterable[int], *, with_text: bool = False) -> list[Sides]:
    """Return what was tagged and coded in items of a task by those who are done with them."""
    chosen = TaskItem.objects.filter(any_id("id", items), task=task).select_related(
        "article__source", "article__corpus", "version"
    )
    if not with_text:
        chosen = chosen.defer("version__text", "version__blocks", "version__read")
    rows = list(chosen.order_by("position"))
    done = Assignment.objects.filter(
        any_id("item_id", [row.pk for row in rows]), status=AssignmentStatus.DONE
    )
    people: dict[int, list[Side]] = defaultdict(list)
    for assignment in done.select_related("user", "task").order_by("user__username"):
        people[assignment.item_id].append(
            Side(assignment.user, assignment.done_at, assignment.showed_suggestions)
        )
    found = [Sides(row, people[row.pk]) for row in rows]
    _fill_tags(task, found)
    _fill_codes(task, found)
    return found


def _fill_tags(task: Task, found: Sequence[Sides]) -> None:
    sides = {(each.item.version_id, side.person.pk): side for each in found for side in each.sides}
    anchors = Anchor.objects.filter(
        any_id("version_id", {version for version, _ in sides}),
        start__isnull=False,
        mention__in=Mention.objects.filter(
            task=task, layer_of__isnull=False, status=MentionStatus.ACCEPTED
        ),
    )
    rows = list(
        anchors.order_by("start", "-end", "mention").values_list(
            "version_id",
            "mention__layer_of_id",
            "start",
            "end",
            "mention_id",
            "mention__kind",
            "mention__entity_id",
            "mention__attributes",
            "mention__comment",
            "mention__origin",
        )
    )
    named = named_of({row[6] for row in rows if row[6] is not None})
    for version, user, start, end, id_, kind, entity, attributes, comment, origin in rows:
        side = sides.get((version, user))
        if side is None or start is None or end is None:
            continue
        one = named.get(entity)
        side.tags.append(
            Tagged(
                Span(start, end, kind, one.named if one else None, id_),
                one.named.id if one else None,
                entity,
                one.name if one else "",
                attributes,
                comment,
                origin == MentionOrigin.RECOGNISER,
            )
        )


@dataclass(frozen=True, slots=True)
class _Known:
    named: Named
    name: str


def named_of(ids: Iterable[int]) -> dict[int, _Known]:
    """Return, by the id that mentions bear, the entity that stands and what it is compared by."""
    rows = Entity.objects.filter(any_id("id", ids)).select_related("merged_into")
    stands = {entity.pk: entity.merged_into or entity for entity in rows}
    names: dict[int, set[str]] = defaultdict(set)
    if any(entity.task_id is not None for entity in stands.values()):
        wanted = EntityName.objects.filter(any_id("entity_id", {e.pk for e in stands.values()}))
        for entity_id, folded in wanted.values_list("entity_id", "folded"):
            names[entity_id].add(folded)
    return {
        pk: _Known(
            Named(one.pk, one.kind, frozenset(names[one.pk]), one.task_id is not None), one.name
        )
        for pk, one in stands.items()
    }


def _fill_codes(task: Task, found: Sequence[Sides]) -> None:
    sides = {(each.item.article_id, side.person.pk): side for each in found for side in each.sides}
    codes = Code.objects.filter(
        any_id("article_id", {article for article, _ in sides}),
        task=task,
        layer_of__isnull=False,
    )
    rows = codes.order_by("pk").values_list("article_id", "layer_of_id", "code", "value")
    for article, user, code, value in rows:
        side = sides.get((article, user))
        if side is not None:
            side.codes[code] = (*side.codes.get(code, ()), value)
