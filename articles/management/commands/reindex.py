"""``manage.py reindex``: builds the search index anew beside the old one."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.index import bar
from articles.models import Article
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError
from articles.search.index import alone, indexing, store


class Command(BaseCommand):
    """Build the index anew; searches go on with the old one until the new one stands."""

    help = (
        "Build the search index anew, without downtime: the old one answers, and learns what "
        "changes, until the new one takes its place."
    )
    # Django's checks would import all pages and the API first: a second's work.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Build it, with progress; exit 1 if that failed, with the old one as it was."""
        if alone.is_written():
            self.stderr.write("Another process writes the index; waiting for it to let go.")
        began = time.monotonic()
        try:
            with bar("Indexing") as progress:
                task = progress.add_task("", total=Article.objects.count())
                done = indexing.rebuild(watch=lambda count: progress.update(task, completed=count))
        except (BrokenIndexError, IndexRefusedError, indexing.IndexBusyError, OSError) as fault:
            stands = "The old index stands." if store.standing() else "There is no index now."
            raise CommandError(f"The index was not built: {fault} {stands}") from fault
        seconds = max(time.monotonic() - began, 0.1)
        self.stdout.write(
            f"{done:,} articles are indexed, in {seconds:,.0f} s: {done / seconds:,.0f} a second."
        )
