"""What people put right, struck down in the middle: all of it is there afterwards, or nothing."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.faults.import_runs import Say
from tests.faults.processes import until
from tests.faults.site import CALM_SECONDS, Doer, Site, lines

SOURCES = 8
# Moments spread from an act's beginning to beyond its usual end, so that some come through.
SPREAD = 1.5
PROCESS, DATABASE = "process", "database"
# What people read, and what they said of it; a row that was taken back leaves no trace here.
SEEN = """
    SELECT md5(string_agg(words, chr(10) ORDER BY words)) FROM (
        SELECT to_jsonb(article)::text AS words FROM articles_article AS article
            WHERE standing OR joined_into_id IS NOT NULL
        UNION ALL SELECT to_jsonb(row)::text FROM articles_correction AS row
        UNION ALL SELECT to_jsonb(row)::text FROM articles_textcorrection AS row
        UNION ALL SELECT to_jsonb(row)::text FROM articles_source AS row WHERE id <= %(sources)s
        UNION ALL SELECT to_jsonb(row)::text FROM articles_sourcealias AS row
            WHERE source_id <= %(sources)s
        UNION ALL SELECT (to_jsonb(row) - 'id')::text FROM articles_credit AS row
            JOIN articles_article AS article ON article.version_id = row.version_id
            WHERE article.standing
    ) AS rows
"""
# Whatever an act leaves: rows, their history, what was done.
ALL = """
    SELECT array[
        (SELECT count(*) FROM articles_operation), (SELECT count(*) FROM articles_article),
        (SELECT count(*) FROM articles_version), (SELECT count(*) FROM articles_credit),
        (SELECT count(*) FROM articles_source), (SELECT count(*) FROM articles_person),
        (SELECT count(*) FROM articles_sourcealias),
        (SELECT count(*) FROM articles_correctionevent),
        (SELECT count(*) FROM articles_textcorrectionevent),
        (SELECT count(*) FROM articles_sourceevent),
        (SELECT count(*) FROM articles_sourcealiasevent)
    ]
"""
NEWEST = "SELECT coalesce(max(id), 0) FROM articles_operation"


@dataclass(frozen=True, slots=True)
class State:
    """What there is: a hash of what people see, the numbers of all rows, the newest operation."""

    seen: str
    numbers: tuple[int, ...]
    newest: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done; ``rows`` is how many corrections and events it must leave, if known."""

    what: str
    values: dict[str, Any]
    rows: int | None = None


