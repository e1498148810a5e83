"""How far the people of a task are: what is done, day by day, how fast, what needs a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from articles.models import Assignment, AssignmentStatus, Task

DAYS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Share:
    """A person's share of a task; ``seconds`` is the median over what is done, None if unknown.

    ``left_at`` is when they were taken out of it: what they had done stays.
    """

    person: User
    total: int
    done: int
    skipped: int
    discussed: int
    seconds: float | None
    last: date | None
    left_at: datetime | None = None

    @property
    def open(self) -> int:
        return self.total - self.done - self.skipped


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a day, by each person in the order of the shares."""

    day: date
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is; ``days`` are one after another, without gaps, the last ones."""

    shares: Sequence[Share]
    days: Sequence[Day]
    seconds: float | None

    @property
    def total(self) -> int:
        return sum(share.total for share in self.shares)

    @property
    def done(self) -> int:
        return sum(share.done for share in self.shares)

    @property
    def skipped(self) -> int:
        return sum(share.skipped for share in self.shares)

    @property
    def discussed(self) -> int:
        return sum(share.discussed for share in self.shares)


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a task is, in a line of a list."""

    total: int = 0
    done: int = 0
    skipped: int = 0
    discussed: int = 0
    people: int = 0


def summaries(tasks: Sequence[Task]) -> list[tuple[Task, Summary]]:
    """Return tasks, each with how far it is. One query."""
    counted = (
        Assignment.objects.counted()
        .filter(task__in=tasks)
        .order_by()
        .values_list("task")
        .annotate(
            all=Count("pk"),
            finished=Count("pk", filter=Q(status=AssignmentStatus.DONE)),
            left=Count("pk", filter=Q(status=AssignmentStatus.SKIPPED)),
            discussed=Count("pk", filter=Q(needs_discussion=True)),
            people=Count("user", distinct=True, filter=Q(left_at=None)),
        )
    )
    known = {task: Summary(*counts) for task, *counts in counted}
    return [(task, known.get(task.pk, Summary())) for task in tasks]


def progress(task: Task) -> Progress:
    """Return how far a task is."""
    mine = Assignment.objects.counted().filter(task=task).order_by()
    counted = mine.values_list("user").annotate(
        all=Count("pk"),
        finished=Count("pk", filter=Q(status=AssignmentStatus.DONE)),
        left=Count("pk", filter=Q(status=AssignmentStatus.SKIPPED)),
        discussed=Count("pk", filter=Q(needs_discussion=True)),
    )
    numbers = {user: counts for user, *counts in counted}
    times: dict[int, list[int]] = {}
    timed = mine.filter(status=AssignmentStatus.DONE, seconds__gt=0)
    for user, seconds in timed.values_list("user", "seconds"):
        times.setdefault(user, []).append(seconds)
    left = dict(mine.exclude(left_at=None).values_list("user", "left_at"))
    by_day = _by_day(task)
    people = User.objects.filter(pk__in=numbers).order_by("username")
    shares = []
    for person in people:
        total, finished, skipped, discussed = numbers[person.pk]
        mine_took = times.get(person.pk)
        days = [day for day, user in by_day if user == person.pk]
        shares.append(
            Share(
                person,
                total,
                finished,
                skipped,
                discussed,
                median(mine_took) if mine_took else None,
                max(days, default=None),
                left.get(person.pk),
            )
        )
    every = [seconds for some in times.values() for seconds in some]
    return Progress(shares, _days(by_day, shares), median(every) if every else None)


def _by_day(task: Task) -> dict[tuple[date, int], int]:
    done = Assignment.objects.filter(
        task=task, status=AssignmentStatus.DONE, done_at__isnull=False
    ).order_by()
    rows = done.annotate(day=TruncDate("done_at")).values_list("day", "user").annotate(Count("pk"))
    return {(day, user): count for day, user, count in rows}


def _days(by_day: dict[tuple[date, int], int], shares: Sequence[Share]) -> list[Day]:
    """Return every day from the first to the last on which something was done; at most the last."""
    if not by_day:
        return []
    first, last = min(day for day, _ in by_day), max(day for day, _ in by_day)
    first = max(first, last - timedelta(days=DAYS_SHOWN - 1))
    found = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        Day(day, tuple(by_day.get((day, share.person.pk), 0) for share in shares)) for day in found
    ]


def to_discuss(task: Task, *, limit: int = 200) -> list[Assignment]:
    """Return what people want to talk about, with who and the article."""
    found = Assignment.objects.counted().filter(task=task, needs_discussion=True)
    found = found.select_related("user", "item__article__source", "item__version")
    return list(found.order_by("item__position", "user")[:limit])
