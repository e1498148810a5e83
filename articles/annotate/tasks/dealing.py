"""Dealing: which articles of a task go to whom, while people work on it.

What counts as a reading of an article is what somebody has, or was done with when they left.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Count, Max, QuerySet

from articles.annotate.tasks.work import untouched
from articles.history.row_changes import event_model
from articles.models import Assignment, AssignmentStatus, Sharing, Task, TaskItem
from articles.models.lookups import any_id
from articles.models.work import counting

BATCH = 5_000


def people_of(task: Task) -> list[int]:
    """Return the ids of those who have work in a task and were not taken out."""
    found = Assignment.objects.current().filter(task=task).order_by("user")
    return list(found.values_list("user", flat=True).distinct())


def fresh(task: Task) -> QuerySet[Assignment]:
    """Return what people have and have not begun."""
    return untouched(task).filter(left_at=None)


def hold_shares(task: Task) -> None:
    """Have whoever says that they are done wait, while it is said anew who has what."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(task=task).order_by("pk")
    list(rows.values_list("pk", flat=True))


def fill(task: Task, people: Sequence[int], items: Iterable[int] | None = None) -> Counter[int]:
    """Give what too few have, of some items, to people who have the least; return what each got."""
    got: Counter[int] = Counter()
    each = readers(task, len(people_of(task)))
    wanted = {item: each - given for item, given in given_to(task, items).items() if given < each}
    if not wanted or not people:
        return got
    has: dict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.counted().filter(any_id("item_id", list(wanted)))
    for item, user in rows.values_list("item", "user"):
        has[item].add(user)
    load = _open_counts(task, people)
    given: list[tuple[int, int]] = []
    for item, number in wanted.items():
        free = [user for user in people if user not in has[item]]
        for user in sorted(free, key=lambda user: (load[user], user))[:number]:
            load[user] += 1
            got[user] += 1
            given.append((item, user))
    give(task, given)
    return got


def give(task: Task, given: Iterable[tuple[int, int]]) -> int:
    """Give items to people, each behind what they ever had; return how many readings these are.

    What someone had begun when they were taken out, they get back as it was.
    """
    given = list(given)
    people = {user for _, user in given}
    places = last_places(task, people)
    left = Assignment.objects.filter(task=task, user__in=people).exclude(left_at=None)
    begun = {(item, user): pk for pk, item, user in left.values_list("pk", "item", "user")}
    rows, back = [], []
    for item, user in given:
        if (item, user) in begun:
            back.append(begun[item, user])
            continue
        places[user] = places.get(user, 0) + 1
        rows.append(Assignment(task=task, item_id=item, user_id=user, position=places[user]))
    Assignment.objects.filter(any_id("id", back)).update(left_at=None)
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    return len(given)


def given_to(task: Task, items: Iterable[int] | None = None) -> dict[int, int]:
    """Return to how many each item of a task, or of some of them, is given; in their order."""
    found = TaskItem.objects.filter(task=task)
    if items is not None:
        found = found.filter(any_id("id", list(items)))
    counted = found.annotate(given=Count("assignments", filter=counting("assignments__")))
    return dict(counted.order_by("position").values_list("pk", "given"))


def last_places(task: Task, people: Collection[int]) -> dict[int, int]:
    """Return the last place at which each person was ever given something of a task.

    What went to others since may come back to its place, by an undo.
    """
    events = event_model(Assignment).objects.filter(task=task, user__in=people).order_by()
    return dict(events.values_list("user").annotate(Max("position")))


def readers(task: Task, people: int) -> int:
    """Return how many people each article is to have."""
    match Sharing(task.sharing):
        case Sharing.SPLIT:
            return 1
        case Sharing.OVERLAP:
            return task.overlap
        case _:
            return people


def _open_counts(task: Task, people: Sequence[int]) -> Counter[int]:
    mine = Assignment.objects.current().filter(task=task, user__in=people)
    open_ = mine.filter(status=AssignmentStatus.OPEN).order_by()
    return Counter(dict(open_.values_list("user").annotate(Count("pk"))))
