"""The database's tables, as a backup sees them: which are in, and their rows as bytes.

Rows are what ``COPY`` writes, in the order of the primary key, with every setting that bears on
the form fixed: equal rows are equal bytes, whatever server they came from.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from articles.backup.manifest import Rows

# Every table is in a backup, also one that is yet to be thought of, but these.
LEFT_OUT = {
    "articles_build": "names an index that lies on this machine; one is built anew",
    "articles_change": "what is restored is indexed anew, all of it",
    "articles_export": "files to be fetched within days; they can be asked for again",
    "cache": "counts of failed logins; they begin anew",
    "django_migrations": "the header says which are applied; migrating writes them",
    "django_session": "people log in again",
    "procrastinate_events": "belongs to jobs",
    "procrastinate_jobs": "jobs are nudges: the worker makes them anew from imports' own rows",
    "procrastinate_periodic_defers": "belongs to jobs",
    "procrastinate_workers": "workers register themselves",
}

# How many bytes of rows go on at once; a row of more goes alone.
CHUNK = 256 * 1024

_FORM = """
SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';
SET LOCAL client_encoding = 'UTF8'
"""
_COLUMNS = """
SELECT class.relname, array_agg(attribute.attname::text ORDER BY attribute.attnum)
FROM pg_class AS class JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
WHERE class.relkind = 'r' AND class.relnamespace = current_schema()::regnamespace
    AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = ''
GROUP BY class.relname ORDER BY class.relname
"""
_PRIMARY_KEY = """
SELECT attribute.attname FROM pg_index AS index
JOIN pg_attribute AS attribute
    ON attribute.attrelid = index.indrelid AND attribute.attnum = ANY(index.indkey)
WHERE index.indrelid = quote_ident(%s)::regclass AND index.indisprimary
ORDER BY array_position(index.indkey::int2[], attribute.attnum)
"""
_SEQUENCES = """
SELECT sequence.relname, owner.relname FROM pg_class AS sequence
LEFT JOIN pg_depend AS dependency ON dependency.objid = sequence.oid
    AND dependency.classid = 'pg_class'::regclass AND dependency.deptype IN ('a', 'i')
LEFT JOIN pg_class AS owner ON owner.oid = dependency.refobjid
WHERE sequence.relkind = 'S' AND sequence.relnamespace = current_schema()::regnamespace
ORDER BY sequence.relname
"""


def fix_form() -> None:
    """Fix how values are written, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_FORM)


def every_table() -> dict[str, tuple[str, ...]]:
    """Return the columns of every table there is."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return {table: tuple(columns) for table, columns in cursor.fetchall()}


def tables() -> dict[str, tuple[str, ...]]:
    """Return the columns of the tables that are in a backup."""
    return {name: columns for name, columns in every_table().items() if name not in LEFT_OUT}


def sequences() -> dict[str, tuple[int, bool]]:
    """Return the state of the sequences of tables that are in a backup."""
    states = {}
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES)
        for sequence, owner in cursor.fetchall():
            if owner not in LEFT_OUT:
                cursor.execute(f"SELECT last_value, is_called FROM {quoted(sequence)}")  # noqa: S608 -- a quoted name
                last, called = cursor.fetchone()
                states[sequence] = (last, called)
    return states


def set_sequences(states: Mapping[str, tuple[int, bool]]) -> None:
    """Set sequences to a state of before."""
    with connection.cursor() as cursor:
        for sequence, (last, called) in states.items():
            cursor.execute(
                "SELECT setval(quote_ident(%s)::regclass, %s, %s)", [sequence, last, called]
            )


def rows(table: str, columns: Sequence[str]) -> Iterator[bytes]:
    """Yield a table's rows, many at once; within a transaction that called :func:`fix_form`."""
    waiting = bytearray()
    with connection.cursor() as cursor:
        cursor.execute(_PRIMARY_KEY, [table])
        order = [name for (name,) in cursor.fetchall()] or columns
        query = f"SELECT {names(columns)} FROM {quoted(table)} ORDER BY {names(order)}"  # noqa: S608 -- quoted names
        with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            for row in copy:
                waiting += row
                if len(waiting) >= CHUNK:
                    yield bytes(waiting)
                    waiting.clear()
    if waiting:
        yield bytes(waiting)


def write(table: str, columns: Sequence[str], chunks: Iterable[bytes]) -> None:
    """Append rows, as :func:`rows` yields them, to a table."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quoted(table)} ({names(columns)}) FROM STDIN") as copy,
    ):
        for chunk in chunks:
            copy.write(chunk)


def count_of(table: str, columns: Sequence[str]) -> Rows:
    """Return what a table holds, by hash."""
    tally = Tally()
    for row in rows(table, columns):
        tally.add(row)
    return tally.rows


class Tally:
    """Counts and hashes rows as they go by."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._rows = self._bytes = 0

    def add(self, data: bytes) -> None:
        """Count some bytes: line ends within a row are escaped, so each row has one."""
        self._digest.update(data)
        self._rows += data.count(b"\n")
        self._bytes += len(data)

    @property
    def rows(self) -> Rows:
        """What went by so far."""
        return Rows(self._rows, self._bytes, self._digest.hexdigest())


def quoted(name: str) -> str:
    """Return a name as SQL wants it."""
    return '"' + name.replace('"', '""') + '"'


def names(columns: Iterable[str]) -> str:
    """Return names as a list of SQL."""
    return ", ".join(quoted(column) for column in columns)
