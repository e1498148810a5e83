"""A bound on how long the database may be kept busy for someone who waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def each_statement_within(milliseconds: int) -> Iterator[None]:
    """Stop any statement in this block that takes longer: OperationalError by QueryCanceled.

    Costs nothing before the block's first statement, and one short round trip with it.
    """
    bound: list[psycopg.Connection[Any]] = []

    def bind(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        raw = connection.connection
        if not bound and raw is not None and not _is_aborted(raw):
            raw.execute(f"SET statement_timeout = {milliseconds:d}")
            bound.append(raw)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(bind):
            yield
    finally:
        if bound:
            _release(bound[0])


def _is_aborted(raw: psycopg.Connection[Any]) -> bool:
    return raw.info.transaction_status == psycopg.pq.TransactionStatus.INERROR


def _release(raw: psycopg.Connection[Any]) -> None:
    """Give the connection back as it was; one that can't be is closed, and the next made anew."""
    if raw.closed or _is_aborted(raw):
        # A transaction that fails takes its settings back with it.
        return
    try:
        # To what the connection was made with.
        raw.execute("RESET statement_timeout")
    except psycopg.Error:
        raw.close()
