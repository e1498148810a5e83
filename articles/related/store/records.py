"""What is kept of articles to relate them: records in one log, read by place, many at once.

A record is a head (``_HEAD``), then the numbers of an article's words, of its names, its prints and
the numbers of its long words, 4 bytes each; then how often each word and name stands there, a byte
each, and what is ``told`` of it. It begins at a multiple of 4 bytes: its ``place`` is that
multiple. Records are added at the end and never changed; of an article the last one stands, and one
without anything says that the article is gone.
"""

import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from articles.related.events.matter import Matter
from articles.related.events.numbers import Counted, Numbers, Places
from articles.search.engine.faults import BrokenIndexError, told_apart

FILE = "profiles"
_HEAD = np.dtype(
    [
        ("article", "<i8"),
        ("corpus", "<i8"),
        # 0 where it is not known.
        ("source", "<i8"),
        ("text", "<u8"),
        ("key", "<u8"),
        ("seal", "<u8"),
        # From 1; 0 where it is not known.
        ("day", "<i4"),
        ("language", "<u4"),
        ("prints", "<u4"),
        ("long", "<u4"),
        # In bytes.
        ("told", "<u4"),
        ("manner", "u1"),
        ("words", "u1"),
        ("names", "u1"),
        ("form", "u1"),
        # Of all the rest.
        ("check", "<u4"),
    ]
)
UNIT = 4
# What stands, and what says that an article is gone.
STANDS, GONE = 1, 2
_UNITS = _HEAD.itemsize // UNIT
_CHECK = _HEAD.itemsize - 4
_PACKED = struct.Struct("<3q3Qi4I4BI")

type Heads = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Several:
    """Articles as they are compared, in one order: heads, with fields as ``_HEAD`` has them."""

    heads: Heads
    counted: Counted

    def __len__(self) -> int:
        return len(self.heads)


@dataclass(frozen=True, slots=True)
class Looked:
    """By what articles are looked up: the numbers of their words and names, and their prints.

    The first ``word_sizes`` are of the first article, and so on. ``sizes`` are those of records, in
    units.
    """

    heads: Heads
    sizes: Places
    word_sizes: Places
    words: Numbers
    print_sizes: Places
    prints: Numbers


class Head(NamedTuple):
    """What a record begins with, as ``_HEAD`` has it."""

    article: int
    corpus: int
    source: int
    text: int
    key: int
    seal: int
    day: int
    language: int
    manner: int


def packed(given: Head, matter: Matter, prints: Sequence[int]) -> bytes:
    """Return the record of an article."""
    *first, manner = given
    sizes = len(prints), len(matter.long) // UNIT, len(matter.told)
    marks = np.array(prints, np.uint32)
    numbers, octets = matter.numbers + marks.tobytes() + matter.long, matter.times + matter.told
    body = numbers + octets.ljust(_padded(len(octets)), b"\0")
    return _checked(*first, *sizes, manner, matter.words, matter.names, STANDS, body=body)


def gone(article_id: int) -> bytes:
    """Return the record that says that an article is gone."""
    return _checked(article_id, *[0] * 13, GONE)


def _checked(*head: int, body: bytes = b"") -> bytes:
    check = zlib.crc32(body, zlib.crc32(_PACKED.pack(*head, 0)[:_CHECK]))
    return _PACKED.pack(*head, check) + body


