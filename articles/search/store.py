"""Where the index lies, which build stands, and who may write it.

A build is a folder of its own in the index folder. The one that stands is named by a row of the
database: an index of another database is none of this one's, and a rebuild is swapped in at once.
"""

import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection

from articles.models import Build, Consumer
from articles.search.engine import answers
from articles.search.engine import index as engine

# Of Postgres' two-part advisory locks: one process writes the index, others stand by.
INDEXING_LOCK = 0x4E54
# Raised when the index's fields or the words in them change: an older one is built anew.
FORMAT = 1
_META = "meta.json"


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


def folder() -> Path:
    """Return the folder of all builds."""
    return Path(settings.SEARCH_DIR)


def standing() -> Path | None:
    """Return the folder of the build that stands; None if there is none of this format."""
    row = Build.objects.filter(consumer=Consumer.SEARCH).first()
    if row is None or row.format != FORMAT:
        return None
    build = folder() / row.name
    return build if (build / _META).is_file() else None


def reading() -> Reading:
    """Return the standing index as its newest commit left it; raise IndexMissingError."""
    build = standing()
    if build is None:
        raise IndexMissingError("The search index is being built.")
    with _OPEN.lock:
        try:
            return _read(build)
        except (ValueError, OSError) as fault:
            _OPEN.index, _OPEN.build, _OPEN.reading = None, None, None
            raise IndexMissingError(f"The search index can’t be read: {fault}") from fault


def _read(build: Path) -> Reading:
    found = (build / _META).stat()
    stamp = (found.st_mtime_ns, found.st_ino)
    if _OPEN.index is None or _OPEN.build != build:
        _OPEN.index, _OPEN.build, _OPEN.reading = engine.opened(build), build, None
    if _OPEN.reading is None or _OPEN.stamp != stamp:
        _OPEN.index.reload()
        state = f"{build.name[-6:]}{stamp[0]:x}"
        searcher = _OPEN.index.searcher()
        _OPEN.reading = Reading(searcher, _OPEN.index.schema, state, answers.languages(searcher))
        _OPEN.stamp = stamp
    return _OPEN.reading


def begin() -> Path:
    """Return a new, empty folder for a build."""
    made = folder() / f"build-{secrets.token_hex(6)}"
    made.mkdir(mode=0o700, parents=True)
    return made


def let_stand(build: Path) -> None:
    """Name a build as the one that stands, at once, and remove the others."""
    Build.objects.update_or_create(
        consumer=Consumer.SEARCH, defaults={"name": build.name, "format": FORMAT}
    )
    for other in folder().glob("build-*"):
        if other.name != build.name:
            shutil.rmtree(other, ignore_errors=True)


def forget() -> None:
    """Let no build stand: what is broken or another database's is built anew."""
    Build.objects.filter(consumer=Consumer.SEARCH).delete()


@contextmanager
def writing_alone(*, wait: bool) -> Iterator[bool]:
    """Be the one process that writes the index; yields False if another is, unless ``wait``."""
    with connection.cursor() as cursor:
        name = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        cursor.execute(f"SELECT {name}(%s, 0)", [INDEXING_LOCK])
        row = cursor.fetchone()
        mine = wait or bool(row and row[0])
        try:
            yield mine
        finally:
            # A connection that was lost has given the lock back itself.
            if mine and connection.connection is not None and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [INDEXING_LOCK])
