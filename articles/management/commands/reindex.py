"""``manage.py reindex``: builds the search index anew beside the old one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.models import Article
from articles.search import indexing


class Command(BaseCommand):
    """Build the index anew; searches go on with the old one until the new one stands."""

    help = "Build the search index anew, without downtime."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take nothing."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Build it, with progress."""
        columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("", total=Article.objects.count())
            done = indexing.rebuild(watch=lambda count: progress.update(task, completed=count))
        self.stdout.write(f"{done:,} articles are indexed.")
