"""Jobs that make many rows bit by bit: same mentions, suggestions, files of tags, collections.

What is left to do is what the row says. A bit is made in one transaction with the row's note of
how far it is, so that a job that was killed goes on where it was and makes nothing twice. All of it
is one operation, by which it is undone at once.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from articles.annotate.interchange.shape import UnreadableError
from articles.annotate.recognisers import RecogniserUnavailableError
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.history.operations import OperationUndoneError, act, going_on
from articles.keeping.collections import CollectionRefusedError
from articles.models import Act, Corpus, Door, Operation, Role, Spread, SpreadStatus, Task
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError

log = logging.getLogger(__name__)

# Of Postgres' two-part advisory locks: one process per spread.
SPREADING_LOCK = 0x4E56
# So many of a person's may wait or run at a time.
MOST_AT_A_TIME = 5
MOST_REPORTED = 40
# The job that fills a collection: what it does is collecting, all others tag.
COLLECT = "collect"
# In the plan of a job whose operation did something before it.
HAS_BEGUN = "has_begun"
UNFINISHED = (SpreadStatus.QUEUED, SpreadStatus.RUNNING)
_MOST_TRIES = 5


class SpreadRefusedError(Exception):
    """Why this can't be spread: a sentence."""


class BeingSpreadError(Exception):
    """Another process does this."""


class _CancelledError(Exception):
    """It was given up meanwhile."""


@dataclass(frozen=True, slots=True)
class Bit:
    """What was made at a time: in so many articles, so many tags; ``place`` is where to go on.

    ``place`` is None at the end. ``problems`` are sentences; ``more`` is kept in the job's plan.
    """

    articles: int
    made: int
    place: str | None
    problems: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


class Work(Protocol):
    """What a job does: ``begin`` once a run, then bit by bit."""

    def total(self) -> int:
        """Return how many articles there are to look at; about."""
        ...

    def summary(self, made: int) -> str:
        """Return what was done, as the history says it."""
        ...

    def bit(self, place: str, operation: Operation) -> Bit:
        """Make some tags as parts of an operation, from a place on; "" is the beginning."""
        ...


type Maker = Callable[[Spread], Work]


def start(
    corpus: Corpus,
    what: str,
    plan: Mapping[str, Any],
    *,
    by: User,
    task: Task | None = None,
    role: Role = Role.ANNOTATOR,
    going_on_with: Operation | None = None,
) -> Spread:
    """Return a new job, to be left to the worker (``tasks.enqueue_spread``).

    What it makes is put down to an operation of its own, or to one that did something for it.

    Raises SpreadRefusedError, NotAllowedError.
    """
    if not Corpus.objects.allowing(by, role).filter(pk=corpus.pk).exists():
        raise NotAllowedError(f"To do this you need the role of {role.label.lower()} in {corpus}.")
    waiting = Spread.objects.filter(by=by, status__in=UNFINISHED).count()
    if waiting >= MOST_AT_A_TIME:
        raise SpreadRefusedError(f"{waiting} of your jobs are at work. Wait for one, or cancel it.")
    made: Spread = Spread.objects.create(
        corpus=corpus,
        by=by,
        what=what,
        plan={
            **plan,
            "task": task.pk if task is not None else None,
            HAS_BEGUN: going_on_with is not None,
        },
        operation=going_on_with,
    )
    return made


def task_of(spread: Spread) -> Task | None:
    """Return the task that a job tags in, as it is now; None for one that tags in the corpus.

    Raises SpreadRefusedError if it is no more: what was meant for it is nothing for all to see.
    """
    number = spread.plan.get("task")
    if number is None:
        return None
    task: Task | None = Task.objects.filter(pk=number).first()
    if task is None:
        raise SpreadRefusedError("The task in which it was to tag is no more.")
    return task


def cancel(spread: Spread) -> bool:
    """Give a job up; return whether it was not over. What it made so far stays, to be undone."""
    unfinished = Spread.objects.filter(pk=spread.pk, status__in=UNFINISHED)
    return bool(unfinished.update(status=SpreadStatus.CANCELLED, ended_at=timezone.now()))


def run(
    spread_id: int, makers: Mapping[str, Maker], *, watch: Callable[[], None] | None = None
) -> None:
    """Do a job to its end. ``watch`` is called after each bit, and may raise to leave it.

    Raises BeingSpreadError, Spread.DoesNotExist.
    """
    with _alone(spread_id):
        spread = Spread.objects.select_related("by", "corpus", "operation").get(pk=spread_id)
        if spread.status not in UNFINISHED:
            return
        if not _begin(spread):
            return
        try:
            _do(spread, makers[spread.what](spread), watch)
        except _CancelledError:
            _close(spread)
        except OperationUndoneError:
            # Who takes back what it made so far wants no more of it.
            cancel(spread)
        except (OperationalError, InterfaceError):
            # It goes on once the database is back.
            raise
        except (
            QueryError, IndexMissingError, TooSlowError, NotAllowedError, TaggingError,
            SpreadRefusedError, RecogniserUnavailableError, UnreadableError, CollectionRefusedError,
        ) as fault:  # fmt: skip
            _fail(spread, str(fault))


