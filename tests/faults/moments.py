"""Random moments of an import: where it is, when to strike, and how that spread."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg

from tests.faults.site import Site

# As in articles.ingest.running and .parsing, which want Django's settings; a test compares them.
RUNNING_LOCK = 0x4E53
BATCH_ITEMS = 1_000
PHASES = ("starting", "reading", "storing", "reporting", "finishing", "over")
# Half of the moments are random in time alone; the others aim at a phase, however short it is.
AIMS = ("any time",) * 4 + ("reading", "storing", "reporting", "finishing")
FIFTHS = 5
WATCH_SECONDS = 60
LOOK = """
    SELECT input.items_done, input.done, run.status, worker.xact_start IS NOT NULL, worker.query
    FROM articles_import AS run
    JOIN articles_importinput AS input ON input.run_id = run.id
    LEFT JOIN pg_locks AS held
        ON held.locktype = 'advisory' AND held.classid = %s AND held.objid = run.id
    LEFT JOIN pg_stat_activity AS worker
        ON worker.pid = held.pid AND worker.application_name = %s
    WHERE run.id = %s
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Where an import is: its phase, and how many items its checkpoint counts."""

    phase: str
    items_done: int


@dataclass(slots=True)
class Tally:
    """Where imports were when they were struck."""

    items: int
    phases: Counter[str] = field(default_factory=Counter)
    progress: Counter[int] = field(default_factory=Counter)

    def note(self, look: Look) -> None:
        """Count a moment."""
        self.phases[look.phase] += 1
        if look.phase != "over":
            self.progress[min(FIFTHS - 1, look.items_done * FIFTHS // self.items)] += 1

    def lines(self) -> Iterator[str]:
        """Yield the distribution for people."""
        yield "  by phase     " + ", ".join(f"{name} {self.phases[name]}" for name in PHASES)
        shares = (f"{20 * n}–{20 * n + 20} %: {self.progress[n]}" for n in range(FIFTHS))
        yield "  by progress  " + ", ".join(shares)


def _look(connection: psycopg.Connection[tuple[object, ...]], import_id: int, worker: str) -> Look:
    found = connection.execute(LOOK.encode(), [RUNNING_LOCK, worker, import_id]).fetchone()
    assert found is not None
    done, is_done, status, within, query = found
    assert isinstance(done, int)
    return Look(_phase(str(status), is_read=bool(is_done), within=bool(within), query=query), done)


def _phase(status: str, *, is_read: bool, within: bool, query: object) -> str:
    if status == "finished":
        return "over"
    if query is None:
        return "starting"
    if is_read:
        return "finishing"
    if not within:
        return "reading"
    words = str(query)
    reports = ("articles_importitem", 'UPDATE "articles_import', "COMMIT")
    return "reporting" if any(part in words for part in reports) else "storing"


@dataclass(slots=True)
class Striker:
    """Chooses moments at random; ``usual_seconds`` is how long an undisturbed import takes."""

    chance: random.Random
    items: int
    usual_seconds: float

    def wait(self, site: Site, import_id: int, worker: str) -> Look:
        """Wait for the next moment and return where the import is then."""
        aim = self.chance.choice(AIMS)
        with site.connect() as connection:
            if aim == "any time":
                time.sleep(self.chance.uniform(0, self.usual_seconds))
                return _look(connection, import_id, worker)
            # The finish comes after the last batch, each other phase in every batch.
            batches = max(1, self.items // BATCH_ITEMS)
            begun = (
                self.items if aim == "finishing" else self.chance.randrange(batches) * BATCH_ITEMS
            )
            look = self._await(
                lambda: _look(connection, import_id, worker),
                lambda look: look.items_done >= begun and look.phase == aim,
            )
            time.sleep(self.chance.choice((0.0, 0.002, 0.02)))
            return look

    @staticmethod
    def _await(look: Callable[[], Look], is_it: Callable[[Look], bool]) -> Look:
        """Look again and again; what is over does not come again."""
        deadline = time.monotonic() + WATCH_SECONDS
        found = look()
        while not is_it(found) and found.phase != "over":
            assert time.monotonic() < deadline, f"The import stands still: {found}"
            found = look()
        return found
