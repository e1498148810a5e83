"""Emptying the database after a test that committed what it did."""

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql

# Made with the tables, and the same for every test.
KEPT = frozenset({"auth_permission", "django_content_type"})

_usual = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def empty(case: TransactionTestCase) -> None:
    """Remove all rows as Django would, but from those tables alone that hold some.

    Django truncates all tables and writes its permissions anew, which takes several times as long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone()[0] == "on":
            _remove_rows(cursor)
            return
    _usual(case)


def _remove_rows(cursor: Any) -> None:
    names = connection.introspection.django_table_names(only_existing=True)
    tables = [sql.Identifier(name) for name in names if name not in KEPT]
    # As truncating does: whoever still writes ends first.
    listed = sql.SQL(", ").join(tables)
    cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(listed))
    asked = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    each = [asked.format(sql.Literal(table.as_string()), table) for table in tables]
    cursor.execute(sql.SQL(" UNION ALL ").join(each))
    full = [name for (name,) in cursor.fetchall()]
    # Without triggers, which would look up references and write history.
    cursor.execute("SET LOCAL session_replication_role = replica")
    for name in full:
        cursor.execute(f"DELETE FROM {name}")  # noqa: S608 -- a name of ours, quoted
