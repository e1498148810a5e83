"""Statements of an undo: however many rows they are about, Postgres takes a good way to them."""

from typing import Any

from django.db import connection
from psycopg import sql

# From so many objects on, rows are matched by hash.
MANY = 1_000
# How long a statement on so many may take; a request's server waits a minute in all.
MANY_SECONDS = 40


def run(statement: sql.Composable, *, size: int) -> list[tuple[Any, ...]]:
    """Run a statement on the rows of an operation of ``size`` objects; return what it yields."""
    with connection.cursor() as cursor:
        if size < MANY:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
        # A table that was emptied and vacuumed and is full again counts as empty until it is
        # analysed; Postgres would go through all of it for each row that is to be undone.
        cursor.execute("SET LOCAL enable_nestloop = off")
        # One statement puts all of them back: a hundred thousand may take it several seconds.
        cursor.execute(f"SET LOCAL statement_timeout = '{MANY_SECONDS}s'")
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
        return rows
