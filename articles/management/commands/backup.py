"""``manage.py backup FILE``: the whole of Newsroom in one file, while work goes on."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.backup import saving
from articles.backup.manifest import Manifest
from articles.management.progress import following

MISUSE = 2


class Command(BaseCommand):
    """Write a backup."""

    help = (
        "Write the database and all captures to FILE, with hashes of everything. People may go on "
        "working; what they do meanwhile is not in it. `-` writes to standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--force", action="store_true", help="overwrite FILE")

    def handle(self, *, file: str, force: bool, **_: Any) -> None:
        """Exit 0 when everything is in, 1 when captures were lost before, 2 on misuse."""
        path = Path(file)
        if file != "-" and path.exists() and not force:
            raise CommandError(
                f"{path} is there already. Name another file, or say --force.", returncode=MISUSE
            )
        try:
            with _standard_output() if file == "-" else _whole_or_not(path) as stream:
                manifest = _save(stream)
        except OSError as fault:
            raise CommandError(
                f"{file} could not be written: {fault.strerror or fault}. No backup was made."
            ) from fault
        except DatabaseError as fault:
            raise CommandError(
                f"The database refused: {str(fault).strip()}. No backup was made."
            ) from fault
        self._tell(file, manifest)

    def _tell(self, file: str, manifest: Manifest) -> None:
        rows = sum(table.rows for table in manifest.tables.values())
        size = "" if file == "-" else f", {Path(file).stat().st_size:,} bytes"
        self.stderr.write(
            f"{rows:,} rows of {len(manifest.tables)} tables, "
            f"{manifest.captures.count:,} captures{size}: {file}"
        )
        if manifest.lost:
            for sha256, reason in list(manifest.lost.items())[:20]:
                self.stderr.write(f"  {sha256}: {reason}")
            raise CommandError(
                f"The backup is whole but for {len(manifest.lost):,} captures whose bytes were "
                "lost or damaged before. `manage.py verify` has more."
            )


def _save(stream: IO[bytes]) -> Manifest:
    with following("Backing up") as told:
        return saving.save(stream, progress=told)


@contextmanager
def _standard_output() -> Iterator[IO[bytes]]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _whole_or_not(path: Path) -> Iterator[IO[bytes]]:
    """Write beside the file, and give it its name once it is whole and on disk."""
    partial = path.with_name(path.name + ".partial")
    # It holds everything, the hashes of passwords too.
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb", buffering=1024 * 1024) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        partial.unlink(missing_ok=True)
