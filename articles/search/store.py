"""Where the index lies, which build stands, and how it is read.

A build is a folder of its own in the index folder. The one that stands is named by a row of the
database: an index of another database is none of this one's, and a rebuild is swapped in at once.
"""

import fcntl
import secrets
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import tantivy
from django.conf import settings

from articles.models import Build, Consumer
from articles.search.engine import answers
from articles.search.engine import index as engine
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError, told_apart

# Raised when the index's fields or the words in them change: an older one is built anew.
FORMAT = 2
_BUILDS = "build-*"
# Beside a build, of which someone who read it thinks that it is broken.
_SUSPECTED = ".suspected"
# Tantivy's, held as long as a build is written.
_WRITING = ".tantivy-writer.lock"


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


def named() -> Path | None:
    """Return the folder of the build that is to stand, whether it is there or not."""
    row = Build.objects.filter(consumer=Consumer.SEARCH).first()
    return folder() / row.name if row is not None and row.format == FORMAT else None


def standing() -> Path | None:
    """Return the folder of the build that stands; None if there is none of this format."""
    build = named()
    return build if build is not None and (build / engine.META).is_file() else None


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
        found = (build / engine.META).stat()
        stamp = (found.st_mtime_ns, found.st_ino)
        if _OPEN.index is None or _OPEN.build != build:
            _OPEN.index, _OPEN.build, _OPEN.reading = engine.existing(build), build, None
        if _OPEN.reading is None or _OPEN.stamp != stamp:
            state = f"{build.name[-6:]}{stamp[0]:x}{stamp[1]:x}"
            with told_apart():
                _OPEN.index.reload()
                searcher = _OPEN.index.searcher()
                languages, corpora = answers.languages(searcher), answers.corpora(searcher)
            _OPEN.reading = Reading(searcher, _OPEN.index.schema, state, languages, corpora)
            _OPEN.stamp = stamp
    except OSError as fault:
        raise BrokenIndexError(str(fault)) from fault
    finally:
        if _OPEN.reading is None:
            _OPEN.index, _OPEN.build = None, None
    return _OPEN.reading


def begin() -> Path:
    """Return a new, empty folder for a build. Raises OSError."""
    made = folder() / f"build-{secrets.token_hex(6)}"
    made.mkdir(mode=0o700, parents=True)
    return made


def let_stand(build: Path) -> None:
    """Name a build as the one that stands, at once."""
    Build.objects.update_or_create(
        consumer=Consumer.SEARCH, defaults={"name": build.name, "format": FORMAT}
    )


def forget() -> None:
    """Let no build stand: what is broken or another database's is built anew."""
    Build.objects.filter(consumer=Consumer.SEARCH).delete()


def clear() -> None:
    """Remove builds that neither stand nor are being filled: they were given up or replaced."""
    kept = named()
    for build in folder().glob(_BUILDS):
        if build != kept and not _is_written(build):
            remove(build)


def remove(build: Path) -> None:
    """Remove a build, as far as that is possible."""
    shutil.rmtree(build, ignore_errors=True)
    _mark(build).unlink(missing_ok=True)


def _is_written(build: Path) -> bool:
    try:
        with (build / _WRITING).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def suspect(build: Path | None = None) -> None:
    """Leave word for the indexer that the standing build seems broken."""
    found = build or named()
    if found is not None and found.is_dir():
        # On a full disk the indexer finds out by itself.
        with suppress(OSError):
            _mark(found).touch()


def is_suspected(build: Path) -> bool:
    """Whether someone found a build broken; what is not broken was :func:`cleared`."""
    return _mark(build).exists()


def cleared(build: Path) -> None:
    """Take back a suspicion."""
    _mark(build).unlink(missing_ok=True)


def _mark(build: Path) -> Path:
    return build.with_name(f".{build.name}{_SUSPECTED}")


def bytes_on_disk() -> int:
    """Return how much room the standing build takes."""
    build = standing()
    found = 0
    for file in build.iterdir() if build is not None else ():
        try:
            found += file.stat().st_size
        except FileNotFoundError:
            # Merged into another by now.
            continue
    return found
