"""The database's shape: what is in it, making it that of a backup, and loosening it for a load."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from articles.backup.archive import BadBackupError
from articles.backup.tables import every_table, quoted, tables

# Made by migrating alone; they do not count as content.
_OF_ITSELF = {"auth_permission", "django_content_type"}

# Nobody else should be at work in a database that is being restored.
_PATIENCE = "SET LOCAL lock_timeout = '10s'"
_DROPPED = """
SELECT format('DROP TABLE %I CASCADE', relname) FROM pg_class AS thing
WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = thing.oid AND deptype = 'e')
UNION ALL
SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', thing.oid::regprocedure) FROM pg_proc AS thing
WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = thing.oid AND deptype = 'e')
UNION ALL
SELECT format('DROP TYPE IF EXISTS %I CASCADE', typname) FROM pg_type AS thing
WHERE typnamespace = current_schema()::regnamespace
    AND (typtype IN ('e', 'd')
        OR typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = typrelid) = 'c')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = thing.oid AND deptype = 'e')
"""
_FOREIGN_KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
"""
_INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def filled() -> list[str]:
    """Return the tables that hold something which a restore would overwrite."""
    with connection.cursor() as cursor:
        found = []
        for table in tables():
            if table in _OF_ITSELF:
                continue
            cursor.execute(f"SELECT EXISTS (SELECT FROM {quoted(table)})")  # noqa: S608 -- quoted
            if cursor.fetchone()[0]:
                found.append(table)
        return found


def refuse_unknown(migrations: Iterable[tuple[str, str]]) -> None:
    """Raise BadBackupError if this Newsroom does not know all of ``migrations``."""
    known = MigrationExecutor(connection).loader.disk_migrations
    unknown = [f"{app}.{name}" for app, name in migrations if (app, name) not in known]
    if unknown:
        raise BadBackupError(
            "This backup was made by a newer Newsroom, or with packages that are not installed "
            f"here: this one does not know {', '.join(unknown[:5])}. Restore it with that one."
        )


def is_at(migrations: Iterable[tuple[str, str]]) -> bool:
    """Whether the database has exactly these migrations."""
    applied = MigrationExecutor(connection).loader.applied_migrations
    return set(applied) == set(migrations)


def is_behind() -> bool:
    """Whether there are migrations that are not applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def rebuild(migrations: Iterable[tuple[str, str]]) -> None:
    """Drop everything in the database, and migrate it to a state of before. Not one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        cursor.execute(_DROPPED)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
    executor = MigrationExecutor(connection)
    executor.migrate(_ends(executor, set(migrations)))


def _ends(executor: MigrationExecutor, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those migrations on which no other applied one of their app rests."""
    nodes = executor.loader.graph.node_map
    return [
        key
        for key in applied
        if not any(child.key in applied and child.key[0] == key[0] for child in nodes[key].children)
    ]


@contextmanager
def loosened(inside: Iterable[str]) -> Iterator[None]:
    """Let rows go in as they are, in any order and fast: within the caller's transaction.

    No trigger writes a row beside them. Foreign keys and indexes come back at the end, and with
    them the check of everything they promise. It takes the tables' owner, not a superuser.
    """
    known = list(inside)
    with connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        cursor.execute(f"TRUNCATE {', '.join(quoted(t) for t in _emptied())}")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(_FOREIGN_KEYS, [known])
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, [known])
        indexes = cursor.fetchall()
        for drop, _ in [*keys, *indexes]:
            cursor.execute(drop)
        for table in known:
            cursor.execute(f"ALTER TABLE {quoted(table)} DISABLE TRIGGER USER")
        yield
        for table in known:
            cursor.execute(f"ALTER TABLE {quoted(table)} ENABLE TRIGGER USER")
        for _, make in [*indexes, *keys]:
            cursor.execute(make)


def _emptied() -> list[str]:
    return [table for table in every_table() if table != "django_migrations"]
