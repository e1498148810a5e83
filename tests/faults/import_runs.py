"""Imports whose worker, or whose database, is killed at random moments; and what must hold then."""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.moments import Striker, Tally
from tests.faults.processes import readers, until
from tests.faults.site import CALM_SECONDS, Doer, Site

END_SECONDS = 300

type Say = Callable[[str], object]


@dataclass(slots=True)
class Figures:
    """What a run did."""

    rounds: int
    seconds: float
    imports: int
    items: int
    tally: Tally
    # Of each killing of the database: seconds until pages were answered again.
    away: list[float] = field(default_factory=list)
    by_hand: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the figures for people."""
        kills = f"{self.rounds} kills in {self.seconds:.0f} s"
        yield f"  {kills}, {self.imports} imports of {self.items:,} items"
        yield from self.tally.lines()
        if self.away:
            mean, most = sum(self.away) / len(self.away), max(self.away)
            yield f"  answered again after {mean:.1f} s on average, {most:.1f} s at most"
            yield f"  articles sent one by one meanwhile: {self.by_hand:,}"


def kill_workers(
    site: Site, *, rounds: int, items: int, chance: random.Random, say: Say
) -> Figures:
    """Kill the worker again and again while it imports; check that nothing is lost or doubled."""
    usual = _undisturbed(site, items, say)
    began = time.monotonic()
    striker, tally = Striker(chance, items, usual), Tally(items)
    runs = [_next(site, items)]
    for number in range(1, rounds + 1):
        if site.is_over(runs[-1]):
            runs.append(_next(site, items))
        name = f"worker-{number}"
        worker = site.start_worker(name)
        look = striker.wait(site, runs[-1], name)
        worker.kill()
        worker.wait()
        tally.note(look)
        say(f"  kill {number}: {look.phase} at {look.items_done:,} of {items:,}")
    worker = site.start_worker("last")
    _wait_for_all(site, runs)
    worker.terminate()
    assert worker.wait(30) == 0
    until(lambda: not readers(site.data_dir), "readers that end with their workers", seconds=30)
    check(site, items)
    return Figures(rounds, time.monotonic() - began, len(runs), items, tally)


def kill_databases(
    site: Site, *, rounds: int, items: int, chance: random.Random, say: Say
) -> Figures:
    """Kill Postgres again and again while a worker imports and someone sends single articles."""
    usual = _undisturbed(site, items, say)
    began = time.monotonic()
    striker, tally = Striker(chance, items, usual), Tally(items)
    figures = Figures(rounds, 0, 0, items, tally)
    worker = site.start_worker("worker")
    runs: list[int] = []
    with _sending(site) as sent:
        for number in range(1, rounds + 1):
            if not runs or site.is_over(runs[-1]):
                runs.append(_next(site, items))
            try:
                look = striker.wait(site, runs[-1], "worker")
            except AssertionError as fault:
                fault.add_note(f"The worker said: {site.said_by(worker)[-4_000:]}")
                raise
            known = _acknowledged(site, runs[-1], sent)
            site.kill_database()
            figures.away.append(_until_back(site))
            after = _acknowledged(site, runs[-1], sent)
            assert known[0] <= after[0], f"{known[0]} items were stored, now {after[0]}"
            assert known[1] <= site.number(SENT), "an article that was acknowledged is gone"
            tally.note(look)
            away = figures.away[-1]
            say(f"  kill {number}: {look.phase} at {look.items_done:,}; back after {away:.1f} s")
        _wait_for_all(site, runs)
    assert worker.poll() is None, "the worker ended"
    worker.terminate()
    assert worker.wait(30) == 0
    figures.by_hand, figures.imports = len(sent), len(runs)
    assert len(set(sent)) == len(sent) == site.number(SENT)
    check(site, items, by_hand=len(sent))
    assert not set(site.answered) - {0, 200, 201, 202, 503}, site.answered
    figures.seconds = time.monotonic() - began
    return figures


# Articles that are sent one by one while imports run.
SENT = "SELECT count(*) FROM articles_article WHERE external_id LIKE 'bulletin-%%'"


def _next(site: Site, items: int) -> int:
    """Ask for an import of articles that are not there yet."""
    return site.ask_for_import(site.number("SELECT count(*) FROM articles_import") * items, items)


def _undisturbed(site: Site, items: int, say: Say) -> float:
    """Import once in peace; return how many seconds a worker takes from its start to the end."""
    run = _next(site, items)
    began = time.monotonic()
    worker = site.start_worker("in-peace")
    until(lambda: site.is_over(run), "an import in peace", every=CALM_SECONDS)
    seconds = time.monotonic() - began
    worker.terminate()
    assert worker.wait(30) == 0
    say(f"  undisturbed, from the worker's start to the import's end: {seconds:.1f} s")
    return seconds


def _acknowledged(site: Site, run: int, sent: list[int]) -> tuple[int, int]:
    """Return how much of an import and how many single articles anyone was told are stored."""
    count = len(sent)
    return site.number("SELECT stored FROM articles_import WHERE id = %s", run), count


def _until_back(site: Site) -> float:
    """Wait until the site answers again, of itself; return the seconds that took."""
    began = time.monotonic()

    def answers() -> bool:
        page, call = site.call("", api=False), site.call("articles/?limit=1")
        assert page.status == 200 or page.may_come_back or page.status == 0, page.status
        return page.status == call.status == 200

    until(answers, "a page and a call again", seconds=60, every=CALM_SECONDS)
    return time.monotonic() - began


def _wait_for_all(site: Site, runs: list[int]) -> None:
    left = "SELECT count(*) FROM articles_import WHERE status <> 'finished'"
    until(
        lambda: site.number(left) == 0,
        f"the end of imports {runs}",
        seconds=END_SECONDS,
        every=CALM_SECONDS,
    )
    jobs = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%run_import'"
    until(lambda: site.number(jobs) == 0, "an empty queue", seconds=END_SECONDS, every=CALM_SECONDS)


@contextmanager
def _sending(site: Site) -> Iterator[list[int]]:
    """Send articles one by one beside; yield the ids of those that were acknowledged."""
    sent: list[int] = []
    faults: list[BaseException] = []
    enough = threading.Event()

    def send() -> None:
        while not enough.wait(0.05):
            number = len(sent)
            body = {"external_id": f"bulletin-{number}", "headline": f"Bulletin {number}"}
            body |= {"body": f"It says {number}.", "byline": "By Jane Doe"}
            body |= {"source": "The Morning Paper", "published": "1932-03-19"}
            try:
                answer = site.send("articles/", json.dumps(body).encode(), "application/json")
            except AssertionError as fault:
                faults.append(fault)
                return
            sent.append(int(answer["id"]))

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    try:
        yield sent
    finally:
        enough.set()
        thread.join(120)
    assert not faults, faults


# What must hold of every import, by what is counted when it does not.
WRONG = {
    "imports whose report does not count every item as stored": """
        SELECT count(*) FROM articles_import
        WHERE (status, stored, new_version + unchanged + duplicate + failed)
            IS DISTINCT FROM ('finished', %(items)s, 0)
    """,
    "imports whose report does not list every item once": """
        SELECT count(*) FROM (
            SELECT run.id FROM articles_import AS run
            LEFT JOIN articles_importitem AS item ON item.run_id = run.id
            GROUP BY run.id
            HAVING (count(item), count(DISTINCT item.ordinal), min(item.ordinal),
                max(item.ordinal), count(DISTINCT item.article_id),
                count(DISTINCT item.version_id))
                IS DISTINCT FROM (%(items)s, %(items)s, 0, %(items)s - 1, %(items)s, %(items)s)
        ) AS wrong
    """,
    "items that were not stored": """
        SELECT count(*) FROM articles_importitem WHERE outcome <> 'stored'
    """,
    "inputs that are not done": """
        SELECT count(*) FROM articles_importinput WHERE NOT done OR items_done <> %(items)s
    """,
    "articles without exactly one version, theirs": """
        SELECT count(*) FROM articles_article AS article WHERE NOT standing OR edits <> 0 OR (
            SELECT array_agg(version.id) FROM articles_version AS version
            WHERE version.article_id = article.id AND version.number = 1
        ) IS DISTINCT FROM ARRAY[article.version_id]
    """,
    "versions too many": """
        SELECT (SELECT count(*) FROM articles_version) - (SELECT count(*) FROM articles_article)
    """,
    "articles too many or too few": """
        SELECT (SELECT count(*) FROM articles_article)
            - (SELECT count(*) FROM articles_import) * %(items)s - %(by_hand)s
    """,
    "articles of another import's text": """
        SELECT count(*) FROM articles_article AS article
        JOIN articles_importitem AS item ON item.article_id = article.id
        WHERE article.headline NOT LIKE '%% ' || substr(article.external_id, 6) || ' %%'
    """,
    "versions without exactly one credit": """
        SELECT count(*) FROM (
            SELECT version.id FROM articles_version AS version
            LEFT JOIN articles_credit AS credit ON credit.version_id = version.id
            GROUP BY version.id HAVING count(credit) <> 1
        ) AS wrong
    """,
    "sightings, where each item was seen once": "SELECT count(*) FROM articles_sighting",
    "sources and people that are there twice": """
        SELECT (SELECT count(*) FROM articles_source) - 1
            + (SELECT count(*) FROM articles_person) - 1
    """,
}


def check(site: Site, items: int, *, by_hand: int = 0) -> None:
    """Check every import of ``items`` each, and ``by_hand`` articles that were sent one by one."""
    with site.connect() as connection:
        for what, query in WRONG.items():
            values = {"items": items, "by_hand": by_hand}
            row = connection.execute(query.encode(), values).fetchone()
            assert row is not None
            assert row[0] == 0, f"{row[0]} {what}"
    kept = {path.name for path in (site.data_dir / "captures").rglob("*") if path.is_file()}
    known = {sha256 for (sha256,) in site.rows("SELECT DISTINCT sha256 FROM articles_capture")}
    assert kept >= known, "captures without their bytes"
    with Doer.on(site) as doer:
        assert doer.ask("derive", first=5_000) == 0, "effective values that are not as derived anew"
