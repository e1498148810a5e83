"""What articles are about, as numbers in one file beside the prints: read by place, many at once.

A record is a head (``_HEAD``), then the numbers of an article's words, of its names, its prints (of
each the last 32 bits) and the numbers of its long words, 4 bytes each, then how often each word and
name stands there, a byte each. It begins at a multiple of 4 bytes: its
``place`` is that multiple. Records are added at the end and never changed. They are on disk before
the store's commit that tells of their places; what a crash leaves behind that is never read.
"""

import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
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
        # From 1; 0 where it is not known.
        ("day", "<i4"),
        ("language", "<u4"),
        ("prints", "<u4"),
        ("long", "<u4"),
        ("manner", "u1"),
        ("words", "u1"),
        ("names", "u1"),
        ("form", "u1"),
        # Of all the rest.
        ("check", "<u4"),
    ]
)
_UNIT, _FORM = 4, 1
# Of a print so much is kept.
LAST_BITS = (1 << 32) - 1
_UNITS = _HEAD.itemsize // _UNIT
_CHECK = _HEAD.itemsize - 4
_BUFFER = 1 << 20
_PACKED = struct.Struct("<3qQi3I4BI")

type Heads = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Several:
    """Articles as they are compared, in one order: heads, with fields as ``_HEAD`` has them."""

    heads: Heads
    words: Counted
    names: Counted

    def __len__(self) -> int:
        return len(self.heads)


class Head(NamedTuple):
    """What a record begins with, as ``_HEAD`` has it."""

    article: int
    corpus: int
    source: int
    text: int
    day: int
    language: int
    manner: int


def packed(given: Head, matter: Matter, prints: Sequence[int]) -> bytes:
    """Return the record of an article."""
    *first, manner = given
    sizes = len(prints), len(matter.long) // _UNIT
    head = *first, *sizes, manner, matter.words, matter.names, _FORM
    marks = (np.array(prints, np.uint64) & np.uint64(LAST_BITS)).astype(np.uint32)
    times = matter.times.ljust(_padded(len(matter.times)), b"\0")
    body = matter.numbers + marks.tobytes() + matter.long + times
    check = zlib.crc32(body, zlib.crc32(_PACKED.pack(*head, 0)[:_CHECK]))
    return _PACKED.pack(*head, check) + body


class Records:
    """The file of a build, to read.

    Raises the errors of :mod:`articles.search.engine.faults`.
    """

    def __init__(self, build: Path) -> None:
        self._path = build / FILE
        self._units: Numbers = np.zeros(0, np.uint32)

    def at(self, places: Sequence[int]) -> Several:
        """Return the records at some places, in that order."""
        found = self._found(places)
        words, names = found.words, found.names
        of_words = found.starts + _UNITS
        of_names = of_words + words
        times = _UNIT * (of_names + names + found.prints + found.long)
        units, octets = self._units, self._units.view(np.uint8)
        return Several(
            found.heads,
            Counted(words, units[_each(of_words, words)], octets[_each(times, words)]),
            Counted(names, units[_each(of_names, names)], octets[_each(times + words, names)]),
        )

    def marks(self, places: Sequence[int]) -> Iterator[tuple[Any, frozenset[int], frozenset[int]]]:
        """Yield of the records at some places the head, the prints and the long words.

        Of prints the last 32 bits.
        """
        found = self._found(places)
        first = found.starts + _UNITS + found.words + found.names
        middle, last = first + found.prints, first + found.prints + found.long
        for row, (start, between, end) in enumerate(
            zip(first.tolist(), middle.tolist(), last.tolist(), strict=True)
        ):
            prints, long = self._units[start:between].tolist(), self._units[between:end].tolist()
            yield found.heads[row], frozenset(prints), frozenset(long)

    def bytes_of(self, places: Sequence[int]) -> int:
        """Return how many bytes the records at some places take."""
        return int(self._found(places).sizes.sum()) if places else 0

    def faults(self, places: Sequence[int]) -> int:
        """Return how many of the records at some places are not as they were written."""
        found = 0
        for place in places:
            try:
                size = self.bytes_of([place])
            except BrokenIndexError:
                found += 1
                continue
            whole = self._units.view(np.uint8)[place * _UNIT : place * _UNIT + size].tobytes()
            check = zlib.crc32(whole[_HEAD.itemsize :], zlib.crc32(whole[:_CHECK]))
            found += check != int.from_bytes(whole[_CHECK : _HEAD.itemsize], "little")
        return found

    def _found(self, places: Sequence[int]) -> "_Found":
        """Return what the heads tell of the records at some places, all of which are there."""
        starts = np.array(places, np.int64)
        units = self._read_to(int(starts.max(initial=-_UNITS)) + _UNITS)
        heads: Heads = units[starts[:, None] + np.arange(_UNITS)].view(_HEAD)[:, 0]
        if not (heads["form"] == _FORM).all():
            raise BrokenIndexError(f"There is no record where one was, in {FILE}.")
        found = _Found(starts, heads)
        self._read_to(int((starts + found.sizes // _UNIT).max(initial=0)))
        return found

    def _read_to(self, units: int) -> Numbers:
        """Return the file as numbers, at least so many."""
        if units > len(self._units):
            with told_apart(), self._path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < units * _UNIT:
                    raise BrokenIndexError(f"{FILE} ends before what it is to hold.")
                whole = mmap.mmap(file.fileno(), size - size % _UNIT, prot=mmap.PROT_READ)
            self._units = np.frombuffer(whole, np.uint32)
        return self._units


class Writing(Records):
    """The file of a build, to read and to add to; for the one process that keeps the store."""

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        with told_apart():
            self._file = self._path.open("ab", buffering=_BUFFER)
            size = self._file.tell()
            # A crash may have left part of a record.
            self._file.write(bytes(_padded(size) - size))
        self._size = _padded(size)

    @property
    def size(self) -> int:
        """The bytes of all records, those too that were replaced."""
        return self._size

    def add(self, record: bytes) -> int:
        """Add a record; return its place."""
        place = self._size // _UNIT
        with told_apart():
            self._file.write(record)
        self._size += len(record)
        return place

    def commit(self) -> None:
        """Keep all records whatever happens."""
        with told_apart():
            self._file.flush()
            os.fdatasync(self._file.fileno())

    def close(self) -> None:
        """End; what was not committed may be lost."""
        self._units = np.zeros(0, np.uint32)
        # Nobody is told of what can't be written any more.
        with suppress(OSError):
            self._file.close()

    def _read_to(self, units: int) -> Numbers:
        if units > len(self._units):
            with told_apart():
                self._file.flush()
        return super()._read_to(units)


class _Found:
    """Records that were found: where they start, and how many words, names and prints each has."""

    def __init__(self, starts: Places, heads: Heads) -> None:
        self.starts, self.heads = starts, heads
        self.words, self.names, self.prints, self.long = (
            heads[field].astype(np.int64) for field in ("words", "names", "prints", "long")
        )
        counted = self.words + self.names
        # In bytes.
        numbers = counted + self.prints + self.long
        self.sizes = _UNIT * (_UNITS + numbers + (counted + _UNIT - 1) // _UNIT)


def _padded(size: int) -> int:
    return -(-size // _UNIT) * _UNIT


def _each(starts: Places, sizes: Places) -> Any:
    """Return the places of so many in a row from each start on."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
