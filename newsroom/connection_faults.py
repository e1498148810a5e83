"""Telling a database that went away from a question that was wrong."""

import psycopg
from django.db import InterfaceError, OperationalError

_OF_CONNECTION = (
    InterfaceError, OperationalError, psycopg.InterfaceError, psycopg.OperationalError,
)  # fmt: skip


def of_connection(fault: BaseException | None) -> bool:
    """Whether a fault is the connection's doing, or follows from one that is.

    What comes after a connection was lost in mid-transaction is another error by name, such as
    Django's TransactionManagementError, raised from the first.
    """
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        if isinstance(fault, _OF_CONNECTION):
            return True
        seen.add(id(fault))
        fault = fault.__cause__
    return False
