"""``manage.py load_names``: entities of a file of names, with a report of every row."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from articles.annotate.entities.lookup_files import Loaded, LookupFileError, load, read
from articles.models import DEFAULT_CORPUS, Corpus, Door

SHOWN = 20


class Command(BaseCommand):
    """Make entities of a list of names, or add to those that are known."""

    help = (
        "Load a CSV or JSON Lines file of names as entities of a corpus: name, kind, aliases, "
        "note, wikidata, viaf, gnd, geonames, orcid. Nothing is overwritten, and loading a file "
        "again changes nothing. One undo takes it back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--corpus", default=DEFAULT_CORPUS, metavar="SLUG")
        parser.add_argument("--kind", default="", help="of rows that say none, such as person")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.jsonl", help="write every row there"
        )

    def handle(self, **options: Any) -> None:
        """Load; exit 0, or 1 if some rows were refused."""
        corpus = Corpus.objects.filter(slug=options["corpus"]).first()
        if corpus is None:
            raise CommandError(f"There is no corpus {options['corpus']}.")
        try:
            rows = read(options["file"].read_bytes(), kind=options["kind"])
        except OSError as fault:
            raise CommandError(f"{options['file']} can’t be read: {fault.strerror}.") from fault
        except LookupFileError as fault:
            raise CommandError(str(fault)) from fault
        report = load(corpus, rows, by=None, door=Door.COMMAND)
        if options["report"] is not None:
            options["report"].write_bytes(b"".join(map(_line, report.rows)))
        refused = [row for row in report.rows if row.outcome is Loaded.REFUSED]
        for row in refused[:SHOWN]:
            self.stderr.write(f"line {row.number}: {row.name}: {row.message}")
        if len(refused) > SHOWN:
            self.stderr.write(f"and {len(refused) - SHOWN:,} more")
        self.stdout.write(", ".join(f"{number:,} {outcome}" for outcome, number in report.counts))
        if refused:
            sys.exit(1)


def _line(row: Any) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
