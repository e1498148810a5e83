"""``manage.py index_status``: whether the search index is whole and up to date."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from articles.search import indexing


class Command(BaseCommand):
    """Say how the index stands; exit with 1 if it is missing or broken."""

    help = "Say how many articles are indexed, and how many wait."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Print it."""
        status = indexing.status()
        if status.problem:
            self.stdout.write(status.problem)
            sys.exit(1)
        self.stdout.write(f"{status.articles:,} articles are indexed.")
        if status.waiting:
            self.stdout.write(f"{status.waiting:,} wait, the first since {status.since:%H:%M:%S}.")
