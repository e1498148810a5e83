"""What a task is, changed while people work on it: blind or open, suggestions, who gets what.

Nothing that someone has begun moves. What changes is said of the work that was done before: when
blind work was opened, and whether suggestions were shown where an article was worked on.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.utils import timezone

from articles.annotate.tasks.dealing import fresh, give, hold_shares, people_of
from articles.annotate.tasks.tasks import MOST_ASSIGNMENTS, TaskRefusedError, leading
from articles.annotate.tasks.work import untouched
from articles.history.operations import done
from articles.models import (
    Assignment,
    AssignmentStatus,
    Door,
    Operation,
    Sharing,
    Task,
    TaskItem,
)
from articles.models.lookups import any_id


def set_blind(task: Task, *, blind: bool, by: User, door: Door) -> Operation | None:
    """Let people see each other's tags, or have them work blind; None if it is so.

    Opened, it is kept when: who agrees after that may have seen the other's work. What was seen
    can't be unseen: TaskRefusedError if a task is to be blind once there is work in it.
    """
    with leading(task, by, door) as (operation, known):
        if known.blind == blind:
            operation.size = 0
        elif blind and known.has_work():
            raise TaskRefusedError(
                "People have work in this task, and may have seen each other's: it can't be blind"
                " any more. Make a new task for blind work.",
                "blind",
            )
        else:
            opened = timezone.now() if not blind and known.has_work() else None
            # Row by row of what was tagged, search learns of it by a trigger.
            Task.objects.filter(pk=known.pk).update(blind=blind, blind_until=opened)
            operation.summary = (
                f"The task “{known.name}” is blind now"
                if blind
                else f"Opened the task “{known.name}”: people see each other’s tags"
            )
    return done(operation)


def set_suggestions(task: Task, *, shown: bool, by: User, door: Door) -> Operation | None:
    """Show suggestions from now on, or no more; None if it is so.

    Of each article it is kept whether they were shown while it was worked on.
    """
    with leading(task, by, door) as (operation, known):
        if known.suggestions == shown:
            operation.size = 0
        else:
            _keep_what_was_shown(known, shown=shown)
            Task.objects.filter(pk=known.pk).update(suggestions=shown)
            said = "shown" if shown else "no longer shown"
            operation.summary = f"Suggestions are {said} in the task “{known.name}”"
    return done(operation)


def share_anew(
    task: Task, sharing: Sharing, overlap: int = 2, *, by: User, door: Door
) -> Operation | None:
    """Have each article read by more people or by fewer; None if it is so. TaskRefusedError.

    Readings that lack go to who has the least; of those there are too many, what nobody has begun
    is taken back, from who has the most.
    """
    with leading(task, by, door) as (operation, known):
        hold_shares(known)
        people = people_of(known)
        if sharing is Sharing.OVERLAP and not 2 <= overlap <= len(people):
            raise TaskRefusedError(
                f"Each article can go to 2 people at least and to the {len(people)} who have work"
                " in it at most.",
                "overlap",
            )
        is_same = sharing == known.sharing and (
            sharing is not Sharing.OVERLAP or overlap == known.overlap
        )
        if is_same:
            operation.size = 0
        else:
            kept = overlap if sharing is Sharing.OVERLAP else known.overlap
            each = {Sharing.SPLIT: 1, Sharing.OVERLAP: kept}.get(sharing)
            more, fewer = _even_out(known, people, each)
            Task.objects.filter(pk=known.pk).update(sharing=sharing, overlap=kept)
            operation.size = max(1, more + fewer)
            operation.summary = (
                f"{_of_each(sharing, kept)} in the task “{known.name}”: {more:,} readings more,"
                f" {fewer:,} not begun taken back"
            )
    return done(operation)


def _keep_what_was_shown(task: Task, *, shown: bool) -> None:
    """Keep of what is worked on already whether suggestions were shown, as that changes."""
    rows = Assignment.objects.filter(task=task)
    if shown:
        rows.filter(status=AssignmentStatus.DONE, suggestions=None).update(suggestions=False)
        # Who is at it sees them from now on.
        rows.exclude(status=AssignmentStatus.DONE).filter(suggestions=False).update(
            suggestions=None
        )
    else:
        begun = rows.exclude(pk__in=untouched(task).values("pk"))
        begun.filter(suggestions=None).update(suggestions=True)


def _even_out(task: Task, people: Sequence[int], each: int | None) -> tuple[int, int]:
    """Give each item to so many, or to all; return how many were given, and how many taken back.

    Where all are to have it, who left does not stand for somebody who is there.
    """
    items = list(
        TaskItem.objects.filter(task=task).order_by("position").values_list("pk", flat=True)
    )
    readings = len(items) * (len(people) if each is None else each)
    if readings > MOST_ASSIGNMENTS:
        raise TaskRefusedError(
            f"These would be {readings:,} readings; a task has {MOST_ASSIGNMENTS:,} at most.",
            "sharing",
        )
    has: dict[int, set[int]] = defaultdict(set)
    load: Counter[int] = Counter()
    rows = Assignment.objects.counted().filter(task=task)
    for item, user, status, left_at in rows.values_list("item", "user", "status", "left_at"):
        has[item].add(user)
        load[user] += status == AssignmentStatus.OPEN and left_at is None
    free: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, item, user in fresh(task).values_list("pk", "item", "user"):
        free[item][user] = pk
    given: list[tuple[int, int]] = []
    gone: list[int] = []
    for item in items:
        there = has[item]
        wanted = len(there | set(people)) if each is None else each
        most = sorted(free[item], key=lambda user: (-load[user], user))
        for user in most[: max(0, len(there) - wanted)]:
            load[user] -= 1
            gone.append(free[item][user])
        lacking = sorted(set(people) - there, key=lambda user: (load[user], user))
        for user in lacking[: max(0, wanted - len(there))]:
            load[user] += 1
            there.add(user)
            given.append((item, user))
    Assignment.objects.filter(any_id("id", gone)).delete()
    return give(task, _evened(given, has, people, load)), len(gone)


def _evened(
    given: Sequence[tuple[int, int]],
    has: Mapping[int, set[int]],
    people: Sequence[int],
    load: Counter[int],
) -> list[tuple[int, int]]:
    """Return what is given, with readings passed on from who has the most to who has less."""
    found = []
    for item, user in given:
        least = min(set(people) - has[item], key=lambda each: (load[each], each), default=user)
        if load[user] - load[least] > 1:
            has[item].remove(user)
            has[item].add(least)
            load[user] -= 1
            load[least] += 1
            found.append((item, least))
        else:
            found.append((item, user))
    return found


def _of_each(sharing: Sharing, overlap: int) -> str:
    match sharing:
        case Sharing.SPLIT:
            return "Each article goes to one person"
        case Sharing.OVERLAP:
            return f"Each article goes to {overlap} people"
        case _:
            return "Everyone gets every article"
