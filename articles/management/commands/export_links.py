"""``manage.py export_links``: links of articles as a file."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from articles.export.links import FORMATS, Wish, write
from articles.models import Corpus, LinkKind
from articles.related.links.link_filter import NOBODY, STATUSES, LinkFilter

_STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    """Write links to a file, or print them."""

    help = "Export links of articles: CSV, JSON Lines with the passages, or GraphML."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which links, the form, and where it goes."""
        parser.add_argument("--format", choices=list(FORMATS), default="jsonl")
        parser.add_argument("--corpus", default="", metavar="SLUG", help="of all if left out")
        parser.add_argument("--article", type=int, help="links with this article on a side")
        parser.add_argument("--kind", choices=list(LinkKind), default="")
        parser.add_argument("--status", choices=list(STATUSES), default="")
        parser.add_argument("--score-min", type=float, metavar="SHARE", help="from 0 to 1")
        parser.add_argument("--by", default="", metavar="NAME", help="judged by them; - by nobody")
        parser.add_argument(
            "--since", type=_day, metavar="DAY", help="made, found or judged since (UTC)"
        )
        parser.add_argument("--as-user", default="", metavar="NAME", help="only what they may see")
        parser.add_argument("--base", default="", help="goes before addresses: https://n.example")
        parser.add_argument("--output", default=_STANDARD_OUTPUT, help="a file; - prints it")

    def handle(self, **options: Any) -> None:
        """Write it; a file gets its name once it is whole."""
        user = User.objects.filter(username=options["as_user"]).first()
        if options["as_user"] and user is None:
            raise CommandError(f"There is nobody called {options['as_user']}.")
        corpus = Corpus.objects.filter(slug=options["corpus"]).first()
        if options["corpus"] and corpus is None:
            raise CommandError(f"There is no corpus {options['corpus']}.")
        judge = options["by"]
        if judge and judge != NOBODY and not User.objects.filter(username=judge).exists():
            raise CommandError(f"There is nobody called {judge}.")
        wanted = LinkFilter(
            corpus=corpus.pk if corpus is not None else None,
            article=options["article"],
            kind=options["kind"],
            status=options["status"],
            score_min=options["score_min"],
            since=options["since"],
            judged_by=judge,
        )
        wish = Wish(wanted, user, options["base"].rstrip("/"))
        try:
            _keep(write(wish, options["format"]), options["output"])
        except OSError as fault:
            raise CommandError(
                f"{options['output']}: {fault.strerror}. Nothing is kept."
            ) from fault


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)


def _keep(made: Iterable[bytes], output: str) -> None:
    if output == _STANDARD_OUTPUT:
        sys.stdout.buffer.writelines(made)
        return
    path = Path(output)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(made)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
