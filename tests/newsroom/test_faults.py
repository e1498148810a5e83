"""Processes are killed while they work: nothing is lost, nothing is there twice.

NEWSROOM_FAULT_ROUNDS sets how often the worker is killed, 5 times unless told otherwise;
NEWSROOM_FAULT_SEED repeats the moments of an earlier run.
"""

import io
import json
import os
import random
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction

from articles import tasks
from articles.ingest import imports
from articles.models import (
    Article,
    Corpus,
    Door,
    Import,
    ImportItem,
    ImportStatus,
    Outcome,
    Version,
)
from newsroom import postgres
from tests.ingest.conftest import record
from tests.newsroom.conftest import Start, embedded, free_port, postmaster, until

pytestmark = pytest.mark.xdist_group("faults")

type StartWorker = Callable[..., subprocess.Popen[str]]

ROUNDS = int(os.environ.get("NEWSROOM_FAULT_ROUNDS", "5"))
SEED = int(os.environ.get("NEWSROOM_FAULT_SEED", str(random.randrange(10**9))))  # noqa: S311 -- no secret
ITEMS = 3_000
# What a batch of a thousand items writes into Postgres' log, roughly: the unit of moments.
BATCH_BYTES = 4_000_000


def lines(first: int, items: int) -> bytes:
    """Return records as JSON lines, enough of them to be read by a process beside."""
    padding = " ".join(["padding"] * 350)
    numbered = (record(number, note=padding) for number in range(first, first + items))
    return b"".join(json.dumps(one).encode() + b"\n" for one in numbered)


@pytest.fixture
def committed(empty_queue: None) -> Iterator[Corpus]:  # noqa: ARG001 -- opens the database
    """Return a default corpus that other processes see."""
    yield Corpus.objects.create(slug="default", name="Default")
    connections.close_all()


@pytest.fixture
def worker(committed: Corpus, start: Start, tmp_path: Path) -> StartWorker:  # noqa: ARG001 -- seen by the worker
    """Return a function that starts a worker on the test's database."""
    values = connection.settings_dict
    address = f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}"
    environment = embedded(tmp_path) | {"DATABASE_URL": address}
    return lambda *options: start("manage.py", "worker", *options, env=environment)


def ask_for_import(corpus: Corpus, first: int, items: int = ITEMS) -> Import:
    """Ask for an import as a page does."""
    upload = imports.Upload(f"from-{first}.jsonl", "", io.BytesIO(lines(first, items)))
    with transaction.atomic():
        run = imports.start(corpus=corpus, user=None, door=Door.PAGE, inputs=[upload])
        tasks.enqueue_import(run)
    return run


def is_over(run: Import) -> bool:
    run.refresh_from_db()
    return ImportStatus(run.status).is_over


def written() -> int:
    """Return how many bytes Postgres has written to its log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
        return int(cursor.fetchone()[0])


def let_write(size: int, run: Import) -> None:
    """Wait until Postgres wrote so much more, or there is nothing left to write."""
    moment = written() + size
    until(lambda: written() >= moment or is_over(run), f"work, seed {SEED}")


def assert_whole(run: Import, items: int = ITEMS) -> None:
    """Check an import's report: every item once, in order, and stored."""
    run.refresh_from_db()
    assert run.status == ImportStatus.FINISHED
    assert (run.stored, run.total) == (items, items)
    reported = ImportItem.objects.filter(run=run).order_by("ordinal")
    assert list(reported.values_list("ordinal", flat=True)) == list(range(items))
    assert not reported.exclude(outcome=Outcome.STORED).exists()


