"""``manage.py verify [FILE]``: whether a backup, or the corpus itself, is whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.backup import checking
from articles.backup.archive import BadBackupError
from articles.backup.manifest import Header, Manifest
from articles.backup.reading import Backup, Nowhere
from articles.management.progress import following, opened


class Command(BaseCommand):
    """Check a backup against its manifest, or the corpus against itself."""

    help = (
        "With FILE: read a backup to its end and compare everything with its hashes. Without: "
        "look whether every capture's bytes are there, every text is as it was stored, every "
        "article shows what follows from what was read and corrected, every import its items."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", help="a backup, or -")
        parser.add_argument(
            "--quick", action="store_true", help="compare captures' sizes, not their bytes"
        )

    def handle(self, *, file: str | None, quick: bool, **_: Any) -> None:
        """Exit 0 when all is well, 1 when not."""
        if file is None:
            self._corpus(quick=quick)
            return
        try:
            with opened("Checking", file) as stream:
                backup = Backup(stream)
                manifest = backup.read(Nowhere())
        except (BadBackupError, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self._tell(backup.header, manifest)

    def _tell(self, header: Header, manifest: Manifest) -> None:
        for table, rows in manifest.tables.items():
            if rows.rows:
                self.stdout.write(f"{rows.rows:>12,}  {table}")
        captures = manifest.captures
        self.stdout.write(f"{captures.count:>12,}  captures, {captures.bytes:,} bytes")
        self.stdout.write(
            f"Whole. Made on {header.made_at} by Newsroom {header.newsroom}, "
            f"PostgreSQL {header.postgresql}."
        )
        if manifest.lost:
            self.stdout.write(
                f"{len(manifest.lost):,} captures were lost before it was made: "
                f"{', '.join(list(manifest.lost)[:5])}"
            )

    def _corpus(self, *, quick: bool) -> None:
        with following("Looking through") as told:
            report = checking.check_corpus(
                bytes_too=not quick, progress=lambda what, done: told(f"{done:,} {what}", 0, 0)
            )
        self.stdout.write(", ".join(f"{number:,} {what}" for what, number in report.seen.items()))
        if report.orphans.count:
            self.stdout.write(
                f"{report.orphans.count:,} files of captures that no row speaks of; they harm "
                f"nothing: {', '.join(report.orphans.examples[:5])}"
            )
        for kind, finding in report.faults.items():
            self.stdout.write(f"{kind}: {finding.count:,}")
            for example in finding.examples:
                self.stdout.write(f"  {example}")
        if report.faults:
            raise CommandError("The corpus is not whole. A backup may have what is missing.")
        self.stdout.write("All is well.")
