"""Files that are sent while they are made: only so many at a time, so that pages are served too.

One who reads slowly holds a thread of the web process for as long.
"""

import threading
from collections.abc import Generator, Iterator

# Of the eight threads of a process.
MOST = 5
_SLOTS = threading.BoundedSemaphore(MOST)


class BusyError(Exception):
    """So many files are being sent that this one has to wait: a sentence for the one who asked."""


class Stream:
    """The bytes of a file as they are made, the first of them before anything is sent.

    Raises BusyError, and what making the first bytes raises.
    """

    def __init__(self, made: Generator[bytes] | Iterator[bytes]) -> None:
        self._held = _SLOTS.acquire(blocking=False)
        if not self._held:
            raise BusyError(
                "Many files are being downloaded at the moment. Try again in a while, or leave "
                "this one to the worker."
            )
        self._made = made
        self._first: bytes | None = None
        self._first = next(self, None)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        try:
            return next(self._made)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the next one have its turn; called by whoever sends it, read to its end or not."""
        if self._held:
            self._held = False
            _SLOTS.release()
            if isinstance(self._made, Generator):
                self._made.close()

    def __del__(self) -> None:
        self.close()
