"""``manage.py worker``: does what was left to it, until it is stopped."""

import asyncio
import math
import os
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from articles import tasks
from articles.annotate.anchoring import carrying
from articles.management.index import bring_up
from articles.related.finding import following as relating
from articles.search.index import following
from newsroom import postgres

PAUSE_SECONDS = 1.0
# A job that is nearly done may end; then it is asked to leave its work at the next checkpoint.
FINISH_SECONDS = 1.0
# After that, e.g. in the middle of a slow page, the process ends anyhow: work is resumable.
STOP_SECONDS = 9.0


class _Stop:
    """Whether the worker was asked to end, by SIGTERM or SIGINT. Asked twice, it ends at once."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._wake: Callable[[], object] | None = None

    @contextmanager
    def by_signals(self) -> Iterator[None]:
        """Listen, within the main thread."""
        numbers = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, self._ask) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def waking(self, wake: Callable[[], object]) -> Iterator[None]:
        """Call ``wake`` when asked, even if that was before."""
        self._wake = wake
        try:
            if self.asked.is_set():
                wake()
            yield
        finally:
            self._wake = None

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        if self.asked.is_set():
            os._exit(128 + number)
        self.asked.set()
        deadline = threading.Timer(STOP_SECONDS, os._exit, [0])
        deadline.daemon = True
        deadline.start()
        if self._wake is not None:
            self._wake()


async def _run_worker(working: App, stop: _Stop, *, wait: bool) -> None:
    """Work until nothing is left, ``stop`` is asked for, or the database goes away."""
    loop = asyncio.get_running_loop()
    work = asyncio.current_task()
    if work is None:
        raise TypeError
    with stop.waking(lambda: loop.call_soon_threadsafe(work.cancel)):
        async with working.open_async():
            await working.run_worker_async(
                wait=wait,
                concurrency=2,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=5.0,
                stalled_worker_timeout=20.0,
                # Without waiting for more, it ends when its jobs did.
                shutdown_graceful_timeout=FINISH_SECONDS if wait else math.inf,
                install_signal_handlers=False,
                # What failed is in the log, and what is left to do in the imports' rows.
                delete_jobs="always",
            )


class Command(BaseCommand):
    """Run imports and other background work, and keep up what follows articles."""

    help = (
        "Run background work: imports that were asked for on a page or through the API; keep the "
        "search index, and relate what is new."
    )
    # Django's checks would import all pages and the API first: a second's work.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="end when nothing is left to do, for scripts"
        )

    def handle(self, **options: Any) -> None:
        """Work until stopped; a database that goes away is waited for."""
        stop = _Stop()
        with stop.by_signals(), self._following(stop, runs=not options["once"]):
            while not stop.asked.is_set():
                try:
                    tasks.enqueue_unfinished()
                    self._work(stop, wait=not options["once"])
                except (DatabaseError, psycopg.Error, ConnectorException) as fault:
                    self.stderr.write(f"The worker waits for the database: {fault}")
                    stop.asked.wait(PAUSE_SECONDS)
                    self._revive_database(stop)
                else:
                    if options["once"]:
                        bring_up()
                        return
                    # Not asked to stop, it lost a connection that it listens on: from the start.
                    stop.asked.wait(PAUSE_SECONDS)

    @contextmanager
    def _following(self, stop: _Stop, *, runs: bool) -> Iterator[None]:
        """Keep what follows articles up meanwhile, in threads of their own."""
        if not runs:
            yield
            return
        threads = [
            threading.Thread(target=follow, args=(stop.asked, self.stderr.write), name=name)
            for name, follow in (
                ("indexing", following.follow),
                ("carrying", carrying.follow),
                ("relating", relating.follow),
            )
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.asked.set()
            for thread in threads:
                thread.join()

    @staticmethod
    def _work(stop: _Stop, *, wait: bool) -> None:
        connector = app.connector
        if not isinstance(connector, DjangoConnector):
            raise TypeError(connector)
        with app.replace_connector(connector.get_worker_connector()) as working:
            try:
                asyncio.run(_run_worker(working, stop, wait=wait))
            except asyncio.CancelledError:
                if not stop.asked.is_set():
                    raise

    def _revive_database(self, stop: _Stop) -> None:
        if settings.EMBEDDED_POSTGRES and not stop.asked.is_set():
            try:
                postgres.ensure_running(settings.DATA_DIR)
            except RuntimeError as fault:
                self.stderr.write(str(fault))
