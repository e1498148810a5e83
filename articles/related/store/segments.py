"""Articles that are looked up together: by their words, their prints and their whole text.

A segment never changes. Those in memory are merged into larger ones; the largest is a folder.
"""

import json
import mmap
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from articles.durable_files import sync_folder
from articles.related.events.numbers import MIX, Numbers, Places
from articles.related.matching.prints import LAST_BITS
from articles.related.matching.sharing import FEW_PRINTS
from articles.related.store.postings import (
    Columns,
    Postings,
    joined,
    merged,
    postings,
    starts_of,
)
from articles.related.store.records import Looked
from articles.search.engine.faults import BrokenIndexError, told_apart

# What is known of an article without reading its record.
ROW = np.dtype(
    [
        ("article", "<i8"),
        ("place", "<i8"),
        ("corpus", "<i8"),
        ("text", "<u8"),
        ("key", "<u8"),
        ("seal", "<u8"),
        # 0 where it is not known.
        ("day", "<i8"),
        # Whether it has few prints.
        ("few", "<u4"),
        # Of its record, in units of the log.
        ("size", "<u4"),
    ]
)
_FIELDS, _PARTS = ("words", "prints", "texts"), ("numbers", "starts", "rows")
_WHOLE = "whole.json"
_CHUNK = 1 << 24
_COPIED = ("article", "corpus", "text", "key", "seal", "day")

type Known = npt.NDArray[np.void]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Segment:
    """Articles in order of their days, then of their ids: the undated first.

    ``by_id`` are the rows in order of their ``ids``. ``sums`` is for whoever adds something up by
    row, and then leaves it as it was, all 0; ``lasts`` for whoever keeps a number by row. To make
    as many anew would take longer than that.
    """

    known: Known
    days: Places
    ids: Places
    by_id: Places
    sums: npt.NDArray[np.float64]
    lasts: Places
    words: Postings
    prints: Postings
    texts: Postings

    def __len__(self) -> int:
        return len(self.known)

    def find(self, article_ids: Places) -> Places:
        """Return the rows of articles, -1 for those that it does not have."""
        if not len(self.ids):
            return np.full(len(article_ids), -1)
        at = np.minimum(self.ids.searchsorted(article_ids), len(self.ids) - 1)
        return np.where(self.ids[at] == article_ids, self.by_id[at], -1)


def segment(places: Places, looked: Looked) -> Segment:
    """Return articles as they are looked up, whose records are at some places; each once."""
    known = np.zeros(len(places), ROW)
    for field in _COPIED:
        known[field] = looked.heads[field]
    known["place"] = places
    known["size"] = looked.sizes
    known["few"] = looked.print_sizes <= FEW_PRINTS
    known, row = _in_order(known)
    prints = looked.prints ^ mixed(looked.heads["corpus"]).repeat(looked.print_sizes)
    texts = (known["text"] & LAST_BITS).astype(np.uint32)
    return _made(
        known,
        postings(looked.words, row.repeat(looked.word_sizes).astype(np.uint32)),
        postings(prints, row.repeat(looked.print_sizes).astype(np.uint32)),
        postings(texts, np.arange(len(known), dtype=np.uint32)),
    )


def mixed(corpora: Places) -> Numbers:
    """Return what the prints of each corpus are mixed with, so that two corpora share few."""
    return (corpora.astype(np.uint64) * np.uint64(MIX)).astype(np.uint32)


def merge(segments: Sequence[Segment], stand: Sequence[Flags]) -> Segment:
    """Return segments as one, with those rows of each that ``stand``."""
    known, become = _together(segments, stand)
    return _made(known, *(joined(merged(_field(segments, become, field))) for field in _FIELDS))


def save(segments: Sequence[Segment], stand: Sequence[Flags], folder: Path) -> None:
    """Write segments as one into a folder, a bit at a time; it is there when all is on disk.

    Raises the errors of :mod:`articles.search.engine.faults`.
    """
    known, become = _together(segments, stand)
    made = folder.with_name(f"{folder.name}.made")
    for left in (made, folder):
        shutil.rmtree(left, ignore_errors=True)
    try:
        with told_apart():
            made.mkdir(mode=0o700)
            checks = _write_known(made, known)
            for name in _FIELDS:
                checks |= _write_postings(made, name, merged(_field(segments, become, name)))
            (made / _WHOLE).write_text(json.dumps(checks))
            for file in (*made.iterdir(), made):
                sync_folder(file)
            made.rename(folder)
            sync_folder(folder.parent)
    except BaseException:
        # On a full disk its room is needed.
        shutil.rmtree(made, ignore_errors=True)
        raise


