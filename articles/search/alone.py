"""One process writes the index, by a lock of the database; others stand by or leave it to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Of Postgres' two-part advisory locks: which ours are, and what the second part says.
INDEXING_LOCK = 0x4E54
_WRITING, _FOLLOWING = 0, 1
_HELD = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND datname = current_database()
            AND classid = %s AND objid = %s AND granted = %s
    )
"""


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Be the one process that writes the index; yields False if another is, unless ``wait``."""
    with connection.cursor() as cursor:
        name = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        cursor.execute(f"SELECT {name}(%s, %s)", [INDEXING_LOCK, _WRITING])
        row = cursor.fetchone()
        mine = wait or bool(row and row[0])
        try:
            yield mine
        finally:
            # A connection that was lost has given the lock back itself.
            if mine and _is_connected():
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [INDEXING_LOCK, _WRITING])


@contextmanager
def following() -> Iterator[None]:
    """Let others know that changes will be taken in, by this process or one it stands by for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [INDEXING_LOCK, _FOLLOWING])
        try:
            yield
        finally:
            if _is_connected():
                cursor.execute(
                    "SELECT pg_advisory_unlock_shared(%s, %s)", [INDEXING_LOCK, _FOLLOWING]
                )


def is_followed() -> bool:
    """Whether a worker runs that takes in what changes."""
    return _is(_FOLLOWING, granted=True)


def is_written() -> bool:
    """Whether a process writes the index."""
    return _is(_WRITING, granted=True)


def is_wanted() -> bool:
    """Whether someone waits to write the index."""
    return _is(_WRITING, granted=False)


def _is(what: int, *, granted: bool) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [INDEXING_LOCK, what, granted])
        row = cursor.fetchone()
    return bool(row and row[0])


def _is_connected() -> bool:
    return connection.connection is not None and not connection.connection.closed
