"""Which build of the search index stands, and how it is read."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from articles.models import Consumer
from articles.search.engine import counting
from articles.search.engine import index as engine
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError, told_apart
from articles.search.engine.files import META
from articles.search.index.builds import Builds

# Raised when the index's fields or the words in them change: an older one is built anew.
FORMAT = 4
BUILDS = Builds(Consumer.SEARCH, "SEARCH_DIR", FORMAT)
folder, named, standing = BUILDS.folder, BUILDS.named, BUILDS.standing
begin, let_stand, forget = BUILDS.begin, BUILDS.let_stand, BUILDS.forget
clear, remove = BUILDS.clear, BUILDS.remove
suspect, is_suspected, cleared = BUILDS.suspect, BUILDS.is_suspected, BUILDS.cleared
bytes_on_disk = BUILDS.bytes_on_disk


class IndexMissingError(Exception):
    """There is no index that can be read: a sentence for a reader."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The index as one commit left it; ``state`` changes with every commit."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    state: str
    # A query's word is stemmed by each of these.
    languages: frozenset[str | None]
    # Of all others there is no article in it.
    corpora: frozenset[int]
    # Columns that answers are counted by: there is nothing in any other.
    filled: frozenset[str]


@dataclass(slots=True)
class _Open:
    """The index that this process reads, kept open between questions."""

    build: Path | None = None
    index: tantivy.Index | None = None
    # What the index said of itself when it was read last.
    stamp: tuple[int, int] = (0, 0)
    reading: Reading | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_OPEN = _Open()


def reading() -> Reading:
    """Return the standing index as its newest commit left it; raise IndexMissingError."""
    build = standing()
    while build is not None:
        try:
            with _OPEN.lock:
                return _read(build)
        except (BrokenIndexError, IndexRefusedError) as fault:
            after = standing()
            # Another may have been swapped in meanwhile.
            if after == build:
                if isinstance(fault, BrokenIndexError):
                    suspect(build)
                raise IndexMissingError(
                    "The search index can’t be read. The worker will repair it; "
                    "manage.py index_status says what is wrong."
                ) from fault
            build = after
    raise IndexMissingError("The search index is being built.")


def _read(build: Path) -> Reading:
    try:
        found = (build / META).stat()
        stamp = (found.st_mtime_ns, found.st_ino)
        if _OPEN.index is None or _OPEN.build != build:
            _OPEN.index, _OPEN.build, _OPEN.reading = engine.existing(build), build, None
        if _OPEN.reading is None or _OPEN.stamp != stamp:
            state = f"{build.name[-6:]}{stamp[0]:x}{stamp[1]:x}"
            with told_apart():
                _OPEN.index.reload()
                searcher = _OPEN.index.searcher()
                languages, corpora = counting.languages(searcher), counting.corpora(searcher)
                filled = counting.filled_columns(searcher)
            _OPEN.reading = Reading(searcher, _OPEN.index.schema, state, languages, corpora, filled)
            _OPEN.stamp = stamp
    except OSError as fault:
        raise BrokenIndexError(str(fault)) from fault
    finally:
        if _OPEN.reading is None:
            _OPEN.index, _OPEN.build = None, None
    return _OPEN.reading
