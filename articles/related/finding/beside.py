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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import batched
from multiprocessing.connection import Connection
from typing import Any, Self

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
        self._others = _Others()

    def each[Thing, Done](
        self, work: Callable[[Thing], Done], things: Mapping[int, Thing]
    ) -> Iterator[tuple[int, Done | None]]:
        """Yield what ``work`` makes of each thing, in order; None of those that it fails for.

        ``work`` is a function of a module, and things can be pickled.
        """
        if not self.is_worth(len(things)):
            yield from _done(work, things.items())
            return
        with self.asked(work) as asked:
            asked.ask(things)
            yield from asked.rest()

    def asked[Thing, Done](self, work: Callable[[Thing], Done]) -> "Asked[Thing, Done]":
        """Return how processes are asked bit by bit, where that :meth:`is_worth` it."""
        return Asked(self._others, work)

    def close(self) -> None:
        """End the processes, at once."""
        for other in list(self._others):
            self._others.forget(other)

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


class Asked[Thing, Done]:
    """What processes do while this one does something else; left early, they are ended."""

    def __init__(self, others: "_Others", work: Callable[[Thing], Done]) -> None:
        self._others, self._work = others, work
        self._waiting: deque[Sequence[Item]] = deque()
        self._busy: deque[tuple[_Other, Sequence[Item]]] = deque()
        self._made: list[tuple[int, Done | None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Nobody waits for what these were asked.
        for other, _some in self._busy:
            self._others.forget(other)

    def ask(self, things: Mapping[int, Thing]) -> None:
        """Have more things done, as soon as a process is free; this does not wait for it."""
        self._waiting.extend(batched(things.items(), _AT_ONCE, strict=False))
        while self._busy and self._busy[0][0].has_answered():
            self._take()
        self._give()

    def rest(self) -> Iterator[tuple[int, Done | None]]:
        """Yield what was made of all that was asked, in order; None of what failed."""
        while self._made or self._busy or self._waiting:
            made, self._made = self._made, []
            yield from made
            if self._busy or self._waiting:
                self._take()

    def _give(self) -> None:
        """Give who is free what waits."""
        busy = [other for other, _ in self._busy]
        free = [other for other in self._others if other not in busy]
        for other, some in zip(free, list(self._waiting), strict=False):
            self._waiting.popleft()
            self._busy.append((other, some))
            other.ask(self._work, some)

    def _take(self) -> None:
        """Wait for what the first that is busy makes of its things; then it is given more."""
        other, some = self._busy[0]
        made = other.answer()
        if made is None:
            made = self._one_by_one(other, some)
        self._busy.popleft()
        # It is at the next while somebody looks at what it has made.
        self._give()
        self._made += made

    def _one_by_one(self, other: "_Other", some: Sequence[Item]) -> list[tuple[int, Any]]:
        """Try some things that a process died of again, each by itself."""
        _log.warning("A process that worked beside this one died; it is replaced.")
        found: list[tuple[int, Any]] = []
        other = self._others.replaced(other)
        try:
            for item in some:
                other.ask(self._work, [item])
                made = other.answer()
                if made is None:
                    _log.error("A process died of article %s.", item[0])
                    made = [(item[0], None)]
                    other = self._others.replaced(other)
                found += made
        except BaseException:
            self._others.forget(other)
            raise
        return found


class _Others(list["_Other"]):
    """The processes beside this one."""

    def forget(self, other: "_Other") -> None:
        """End one at once."""
        if other in self:
            self.remove(other)
        other.end()

    def replaced(self, other: "_Other") -> "_Other":
        """End one, and return another in its place."""
        self.forget(other)
        made = _Other()
        self.append(made)
        return made


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

    def has_answered(self) -> bool:
        """Whether it is done with them, or dead."""
        try:
            return self._pipe.poll()
        except OSError:
            return True

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


def _done(work: Work, some: Iterable[Item]) -> Iterator[tuple[int, Any]]:
    for id_, thing in some:
        try:
            made = work(thing)
        except Exception:  # noqa: BLE001 -- a fault of ours in one article must not stop all others
            _log.exception("Article %s could not be prepared, or compared by event.", id_)
            made = None
        yield id_, made
