"""The engine can't be stopped once it was asked: it is asked elsewhere, and not waited for long.

It lets other threads run while it searches and counts, so that a web process goes on serving.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotDoneError
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from articles.search.engine.faults import is_panic
from articles.search.index import store

# So many questions of a process may be with the engine at once, those given up with them.
SLOTS = 8


class TooSlowError(Exception):
    """A question was not answered in time; a sentence for the one who asked."""


class _Slots:
    """What bounds how many threads there are, and how many of them nobody waits for any more."""

    def __init__(self) -> None:
        self.free = threading.Semaphore(SLOTS)
        self.overdue: set[Future[Any]] = set()

    def are_stuck(self) -> bool:
        """Whether every slot is taken by a question that was given up."""
        self.overdue = {asked for asked in self.overdue if not asked.done()}
        return len(self.overdue) >= SLOTS


_slots = _Slots()


def _after_fork() -> None:
    # The threads of the process before are not in this one, but what they held would be.
    global _slots  # noqa: PLW0603 -- one a process
    _slots = _Slots()


os.register_at_fork(after_in_child=_after_fork)


@dataclass(frozen=True, slots=True)
class Asked[T]:
    """What the engine was asked, and is at work on while others are too."""

    future: Future[T]
    until: float
    slots: _Slots
    # What the engine is at work on, of which this is a part.
    whole: Future[Any] | None = None

    def part[U](self, take: Callable[[T], U]) -> "Asked[U]":
        """Return what a part of the answer is, as if it had been asked for alone."""
        taken: Future[U] = Future()

        def settle(done: Future[T]) -> None:
            fault = done.exception()
            if fault is not None:
                taken.set_exception(fault)
            else:
                taken.set_result(take(done.result()))

        self.future.add_done_callback(settle)
        return Asked(taken, self.until, self.slots, self.whole or self.future)

    def waited_for(self, until: float) -> "Asked[T]":
        """Return the same for another who asks, and has till then to wait for it at the least.

        What someone else asked a while ago is no less of use to who joins them now.
        """
        return self if self.until >= until else replace(self, until=until)

    def answer(self) -> T:
        """Return the answer; raise TooSlowError at the end of the time there is for it.

        Raises IndexMissingError if the engine can't read its files.
        """
        try:
            fault = self.future.exception(timeout=max(self.until - time.monotonic(), 0))
        except NotDoneError as late:
            self.slots.overdue.add(self.whole or self.future)
            raise TooSlowError(
                f"This took longer than {settings.SEARCH_SECONDS:g} seconds and was stopped. Ask "
                "for less at once: fewer wildcards, or a narrower range of dates."
            ) from late
        if fault is not None:
            raise _told(fault)
        return self.future.result()

    def has_failed(self) -> bool:
        """Whether it is of no use to ask for the answer again."""
        if not self.future.done():
            return time.monotonic() > self.until
        return self.future.exception() is not None


def deadline() -> float:
    """Return until when who asks now waits, by the clock of ``time.monotonic``."""
    return time.monotonic() + float(settings.SEARCH_SECONDS)


def asked[T](ask: Callable[[], T]) -> Asked[T]:
    """Ask the engine something, and go on meanwhile; raise TooSlowError if it is too busy."""
    slots, until = _slots, deadline()
    if slots.are_stuck() or not slots.free.acquire(timeout=settings.SEARCH_SECONDS):
        raise TooSlowError(
            "Search is busy with questions that take too long. Try again in a minute."
        )
    future: Future[T] = Future()
    # A thread of its own, made after any fork, that does not keep the process from ending.
    threading.Thread(target=_answer, args=(ask, future, slots), name="asking", daemon=True).start()
    return Asked(future, until, slots)


def in_time[T](ask: Callable[[], T]) -> T:
    """Return what the engine answers; see :meth:`Asked.answer`."""
    return asked(ask).answer()


def _answer[T](ask: Callable[[], T], asked: Future[T], slots: _Slots) -> None:
    try:
        asked.set_result(ask())
    except BaseException as fault:  # noqa: BLE001 -- raised where it was asked
        asked.set_exception(fault)
    finally:
        slots.free.release()


def _told(fault: BaseException) -> BaseException:
    """Return what to raise: of an engine that can't read its files, that there is no index."""
    if not is_panic(fault) and type(fault) not in {ValueError, OSError}:
        return fault
    # The indexer looks whether it is so.
    store.suspect()
    missing = store.IndexMissingError(
        "The search index could not answer this. If it is damaged, the worker repairs it."
    )
    missing.__cause__ = fault
    return missing
