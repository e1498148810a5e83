"""``manage.py restore FILE``: a backup in the place of what is there."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError

from articles.backup import loading, reading, schema
from articles.backup.archive import BadBackupError
from articles.management.index import bring_up
from articles.management.progress import opened

MISUSE = 2
TYPED = "wipe"


class Command(BaseCommand):
    """Read a backup back."""

    help = (
        "Put the contents of a backup into an empty database, and its captures beside it. Made by "
        "an older Newsroom, it is upgraded. End the web process and the worker first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="or - for standard input")
        parser.add_argument(
            "--wipe", action="store_true", help="remove everything that is in the database"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before wiping")

    def handle(self, *, file: str, wipe: bool, yes: bool, **_: Any) -> None:
        """Exit 0 when all is as in the backup, 1 when not, 2 on misuse."""
        had = schema.filled()
        if had and not wipe:
            raise CommandError(
                f"The database is not empty: there is something in {', '.join(had[:5])}. Nothing "
                "was changed. Name an empty database, or say --wipe to remove what is there.",
                returncode=MISUSE,
            )
        if had and not yes:
            _ask(file)
        try:
            if had and file != "-":
                # Nothing is removed for the sake of a file that is no good.
                with opened("Checking", file) as stream:
                    reading.Backup(stream).read(reading.Nowhere())
            with opened("Restoring", file) as stream:
                restored = loading.load(stream, wipe=wipe)
        except (BadBackupError, OSError, DatabaseError) as fault:
            raise CommandError(f"{_reason(fault)} {_state(had)}") from fault
        self._tell(restored)
        # No build stands in a database that was restored: all is indexed anew.
        bring_up()

    def _tell(self, restored: loading.Restored) -> None:
        manifest = restored.manifest
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"{rows:,} rows of {len(manifest.tables)} tables and {manifest.captures.count:,} "
            f"captures, as they were on {restored.header.made_at}. Every table and every capture "
            "has the hash that the backup says."
        )
        if restored.upgraded:
            self.stdout.write(
                f"It was made by an older Newsroom ({restored.header.newsroom}) and was upgraded."
            )
        if manifest.lost:
            self.stdout.write(
                f"The bytes of {len(manifest.lost):,} captures were lost before it was made."
            )


def _ask(file: str) -> None:
    if file == "-" or not sys.stdin.isatty():
        raise CommandError("--wipe asks at a terminal; elsewhere say --yes too.", returncode=MISUSE)
    if input(f"Everything in the database will be removed. Type “{TYPED}” to go on: ") != TYPED:
        raise CommandError("Nothing was changed.", returncode=MISUSE)


def _reason(fault: Exception) -> str:
    if isinstance(fault, OSError):
        return f"{fault.filename or 'The disk'}: {fault.strerror or fault}."
    if isinstance(fault, OperationalError) and "lock timeout" in str(fault):
        return "The database is in use: end the web process and the worker first."
    if isinstance(fault, DatabaseError):
        return f"The database refused: {str(fault).strip()}."
    return str(fault)


def _state(had: list[str]) -> str:
    """Say what became of the database."""
    try:
        left = schema.filled()
    except DatabaseError:
        return "The database does not answer; it is as it was, or empty."
    if had and not left:
        return "The database is empty now: it was to be made anew for another version."
    return "The database is as it was." if had else "The database is empty, as it was."
