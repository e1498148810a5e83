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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import batched
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import Any, Self

from articles.ingest.stops import deaf_to_stops

# For fewer things it is not worth to start a process, or to ask one.
_WORTH_STARTING, _WORTH = 100, 20
# Things that a process is given at once; so many times that it has in hand, so that it goes on
# though nobody takes its answer yet.
_AT_ONCE, _IN_HAND = 25, 2
# What is sent to one that does not read yet must not wait for it, as it may wait to be read.
_MOST_UNREAD = 1 << 16

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

        ``work`` is a function of a module, and things can be pickled. What is asked bit by bit
        waits for it.
        """
        if not self.is_worth(len(things)):
            yield from _done(work, things.items())
            return
        with self.asked(work) as asked:
            asked.ask(things, first=True)
            yield from asked.rest()

    def asked[Thing, Done](self, work: Callable[[Thing], Done]) -> "Asked[Thing, Done]":
        """Return how processes are asked bit by bit, where that :meth:`is_worth` it."""
        return Asked(self._others, work)

    def close(self) -> None:
        """End the processes, at once."""
        self._others.close()

    def is_worth(self, many: int) -> bool:
        """Whether so many things are done by processes beside; those are there then."""
        if self._wanted < 2 or many < (_WORTH if self._others.count else _WORTH_STARTING):
            return False
        try:
            while self._others.count < self._wanted:
                self._others.start()
        except (OSError, AssertionError) as fault:
            # No room for a process, or one that may have none beside it.
            _log.warning("No process can be started to work beside this one: %s", fault)
            self._wanted = 1
            if not self._others.is_asked:
                self.close()
            return False
        return True


class _Job:
    """Some things that one process is given at once, and what it ``made`` of them."""

    def __init__(self, work: Work, some: Sequence[Item]) -> None:
        self._work, self.some = work, some
        self.made: list[tuple[int, Any]] | None = None

    @cached_property
    def packed(self) -> bytes:
        """The job as it is sent."""
        return pickle.dumps((self._work, self.some), protocol=5)

    def each(self) -> "Iterator[_Job]":
        """Yield its things, each a job of its own."""
        for item in self.some:
            yield _Job(self._work, [item])


class Asked[Thing, Done]:
    """What processes do while this one does something else; nobody waits for it once it is left.

    Several may be open: what was asked first is done first, unless it is said otherwise.
    """

    def __init__(self, others: "_Others", work: Callable[[Thing], Done]) -> None:
        self._others, self._work = others, work
        self._jobs: deque[_Job] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is not done."""
        self._others.let_go(self._jobs)
        self._jobs.clear()

    def ask(self, things: Mapping[int, Thing], *, first: bool = False) -> None:
        """Have more things done, as soon as a process is free; this does not wait for it.

        Before all that others asked and no process has yet, with ``first``.
        """
        parts = batched(things.items(), _AT_ONCE, strict=False)
        jobs = [_Job(self._work, some) for some in parts]
        self._jobs.extend(jobs)
        self._others.ask(jobs, first=first)

    def rest(self) -> Iterator[tuple[int, Done | None]]:
        """Yield what was made of all that was asked, in order; None of what failed."""
        while self._jobs:
            job = self._jobs[0]
            while job.made is None:
                self._others.take()
            self._jobs.popleft()
            yield from job.made


class _Others:
    """The processes beside this one, and what they are asked."""

    def __init__(self) -> None:
        # Of each what it has to do, the first of it in hand.
        self._busy: dict[_Other, deque[_Job]] = {}
        self._waiting: deque[_Job] = deque()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._busy)

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked that nobody has taken yet."""
        return bool(self._waiting) or any(self._busy.values())

    def start(self) -> "_Other":
        """Start one more, and return it."""
        made = _Other()
        self._busy[made] = deque()
        return made

    def close(self) -> None:
        """End all at once, and forget what they were asked."""
        self._waiting.clear()
        for other in list(self._busy):
            self._end(other)

    def ask(self, jobs: Sequence[_Job], *, first: bool) -> None:
        """Let jobs wait for a process, before all others with ``first``."""
        if first:
            self._waiting.extendleft(reversed(jobs))
        else:
            self._waiting.extend(jobs)
        self.take(wait=False)

    def let_go(self, jobs: Collection[_Job]) -> None:
        """Forget jobs; who has one in hand is ended, for its answer would be taken for another."""
        self._waiting = deque(job for job in self._waiting if job not in jobs)
        for other, its in list(self._busy.items()):
            if any(job in jobs for job in its):
                self._end(other)
                self._waiting.extendleft(job for job in reversed(its) if job not in jobs)

    def take(self, *, wait: bool = True) -> None:
        """Take what was answered, with ``wait`` one answer at the least; and give what waits.

        Raises OSError where nobody is there to answer.
        """
        self._give()
        busy = {other.pipe: other for other, its in self._busy.items() if its}
        if wait and not busy:
            raise BrokenPipeError("Who was asked is gone.")
        answered = connection.wait(list(busy), None if wait else 0)
        for pipe, other in busy.items():
            if pipe in answered:
                self._take(other)
        self._give()

    def _give(self) -> None:
        """Give each process one thing to do and one to go on with, as far as there are any."""
        if self._waiting and not self._busy:
            self.start()
        for depth in range(_IN_HAND):
            for other, its in self._busy.items():
                if not self._waiting or len(its) > depth:
                    continue
                if its and len(self._waiting[0].packed) > _MOST_UNREAD:
                    continue
                its.append(self._waiting.popleft())
                other.ask(its[-1])

    def _take(self, other: "_Other") -> None:
        """Take the answer of one that has one, or died."""
        its = self._busy[other]
        try:
            made = other.answer()
        except BaseException:
            # What is left of it would be taken for the next.
            self._end(other)
            self._waiting.extendleft(reversed(its))
            raise
        job = its.popleft()
        if made is None:
            _log.warning("A process that worked beside this one died; it is replaced.")
            self._end(other)
            self._waiting.extendleft(reversed(its))
            made = self._one_by_one(job)
        job.made = made

    def _one_by_one(self, job: _Job) -> list[tuple[int, Any]]:
        """Try things that a process died of again, each by itself."""
        found: list[tuple[int, Any]] = []
        other = self.start()
        try:
            for one in job.each():
                other.ask(one)
                made = other.answer()
                if made is None:
                    ((id_, _),) = one.some
                    _log.error("A process died of article %s.", id_)
                    made = [(id_, None)]
                    self._end(other)
                    other = self.start()
                found += made
        except BaseException:
            self._end(other)
            raise
        return found

    def _end(self, other: "_Other") -> None:
        """End one at once."""
        self._busy.pop(other, None)
        other.end()


class _Other:
    """A process beside this one."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there,), daemon=True)
        with deaf_to_stops():
            self._process.start()
        there.close()
        # It does not hear what ends daemons when this process ends by itself.
        atexit.register(self.end)

    def ask(self, job: _Job) -> None:
        """Give it something to do."""
        try:
            self.pipe.send_bytes(job.packed)
        except OSError:
            # It is dead: who waits for the answer is told.
            return

    def answer(self) -> list[tuple[int, Any]] | None:
        """Return what it made of what it was asked first; None if it died."""
        try:
            done: list[tuple[int, Any]] = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 -- our own process
        except (EOFError, OSError):
            return None
        return done

    def end(self) -> None:
        """End it at once."""
        atexit.unregister(self.end)
        self.pipe.close()
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
