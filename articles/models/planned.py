"""Statements that Postgres reads and plans once a session, for who asks the same all day.

Django writes the values into each statement, so that Postgres reads and plans it anew: of some
tables that takes longer than to answer it. A session that its process has to itself, as one that
holds a lock of the session has, sends it once, and then its values alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

type Params = Sequence[Any] | Mapping[str, Any]


def keep_plans() -> None:
    """Let what this session is asked here be planned once, as long as it lasts.

    Not behind a pooler that lends a session to many: there, and where this is not called, each
    statement is sent as Django sends it.
    """
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0


def plan_anew() -> None:
    """Let what this session keeps be planned again: of small tables all was read, that are large.

    Postgres does so by itself only when it has counted their rows anew, which takes minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def ask(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, none of one that returns nothing.

    An array of numbers is given as :func:`articles.models.lookups.id_array` has it, with its type
    beside it in the statement: Postgres is not told the types of values.
    """
    with _cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        return rows


def _cursor() -> CursorWrapper:
    connection.ensure_connection()
    session = connection.connection
    if session.prepare_threshold is None:
        return connection.cursor()
    made: Any = psycopg.Cursor(session)
    wrapped: CursorWrapper = (
        connection.make_debug_cursor(made)
        if connection.queries_logged
        else connection.make_cursor(made)
    )
    return wrapped
