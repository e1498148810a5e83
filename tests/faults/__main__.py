"""``make fault``: kills the worker, Postgres and what people do, at random moments, and looks.

Works in a folder of its own that is removed afterwards, and touches nothing else. By environment:

- ``NEWSROOM_FAULT_RUNS``: which runs, of ``worker``, ``database``, ``corrections``, ``tagging``,
  ``index``, ``relating`` (all)
- ``NEWSROOM_FAULT_ROUNDS``: how often each kills; else 100 workers, and 50 of each other
- ``NEWSROOM_FAULT_ITEMS``: items of an import (5,000)
- ``NEWSROOM_FAULT_ARTICLES``: articles that are corrected at once, or indexed (4,000)
- ``NEWSROOM_FAULT_SEED``: the seed of an earlier run, to have its choices again
- ``NEWSROOM_FAULT_DIR``: where to work; the folder is kept then
"""

import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults import relating_runs
from tests.faults.correction_runs import kill_corrections
from tests.faults.import_runs import kill_databases, kill_workers
from tests.faults.index_runs import kill_indexers
from tests.faults.relating_runs import kill_relating
from tests.faults.site import Site
from tests.faults.tagging_runs import kill_tagging

ROUNDS = {
    "worker": 100,
    "database": 50,
    "corrections": 50,
    "tagging": 50,
    "index": 50,
    "relating": 50,
}

type Run = Callable[[Site, int, random.Random], Iterator[str]]


def say(line: str) -> None:
    """Print a line at once, with the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)  # noqa: T201 -- a script prints


def number(name: str, default: int) -> int:
    """Return a setting that must be a whole number over zero; end with a sentence otherwise."""
    given = os.environ.get(f"NEWSROOM_FAULT_{name}") or str(default)
    if not given.isdecimal() or not int(given):
        sys.exit(f"NEWSROOM_FAULT_{name} must be a whole number over zero, not “{given}”.")
    return int(given)


def worker(site: Site, rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill the worker."""
    items = number("ITEMS", 5_000)
    return kill_workers(site, rounds=rounds, items=items, chance=chance, say=say).lines()


def database(site: Site, rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill Postgres."""
    items = number("ITEMS", 5_000)
    return kill_databases(site, rounds=rounds, items=items, chance=chance, say=say).lines()


def corrections(site: Site, rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill in the middle of corrections."""
    articles = number("ARTICLES", 4_000)
    found = kill_corrections(site, rounds=rounds, articles=articles, chance=chance, say=say)
    return found.lines()


def tagging(site: Site, rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill Postgres while people tag."""
    return kill_tagging(site, rounds=rounds, chance=chance, say=say).lines()


def index(site: Site, rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill who indexes, and damage the index."""
    articles = number("ARTICLES", 4_000)
    return kill_indexers(site, rounds=rounds, articles=articles, chance=chance, say=say).lines()


def relating(site: Site, rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill who relates articles, and damage what they rest on."""
    stories = number("ARTICLES", 4_000) // relating_runs.OF_STORY
    found = kill_relating(site, rounds=rounds, stories=stories, chance=chance, say=say)
    return found.lines()


RUNS: dict[str, tuple[str, Run]] = {
    "worker": ("kill -9 of the worker during imports", worker),
    "database": ("kill -9 of Postgres during imports", database),
    "corrections": ("kill -9 during corrections, merges, splits, joins and undos", corrections),
    "tagging": ("kill -9 of Postgres while people tag", tagging),
    "index": ("kill -9 while the search index is kept or rebuilt, and damage to it", index),
    "relating": ("kill -9 while articles are related, and damage to their prints", relating),
}


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """Yield an empty folder: one that is asked for is kept, another removed."""
    if given := os.environ.get("NEWSROOM_FAULT_DIR"):
        kept = Path(given).resolve() / name
        if kept.exists():
            sys.exit(f"{kept} is there already. Remove it, or name another NEWSROOM_FAULT_DIR.")
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-fault-") as made:
        # Postgres may run as a user of its own, who must get there.
        Path(made).chmod(0o755)
        yield Path(made) / name


def main() -> int:
    """Do the runs that are asked for; return 1 if one of them found a fault."""
    # Told to end, it still ends what it started.
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    chosen = os.environ.get("NEWSROOM_FAULT_RUNS", " ".join(RUNS)).replace(",", " ").split()
    if unknown := set(chosen) - RUNS.keys():
        sys.exit(f"NEWSROOM_FAULT_RUNS knows {', '.join(RUNS)}, not {', '.join(unknown)}.")
    seed = number("SEED", random.SystemRandom().randrange(1, 10**9))
    say(f"Seed {seed}: NEWSROOM_FAULT_SEED={seed} makes the same choices again.")
    faults = [name for name in chosen if not held(name, seed)]
    say(f"Found faults: {', '.join(faults)}." if faults else "Nothing lost, nothing doubled.")
    return bool(faults)


def held(name: str, seed: int) -> bool:
    """Do one run and tell its figures; False if something did not hold."""
    title, run = RUNS[name]
    rounds = number("ROUNDS", ROUNDS[name])
    say(f"{rounds} × {title}")
    with folder(name) as data_dir:
        site = Site.made(data_dir)
        try:
            for line in run(site, rounds, random.Random(seed)):  # noqa: S311 -- no secret
                say(line)
        except Exception:  # noqa: BLE001 -- whatever it is, it is what this looks for
            say(f"  FAULT, seed {seed}")
            traceback.print_exc()
            for log in sorted(data_dir.glob("*.log"), key=lambda path: path.stat().st_mtime)[-3:]:
                say(f"  {log.name} ends: {log.read_text(errors='replace')[-2_000:]}")
            return False
        finally:
            site.close()
    return True


if __name__ == "__main__":
    sys.exit(main())
