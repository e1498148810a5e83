"""Which articles of a task are to be settled, and how far that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from articles.annotate.agreement.settled import settling_of
from articles.annotate.agreement.side_by_side import LEAST_PEOPLE, overlapping, read
from articles.models import Adjudication, AssignmentStatus, Task, TaskItem
from articles.models.lookups import any_id
from articles.models.work import counting

WAITING, READY, BEGUN, SETTLED, CHANGED = "waiting", "ready", "begun", "settled", "changed"
STATES = (WAITING, READY, BEGUN, SETTLED, CHANGED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an article is: ``state`` is one of the words above.

    ``people`` of ``given`` are done with it; ``settled`` of ``cases`` were decided.
    """

    item: TaskItem
    state: str
    people: int
    given: int
    settled: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Far:
    """How far the settling of a task is, in articles: ``ready`` are those that can be settled."""

    total: int
    ready: int
    settled: int

    @property
    def waiting(self) -> int:
        """Of how many articles too few people are done."""
        return self.total - self.ready


def far(task: Task) -> Far:
    """Return how far the settling of a task is."""
    done = Adjudication.objects.filter(item__task=task, is_done=True)
    return Far(task.items.count(), len(overlapping(task)), done.count())


def items_of(task: Task) -> QuerySet[TaskItem]:
    """Return the articles of a task with ``people`` who are done and how many it was given to."""
    return (
        TaskItem.objects.filter(task=task, article__standing=True)
        .annotate(
            people=Count("assignments", filter=Q(assignments__status=AssignmentStatus.DONE)),
            given=Count("assignments", filter=counting("assignments__")),
        )
        .order_by("position")
    )


def standings(task: Task, items: Sequence[TaskItem]) -> list[Standing]:
    """Return how far some of :func:`items_of` are."""
    ids = [item.pk for item in items]
    kept = {each.item_id: each for each in Adjudication.objects.filter(any_id("item_id", ids))}
    sides = {each.item.pk: each for each in read(task, [pk for pk in ids if pk in kept])}
    found = []
    for item in items:
        people, given = item.people, item.given  # type: ignore[attr-defined]  # annotated
        if people < LEAST_PEOPLE or item.pk not in kept:
            state = WAITING if people < LEAST_PEOPLE else READY
            found.append(Standing(item, state, people, given))
            continue
        now = settling_of(task, sides[item.pk], kept[item.pk])
        state = BEGUN
        if now.said_done:
            state = CHANGED if now.has_changed else SETTLED
        elif not now.decisions and not now.outdated:
            state = READY
        found.append(Standing(item, state, people, given, now.settled, now.total))
    return found


def next_to_settle(task: Task, after: int = 0) -> int | None:
    """Return the position of the next article to settle behind one, else of the first; or None."""
    done = Adjudication.objects.filter(item__task=task, is_done=True).values("item")
    open_ = TaskItem.objects.filter(any_id("id", overlapping(task))).exclude(pk__in=done)
    positions = open_.order_by("position").values_list("position", flat=True)
    found: int | None = positions.filter(position__gt=after).first()
    return found if found is not None else positions.first()