@dataclass(slots=True)
class Outcomes:
    """What a run did, and what was found after each strike."""

    rounds: int
    articles: int
    seconds: float = 0
    usual: dict[str, float] = field(default_factory=dict)
    moments: Counter[str] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    acknowledged: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the figures for people."""
        kills = f"{self.rounds} kills in {self.seconds:.0f} s"
        yield f"  {kills}, in acts on up to {self.articles:,} articles"
        yield "  by moment    " + ", ".join(f"{name} {n}" for name, n in self.moments.most_common())
        for what, seconds in sorted(self.usual.items()):
            kinds = ("all", "nothing")
            counts = ", ".join(f"{kind} {self.found[what, kind]}" for kind in kinds)
            yield f"  {what:<12} {counts} (takes {seconds:.2f} s)"
        yield f"  acknowledged before the kill, and there: {self.acknowledged}"


def kill_corrections(
    site: Site, *, rounds: int, articles: int, chance: random.Random, say: Say
) -> Outcomes:
    """Strike the process or the database in the middle of corrections, merges and undos."""
    began = time.monotonic()
    run = _Run(site, chance, Outcomes(rounds, articles), say)
    run.prepare()
    for number in range(1, rounds + 1):
        run.strike(number)
    run.finish()
    run.outcomes.seconds = time.monotonic() - began
    return run.outcomes


@dataclass(slots=True)
class _Done:
    """An act that stands: its operation, and what people saw before it."""

    operation: int
    before: str


@dataclass(slots=True)
class _Run:
    site: Site
    chance: random.Random
    outcomes: Outcomes
    say: Say
    ids: list[int] = field(default_factory=list)
    stack: list[_Done] = field(default_factory=list)
    wishes: int = 0

    def prepare(self) -> None:
        """Store the articles, and see how long each kind of act takes in peace."""
        for number in range(SOURCES):
            share = self.outcomes.articles // SOURCES
            data = lines(number * share, share, source=f"Paper {number}", note="")
            path = self.site.data_dir / f"paper-{number}.jsonl"
            path.write_bytes(data)
        command = self.site.start(
            "manage.py", "ingest", *map(str, sorted(self.site.data_dir.glob("paper-*.jsonl")))
        )
        assert command.wait(120) == 0
        self.ids = [pk for (pk,) in self.site.rows("SELECT id FROM articles_article ORDER BY id")]
        with Doer.on(self.site) as doer:
            for kind, make in KINDS.items():
                wish = make(self)
                self.outcomes.usual[kind] = self._timed(doer, wish)
                newest = self.site.number(NEWEST)
                undo = Wish("undo", {"operation": newest})
                usual = max(self.outcomes.usual.get("undo", 0), self._timed(doer, undo))
                self.outcomes.usual["undo"] = usual

    @staticmethod
    def _timed(doer: Doer, wish: Wish) -> float:
        began = time.monotonic()
        doer.ask(wish.what, **wish.values)
        return time.monotonic() - began

    def strike(self, number: int) -> None:
        """Begin an act, kill what does it or what keeps it, and look what is there."""
        kind = self.chance.choice([*KINDS, "undo", "undo"] if self.stack else [*KINDS])
        wish = KINDS[kind](self) if kind in KINDS else self._undo()
        victim = self.chance.choice((PROCESS, DATABASE))
        before = _state(self.site)
        name = f"doer-{number}"
        doer = Doer.on(self.site, name)
        doer.begin(wish.what, **wish.values)
        time.sleep(self.chance.uniform(0, SPREAD * self.outcomes.usual[kind]))
        moment = _moment(self.site, name)
        if victim == DATABASE:
            self.site.kill_database()
            said = doer.answer()
            doer.close()
        else:
            said = doer.kill()
        until(
            lambda: self.site.call("articles/?limit=1").status == 200,
            "a call",
            seconds=60,
            every=CALM_SECONDS,
        )
        self._settle(name)
        found = self._check(kind, wish, before, said)
        self.outcomes.moments[moment] += 1
        self.outcomes.found[kind, found] += 1
        self.outcomes.acknowledged += said is not None
        self.say(f"  kill {number} of the {victim}: {kind}, {moment}: {found} is there")

    def _settle(self, name: str) -> None:
        """Wait until the database is done with a connection whose process was killed."""
        left = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
        until(lambda: self.site.number(left, name) == 0, "the end of a connection")

    def _check(self, kind: str, wish: Wish, before: State, said: int | None) -> str:
        """Check that an act is there as a whole or not at all; return which."""
        after = _state(self.site)
        if after.newest == before.newest:
            assert said is None, "what was acknowledged is gone"
            assert after == before, f"something of a {kind} is left, without its operation"
            return "nothing"
        assert said in {None, after.newest}
        self._check_whole(wish, after.newest)
        if kind == "undo":
            assert after.seen == self.stack.pop().before, "an undo that did not bring back all"
        else:
            self.stack.append(_Done(after.newest, before.seen))
        return "all"

    def _check_whole(self, wish: Wish, operation: int) -> None:
        """Check that an operation has all its rows, with their history and effective values."""
        if wish.rows is not None:
            events = (
                "SELECT count(DISTINCT pgh_obj_id) FROM articles_correctionevent WHERE "
                "pgh_context_id = (SELECT context FROM articles_operation WHERE id = %s)"
            )
            assert self.site.number(events, operation) == wish.rows
        with Doer.on(self.site) as doer:
            assert doer.ask("derive", first=len(self.ids) * 2) == 0, "values that do not follow"

    def finish(self) -> None:
        """Take back all that stands, in order, and come out where it began."""
        with Doer.on(self.site) as doer:
            while self.stack:
                done = self.stack.pop()
                doer.ask("undo", operation=done.operation)
                assert _state(self.site).seen == done.before

    def _undo(self) -> Wish:
        return Wish("undo", {"operation": self.stack[-1].operation})

    def another(self) -> int:
        """Return a number that no wish had before: nobody corrects to what is there."""
        self.wishes += 1
        return self.wishes

    def some(self, count: int) -> list[int]:
        """Return articles that stand."""
        standing = "SELECT id FROM articles_article WHERE standing AND id = ANY(%s)"
        ids = [pk for (pk,) in self.site.rows(standing, self.ids)]
        return self.chance.sample(sorted(ids), count)


def _correct(run: _Run) -> Wish:
    changes = {"section": f"Section {run.another()}", "byline": f"By Number {run.another()}"}
    return Wish("correct", {"articles": run.ids, "changes": changes}, 2 * len(run.ids))


def _credit(run: _Run) -> Wish:
    number = run.another()
    changes = {
        "source": f"Another Paper {number}",
        "credits": [{"kind": "person", "name": f"Jane Doe {number}"}],
    }
    ids = run.some(len(run.ids) // 4)
    return Wish("correct", {"articles": ids, "changes": changes}, 2 * len(ids))


def _merge(run: _Run) -> Wish:
    standing = (
        "SELECT id FROM articles_source WHERE merged_into_id IS NULL AND id <= %s ORDER BY id"
    )
    ids = [pk for (pk,) in run.site.rows(standing, SOURCES)]
    first, other = run.chance.sample(ids, 2)
    return Wish("merge", {"source": other, "into": first})


def _join(run: _Run) -> Wish:
    first, *others = run.some(4)
    return Wish("join", {"article": first, "others": others})


def _split(run: _Run) -> Wish:
    return Wish("split", {"article": run.some(1)[0]})


KINDS: dict[str, Callable[[_Run], Wish]] = {
    "correct": _correct,
    "credit": _credit,
    "merge": _merge,
    "join": _join,
    "split": _split,
}


def _state(site: Site) -> State:
    with site.connect() as connection:
        seen = connection.execute(SEEN.encode(), {"sources": SOURCES}).fetchone()
        numbers = connection.execute(ALL.encode()).fetchone()
        newest = connection.execute(NEWEST.encode()).fetchone()
    assert seen is not None
    assert numbers is not None
    assert newest is not None
    return State(str(seen[0]), tuple(numbers[0]), int(newest[0]))


def _moment(site: Site, name: str) -> str:
    """Return what the database does for a process."""
    query = (
        "SELECT query, xact_start IS NOT NULL FROM pg_stat_activity "
        "WHERE application_name = %s ORDER BY backend_start DESC LIMIT 1"
    )
    try:
        found = site.rows(query, name)
    except psycopg.OperationalError:
        return "away"
    if not found:
        return "not begun"
    words, within = str(found[0][0]), bool(found[0][1])
    if "COMMIT" in words:
        return "committing"
    if not within:
        return "outside"
    for part, meaning in MEANINGS.items():
        if part in words:
            return meaning
    return "looking up"


# What a statement does, by a part of it.
MEANINGS = {
    'INSERT INTO "articles_correction"': "writing corrections",
    "updated": "writing values",
    "articles_credit": "writing credits",
    "pgh_context_id": "taking back",
    "articles_textcorrection": "writing texts",
}
