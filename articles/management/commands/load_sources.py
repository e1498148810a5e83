"""``manage.py load_sources FILE``: outlets and agencies that a corpus should know."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.ingest import sources
from articles.management.index import bring_up
from articles.models import DEFAULT_CORPUS, Corpus


class Command(BaseCommand):
    """Make outlets and agencies known before their articles come in."""

    help = (
        "Make the outlets and agencies of a JSON file known to a corpus: "
        '{"outlets": [{"name", "aliases", "domains", "country", "languages"}], '
        '"agencies": [{"name", "aliases"}]}.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--corpus", default=DEFAULT_CORPUS, metavar="SLUG")

    def handle(self, *, file: Path, corpus: str, **_: Any) -> None:
        """Load the file, all of it or nothing."""
        known = Corpus.objects.filter(slug=corpus).first()
        if known is None:
            raise CommandError(
                f"There is no corpus “{corpus}”. Make it with: manage.py create_corpus {corpus}",
                returncode=2,
            )
        try:
            with transaction.atomic():
                outlets, agencies = sources.load(known, json.loads(file.read_bytes()))
        except (OSError, ValueError, AttributeError, TypeError) as fault:
            raise CommandError(f"{file} can't be loaded: {fault}", returncode=2) from fault
        self.stdout.write(f"{outlets} outlets and {agencies} agencies are known to “{corpus}”.")
        bring_up()