def test_a_worker_that_is_killed_at_any_moment_stores_each_item_once(
    committed: Corpus, worker: StartWorker
) -> None:
    moments = random.Random(SEED)  # noqa: S311 -- no secret
    runs = [ask_for_import(committed, 0)]

    for _ in range(ROUNDS):
        if is_over(runs[-1]):
            runs.append(ask_for_import(committed, len(runs) * ITEMS))
        process = worker()
        let_write(moments.randrange(BATCH_BYTES), runs[-1])
        process.kill()
        process.wait()
    last = worker()
    until(lambda: all(is_over(run) for run in runs), f"the end of all imports, seed {SEED}")
    last.terminate()

    assert last.wait(30) == 0
    for run in runs:
        assert_whole(run)
    assert Article.objects.count() == Version.objects.count() == ITEMS * len(runs)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_leaves_its_import_to_the_next(
    committed: Corpus, worker: StartWorker, stop: signal.Signals
) -> None:
    run = ask_for_import(committed, 0)
    first = worker()
    until(Article.objects.exists, "a first batch")

    first.send_signal(stop)

    assert first.wait(30) == 0
    assert worker("--once").wait(120) == 0
    assert_whole(run)


@pytest.fixture
def web(cluster: Path, start: Start) -> str:
    """Return the address of a web process on a cluster of its own."""
    address = f"127.0.0.1:{free_port()}"
    start(
        "-m", "gunicorn", "newsroom.wsgi:application", "--config", "newsroom/gunicorn.py",
        "--bind", address, env=embedded(cluster) | {"NEWSROOM_WEB_PROCESSES": "1"},
    )  # fmt: skip
    until(lambda: status(f"http://{address}/") == 200, "a page")
    return f"http://{address}"


def status(address: str) -> int:
    """Return the status of an answer; 0 if nobody answers, 500 if nobody says when to come back."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 -- our own
            code: int = answer.status
            return code
    except urllib.error.HTTPError as refused:
        return refused.code if refused.headers["Retry-After"] else 500
    except urllib.error.URLError:
        return 0


def open_cluster(data_dir: Path) -> psycopg.Connection[tuple[int]]:
    folder = postgres.socket_folder(data_dir)
    return psycopg.connect(f"postgresql://postgres@/{postgres.DATABASE}?host={folder}")


def article_ids(data_dir: Path) -> set[int]:
    """Return what other people may have been told is stored."""
    with open_cluster(data_dir) as other:
        return {row[0] for row in other.execute("SELECT id FROM articles_article")}


def test_a_web_process_answers_503_while_the_database_is_away_and_brings_it_back(
    cluster: Path, web: str
) -> None:
    os.kill(postmaster(cluster), signal.SIGKILL)

    until(lambda: status(f"{web}/") == 503, "a 503")
    seen = set(watch(web, lambda code: code == 200))

    assert seen == {200, 503}
    assert status(f"{web}/api/v1/articles/") == 200


def test_an_import_outlives_the_database(
    cluster: Path, web: str, start: Start, tmp_path: Path
) -> None:
    given = tmp_path / "many.jsonl"
    given.write_bytes(lines(0, ITEMS))
    command = start("manage.py", "ingest", "--json", str(given), env=embedded(cluster))
    acknowledged = until(lambda: article_ids(cluster), "a first batch")

    os.kill(postmaster(cluster), signal.SIGKILL)
    until(lambda: status(f"{web}/") == 503, "a 503")
    seen = set(watch(web, lambda code: code == 200 and command.poll() is not None))

    said = (tmp_path / "process-1.log").read_text()
    assert command.returncode == 0, said
    report = json.loads(said.splitlines()[-1])
    assert (report["stored"], report["failed"]) == (ITEMS, 0)
    assert seen == {200, 503}
    stored = article_ids(cluster)
    assert acknowledged <= stored
    assert len(stored) == ITEMS


def watch(web: str, is_enough: Callable[[int], bool]) -> list[int]:
    """Ask for pages and calls until one is enough; return every status that was answered."""
    seen: list[int] = []

    def ask() -> bool:
        seen.append(status(f"{web}/api/v1/articles/"))
        seen.append(status(f"{web}/"))
        return is_enough(seen[-1])

    until(ask, "a page again")
    return seen
