"""Reading a backup back: all of it in one transaction, or nothing."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from articles.backup import schema, tables
from articles.backup.archive import BadBackupError
from articles.backup.manifest import Header, Manifest
from articles.backup.reading import Backup
from articles.ingest.captures import folder_of


class NotEmptyError(Exception):
    """The database holds something that a restore would overwrite; names the tables."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    header: Header
    manifest: Manifest
    # Whether the backup was an older Newsroom's, and was migrated to this one's state.
    upgraded: bool


def load(stream: IO[bytes], *, wipe: bool = False) -> Restored:
    """Put the contents of a backup in the place of the database's.

    Everything is compared with the manifest before it counts: tables as the database gives them
    back, captures by their SHA-256. Raises NotEmptyError if there is something to lose and ``wipe``
    does not say that it may go; BadBackupError if the backup is not whole. The database is then as
    it was, or empty if it had to be made anew (see :func:`rebuilds`). Captures are added to those
    that are there; none is taken away.
    """
    if not wipe and (found := schema.filled()):
        raise NotEmptyError(", ".join(found))
    backup = Backup(stream)
    header = backup.header
    schema.refuse_unknown(header.migrations)
    if rebuilds(header):
        schema.rebuild(header.migrations)
    with transaction.atomic(durable=True):
        tables.fix_form()
        _refuse_other_shape(header)
        with schema.loosened(header.tables):
            manifest = backup.read(_Loader())
        tables.set_sequences(header.sequences)
        _compare(header, manifest)
        # The bytes are on disk before a row that speaks of them counts.
        os.sync()
    upgraded = schema.is_behind()
    if upgraded:
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Restored(header, manifest, upgraded)


def rebuilds(header: Header) -> bool:
    """Whether the database has another shape than the backup, so that it must be made anew."""
    return not schema.is_at(header.migrations)


def _refuse_other_shape(header: Header) -> None:
    here = {table: set(columns) for table, columns in tables.tables().items()}
    if here != {table: set(columns) for table, columns in header.tables.items()}:
        raise BadBackupError("The tables of this backup are not those of its migrations.")
    if header.sequences.keys() != tables.sequences().keys():
        raise BadBackupError("The sequences of this backup are not those of its migrations.")


def _compare(header: Header, manifest: Manifest) -> None:
    for name, expected in manifest.tables.items():
        if tables.count_of(name, header.tables[name]) != expected:
            raise BadBackupError(f"The database gives {name} back otherwise than it was.")
    if tables.sequences() != header.sequences:
        raise BadBackupError("The database gives sequences back otherwise than they were.")


class _Loader:
    """Writes tables within the caller's transaction, and captures beside it."""

    def table(self, name: str, columns: tuple[str, ...], chunks: Iterator[bytes]) -> None:
        tables.write(name, columns, chunks)

    def capture(self, sha256: str, chunks: Iterator[bytes]) -> None:
        final = folder_of(sha256) / sha256
        if final.exists() and _hash_of(final) == sha256:
            return
        final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = Path(settings.CAPTURES_DIR) / f"receiving-{secrets.token_hex(8)}"
        try:
            with temporary.open("xb") as file:
                # The last of the chunks is had only if all of them are what the name says.
                file.writelines(chunks)
            if _hash_of(temporary) != sha256:
                raise BadBackupError(f"The disk gives the capture {sha256} back otherwise.")
            temporary.replace(final)
        finally:
            temporary.unlink(missing_ok=True)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
