"""Writing a backup: every row of one moment, then every capture's bytes, then what to expect."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import IO

from django.db import connection, transaction
from django.utils import timezone

from articles.backup import tables
from articles.backup.archive import PART, Writer
from articles.backup.manifest import FORMAT, Captures, Header, Manifest, Rows, sum_line
from articles.ingest.captures import CHUNK, folder_of
from articles.models import Capture

# Told what is being worked on, the bytes done so far and, roughly, those of it all.
type Progress = Callable[[str, int, int], None]

_SIZES = """
SELECT coalesce(sum(pg_table_size(quote_ident(name)::regclass)), 0)
FROM unnest(%s::text[]) AS name
"""


@dataclass(slots=True)
class _Course:
    progress: Progress
    total: int = 0
    done: int = 0

    def follow(self, what: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk
            self.done += len(chunk)
            self.progress(what, self.done, self.total)


def save(stream: IO[bytes], *, progress: Progress = lambda *_: None) -> Manifest:
    """Write a backup of the database and the captures to ``stream``, while work goes on.

    The rows are those of one moment. Captures never change and are on disk before a row speaks of
    them, so they are read after that moment, and hold nobody up. Raises OSError if the stream
    cannot take it.
    """
    writer = Writer(stream)
    course = _Course(progress)
    with tempfile.TemporaryFile() as listed:
        header, counted = _save_rows(writer, listed, course)
        listed.seek(0)
        captures, lost = _save_captures(writer, listed, course)
    manifest = Manifest(hashlib.sha256(header).hexdigest(), counted, captures, lost)
    data = manifest.to_json()
    writer.plain("manifest.json", data)
    writer.plain("manifest.sha256", sum_line(data))
    writer.end()
    return manifest


def _save_rows(writer: Writer, listed: IO[bytes], course: _Course) -> tuple[bytes, dict[str, Rows]]:
    """Write header and tables, and list the captures in a file; return the header and counts."""
    counted = {}
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables.fix_form()
        inside = tables.tables()
        course.total = _list_captures(listed) + _size(inside)
        header = _header(inside).to_json()
        writer.plain("header.json", header)
        for table, columns in inside.items():
            tally = tables.Tally()
            rows = _tallied(tally, tables.rows(table, columns))
            writer.table(table, course.follow(table, rows))
            counted[table] = tally.rows
    return header, counted


def _tallied(tally: tables.Tally, rows: Iterable[bytes]) -> Iterator[bytes]:
    for row in rows:
        tally.add(row)
        yield row


def _header(inside: dict[str, tuple[str, ...]]) -> Header:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        applied = tuple((app, name) for app, name in cursor.fetchall())
    return Header(
        format=FORMAT,
        newsroom=metadata.version("newsroom"),
        postgresql=server,
        made_at=timezone.now().isoformat(timespec="seconds"),
        migrations=applied,
        tables=inside,
        left_out=tables.LEFT_OUT,
        # Read after the moment of the rows: never behind them.
        sequences=tables.sequences(),
    )


def _size(inside: Iterable[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [list(inside)])
        return int(cursor.fetchone()[0])


def _list_captures(listed: IO[bytes]) -> int:
    """Write a line for each file of bytes that a row speaks of, in order; return their bytes."""
    total = 0
    found = Capture.objects.order_by("sha256", "size").values_list("sha256", "size").distinct()
    for sha256, size in found.iterator():
        listed.write(f"{sha256} {size}\n".encode())
        total += size
    return total


def _save_captures(
    writer: Writer, listed: IO[bytes], course: _Course
) -> tuple[Captures, dict[str, str]]:
    digest = hashlib.sha256()
    count = total = 0
    lost = {}
    for line in listed:
        sha256, size = line.decode().split()
        try:
            _save_capture(writer, sha256, int(size), course)
        except _LostError as fault:
            lost[sha256] = str(fault)
            continue
        digest.update(line)
        count += 1
        total += int(size)
    return Captures(count, total, digest.hexdigest()), lost


class _LostError(Exception):
    """The bytes of a capture are not what they were; says how."""


def _save_capture(writer: Writer, sha256: str, size: int, course: _Course) -> None:
    """Write a capture that is what its name says: large ones are read twice to know it."""
    try:
        file = (folder_of(sha256) / sha256).open("rb")
    except FileNotFoundError as fault:
        raise _LostError("the file is not there") from fault
    with file:
        if size <= PART:
            data = file.read(size + 1)
            found, chunks = hashlib.sha256(data).hexdigest(), iter([data])
        else:
            found = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            chunks = iter(lambda: file.read(CHUNK), b"")
        if found != sha256:
            raise _LostError("the file was changed or damaged")
        writer.capture(sha256, course.follow("captures", chunks))
