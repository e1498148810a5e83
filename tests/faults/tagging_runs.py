"""Postgres is killed while several people tag: what was acknowledged is there, all of it once."""

import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.faults.import_runs import Say
from tests.faults.processes import until
from tests.faults.site import AWAY, CALM_SECONDS, Doer, Reply, Site

PEOPLE = 4
ARTICLES = 20
# Between a database that is back and its next end, at least.
WORK_SECONDS = 1.5
# Every mention that is there: it has one place, one operation made it, and its events tell of it.
WHOLE = """
    SELECT count(*) FROM articles_mention AS mention
    WHERE (SELECT count(*) FROM articles_anchor WHERE mention_id = mention.id) = 1
        AND (SELECT count(*) FROM articles_mentionevent AS event
            JOIN articles_operation AS operation ON operation.context = event.pgh_context_id
            WHERE event.pgh_obj_id = mention.id AND pgh_label = 'insert') = 1
"""
TAGGED = "SELECT count(*) FROM articles_mention"
KNOWN = "SELECT count(*) FROM articles_mention WHERE key = ANY(%s)"


@dataclass(slots=True)
class Figures:
    """What a run did."""

    rounds: int
    seconds: float = 0
    away: list[float] = field(default_factory=list)
    # The keys of what was acknowledged, and how often it had to be sent again until it was.
    acknowledged: list[str] = field(default_factory=list)
    again: int = 0
    # What was there, or was made, when it was sent again.
    found: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the figures for people."""
        yield f"  {self.rounds} kills in {self.seconds:.0f} s; {PEOPLE} people tagged meanwhile"
        yield (
            f"  {len(self.acknowledged):,} tags acknowledged, all there, each once; sent again "
            f"{self.again:,} times, and found made already {self.found:,} times"
        )
        if self.away:
            yield f"  back after {max(self.away):.1f} s at most"


def kill_tagging(site: Site, *, rounds: int, chance: random.Random, say: Say) -> Figures:
    """Kill Postgres again and again while people tag."""
    began = time.monotonic()
    with Doer.on(site) as doer:
        doer.ask("stock", articles=ARTICLES)
    run = _Run(site, Figures(rounds))
    with ThreadPoolExecutor(PEOPLE) as pool:
        people = [pool.submit(run.tag, number) for number in range(PEOPLE)]
        try:
            for number in range(1, rounds + 1):
                time.sleep(WORK_SECONDS * (0.5 + chance.random()))
                run.strike(number, say)
        finally:
            run.over.set()
        for person in people:
            person.result()
    run.check()
    run.figures.seconds = time.monotonic() - began
    return run.figures


@dataclass(slots=True)
class _Run:
    site: Site
    figures: Figures
    over: threading.Event = field(default_factory=threading.Event)

    def tag(self, number: int) -> None:
        """Tag one word after another until it is over; what was not answered is sent again."""
        for wish in _wishes(self.site, number):
            reply = self._send(wish)
            while reply.status in AWAY:
                self.figures.again += 1
                time.sleep(CALM_SECONDS)
                reply = self._send(wish)
                self.figures.found += reply.status == 200
            assert reply.status in {200, 201}, (reply.status, reply.body)
            self.figures.acknowledged.append(wish["key"])
            if self.over.is_set():
                return

    def _send(self, wish: dict[str, Any]) -> Reply:
        return self.site.call(
            "mentions/", json.dumps(wish).encode(), {"Content-Type": "application/json"}
        )

    def strike(self, number: int, say: Say) -> None:
        """Kill the database, and look at what was acknowledged before."""
        known = list(self.figures.acknowledged)
        self.site.kill_database()
        began = time.monotonic()
        until(
            lambda: self.site.call("articles/?limit=1").status == 200,
            "a call",
            seconds=60,
            every=CALM_SECONDS,
        )
        self.figures.away.append(time.monotonic() - began)
        assert self.site.number(KNOWN, known) == len(known), "an acknowledged tag is gone"
        say(f"  kill {number}: {len(known):,} tags were acknowledged, and are there")

    def check(self) -> None:
        """Check that what was acknowledged is there, whole, once, and nothing else."""
        keys = self.figures.acknowledged
        assert len(set(keys)) == len(keys)
        assert self.site.number(TAGGED) == len(keys)
        assert self.site.number(WHOLE) == len(keys)
        assert not set(self.site.answered) - {0, 200, 201, 503}, self.site.answered


def _wishes(site: Site, number: int) -> Iterator[dict[str, Any]]:
    """Yield tags of words that nobody else tags: each of another article's words."""
    articles = [pk for (pk,) in site.rows("SELECT id FROM articles_article ORDER BY id")]
    for article in articles[number::PEOPLE]:
        [(text,)] = site.rows("SELECT text FROM articles_version WHERE article_id = %s", article)
        start = 0
        while (start := text.find("opened", start)) >= 0:
            for kind in ("event", "quote"):
                yield {
                    "article": article,
                    "key": str(uuid.uuid4()),
                    "start": start,
                    "end": start + 6,
                    "quote": "opened",
                    "kind": kind,
                }
            start += 1
