"""What is left to the worker, and what becomes of it when a worker dies."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from articles import tasks
from articles.ingest import imports
from articles.ingest.running import RUNNING_LOCK
from articles.models import Article, Corpus, Door, Import, ImportStatus
from tests.factories import make_corpus

ROOT = Path(__file__).resolve().parents[1]

type Work = Callable[[], None]

pytestmark = pytest.mark.usefixtures("empty_queue")


def ask(corpus: Corpus, door: Door = Door.PAGE, number: int = 1) -> Import:
    """Ask for an import of one article and leave it."""
    line = f'{{"headline": "Bridge {number} opens", "body": "Crowds came to bridge {number}."}}\n'
    upload = imports.Upload("a.jsonl", "", io.BytesIO(line.encode()))
    return imports.start(corpus=corpus, user=None, door=door, inputs=[upload])


def waiting() -> list[int]:
    jobs = ProcrastinateJob.objects.filter(status="todo", task_name="articles.tasks.run_import")
    return [job.args["import_id"] for job in jobs.order_by("id")]


@pytest.fixture
def work(environment: dict[str, str]) -> Work:
    """Return a function that lets a worker do what is left, in a process of its own as always."""

    def run() -> None:
        command = [sys.executable, "manage.py", "worker", "--once"]
        subprocess.run(command, cwd=ROOT, env=environment, timeout=60, check=True)

    return run


def test_the_worker_runs_what_was_left_to_it(work: Work) -> None:
    run = ask(make_corpus())
    tasks.enqueue_import(run)

    work()

    run.refresh_from_db()
    assert run.status == ImportStatus.FINISHED
    assert Article.objects.count() == 1


def test_an_import_that_was_asked_for_twice_waits_once() -> None:
    run = ask(make_corpus())

    with transaction.atomic():
        tasks.enqueue_import(run)
        tasks.enqueue_import(run)

    assert waiting() == [run.pk]


def test_a_job_is_left_by_the_connection_of_its_transaction_within_a_worker_too() -> None:
    run = ask(make_corpus())

    # As a worker's pool, which knows nothing of the transaction and may have lost the database.
    with app.replace_connector(InMemoryConnector()), transaction.atomic():
        tasks.enqueue_import(run)

    assert waiting() == [run.pk]


def test_an_import_that_was_not_asked_for_after_all_does_not_wait() -> None:
    corpus = make_corpus()

    with transaction.atomic():
        tasks.enqueue_import(ask(corpus))
        transaction.set_rollback(True)

    assert waiting() == []


def test_a_worker_that_starts_takes_up_what_nobody_was_told_of(work: Work) -> None:
    corpus = make_corpus()
    lost, running = ask(corpus), ask(corpus, number=2)
    Import.objects.filter(pk=running.pk).update(status=ImportStatus.RUNNING)

    work()

    over = Import.objects.filter(status=ImportStatus.FINISHED).values_list("pk", flat=True)
    assert set(over) == {lost.pk, running.pk}


def test_an_import_by_the_command_line_is_left_to_its_command(work: Work) -> None:
    run = ask(make_corpus(), Door.COMMAND)

    assert tasks.enqueue_unfinished() == 0

    work()
    run.refresh_from_db()
    assert run.status == ImportStatus.QUEUED


def test_a_job_of_a_worker_that_died_holds_nobody_up(work: Work) -> None:
    run = ask(make_corpus())
    tasks.enqueue_import(run)
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        cursor.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, %s)", [cursor.fetchone()[0]])
    assert waiting() == []

    work()

    run.refresh_from_db()
    assert run.status == ImportStatus.FINISHED


def test_an_import_that_another_process_runs_is_watched(work: Work) -> None:
    run = ask(make_corpus())
    tasks.enqueue_import(run)

    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [RUNNING_LOCK, run.pk])
        work()

    assert waiting() == [run.pk]
    job = ProcrastinateJob.objects.get(task_name="articles.tasks.run_import")
    assert job.scheduled_at > timezone.now() - timedelta(minutes=1)
    run.refresh_from_db()
    assert run.status == ImportStatus.QUEUED


def test_a_database_that_is_away_is_told_as_such() -> None:
    run = ask(make_corpus())
    connection.close()
    known = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        with pytest.raises(OperationalError):
            tasks.enqueue_import(run)
    finally:
        connection.close()
        connection.settings_dict["HOST"] = known


def test_what_dead_workers_left_is_looked_for_four_times_a_minute() -> None:
    [sweep] = [
        each
        for (name, _), each in app.periodic_registry.periodic_tasks.items()
        if name == tasks.requeue_stalled.name
    ]
    beginning = 1_700_000_040  # a full minute

    ticks = [sweep.croniter.get_next(float, start_time=beginning)]
    ticks += [sweep.croniter.get_next(float) for _ in range(3)]

    assert [tick - beginning for tick in ticks] == [15, 30, 45, 60]
