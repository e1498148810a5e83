"""``manage.py worker``: does what was left to it, until it is stopped."""

import asyncio
import time
from argparse import ArgumentParser
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from articles import tasks
from newsroom import postgres

PAUSE_SECONDS = 1.0


async def _run_worker(working: App, *, wait: bool) -> None:
    async with working.open_async():
        await working.run_worker_async(
            wait=wait,
            concurrency=2,
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=5.0,
            stalled_worker_timeout=20.0,
            delete_jobs="successful",
        )


class Command(BaseCommand):
    """Run imports and other background work."""

    help = "Run background work: imports that were asked for on a page or through the API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="end when nothing is left to do, for scripts"
        )

    def handle(self, **options: Any) -> None:
        """Work until stopped; a database that goes away is waited for."""
        while True:
            try:
                close_old_connections()
                tasks.enqueue_unfinished()
                self._work(wait=not options["once"])
            except (DatabaseError, psycopg.Error, ConnectorException, RuntimeError) as fault:
                self.stderr.write(f"The worker waits for the database: {fault}")
                time.sleep(PAUSE_SECONDS)
                self._revive_database()
            else:
                return

    @staticmethod
    def _work(*, wait: bool) -> None:
        connector = app.connector
        if not isinstance(connector, DjangoConnector):
            raise TypeError(connector)
        with app.replace_connector(connector.get_worker_connector()) as working:
            asyncio.run(_run_worker(working, wait=wait))

    def _revive_database(self) -> None:
        if settings.EMBEDDED_POSTGRES:
            try:
                postgres.ensure_running(settings.DATA_DIR)
            except RuntimeError as fault:
                self.stderr.write(str(fault))
