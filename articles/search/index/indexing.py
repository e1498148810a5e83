"""The index as commands and pages see it: how it stands, catching up, building it anew."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Sum

from articles.models import Article, Change, Consumer
from articles.models.corpora import Visitor
from articles.search.engine import counting
from articles.search.engine.faults import IndexLockedError
from articles.search.index import alone, store
from articles.search.index.keeper import Keeper, Watch, fault_of
from articles.search.index.writing import is_idle

__all__ = [
    "IndexBusyError",
    "Status",
    "Watch",
    "catch_up",
    "checked",
    "is_idle",
    "mend",
    "rebuild",
    "status",
    "waiting_for",
    "waiting_since",
]

# Rows that are counted of those that wait; with more it does not matter how many.
_COUNTED = 100_000
# For a reader, fewer.
WAITING_COUNTED = 10_000
# To count so many takes longer than all the rest of a page. Until others wait or some no longer do,
# a process tells each reader for some seconds what it counted.
_MANY, _KNOWN_SECONDS, _MOST_KNOWN = 1_000, 5.0, 1_000
_WAITING: dict[tuple[int | None, int | None, int | None], tuple[int, float]] = {}
_TRIES = 3

_log = logging.getLogger(__name__)


class IndexBusyError(Exception):
    """Another process writes the index."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the index stands: ``waiting`` articles have changed since, the first at ``since``.

    ``articles`` is how many it holds, None if it can't be read; ``problem`` says why, or what is
    wrong with it. Of very many ``waiting`` is only what was counted.
    """

    articles: int | None
    waiting: int
    since: datetime | None
    problem: str = ""

    @property
    def is_behind(self) -> bool:
        """Whether an answer may lack something."""
        return bool(self.waiting or self.problem)


def status() -> Status:
    """Return how the index stands, in a few quick queries."""
    since = waiting_since()
    rows = Change.objects.filter(consumer=Consumer.SEARCH).order_by("pk")
    waiting = len(set(rows.values_list("article_id", flat=True)[:_COUNTED])) if since else 0
    try:
        count = store.reading().searcher.num_docs
    except store.IndexMissingError as fault:
        return Status(None, waiting, since, str(fault))
    return Status(count, waiting, since)


def waiting_since() -> datetime | None:
    """Return since when the first of what waits does."""
    rows = Change.objects.filter(consumer=Consumer.SEARCH).order_by("pk")
    since: datetime | None = rows.values_list("at", flat=True).first()
    return since


def waiting_for(user: Visitor) -> int:
    """Return how many articles wait of those that someone may know of, among the first so many."""
    if is_idle():
        return 0
    waiting = Change.objects.filter(consumer=Consumer.SEARCH).order_by()
    ends = waiting.aggregate(first=Min("pk"), last=Max("pk"))
    key, now = (user.pk, ends["first"], ends["last"]), time.monotonic()
    known = _WAITING.get(key)
    if known is not None and known[1] > now:
        return known[0]
    first = waiting.values("article_id").distinct()[: WAITING_COUNTED + 1]
    count = Article.objects.visible_to(user).filter(pk__in=first).count()
    if count >= _MANY:
        if len(_WAITING) >= _MOST_KNOWN:
            _WAITING.clear()
        _WAITING[key] = count, now + _KNOWN_SECONDS
    return count


def checked(*, thorough: bool = False) -> Status:
    """Return how the index stands, after comparing it with the articles: in some seconds.

    ``thorough`` reads every file of it as well.
    """
    found = status()
    build = store.standing()
    if found.problem or build is None:
        return found
    if (fault := fault_of(build, thorough=thorough)) and store.standing() == build:
        return Status(None, found.waiting, found.since, fault)
    problem = _difference()
    return Status(found.articles, 0, None, problem) if problem else status()


def _difference() -> str:
    """Say how the index differs from the articles; nothing if not, or if it can't be told now."""
    for _ in range(_TRIES):
        try:
            before = store.reading()
            kept, there = counting.sums(before.searcher), _sums()
            # What changed while it was counted is no fault.
            if not is_idle() or store.reading().state != before.state:
                continue
        except store.IndexMissingError:
            return ""
        if kept == there:
            return ""
        if kept[0] != there[0]:
            return f"The index holds {kept[0]:,} articles, and there are {there[0]:,}."
        return "The index holds other articles than there are."
    return ""


def _sums() -> tuple[int, int, int, int]:
    """Return of the articles what :func:`counting.sums` returns of the index."""
    articles = Article.objects.filter(standing=True, version__isnull=False)
    found = articles.aggregate(ids=Sum("id"), words=Sum("word_count"), edits=Sum("edits"))
    return articles.count(), found["ids"] or 0, found["words"] or 0, found["edits"] or 0


def mend(*, compare: bool = True) -> bool:
    """Let no index stand that is broken, so that it is built anew; return whether there was one.

    It is broken if it can't be opened; if ``compare``, also if it holds other articles than there
    are; if someone suspects it, also if any file of it is damaged. For the one process that writes
    the index. Raises IndexRefusedError if that can't be told.
    """
    build = store.named()
    if build is None:
        return False
    problem = fault_of(build, thorough=store.is_suspected(build))
    if compare:
        problem = problem or _difference()
    store.cleared(build)
    if problem:
        _log.warning("The search index is broken and will be built anew: %s", problem)
        store.forget()
    return bool(problem)


def catch_up(*, watch: Watch | None = None, wait: bool = False) -> int:
    """Bring the index up to all that has changed; return how many changes were taken in.

    Without an index one is built. Another process that is at it is waited for with ``wait``, else
    IndexBusyError is raised. ``watch`` is told how many were taken so far. Raises IndexRefusedError
    e.g. on a full disk: what was not taken in waits.
    """
    done = 0
    try:
        with alone.writing(wait=wait) as mine:
            if not mine:
                raise IndexBusyError
            with Keeper(watch) as keeper:
                while taken := keeper.step():
                    done += taken
    except IndexLockedError as fault:
        raise IndexBusyError from fault
    return done


def rebuild(*, watch: Watch | None = None) -> int:
    """Build the index anew beside the old one, which answers and keeps up meanwhile.

    Waits for whoever writes the index. Returns how many articles were read. Raises
    IndexRefusedError, BrokenIndexError: the old one stands then.
    """
    try:
        with alone.writing(wait=True), Keeper(watch) as keeper:
            return keeper.rebuild()
    except IndexLockedError as fault:
        raise IndexBusyError from fault
