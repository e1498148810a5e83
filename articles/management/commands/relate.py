"""``manage.py relate``: finds what articles are to each other, of a corpus or of all."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from articles.management.index import bar
from articles.models import Corpus
from articles.related import spark
from articles.related.finding import following
from articles.related.store.prints import ALONE
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError
from articles.search.index.indexing import IndexBusyError

_MOST_PROCESSES = 64


class Command(BaseCommand):
    """Relate articles; what was done stays done, and the rest waits, if it is interrupted."""

    help = (
        "Relate what waits: or, with --corpus, --since or --all, articles that were related "
        "before, too. Interrupted, it goes on where it was when it is run again, or in the worker."
    )
    # Django's checks would import all pages and the API first: a second's work.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="DATE", help="articles stored since that day (UTC)")
        parser.add_argument("--corpus", metavar="SLUG", help="articles of one corpus")
        parser.add_argument("--all", action="store_true", help="all articles")
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="make the store of prints anew first, and relate all articles",
        )
        parser.add_argument(
            "--processes",
            type=_count,
            metavar="N",
            help="processes that prepare many articles beside this one; with 1 none does. Default: "
            "NEWSROOM_RELATE_PROCESSES, or one for each core, at most 2",
        )
        parser.add_argument(
            "--spark",
            metavar="FOLDER",
            type=Path,
            help="let Spark find who shares passages with whom, in a folder: for all articles of "
            "very large corpora. Needs newsroom[spark]",
        )
        parser.add_argument(
            "--spark-master", default="local[*]", metavar="URL", help="default: this machine"
        )

    def handle(
        self,
        *,
        since: str | None,
        corpus: str | None,
        rebuild: bool,
        processes: int | None,
        **options: Any,
    ) -> None:
        """Relate them, with progress; exit 1 if that failed."""
        if options["spark"]:
            if since or corpus or rebuild or options["all"]:
                raise CommandError("--spark relates all articles: leave the other options out.")
            self._by_spark(options["spark"].resolve(), options["spark_master"])
            return
        day = _day(since)
        if corpus is not None and not Corpus.objects.filter(slug=corpus).exists():
            raise CommandError(f"There is no corpus “{corpus}”.")
        if rebuild and (since or corpus):
            raise CommandError("--rebuild is for all articles: leave out --since and --corpus.")
        if ALONE.is_written():
            self.stderr.write("Another process relates articles; waiting for it to let go.")
        began = time.monotonic()
        try:
            if rebuild:
                with bar("Printing") as progress:
                    task = progress.add_task("", total=None)
                    following.rebuild(
                        lambda count: progress.update(task, completed=count), processes=processes
                    )
            elif since or corpus or options["all"]:
                following.ask(corpus=corpus, since=day)
            else:
                following.try_again()
            with bar("Relating") as progress:
                task = progress.add_task("", total=following.status().waiting or None)
                done = following.catch_up(
                    lambda count: progress.update(task, completed=count),
                    wait=True,
                    processes=processes,
                )
        except (BrokenIndexError, IndexRefusedError, IndexBusyError, OSError) as fault:
            raise CommandError(f"Not all was related: {fault}") from fault
        seconds = max(time.monotonic() - began, 0.1)
        self.stdout.write(
            f"{done:,} articles are related, in {seconds:,.0f} s: {done / seconds:,.0f} a second."
        )
        if (status := following.status()).failed:
            raise CommandError(status.problem)

    def _by_spark(self, folder: Path, master: str) -> None:
        try:
            written = spark.write(folder)
            self.stderr.write(f"{written:,} articles are in {folder}; Spark compares them.")
            spark.run(folder, master=master)
            with bar("Relating") as progress:
                task = progress.add_task("", total=written)
                done = spark.load(folder, lambda count: progress.update(task, completed=count))
        except (
            spark.SparkError,
            BrokenIndexError,
            IndexRefusedError,
            IndexBusyError,
            OSError,
        ) as fault:
            raise CommandError(f"Not all was related: {fault}") from fault
        self.stdout.write(f"{done:,} articles are related.")


def _count(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= _MOST_PROCESSES):
        raise ArgumentTypeError(f"“{value}” is no number from 1 to {_MOST_PROCESSES}.")
    return int(value)


def _day(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"“{value}” is no day such as 2024-01-31.")
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
