"""Keeping the standing build up to date, and building another beside it."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Self

from articles.models import Article
from articles.search.engine import index as engine
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError, verify
from articles.search.index import store
from articles.search.index.writing import Waiting, Writer, acknowledge_all, is_idle

# Articles that are read before changes are looked for again.
BATCH = 1_000
# Articles of one commit: of a flood about a second's work.
COMMIT = 2_000

_log = logging.getLogger(__name__)

type Watch = Callable[[int], object]


class Keeper:
    """Keeps the build that stands; for the one process that writes the index.

    The build is open to write from its first change on, so that merges go on in the background.
    ``watch`` is told, often, how many changes or articles were taken so far; what it raises ends
    the work, and nothing is lost by that. Raises what :mod:`articles.search.engine.faults` has.
    """

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or (lambda _: None)
        self._writer: Writer | None = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._writer is not None and kind is None:
            self._writer.close()
        self.drop()

    def drop(self) -> None:
        """Close what is open, at once."""
        if self._writer is not None:
            self._writer.drop()
        self._writer = None

    def step(self) -> int:
        """Take in what waits, up to a commit; return how many changes, 0 when none is left.

        Builds the index if none stands, or if the one that does turns out to be broken.
        """
        build = store.standing()
        if build is None:
            return self.rebuild()
        if is_idle():
            return 0
        try:
            taken = self._take(self._opened(build))
        except BrokenIndexError as fault:
            self.drop()
            # The engine says the same when a disk was full and when an index is broken.
            if not fault_of(build, thorough=True):
                raise IndexRefusedError(str(fault)) from fault
            _log.warning("The search index is broken and will be built anew: %s", fault)
            store.forget()
            return self.rebuild()
        except BaseException:
            self.drop()
            raise
        self._done += taken
        self._heed()
        return taken

    def rebuild(self) -> int:
        """Build the index anew beside the old one, which keeps up; return how many were read."""
        old = self._old()
        store.clear()
        build = store.begin()
        new = None
        try:
            new = Writer(build, self._heed, rebuilding=True)
            done = self._fill(new, old)
            # All that was acknowledged both have learned; what came since waits for the new one.
            new.commit()
            store.let_stand(build)
        except BaseException:
            self.drop()
            if new is not None:
                new.drop()
            if store.named() != build:
                store.remove(build)
            raise
        self.drop()
        self._writer = new
        store.clear()
        return done

    def _fill(self, new: Writer, old: Writer | None) -> int:
        done, last = 0, 0
        # What the new one knows before its turn came.
        known: set[int] = set()
        articles = Article.objects.order_by("pk")
        while ids := list(articles.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            new.put(known.intersection(ids))
            new.add(id_ for id_ in ids if id_ not in known)
            last = ids[-1]
            done += len(ids)
            self._done = done
            self._heed()
            if not is_idle():
                known |= self._take_into_both(new, old)
        return done

    def _take_into_both(self, new: Writer, old: Writer | None) -> set[int]:
        """Take in changes; return of what articles.

        A build that does not come to its end is thrown away whole: the new one need not be
        committed before a change is acknowledged.
        """
        waiting = Waiting(COMMIT)
        new.put(waiting.articles)
        if old is not None:
            old.put(waiting.articles)
            old.commit()
        waiting.acknowledge()
        return waiting.articles

    def _old(self) -> Writer | None:
        """Return the standing build, caught up; let none stand that can't be kept up."""
        build = store.standing()
        if build is not None:
            try:
                old = self._opened(build)
                while self._take(old):
                    pass
            except BrokenIndexError:
                self.drop()
                if not fault_of(build, thorough=True):
                    raise
            else:
                return old
        # Before anything is acknowledged for a build that may not come to its end.
        store.forget()
        acknowledge_all()
        return None

    def _opened(self, build: Path) -> Writer:
        if self._writer is None or self._writer.build != build:
            self.drop()
            self._writer = Writer(build, self._heed)
        return self._writer

    def _heed(self) -> None:
        self._watch(self._done)

    @staticmethod
    def _take(writer: Writer) -> int:
        """Take in some changes, commit, and only then acknowledge them, row by row."""
        waiting = Waiting(COMMIT)
        if waiting.rows:
            writer.put(waiting.articles)
            writer.commit()
            waiting.acknowledge()
        return len(waiting.rows)


def fault_of(build: Path, *, thorough: bool) -> str:
    """Return what is wrong with a build, or nothing; ``thorough`` reads all of it.

    Raises IndexRefusedError if that can't be told.
    """
    try:
        if thorough:
            verify(build)
        engine.existing(build)
    except BrokenIndexError as fault:
        return str(fault)
    return ""