def opened(folder: Path) -> Segment:
    """Return the segment of a folder. Raises the errors of :mod:`articles.search.engine.faults`."""
    checks = _checks(folder)

    def read(name: str, dtype: Any) -> Any:
        size, _ = checks[name]
        if not size:
            return np.zeros(0, dtype)
        with told_apart(), (folder / name).open("rb") as file:
            whole = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        if len(whole) != size:
            raise BrokenIndexError(f"{name} of {folder.name} is not as large as it was.")
        return np.frombuffer(whole, dtype)

    return _made(
        read("known", ROW),
        *(Postings(*(read(f"{name}.{part}", np.uint32) for part in _PARTS)) for name in _FIELDS),
    )


def verify(folder: Path) -> None:
    """Read all of a folder and compare it with its checksums. Raises BrokenIndexError."""
    for name, (_, check) in _checks(folder).items():
        found = 0
        with told_apart(), (folder / name).open("rb") as file:
            while some := file.read(_CHUNK):
                found = zlib.crc32(some, found)
        if found != check:
            raise BrokenIndexError(f"{name} of {folder.name} is damaged.")


def _checks(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size and checksum of each file."""
    names = ("known", *(f"{name}.{part}" for name in _FIELDS for part in _PARTS))
    try:
        told = json.loads((folder / _WHOLE).read_bytes())
        return {name: (int(told[name][0]), int(told[name][1])) for name in names}
    except (OSError, ValueError, LookupError, TypeError) as fault:
        raise BrokenIndexError(f"{folder.name} is damaged: {fault!r}") from fault


def _made(known: Known, *fields: Postings) -> Segment:
    ids = known["article"].astype(np.int64)
    by_id = ids.argsort()
    days = known["day"].astype(np.int64)
    return Segment(known, days, ids[by_id], by_id, np.zeros(len(ids)), np.empty_like(ids), *fields)


def _together(segments: Sequence[Segment], stand: Sequence[Flags]) -> tuple[Known, list[Places]]:
    """Return the rows that stand of segments, and of each the row that each of its rows becomes."""
    known, row = _in_order(
        np.concatenate([each.known[rows] for each, rows in zip(segments, stand, strict=True)])
    )
    become, before = [], 0
    for rows in stand:
        number = int(rows.sum())
        becomes = np.full(len(rows), -1, np.int64)
        becomes[rows] = row[before : before + number]
        become.append(becomes)
        before += number
    return known, become


def _in_order(known: Known) -> tuple[Known, Places]:
    """Return rows in order, and where each of them is then."""
    order = np.lexsort((known["article"], known["day"]))
    row = np.empty(len(order), np.int64)
    row[order] = np.arange(len(order))
    return known[order], row


def _field(
    segments: Sequence[Segment], become: Sequence[Places], name: str
) -> list[tuple[Postings, Places]]:
    return [(getattr(each, name), rows) for each, rows in zip(segments, become, strict=True)]


def _write_postings(folder: Path, name: str, columns: Iterator[Columns]) -> dict[str, list[int]]:
    """Write postings bit by bit; return the sizes and checksums of their files."""
    total = 0
    with ExitStack() as files:
        numbers, starts, rows = (
            files.enter_context(_Column(folder / f"{name}.{part}")) for part in _PARTS
        )
        for some, sizes, having in columns:
            numbers.add(some)
            starts.add(starts_of(sizes, total))
            rows.add(having)
            total += len(having)
        starts.add(np.array([total], np.uint32))
    checks = (numbers.check, starts.check, rows.check)
    return {f"{name}.{part}": check for part, check in zip(_PARTS, checks, strict=True)}


def _write_known(folder: Path, known: Known) -> dict[str, list[int]]:
    with _Column(folder / "known") as file:
        file.add(known)
    return {"known": file.check}


class _Column:
    """A file that is written bit by bit; ``check`` is its size and its checksum."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.check = [0, 0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, array: npt.NDArray[Any]) -> None:
        octets = array.tobytes()
        self._file.write(octets)
        self.check = [self.check[0] + len(octets), zlib.crc32(octets, self.check[1])]
