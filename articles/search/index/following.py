"""The loop of the worker that takes in what changes, within a second, until it is told to end."""

import logging
import time
from collections.abc import Callable
from threading import Event

import psycopg
from django.db import DatabaseError, connection

from articles.search.engine.faults import (
    BrokenIndexError,
    IndexLockedError,
    IndexRefusedError,
)
from articles.search.index import alone, indexing, store
from articles.search.index.keeper import Keeper

# How often a change is looked for; and how often whether someone else wants to write.
LOOK_SECONDS = 0.15
GUARD_SECONDS = 1.0
# How often the index is opened anew, to see whether it still can be.
PROBE_SECONDS = 30.0
# After something that time may mend: no database, no room, another process at work.
PAUSE_SECONDS = 1.0
_LONG_PAUSE_SECONDS = 5.0

_log = logging.getLogger(__name__)

type Say = Callable[[str], object]


class EndedError(Exception):
    """The one who runs the loop wants it to end."""


def follow(stop: Event, say: Say) -> None:
    """Keep the index up until ``stop``; ``say`` is told, once, what keeps it from that.

    For a thread of its own. A database that is away and a disk that is full are waited for;
    another process that writes the index is stood by for.
    """
    follow_as("The search index", alone.INDEX, _keep, stop, say)


def follow_as(
    what: str, lock: alone.Alone, keep: Callable[[Event], object], stop: Event, say: Say
) -> None:
    """Let ``keep`` keep a store up until ``stop``, as :func:`follow` does; ``what`` names it.

    ``keep`` returns when someone else wants the ``lock``, and may raise EndedError once it is to
    stop.
    """
    said = ""
    while not stop.is_set():
        try:
            with lock.following():
                _stand_by(lock, keep, stop)
            trouble, pause = "", 0.0
        except (DatabaseError, psycopg.Error) as fault:
            trouble, pause = f"{what} waits for the database: {fault}", PAUSE_SECONDS
        except (IndexRefusedError, BrokenIndexError) as fault:
            trouble, pause = f"{what} can’t be kept: {fault}", _LONG_PAUSE_SECONDS
        except Exception as fault:  # noqa: BLE001 -- whatever it is, it must not end the loop
            _log.exception("%s can’t be kept.", what)
            trouble, pause = f"{what} can’t be kept: {fault}", _LONG_PAUSE_SECONDS
        if trouble and trouble != said:
            say(trouble)
        said = trouble
        connection.close()
        stop.wait(pause)


def _stand_by(lock: alone.Alone, keep: Callable[[Event], object], stop: Event) -> None:
    """Write the store whenever nobody else does."""
    while not stop.is_set():
        try:
            with lock.writing(wait=False) as mine:
                if mine:
                    keep(stop)
        except (EndedError, IndexLockedError):
            # Ended, or a process that lost its database is about to let go.
            pass
        # Whoever waits for it gets it now.
        stop.wait(PAUSE_SECONDS)


def _keep(stop: Event) -> None:
    """Take in changes until told to end, or until someone else wants to write."""

    def watch(_: int) -> None:
        if stop.is_set():
            raise EndedError

    guard = _Guard()
    with Keeper(watch) as keeper:
        while not stop.is_set():
            is_busy = bool(keeper.step())
            if guard.yields():
                break
            if not is_busy and guard.mends():
                keeper.drop()
            elif not is_busy:
                stop.wait(LOOK_SECONDS)
        # Merges that go on in the background are not waited for.
        keeper.drop()


class _Guard:
    """Looks after the index while nothing waits."""

    def __init__(self) -> None:
        self._compared = False
        self._looked = self._probed = time.monotonic()

    def mends(self) -> bool:
        """Whether the standing build was found broken, so that none stands now."""
        build = store.named()
        if build is None:
            return False
        now = time.monotonic()
        is_due = not self._compared or now - self._probed >= PROBE_SECONDS
        if not is_due and not store.is_suspected(build):
            return False
        self._probed = now
        if not self._compared:
            self._compared = True
            return indexing.mend()
        return indexing.mend(compare=False)

    def yields(self) -> bool:
        """Whether someone else waits to write the index."""
        now = time.monotonic()
        if now - self._looked < GUARD_SECONDS:
            return False
        self._looked = now
        return alone.is_wanted()
