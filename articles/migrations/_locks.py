"""Changing tables that people are working with: every lock is short, and is asked for politely.

A change of a table locks everybody out of it until its transaction ends, and while it *waits* for
its lock, everybody else queues up behind it. So the statements are made ready first, then all
tables are locked at once or, after a fraction of a second, given up and tried again, and then the
statements run in one go.
"""

import time
from itertools import groupby

from django.db import OperationalError, transaction
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState

# How long others may have to queue behind our waiting for the locks; milliseconds.
PATIENCE_MS = 250
# Between two tries: those who queued get their turn.
PAUSE_SECONDS = 0.5
GIVE_UP_SECONDS = 600

_HOLDERS = """
SELECT string_agg(DISTINCT format(
    'process %%s (%%s) since %%s', holder.pid, coalesce(nullif(application_name, ''), state),
    date_trunc('second', holder.xact_start)), '; ')
FROM pg_locks AS held JOIN pg_stat_activity AS holder USING (pid)
WHERE held.granted AND held.relation = ANY(%s::regclass[]) AND holder.pid <> pg_backend_pid()
"""


# In this order operations on new tables depend on none that comes later; those of one kind are done
# between the same two states. Django draws up all models that are related anew for each operation,
# here nearly all there are: a fresh database took 46 s, and takes 7.
_ORDER = (
    "CreateModel", "RemoveConstraint", "RemoveTrigger", "AlterField", "AddField", "AddIndex",
    "AddConstraint", "AddTrigger",
)  # fmt: skip


class BusyTablesError(Exception):
    """Some process kept tables locked for so long that they could not be changed."""


class Held(SeparateDatabaseAndState):
    """Operations on tables in use, run together under one short lock of all of them.

    ``tables`` are all existing tables that the operations alter or refer to. What these need that
    takes long (checking a constraint, building an index) belongs elsewhere: see :class:`Validate`.
    """

    def __init__(self, tables, operations):
        super().__init__(database_operations=operations, state_operations=operations)
        self.tables = tables

    def deconstruct(self):
        return (
            self.__class__.__name__,
            [],
            {"tables": self.tables, "operations": self.database_operations},
        )

    def state_forwards(self, app_label, state):
        _undrawn(state)
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):  # noqa: ARG002 -- Django’s own
        if schema_editor.collect_sql:
            self._by_kind(app_label, schema_editor, from_state)
            return
        connection = schema_editor.connection
        with connection.schema_editor(collect_sql=True, atomic=False) as ready:
            self._by_kind(app_label, ready, from_state)
        with transaction.atomic(using=connection.alias):
            lock(connection, self.tables)
            with connection.cursor() as cursor:
                cursor.execute("\n".join(ready.collected_sql))

    def _by_kind(self, app_label, schema_editor, state):
        for _, alike in groupby(_in_order(self.database_operations), key=_kind):
            operations = list(alike)
            after = _undrawn(state.clone())
            for operation in operations:
                operation.state_forwards(app_label, after)
            for operation in operations:
                operation.database_forwards(app_label, schema_editor, state, after)
            state = after

    def describe(self):
        return f"Under one short lock of {', '.join(self.tables)}"


def _kind(operation):
    return type(operation).__name__


def _in_order(operations):
    """Return operations kind by kind; as they are where there are others among them."""
    if any(_kind(operation) not in _ORDER for operation in operations):
        return operations
    return sorted(operations, key=lambda operation: _ORDER.index(_kind(operation)))


def _undrawn(state):
    """Have a state draw up its models only when they are asked for, all at once."""
    state.__dict__.pop("apps", None)
    return state


class Validate(RunSQL):
    """Check a constraint that was added as not valid; readers and writers go on meanwhile."""

    def __init__(self, table, name):
        self.table = table
        self.name = name
        super().__init__(
            f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{name}"', RunSQL.noop, elidable=False
        )

    def deconstruct(self):
        return self.__class__.__name__, [], {"table": self.table, "name": self.name}


def lock(connection, tables):
    """Lock tables for the rest of the transaction; raise BusyTablesError after ten minutes."""
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            # Given up, the savepoint gives back what was locked already.
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute("SHOW statement_timeout")
                usual = cursor.fetchone()[0]
                # One bound for all tables together, which lock_timeout would not be.
                cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
                cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [usual])
        except OperationalError as fault:
            if time.monotonic() > deadline:
                raise BusyTablesError(_busy(connection, tables)) from fault
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _busy(connection, tables):
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [list(tables)])
        holders = cursor.fetchone()[0] or "unknown"
    return (
        f"The tables {', '.join(tables)} are in use all the time, by: {holders}. Nothing was "
        "changed. Let that end, or end it, and migrate again."
    )
