"""What of a file of tags was not taken, all of it, as a table that lies beside the files of jobs.

It is written bit by bit as its job is done. How long it was after a bit is noted with the bit, so
that what a bit wrote that was rolled back is written over. It is on disk, synced, before the note
is committed: a length that is noted is never one of bytes that a power cut took.
"""

import csv
import io
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from django.conf import settings

from articles import durable_files
from articles.cells import neutral

# So long a table can be downloaded.
KEPT_DAYS = 30
_ENDING = ".refused.csv"
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that was not taken: what it is called, whose, which words, and why.

    ``start`` and ``end`` are what the file says, -1 where it is no tag.
    """

    where: str
    why: str
    article: int | None = None
    external_id: str = ""
    quote: str = ""
    kind: str = ""
    start: int = -1
    end: int = -1


def keep(job: int, some: Iterable[Refused], at: int) -> int:
    """Add some to the table of a job, which was ``at`` bytes long; return how long it is now."""
    rows = list(some)
    if not rows:
        return at
    path = _path(job)
    # Where a file lost its end, as in a folder that was copied back, nothing stands for it.
    at = min(at, path.stat().st_size) if path.exists() else 0
    return durable_files.write(path, table(rows, is_begun=bool(at)), at=at)


def table(rows: Iterable[Refused], *, is_begun: bool = False) -> bytes:
    """Return rows as CSV of which no cell is a formula; with the names of columns unless begun."""
    out = io.StringIO()
    writer = csv.writer(out)
    if not is_begun:
        out.write(_MARK)
        writer.writerow(field.name for field in fields(Refused))
    for row in rows:
        cells = ("" if cell is None or cell == -1 else str(cell) for cell in astuple(row))
        writer.writerow(neutral(cell) for cell in cells)
    return out.getvalue().encode()


def kept(job: int) -> bytes | None:
    """Return the table of a job, None if there is none, or none any more."""
    try:
        return _path(job).read_bytes()
    except FileNotFoundError:
        return None


def is_kept(job: int) -> bool:
    """Whether there is a table of a job."""
    return _path(job).exists()


def tidy() -> int:
    """Remove tables that were kept for long enough; return how many."""
    folder = Path(settings.TAG_FILES_DIR)
    found = folder.glob(f"*{_ENDING}") if folder.is_dir() else ()
    last = time.time() - KEPT_DAYS * 86_400
    gone = [path for path in found if path.stat().st_mtime < last]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _path(job: int) -> Path:
    return Path(settings.TAG_FILES_DIR) / f"{job}{_ENDING}"
