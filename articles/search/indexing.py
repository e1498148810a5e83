"""Keeping the index: catching up with what changed, and building it anew beside the old one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Count, Min

from articles.models import Article, Change, Consumer
from articles.models.lookups import any_id
from articles.search import store
from articles.search.engine import index as engine
from articles.search.loading import documents

BATCH = 1_000
# A rebuild commits so often; in between, what is in the making is in memory.
COMMIT_EVERY = 50_000


class IndexBusyError(Exception):
    """Another process writes the index."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the index stands: ``waiting`` articles have changed since, the first at ``since``.

    ``articles`` is how many it holds, None if it can't be read; ``problem`` says why, or what is
    wrong with it.
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
    waiting = Change.objects.filter(consumer=Consumer.SEARCH)
    known = waiting.aggregate(articles=Count("article_id", distinct=True), since=Min("at"))
    try:
        count = store.reading().searcher.num_docs
    except store.IndexMissingError as fault:
        return Status(None, known["articles"], known["since"], str(fault))
    return Status(count, known["articles"], known["since"])


def checked() -> Status:
    """Return how the index stands, after counting; for those who can wait some seconds."""
    found = status()
    if found.problem or found.waiting:
        return found
    there = Article.objects.filter(standing=True, version__isnull=False).count()
    # What changed while it was counted is no fault.
    if found.articles != there and is_idle():
        problem = f"The index holds {found.articles:,} articles, and there are {there:,}."
        return Status(found.articles, 0, None, problem)
    return found


def mend() -> bool:
    """Let no index stand that is broken, so that it is built anew; return whether there was one."""
    broken = bool(checked().problem) and store.standing() is not None
    if broken:
        store.forget()
    return broken


def catch_up(*, watch: Callable[[int], None] | None = None) -> int:
    """Bring the index up to all that has changed; return how many changes were taken in.

    Without an index one is built. Raises IndexBusyError if another process is at it. ``watch`` is
    told how many were taken so far.
    """
    with store.writing_alone(wait=False) as mine:
        if not mine:
            raise IndexBusyError
        build = store.standing()
        if build is None:
            return _rebuild(watch)
        if is_idle():
            return 0
        try:
            writer = _Writer(build)
        except (ValueError, OSError):
            # What can't be opened is built anew, beside what is left of it.
            store.forget()
            return _rebuild(watch)
        try:
            return _take_all([writer], watch)
        finally:
            writer.close()


def rebuild(*, watch: Callable[[int], None] | None = None) -> int:
    """Build the index anew beside the old one, which answers and keeps up meanwhile.

    Waits for whoever writes the index. Returns how many articles were read.
    """
    with store.writing_alone(wait=True):
        return _rebuild(watch)


def _rebuild(watch: Callable[[int], None] | None) -> int:
    standing, build = store.standing(), store.begin()
    new = _Writer(build, rebuilding=True)
    old = _opened(standing)
    both = [new] if old is None else [old, new]
    done, last, since_commit = 0, 0, 0
    articles = Article.objects.order_by("pk")
    while ids := list(articles.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        new.write(ids)
        done, last, since_commit = done + len(ids), ids[-1], since_commit + len(ids)
        if watch is not None:
            watch(done)
        if since_commit >= COMMIT_EVERY:
            new.commit()
            since_commit = 0
        # What changes meanwhile both must learn. A build that does not come to its end is thrown
        # away whole, so that it needs no commit before a change is acknowledged.
        _take(both, commit=both[:-1])
    new.commit()
    _take_all(both, None)
    for writer in both:
        writer.close()
    store.let_stand(build)
    return done


def _opened(build: Path | None) -> "_Writer | None":
    """Return the writer of an index that can be kept up; None of one that is broken."""
    try:
        return _Writer(build) if build is not None else None
    except (ValueError, OSError):
        return None


def _take_all(writers: list["_Writer"], watch: Callable[[int], None] | None) -> int:
    done = 0
    while taken := _take(writers, commit=writers):
        done += taken
        if watch is not None:
            watch(done)
    return done


def _take(writers: Iterable["_Writer"], *, commit: Iterable["_Writer"]) -> int:
    """Take in some changes, commit, and only then acknowledge them, row by row."""
    waiting = Change.objects.filter(consumer=Consumer.SEARCH).order_by("pk")
    rows = list(waiting.values_list("pk", "article_id")[:BATCH])
    if not rows:
        return 0
    ids = {article_id for _, article_id in rows}
    for writer in writers:
        writer.write(ids)
    for writer in commit:
        writer.commit()
    Change.objects.filter(any_id("id", [pk for pk, _ in rows])).delete()
    return len(rows)


class _Writer:
    """The one that writes a build."""

    def __init__(self, build: Path, *, rebuilding: bool = False) -> None:
        self._writer = engine.writer(build, many=rebuilding)

    def write(self, article_ids: Iterable[int]) -> None:
        made, gone = documents(article_ids)
        engine.write(self._writer, made, gone)

    def commit(self) -> None:
        self._writer.commit()

    def close(self) -> None:
        self._writer.wait_merging_threads()


def is_idle() -> bool:
    """Whether nothing waits to be taken in; asked often, so cheaply."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM articles_change WHERE consumer = %s)", [Consumer.SEARCH]
        )
        row = cursor.fetchone()
    return not (row and row[0])
