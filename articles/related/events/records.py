"""What articles are about, as numbers in one file beside the prints: read by place, many at once.

A record is a head (``_HEAD``), then the numbers of an article's words and of its names, 4 bytes
each, then how often each stands there, a byte each. It begins at a multiple of 4 bytes: its
``place`` is that multiple. Records are added at the end and never changed. They are on disk before
the store's commit that tells of their places; what a crash leaves behind that is never read.
"""

import mmap
import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

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
        ("manner", "u1"),
        ("words", "u1"),
        ("names", "u1"),
        ("form", "u1"),
        # Of all the rest.
        ("check", "<u4"),
    ]
)
_UNIT, _FORM = 4, 1
_UNITS = _HEAD.itemsize // _UNIT
_CHECK = _HEAD.itemsize - 4
_BUFFER = 1 << 20
# What a record takes at most.
MOST_BYTES = _HEAD.itemsize + 2 * 255 * (_UNIT + 1)

type Heads = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Several:
    """Articles as they are compared, in one order: heads, with fields as ``_HEAD`` has them."""

    heads: Heads
    words: Counted
    names: Counted

    def __len__(self) -> int:
        return len(self.heads)


def packed(words: Counted, names: Counted, **head: int) -> bytes:
    """Return the record of an article, of whose ``head`` the fields are given but the last four."""
    made = np.zeros(1, _HEAD)
    for field, value in head.items():
        made[field] = value
    made["words"], made["names"], made["form"] = len(words.numbers), len(names.numbers), _FORM
    counts = words.times.tobytes() + names.times.tobytes()
    body = (
        words.numbers.tobytes()
        + names.numbers.tobytes()
        + counts.ljust(_padded(len(counts)), b"\0")
    )
    made["check"] = zlib.crc32(body, zlib.crc32(made.tobytes()[:_CHECK]))
    return made.tobytes() + body


class Records:
    """The file of a build, to read and to add to; for the one process that keeps the store.

    Raises the errors of :mod:`articles.search.engine.faults`.
    """

    def __init__(self, build: Path) -> None:
        with told_apart():
            self._file = (build / FILE).open("ab", buffering=_BUFFER)
            size = self._file.tell()
            # A crash may have left part of a record.
            self._file.write(bytes(_padded(size) - size))
        self._size = _padded(size)
        self._units: Numbers = np.zeros(0, np.uint32)

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

    def at(self, places: Sequence[int]) -> Several:
        """Return the records at some places, in that order."""
        starts = np.array(places, np.int64)
        units = self._read_to(int(starts.max(initial=0)) + _UNITS)
        heads: Heads = units[starts[:, None] + np.arange(_UNITS)].view(_HEAD)[:, 0]
        if not (heads["form"] == _FORM).all():
            raise BrokenIndexError(f"There is no record where one was, in {FILE}.")
        words, names = heads["words"].astype(np.int64), heads["names"].astype(np.int64)
        of_words = starts + _UNITS
        of_names = of_words + words
        times = _UNIT * (of_names + names)
        units = self._read_to(-(-int((times + words + names).max(initial=0)) // _UNIT))
        octets = units.view(np.uint8)
        return Several(
            heads,
            Counted(words, units[_each(of_words, words)], octets[_each(times, words)]),
            Counted(names, units[_each(of_names, names)], octets[_each(times + words, names)]),
        )

    def faults(self, places: Sequence[int]) -> int:
        """Return how many of the records at some places are not as they were written."""
        found = 0
        for place in places:
            try:
                some = self.at([place])
            except BrokenIndexError:
                found += 1
                continue
            head = some.heads.tobytes()
            length = _UNIT * (_UNITS + len(some.words.numbers) + len(some.names.numbers))
            length += _padded(len(some.words.numbers) + len(some.names.numbers))
            whole = self._units.view(np.uint8)[place * _UNIT : place * _UNIT + length].tobytes()
            check = zlib.crc32(whole[_HEAD.itemsize :], zlib.crc32(head[:_CHECK]))
            found += check != int(some.heads["check"][0])
        return found

    def _read_to(self, units: int) -> Numbers:
        """Return the file as numbers, at least so many."""
        if units > len(self._units):
            with told_apart():
                self._file.flush()
                size = os.fstat(self._file.fileno()).st_size
                if size < units * _UNIT:
                    raise BrokenIndexError(f"{FILE} ends before what it is to hold.")
                with open(self._file.name, "rb") as read:  # noqa: PTH123 -- the path is the file's own
                    whole = mmap.mmap(read.fileno(), size - size % _UNIT, prot=mmap.PROT_READ)
            self._units = np.frombuffer(whole, np.uint32)
        return self._units


def _padded(size: int) -> int:
    return -(-size // _UNIT) * _UNIT


def _each(starts: Places, sizes: Places) -> Any:
    """Return the places of so many in a row from each start on."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
