"""``manage.py import_tags``: tags from a file of another tool."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from articles.annotate.files.importing import take_in
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import UnreadableError
from articles.annotate.tags.layers import NotAllowedError
from articles.management.index import bring_up
from articles.models import DEFAULT_CORPUS, Corpus, Door


class Command(BaseCommand):
    """Take in a file of tags as one operation, and say what became of it."""

    help = "Import tags; again, nothing is made twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, their form, and the corpus."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", choices=list(FORMATS), default="jsonl")
        parser.add_argument("--corpus", default=DEFAULT_CORPUS, metavar="SLUG")
        parser.add_argument("--by", default="", metavar="NAME", help="who it is put down to")
        parser.add_argument(
            "--kind", action="append", default=[], metavar="LABEL=KIND", help="what a label means"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be, keep nothing"
        )

    def handle(self, **options: Any) -> None:
        """Take in each file."""
        corpus = Corpus.objects.filter(slug=options["corpus"]).first()
        if corpus is None:
            raise CommandError(f"There is no corpus {options['corpus']}.")
        by = User.objects.filter(username=options["by"]).first()
        if options["by"] and by is None:
            raise CommandError(f"There is nobody called {options['by']}.")
        kinds = dict(each.split("=", 1) for each in options["kind"] if "=" in each)
        for name in options["files"]:
            try:
                report = take_in(
                    Path(name).read_bytes(),
                    FORMATS[options["format"]],
                    corpus,
                    by=by,
                    door=Door.COMMAND,
                    kinds=kinds,
                    trial=options["dry_run"],
                )
            except OSError as fault:
                raise CommandError(f"{name}: {fault.strerror}") from fault
            except (NotAllowedError, UnreadableError) as fault:
                raise CommandError(f"{name}: {fault}") from fault
            self.stdout.write(
                f"{name}: {report.articles:,} articles, {report.made:,} tags made, "
                f"{report.known:,} there already, {report.moved:,} moved, {report.codes:,} codes, "
                f"{report.relations:,} relations, {report.failed:,} not taken"
            )
            for where, why in report.examples:
                self.stdout.write(f"  {where}: {why}")
        if not options["dry_run"]:
            bring_up()
