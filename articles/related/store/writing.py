"""The log of records, to add to: what was committed is there whatever happens.

What was not is cut off by who closes it, and may stay where its process is killed.
"""

import fcntl
import os
import struct
from contextlib import suppress
from pathlib import Path

import numpy as np

from articles.related.events.numbers import Numbers
from articles.related.store.records import FILE, UNIT, Records, size_at
from articles.search.engine.faults import BrokenIndexError, IndexLockedError, told_apart
from articles.search.engine.files import META, WRITING

# How much of the log was committed: what is behind that may be half a record.
COMMITTED = "committed"
_BUFFER = 1 << 20
_SIZE = struct.Struct("<Q")
# Bytes of the file that are zeros yet.
_LEAST_ROOM, _MOST_ROOM = 1 << 16, 1 << 26


class Writing(Records):
    """The log of a build, to read and to add to; for one process at a time.

    Raises IndexLockedError where another one has it.
    """

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        if (build / META).exists() and not self._path.exists():
            raise BrokenIndexError(f"{FILE} is gone.")
        with told_apart():
            self._lock = (build / WRITING).open("wb")
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as fault:
                self._lock.close()
                raise IndexLockedError(str(fault)) from fault
            self._path.touch(mode=0o600)
            self._file = self._path.open("r+b", buffering=_BUFFER)
            self._noted = os.open(build / COMMITTED, os.O_RDWR | os.O_CREAT, 0o600)
            if not (build / META).exists():
                (build / META).write_text("{}\n")
        self._committed = self._size = self._flushed = self._room = 0
        try:
            self._begin()
        except BaseException:
            self._end()
            raise

    def _begin(self) -> None:
        """Go on behind the last record; what a crash left half-written goes.

        What is whole behind what was committed stays, as a kill leaves it: it is true.
        """
        size, noted = self._file.seek(0, os.SEEK_END), os.pread(self._noted, _SIZE.size, 0)
        if (size or noted) and len(noted) != _SIZE.size:
            raise BrokenIndexError(f"{COMMITTED} is gone.")
        (self._committed,) = _SIZE.unpack(noted) if noted else (0,)
        if size < self._committed:
            raise BrokenIndexError(f"{FILE} ends before what it is to hold.")
        octets, place, end = memoryview(b""), self._committed // UNIT, size // UNIT
        if end > place:
            octets = memoryview(self._read_to(end).view(np.uint8))
        while found := size_at(octets, place, end):
            place += found
        self._units = np.zeros(0, np.uint32)
        with told_apart():
            self._file.truncate(place * UNIT)
            self._file.seek(place * UNIT)
        self._size = self._flushed = self._room = place * UNIT
        if self._size > self._committed:
            self.commit()

    @property
    def size(self) -> int:
        """The bytes of all records, those too that were replaced."""
        return self._size

    @property
    def end(self) -> int:
        """The place behind the last record."""
        return self._size // UNIT

    def add(self, record: bytes) -> int:
        """Add a record; return its place."""
        place = self._size // UNIT
        with told_apart():
            self._file.write(record)
        self._size += len(record)
        return place

    def flush(self) -> None:
        """Let other processes read all records."""
        with told_apart():
            self._file.flush()
        self._flushed = self._size
        if self._size > self._room:
            # Who has the log in sight has all that is added for some time in sight, too: each page
            # that is looked at for the first time costs some microseconds. Zeros are no record.
            self._room = self._size + min(max(self._size // 8, _LEAST_ROOM), _MOST_ROOM)
            # Without room on the disk there is none to spare.
            with suppress(OSError):
                os.truncate(self._path, self._room)

    def commit(self) -> None:
        """Keep all records whatever happens."""
        self.flush()
        with told_apart():
            os.fdatasync(self._file.fileno())
            self._committed = self._size
            # It need not be on disk: what is whole behind it counts, too.
            os.pwrite(self._noted, _SIZE.pack(self._size), 0)

    def close(self) -> None:
        """End; what was not committed is lost."""
        self._units = np.zeros(0, np.uint32)
        if self._file.closed:
            return
        # Nobody is told of what can't be written any more.
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            os.truncate(self._path, self._committed)
        self._end()

    def _end(self) -> None:
        self._file.close()
        os.close(self._noted)
        self._lock.close()

    def _read_to(self, units: int) -> Numbers:
        if units * UNIT > self._flushed:
            self.flush()
        return super()._read_to(units)

    def _map(self) -> None:
        self.flush()
        super()._map()