class Records:
    """The log of a build, to read.

    Raises the errors of :mod:`articles.search.engine.faults`.
    """

    def __init__(self, build: Path) -> None:
        self._path = build / FILE
        self._units: Numbers = np.zeros(0, np.uint32)

    def at(self, places: Sequence[int] | Places) -> Several:
        """Return the records at some places, in that order."""
        found = self._found(places)
        # Words and names stand side by side.
        sizes, first = found.words + found.names, found.starts + _UNITS
        numbers = self._units[stretches(first, sizes)]
        octets = UNIT * (first + sizes + found.prints + found.long)
        times = self._units.view(np.uint8)[stretches(octets, sizes)]
        by_kind = np.stack((found.words, found.names), axis=1)
        return Several(found.heads, Counted(by_kind, numbers, times))

    def looked(self, places: Sequence[int] | Places) -> Looked:
        """Return by what the articles are looked up whose records are at some places."""
        found = self._found(places)
        counted = found.words + found.names
        first = found.starts + _UNITS
        return Looked(
            found.heads,
            found.sizes,
            counted,
            self._units[stretches(first, counted)],
            found.prints,
            self._units[stretches(first + counted, found.prints)],
        )

    def marks(self, places: Sequence[int]) -> Iterator[tuple[Any, frozenset[int], frozenset[int]]]:
        """Yield of the records at some places the head, the prints and the long words."""
        found = self._found(places)
        first = found.starts + _UNITS + found.words + found.names
        middle, last = first + found.prints, first + found.prints + found.long
        for row, (start, between, end) in enumerate(
            zip(first.tolist(), middle.tolist(), last.tolist(), strict=True)
        ):
            prints, long = self._units[start:between].tolist(), self._units[between:end].tolist()
            yield found.heads[row], frozenset(prints), frozenset(long)

    def told(self, places: Sequence[int]) -> list[bytes]:
        """Return what is told of the articles whose records are at some places."""
        found = self._found(places)
        numbers = found.starts + _UNITS + found.words + found.names + found.prints + found.long
        starts = UNIT * numbers + found.words + found.names
        ends = starts + found.heads["told"]
        octets = self._units.view(np.uint8)
        return [
            octets[start:end].tobytes()
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    def articles(self, places: Sequence[int] | Places) -> Places:
        """Return whose records are at some places."""
        found: Places = self._found(places).heads["article"].astype(np.int64)
        return found

    def walk(self, start: int, end: int) -> Iterator[int]:
        """Yield the places of the records from one place to another, that are as written."""
        units = self._read_to(end)
        octets, place = memoryview(units.view(np.uint8)), start
        while place < end:
            size = size_at(octets, place, end)
            if not size:
                raise BrokenIndexError(f"A record of {FILE} is damaged.")
            yield place
            place += size

    def faults(self, places: Sequence[int] | Places) -> int:
        """Return how many of the records at some places are not as they were written."""
        self._map()
        octets, end = memoryview(self._units.view(np.uint8)), len(self._units)
        return sum(not size_at(octets, int(place), end) for place in places)

    def _found(self, places: Sequence[int] | Places) -> "_Found":
        """Return what the heads tell of the records at some places, all of which are there."""
        starts = np.asarray(places, np.int64)
        units = self._read_to(int(starts.max(initial=-_UNITS)) + _UNITS)
        heads: Heads = units[starts[:, None] + np.arange(_UNITS)].view(_HEAD)[:, 0]
        forms = heads["form"]
        if not ((forms == STANDS) | (forms == GONE)).all():
            raise BrokenIndexError(f"There is no record where one was, in {FILE}.")
        found = _Found(starts, heads)
        self._read_to(int((starts + found.sizes).max(initial=0)))
        return found

    def _read_to(self, units: int) -> Numbers:
        """Return the log as numbers, at least so many."""
        if units > len(self._units):
            self._map()
            if units > len(self._units):
                raise BrokenIndexError(f"{FILE} ends before what it is to hold.")
        return self._units

    def _map(self) -> None:
        """Have all in sight that the log holds by now."""
        with told_apart(), self._path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size // UNIT * UNIT
            whole = mmap.mmap(file.fileno(), size, prot=mmap.PROT_READ) if size else b""
        self._units = np.frombuffer(whole, np.uint32)


class _Found:
    """Records that were found: where they start, and how many words, names and prints each has."""

    def __init__(self, starts: Places, heads: Heads) -> None:
        self.starts, self.heads = starts, heads
        self.words, self.names, self.prints, self.long, told = (
            heads[field].astype(np.int64) for field in ("words", "names", "prints", "long", "told")
        )
        counted = self.words + self.names
        numbers = counted + self.prints + self.long
        # In units.
        self.sizes = _UNITS + numbers + (counted + told + UNIT - 1) // UNIT


def size_at(octets: memoryview, place: int, end: int) -> int:
    """Return in units how large the record at a place is; 0 if there is none that is whole."""
    start = place * UNIT
    if not 0 <= place <= end - _UNITS:
        return 0
    *_, prints, long, told, _, words, names, form, check = _PACKED.unpack_from(octets, start)
    size = _UNITS + words + names + prints + long + _padded(words + names + told) // UNIT
    if form not in {STANDS, GONE} or place + size > end:
        return 0
    head, body = start + _HEAD.itemsize, start + size * UNIT
    is_whole = check == zlib.crc32(octets[head:body], zlib.crc32(octets[start : start + _CHECK]))
    return size if is_whole else 0


def _padded(size: int) -> int:
    return -(-size // UNIT) * UNIT


def stretches(starts: Places, sizes: Places) -> Any:
    """Return the places of so many in a row from each start on."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
