"""Processes are killed while they work: nothing is lost, nothing is there twice.

``make fault`` does the same for longer. NEWSROOM_FAULT_ROUNDS sets how often each of these kills,
NEWSROOM_FAULT_SEED repeats the choices of an earlier run.
"""

import json
import random
import signal

import pytest

from articles.ingest import parsing, running
from articles.related.store.prints import ALONE
from articles.search.index import alone
from tests.faults import index_runs, moments, relating_runs
from tests.faults.conftest import rounds
from tests.faults.correction_runs import kill_corrections
from tests.faults.import_runs import check, kill_databases, kill_workers
from tests.faults.index_runs import kill_indexers
from tests.faults.processes import until
from tests.faults.relating_runs import kill_relating
from tests.faults.site import Site, lines
from tests.faults.tagging_runs import kill_tagging

# Enough to be read by a process beside, and to be stored in several batches.
ITEMS = 3_000
STORED = "SELECT count(*) FROM articles_article"


def say(line: str) -> None:
    """Tell what was done, for whoever sees the test fail."""
    print(line)  # noqa: T201 -- shown with the failure


def test_a_worker_that_is_killed_at_any_moment_stores_each_item_once(
    site: Site, chance: random.Random
) -> None:
    kill_workers(site, rounds=rounds(3), items=ITEMS, chance=chance, say=say)


def test_a_database_that_is_killed_at_any_moment_keeps_what_was_acknowledged(
    site: Site, chance: random.Random
) -> None:
    figures = kill_databases(site, rounds=rounds(2), items=ITEMS, chance=chance, say=say)

    assert figures.by_hand


def test_what_people_put_right_is_there_as_a_whole_or_not_at_all_after_a_kill(
    site: Site, chance: random.Random
) -> None:
    kill_corrections(site, rounds=rounds(3), articles=800, chance=chance, say=say)


def test_a_database_that_is_killed_while_people_tag_keeps_every_tag_once(
    site: Site, chance: random.Random
) -> None:
    figures = kill_tagging(site, rounds=rounds(3), chance=chance, say=say)

    assert figures.acknowledged


def test_an_index_whose_indexer_is_killed_at_any_moment_misses_nothing(
    site: Site, chance: random.Random
) -> None:
    kill_indexers(site, rounds=rounds(4), articles=500, chance=chance, say=say)


def test_what_is_related_while_who_relates_is_killed_is_found_once(
    site: Site, chance: random.Random
) -> None:
    kill_relating(site, rounds=rounds(3), stories=60, chance=chance, say=say)


def test_the_runs_know_where_an_import_is() -> None:
    assert moments.RUNNING_LOCK == running.RUNNING_LOCK
    assert moments.BATCH_ITEMS == parsing.BATCH_ITEMS
    assert f"classid = {alone.INDEXING_LOCK} " in index_runs.WRITES
    assert f"classid = {ALONE.number} " in relating_runs.RELATES


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_leaves_its_import_to_the_next(
    site: Site, stop: signal.Signals
) -> None:
    site.ask_for_import(0, ITEMS)
    first = site.start_worker("first")
    until(lambda: site.number(STORED), "a first batch")

    first.send_signal(stop)

    assert first.wait(30) == 0
    assert site.start("manage.py", "worker", "--once").wait(120) == 0
    check(site, ITEMS)


def test_a_web_process_answers_503_while_the_database_is_away_and_brings_it_back(
    site: Site,
) -> None:
    site.kill_database()

    until(lambda: site.call("", api=False).status == 503, "a 503")
    until(lambda: site.call("", api=False).status == 200, "a page again")
    assert site.call("articles/").status == 200
    assert set(site.answered) == {200, 503}


def test_an_import_by_the_command_line_outlives_the_database(site: Site) -> None:
    given = site.data_dir / "many.jsonl"
    given.write_bytes(lines(0, ITEMS))
    command = site.start("manage.py", "ingest", "--json", str(given))
    acknowledged = until(lambda: site.number(STORED), "a first batch")

    site.kill_database()

    assert command.wait(120) == 0
    report = json.loads(site.said_by(command).splitlines()[-1])
    assert (report["stored"], report["failed"]) == (ITEMS, 0)
    assert acknowledged <= site.number(STORED)
    check(site, ITEMS)
