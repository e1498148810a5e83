"""``manage.py export_tags``: what is tagged, in the form of another tool."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from articles.annotate.files.bundling import Layers, Scope, bundles
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import Losses, UnreadableError
from articles.models import Task
from articles.search.asking import ask
from articles.search.deadline import TooSlowError
from articles.search.engine.answers import Sort
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError

_STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    """Write tags to a file, article by article, and say what it could not hold."""

    help = "Export what is tagged; without a query, of all articles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the query, whose tags, the form, and where it goes."""
        parser.add_argument("query", nargs="?", default="")
        parser.add_argument("--format", choices=list(FORMATS), default="jsonl")
        parser.add_argument("--layers", choices=list(Layers), default=Layers.CORPUS.value)
        parser.add_argument("--task", type=int, help="the task's number, for its layers")
        parser.add_argument("--suggestions", action="store_true")
        parser.add_argument("--as-user", default="", metavar="NAME", help="only what they may see")
        parser.add_argument("--output", default=_STANDARD_OUTPUT, help="a file; - prints it")

    def handle(self, **options: Any) -> None:
        """Write it; a file gets its name once it is whole."""
        user = User.objects.filter(username=options["as_user"]).first()
        if options["as_user"] and user is None:
            raise CommandError(f"There is nobody called {options['as_user']}.")
        task = Task.objects.filter(pk=options["task"]).first() if options["task"] else None
        if (task is None) != (options["layers"] == Layers.CORPUS):
            raise CommandError("Give --task with --layers gold or people, and neither otherwise.")
        scope = Scope(user, Layers(options["layers"]), task, suggestions=options["suggestions"])
        losses = Losses()
        try:
            articles = bundles(scope, losses, _ids(options["query"], user))
            _write(FORMATS[options["format"]].write(articles, losses), options["output"])
        except (QueryError, IndexMissingError, TooSlowError, UnreadableError) as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(
                f"{options['output']}: {fault.strerror}. Nothing is kept."
            ) from fault
        for line in losses.lines:
            self.stderr.write(f"Not held: {line}")


def _ids(query: str, user: User | None) -> Iterable[int] | None:
    if not query:
        return None
    asker = user or User(is_superuser=True, is_active=True)
    question = ask(query, asker, readable=True)
    return (pk for some in question.ids(sort=Sort.ADDED, batch=5_000) for pk in some)


def _write(made: Iterable[bytes], output: str) -> None:
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
