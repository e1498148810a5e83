"""``manage.py export``: any answer or collection as a file."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.export import answers, batches
from articles.export.answers import FORMATS, OptionError, Options
from articles.models import Corpus
from articles.search.asking import Question, ask
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.query import parse
from articles.search.language.tree import Named, Node, conjunction

_STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    """Write the articles that answer a query to a file, batch by batch."""

    help = "Export the articles that answer a query; without one, all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the query, the form, and where it goes."""
        parser.add_argument("query", nargs="?", default="", help="such as 'strike date:1926'")
        parser.add_argument("--format", choices=list(FORMATS), default="jsonl")
        parser.add_argument("--output", default=_STANDARD_OUTPUT, help="a file; - prints it")
        parser.add_argument("--corpus", default="", help="only of this corpus, by its short name")
        parser.add_argument(
            "--as-user",
            default="",
            metavar="NAME",
            help="only what they may see, with their collections; all if not given",
        )
        parser.add_argument("--without-texts", action="store_true")
        parser.add_argument("--columns", default="", help="such as headline,published,text")
        parser.add_argument("--sort", default="", help="newest, oldest, longest, shortest, added")
        parser.add_argument("--base", default="", help="before addresses: https://news.example")
        parser.add_argument("--size", action="store_true", help="say how large it would be, only")

    def handle(self, **options: Any) -> None:
        """Write it; a file is given its name once it is whole."""
        try:
            given = answers.options(
                text=not options["without_texts"],
                columns=[name for name in options["columns"].split(",") if name],
                sort=options["sort"],
                base=options["base"].rstrip("/"),
            )
            question = ask(
                _narrowed(options["query"], options["corpus"]), _user(options["as_user"])
            )
            if options["size"]:
                self._say_size(question, options["format"], given)
            else:
                _write(question, options["format"], given, options["output"])
        except QueryError as fault:
            raise CommandError(f"{fault.message} (at character {fault.position + 1})") from fault
        except (OptionError, IndexMissingError, TooSlowError) as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(
                f"{options['output']}: {fault.strerror}. Nothing is kept."
            ) from fault

    def _say_size(self, question: Question, form: str, given: Options) -> None:
        size = answers.size(question, form, given)
        about = "" if size.exact else "about "
        self.stdout.write(f"{size.articles:,} articles, {about}{size.bytes_estimate:,} bytes")


def _narrowed(query: str, corpus: str) -> Node:
    tree = parse(query)
    if not corpus:
        return tree
    if not Corpus.objects.filter(slug=corpus).exists():
        raise CommandError(f"There is no corpus “{corpus}”.")
    return conjunction([tree, Named("corpus", corpus)])


def _user(name: str) -> User:
    """Return in whose name it is asked: someone who sees all, unless told otherwise."""
    if not name:
        return User(is_superuser=True)
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no user “{name}”.")
    return found


def _write(question: Question, form: str, given: Options, output: str) -> None:
    columns = (TextColumn("Exporting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=batches.total(question))
        stream = answers.write(
            question, form, given, watch=lambda done: progress.update(task, completed=done)
        )
        if output == _STANDARD_OUTPUT:
            for some in stream:
                sys.stdout.buffer.write(some)
            sys.stdout.buffer.flush()
            return
        path = Path(output)
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as out:
                for some in stream:
                    out.write(some)
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
