"""``manage.py index_status``: whether the search index and related coverage are up to date."""

import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince

from articles.related.finding import following
from articles.related.store.prints import ALONE as RELATING
from articles.related.store.prints import BUILDS as PRINTS
from articles.search.index import alone, indexing, store

BROKEN, BEHIND = 1, 3


class Command(BaseCommand):
    """Say how the index stands, and what to do."""

    help = (
        "Say how many articles are indexed and related, how many wait, and what is wrong. Exits "
        "with 0 if all is well, 3 if something waits, 1 if the index is missing or broken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="compare it with the articles, and read every file of it",
        )

    def handle(self, *, check: bool, **_: Any) -> None:
        """Print it."""
        status = indexing.checked(thorough=True) if check else indexing.status()
        is_followed = alone.is_followed()
        if status.articles is not None:
            self.stdout.write(
                f"{status.articles:,} articles are indexed, in {_size(store.bytes_on_disk())}."
            )
        if status.since is not None:
            self.stdout.write(
                f"{status.waiting:,} articles changed since and wait, the first for "
                f"{_waited(status.since)}."
            )
        if status.problem:
            self.stdout.write(status.problem)
        elif check:
            self.stdout.write("It holds the articles that there are, and its files are whole.")
        if status.is_behind:
            self.stdout.write(_advice(status, is_followed=is_followed))
        is_related = self._tell_of_related()
        if status.is_behind:
            sys.exit(BROKEN if status.problem else BEHIND)
        if not is_related:
            sys.exit(BEHIND)

    def _tell_of_related(self) -> bool:
        """Say how related coverage stands; return whether it is up to date."""
        status = following.status()
        if status.problem:
            self.stdout.write(status.problem)
        elif size := PRINTS.bytes_on_disk():
            self.stdout.write(f"The prints of articles take {_size(size)}.")
        if status.since is not None:
            self.stdout.write(
                f"{status.waiting:,} articles are still to be related, the first for "
                f"{_waited(status.since)}."
            )
        if status.waiting or (status.problem and not status.failed):
            self.stdout.write(
                "The worker is at it."
                if RELATING.is_followed()
                else "No worker runs: start one with manage.py worker, or run manage.py relate."
            )
        return not status.is_behind


def _size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")


def _waited(since: datetime) -> str:
    return timesince(since, timezone.now()).replace("\xa0", " ")


def _advice(status: indexing.Status, *, is_followed: bool) -> str:
    if status.problem and not is_followed:
        return "Build it anew with: manage.py reindex. Reading works meanwhile."
    if status.problem:
        return "The worker builds an index that can’t be read anew; or do it: manage.py reindex."
    if is_followed:
        return "The worker is at it."
    return "No worker runs: start one with manage.py worker, or run manage.py worker --once."
