"""Related coverage as commands and pages see it: how far it is behind, and catching up."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event

from articles.models import Article, Change, Consumer
from articles.related.finding.keeper import Keeper, Watch
from articles.related.finding.stopping import failed, note, note_failed
from articles.related.store.prints import ALONE, BUILDS
from articles.search.engine.faults import IndexLockedError
from articles.search.index.following import EndedError, Say, follow_as
from articles.search.index.indexing import IndexBusyError
from articles.search.index.writing import is_idle

LOOK_SECONDS = 0.25
_COUNTED = 100_000
_NOTED = 5_000


@dataclass(frozen=True, slots=True)
class Status:
    """How related coverage stands: ``waiting`` articles are still to be related.

    The first waits ``since``. Of very many, ``waiting`` is only what was counted. ``problem`` says
    what is wrong: a sentence. ``failed`` are articles that were tried in vain.
    """

    waiting: int
    since: datetime | None
    problem: str = ""
    failed: int = 0

    @property
    def is_behind(self) -> bool:
        """Whether a relative may be missing."""
        return bool(self.waiting or self.problem)


def status() -> Status:
    """Return how related coverage stands, in a few quick queries."""
    since = waiting_since()
    rows = Change.objects.filter(consumer=Consumer.RELATED).order_by("pk")
    waiting = len(set(rows.values_list("article_id", flat=True)[:_COUNTED])) if since else 0
    lost, problem = failed(), ""
    if not is_there():
        problem = "The store of prints is being made."
    elif lost:
        problem = (
            f"{lost:,} articles could not be compared wholly, or gathered into stories; the log "
            "says why. They are tried again by manage.py relate, or when the worker starts."
        )
    return Status(waiting, since, problem, lost)


def waiting_since() -> datetime | None:
    """Return since when the first of what waits does."""
    rows = Change.objects.filter(consumer=Consumer.RELATED).order_by("pk")
    since: datetime | None = rows.values_list("at", flat=True).first()
    return since


def is_there() -> bool:
    """Whether there is a store of prints, or nothing to keep in one."""
    return BUILDS.standing() is not None or not Article.objects.exists()


def is_current() -> bool:
    """Whether nothing is left to relate; asked often, so cheaply."""
    return is_idle(Consumer.RELATED) and is_there()


def catch_up(
    watch: Watch | None = None, *, wait: bool = False, processes: int | None = None
) -> int:
    """Relate all that changed; return how many articles.

    Another process that is at it is waited for with ``wait``, else IndexBusyError is raised.
    ``watch`` is told how many so far; for ``processes`` see Keeper. Raises IndexRefusedError e.g.
    on a full disk: what was not related waits.
    """
    done = 0
    try:
        with ALONE.writing(wait=wait) as mine:
            if not mine:
                raise IndexBusyError
            with Keeper(watch, processes=processes) as keeper:
                while taken := keeper.step():
                    done += taken
    except IndexLockedError as fault:
        raise IndexBusyError from fault
    return done


def rebuild(watch: Watch | None = None, *, processes: int | None = None) -> int:
    """Make the store of prints anew, and relate all articles; return how many."""
    try:
        with ALONE.writing(wait=True), Keeper(watch, processes=processes) as keeper:
            keeper.rebuild()
    except IndexLockedError as fault:
        raise IndexBusyError from fault
    return ask()


def try_again() -> int:
    """Let articles be tried again that could not be related wholly; return how many."""
    return note_failed()


def ask(*, corpus: str | None = None, since: datetime | None = None) -> int:
    """Let articles be related anew: of a corpus by its slug, those stored ``since``, or all.

    Returns how many. They wait in the database, so that what is ended half-way goes on later.
    """
    articles = Article.objects.filter(standing=True, version__isnull=False)
    if corpus is not None:
        articles = articles.filter(corpus__slug=corpus)
    if since is not None:
        articles = articles.filter(created_at__gte=since)
    done, last = 0, 0
    ordered = articles.order_by("pk").values_list("pk", flat=True)
    while ids := list(ordered.filter(pk__gt=last)[:_NOTED]):
        note(ids)
        done += len(ids)
        last = ids[-1]
    return done


def follow(stop: Event, say: Say) -> None:
    """Relate what changes until ``stop``; ``say`` is told, once, what keeps it from that.

    For a thread of its own.
    """
    follow_as("Related coverage", ALONE, partial(_keep, verified=Event()), stop, say)


def _keep(stop: Event, *, verified: Event) -> None:
    """Relate until told to end, or until someone else wants to; what is on disk is verified once.

    At a million articles that takes some time; what makes no sense later is found by itself.
    """

    def watch(_: int) -> None:
        if stop.is_set():
            raise EndedError

    note_failed()
    with Keeper(watch) as keeper:
        if not verified.is_set():
            keeper.verify()
            verified.set()
        while not stop.is_set():
            is_busy = bool(keeper.step())
            if ALONE.is_wanted():
                break
            if not is_busy:
                stop.wait(LOOK_SECONDS)
        keeper.settle()
        keeper.drop()
