"""One process writes a store, by a lock of the database; others stand by or leave it to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

_WRITING, _FOLLOWING = 0, 1
_HELD = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND datname = current_database()
            AND classid = %s AND objid = %s AND granted = %s
    )
"""


@dataclass(frozen=True, slots=True)
class Alone:
    """The lock of a store; ``number`` is the first part of Postgres' two-part advisory locks."""

    number: int

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        """Be the one process that writes it; yields False if another is, unless ``wait``."""
        with connection.cursor() as cursor:
            name = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
            cursor.execute(f"SELECT {name}(%s, %s)", [self.number, _WRITING])
            row = cursor.fetchone()
            mine = wait or bool(row and row[0])
            try:
                yield mine
            finally:
                # A connection that was lost has given the lock back itself.
                if mine and _is_connected():
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [self.number, _WRITING])

    @contextmanager
    def following(self) -> Iterator[None]:
        """Let others know that changes will be taken in, by this process or one it waits for."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [self.number, _FOLLOWING])
            try:
                yield
            finally:
                if _is_connected():
                    cursor.execute(
                        "SELECT pg_advisory_unlock_shared(%s, %s)", [self.number, _FOLLOWING]
                    )

    def is_followed(self) -> bool:
        """Whether a worker runs that takes in what changes."""
        return self._is(_FOLLOWING, granted=True)

    def is_written(self) -> bool:
        """Whether a process writes it."""
        return self._is(_WRITING, granted=True)

    def is_wanted(self) -> bool:
        """Whether someone waits to write it."""
        return self._is(_WRITING, granted=False)

    def _is(self, what: int, *, granted: bool) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [self.number, what, granted])
            row = cursor.fetchone()
        return bool(row and row[0])


def _is_connected() -> bool:
    return connection.connection is not None and not connection.connection.closed


# Of the search index.
INDEXING_LOCK = 0x4E54
INDEX = Alone(INDEXING_LOCK)
writing, following = INDEX.writing, INDEX.following
is_followed, is_written, is_wanted = INDEX.is_followed, INDEX.is_written, INDEX.is_wanted
