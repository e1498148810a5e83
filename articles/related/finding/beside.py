"""Work on many things, each by itself, in processes beside this one.

What comes of it is the same whatever the number of processes. One that dies is replaced, and what
it had is tried again, each by itself: so it is known of which thing a process dies. Killed, or
closed, this process takes the others with it: they end when nobody is at the other end.
"""

import atexit
import gc
import logging
import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import batched
from multiprocessing.connection import Connection
from typing import Any

from articles.ingest.stops import deaf_to_stops

# For fewer things it is not worth to start a process, or to ask one.
_WORTH_STARTING, _WORTH = 100, 20
# Things that a process is given at once.
_AT_ONCE = 25

_log = logging.getLogger(__name__)

type Work = Callable[[Any], Any]
type Item = tuple[int, Any]


class Beside:
    """So many processes, started when there is much to do; none if that is fewer than two."""

    def __init__(self, processes: int = 1) -> None:
        self._wanted = processes
        self._others: list[_Other] = []

    def each[Thing, Done](
        self, work: Callable[[Thing], Done], things: Mapping[int, Thing]
    ) -> Iterator[tuple[int, Done | None]]:
        """Yield what ``work`` makes of each thing, in order; None of those that it fails for.

        ``work`` is a function of a module, and things can be pickled.
        """
        items = list(things.items())
        if not self.is_worth(len(items)):
            yield from _done(work, items)
            return
        free, busy = deque(self._others), deque[tuple[_Other, Sequence[Item]]]()
        try:
            for some in batched(items, _AT_ONCE, strict=False):
                done = [] if free else self._answer(work, busy, free)
                other = free.popleft()
                busy.append((other, some))
                other.ask(work, some)
                # It is at the next while somebody looks at what it has done.
                yield from done
            while busy:
                yield from self._answer(work, busy, free)
        finally:
            # Nobody waits for what these were asked.
            for other, _ in busy:
                self._forget(other)

    def close(self) -> None:
        """End the processes, at once."""
        for other in list(self._others):
            self._forget(other)

    def is_worth(self, many: int) -> bool:
        """Whether so many things are done by processes beside; those are there then."""
        if self._wanted < 2 or many < (_WORTH if self._others else _WORTH_STARTING):
            return False
        try:
            while len(self._others) < self._wanted:
                self._others.append(_Other())
        except (OSError, AssertionError) as fault:
            # No room for a process, or one that may have none beside it.
            _log.warning("No process can be started to work beside this one: %s", fault)
            self._wanted = 1
            self.close()
            return False
        return True

    def _answer(
        self, work: Work, busy: "deque[tuple[_Other, Sequence[Item]]]", free: "deque[_Other]"
    ) -> list[tuple[int, Any]]:
        """Return what the first that is busy made of its things; then it is free."""
        other, some = busy[0]
        done = other.answer()
        if done is None:
            other, done = self._one_by_one(work, other, some)
        busy.popleft()
        free.append(other)
        return done

    def _one_by_one(
        self, work: Work, other: "_Other", some: Sequence[Item]
    ) -> "tuple[_Other, list[tuple[int, Any]]]":
        """Try some things that a process died of again, each by itself; return who is there now."""
        _log.warning("A process that worked beside this one died; it is replaced.")
        found: list[tuple[int, Any]] = []
        other = self._replaced(other)
        try:
            for item in some:
                other.ask(work, [item])
                done = other.answer()
                if done is None:
                    _log.error("A process died of article %s.", item[0])
                    done = [(item[0], None)]
                    other = self._replaced(other)
                found += done
        except BaseException:
            self._forget(other)
            raise
        return other, found

    def _replaced(self, other: "_Other") -> "_Other":
        self._forget(other)
        made = _Other()
        self._others.append(made)
        return made

    def _forget(self, other: "_Other") -> None:
        if other in self._others:
            self._others.remove(other)
        other.end()


class _Other:
    """A process beside this one."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there,), daemon=True)
        with deaf_to_stops():
            self._process.start()
        there.close()
        # It does not hear what ends daemons when this process ends by itself.
        atexit.register(self.end)

    def ask(self, work: Work, some: Sequence[Item]) -> None:
        """Give it some things to do; it has nothing else to do."""
        try:
            self._pipe.send_bytes(pickle.dumps((work, some), protocol=5))
        except OSError:
            # It is dead: who waits for the answer is told.
            return

    def answer(self) -> list[tuple[int, Any]] | None:
        """Return what it made of them; None if it died."""
        try:
            done: list[tuple[int, Any]] = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 -- our own process
        except (EOFError, OSError):
            return None
        return done

    def end(self) -> None:
        """End it at once."""
        atexit.unregister(self.end)
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _serve(there: Connection) -> None:
    """Do what is asked, until nobody is there any more."""
    # What is made lives as long as its answer: looking for cycles among it finds nothing, often.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    while True:
        try:
            work, some = pickle.loads(there.recv_bytes())  # noqa: S301 -- our own process
            there.send_bytes(pickle.dumps(list(_done(work, some)), protocol=5))
        except (EOFError, OSError):
            os._exit(0)


def _done(work: Work, some: Sequence[Item]) -> Iterator[tuple[int, Any]]:
    for id_, thing in some:
        try:
            made = work(thing)
        except Exception:  # noqa: BLE001 -- a fault of ours in one article must not stop all others
            _log.exception("Article %s could not be prepared, or compared by event.", id_)
            made = None
        yield id_, made
