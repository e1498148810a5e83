"""``manage.py postgres stop``: the embedded server runs on until it is told to end."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom import postgres


class Command(BaseCommand):
    """Stop the embedded PostgreSQL, or say where it listens."""

    help = "The embedded PostgreSQL: `stop` ends it, `status` says where it listens."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["stop", "status"])

    def handle(self, *, action: str, **_: Any) -> None:
        """Do it."""
        if not settings.EMBEDDED_POSTGRES:
            raise CommandError("DATABASE_URL is set: that server is not ours to stop.")
        if action == "stop":
            stopped = postgres.stop(settings.DATA_DIR)
            self.stdout.write("Stopped." if stopped else "It was not running.")
        else:
            folder = postgres.socket_folder(settings.DATA_DIR)
            self.stdout.write(f"psql -h {folder} -U postgres {postgres.DATABASE}")