def _begin(spread: Spread) -> bool:
    plan = spread.plan
    plan["tries"] = plan.get("tries", 0) + 1
    plan["began"], plan["began_at"] = timezone.now().isoformat(), spread.done
    begun = Spread.objects.filter(pk=spread.pk, status__in=UNFINISHED)
    if not begun.update(status=SpreadStatus.RUNNING, plan=plan):
        return False
    if plan["tries"] > _MOST_TRIES:
        _fail(spread, f"It broke off {_MOST_TRIES} times. Try it with less at once.")
        return False
    return True


def _do(spread: Spread, work: Work, watch: Callable[[], None] | None) -> None:
    if spread.total is None:
        spread.total = work.total()
        Spread.objects.filter(pk=spread.pk).update(total=spread.total)
    place: str | None = spread.plan.get("place", "")
    while place is not None:
        place = _bit(spread, work, place)
        if watch is not None:
            watch()
    running = Spread.objects.filter(pk=spread.pk, status=SpreadStatus.RUNNING)
    if not running.update(status=SpreadStatus.DONE, ended_at=timezone.now()):
        raise _CancelledError
    _close(spread, work)


def _bit(spread: Spread, work: Work, place: str) -> str | None:
    """Do a bit of a job, with the note of how far it is; or nothing of it."""
    with transaction.atomic():
        row = Spread.objects.select_for_update(of=("self",)).get(pk=spread.pk)
        if row.status != SpreadStatus.RUNNING:
            raise _CancelledError
        operation = spread.operation or _operation(spread, work)
        with going_on(operation):
            bit = work.bit(place, operation)
        row.done += bit.articles
        row.made += bit.made
        row.report = [*row.report, *bit.problems][:MOST_REPORTED]
        # What gets on was not in vain.
        row.plan = {**row.plan, **bit.more, "place": bit.place, "tries": 1}
        row.operation = operation
        row.save(update_fields=["done", "made", "report", "plan", "operation"])
        Operation.objects.filter(pk=operation.pk).update(
            size=max(row.made, 1), summary=work.summary(row.made)[:500]
        )
    spread.operation, spread.made, spread.done = operation, row.made, row.done
    return bit.place


def _operation(spread: Spread, work: Work) -> Operation:
    task = task_of(spread)
    with act(
        Act.COLLECT if spread.what == COLLECT else Act.TAG,
        corpus=spread.corpus,
        by=spread.by,
        summary=work.summary(0),
        door=Door(spread.plan.get("door", Door.PAGE)),
        blind_task=task if task is not None and task.blind else None,
    ) as operation:
        return operation


def _close(spread: Spread, work: Work | None = None) -> None:
    """Keep no operation that did nothing."""
    has_done = spread.made or spread.plan.get(HAS_BEGUN)
    if spread.operation is not None and not has_done:
        Spread.objects.filter(pk=spread.pk).update(operation=None)
        spread.operation.delete()
    if work is not None and spread.total is not None and spread.done != spread.total:
        Spread.objects.filter(pk=spread.pk).update(total=spread.done)


def _fail(spread: Spread, problem: str) -> None:
    Spread.objects.filter(pk=spread.pk, status__in=UNFINISHED).update(
        status=SpreadStatus.FAILED, problem=problem, ended_at=timezone.now()
    )
    _close(spread)


@contextmanager
def _alone(spread_id: int) -> Iterator[None]:
    """Hold the job for this connection; a killed process lets go by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SPREADING_LOCK, spread_id])
        if not cursor.fetchone()[0]:
            raise BeingSpreadError(f"Job {spread_id} is done by another process.")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SPREADING_LOCK, spread_id])


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: articles a second in this run, and seconds left; None while unknown."""

    rate: float | None
    seconds_left: int | None


def progress(spread: Spread) -> Progress:
    """Return how fast a job is, and how long it will take yet."""
    began = spread.plan.get("began")
    if spread.status != SpreadStatus.RUNNING or not began:
        return Progress(None, None)
    seconds = (timezone.now() - datetime.fromisoformat(began)).total_seconds()
    done = spread.done - spread.plan.get("began_at", 0)
    if done <= 0 or seconds <= 0:
        return Progress(None, None)
    rate = done / seconds
    left = max((spread.total or 0) - spread.done, 0)
    return Progress(rate, round(left / rate))
