"""The search index while its indexer, or the database, is killed; and what must hold then."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.processes import until
from tests.faults.site import Doer, Site
from tests.faults.striking import Figures, Say, strike_again_and_again

# What is done to the site while it indexes; half of it kills the worker.
DEEDS = ("worker", "worker", "worker", "rebuild", "database", "damage")
QUIET_SECONDS = 120
WRITES = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 20052 "
    "AND objid = 0 AND granted"
)
_WAIT = "SELECT count(*) FROM articles_change"


def kill_indexers(
    site: Site, *, rounds: int, articles: int, chance: random.Random, say: Say
) -> Figures:
    """Kill who indexes again and again; check that the index then holds what there is."""
    with Doer.on(site) as doer:
        doer.ask("stock", articles=articles)

    def strike(deed: str, number: int) -> int:
        waiting = _strike(site, deed, articles, chance, number)
        if number % 5 == 0:
            _check(site, f"checked-{number}")
        return waiting

    figures = strike_again_and_again(rounds, DEEDS, strike, chance=chance, say=say)
    _check(site, "last")
    return figures


def _strike(site: Site, deed: str, articles: int, chance: random.Random, number: int) -> int:
    """Change articles, let someone index them, and strike; return how many changes waited."""
    with Doer.on(site) as doer:
        doer.ask("touch", articles=chance.randint(1, articles), mark=2 * number)
        is_rebuild = deed == "rebuild"
        process = (
            site.start("manage.py", "reindex")
            if is_rebuild
            else site.start_worker(f"indexer-{number}")
        )
        until(lambda: process.poll() is not None or site.number(WRITES), "an indexer", seconds=60)
        # Some changes waited for it, others come while it works.
        doer.begin("touch", articles=chance.randint(1, articles), mark=2 * number + 1)
        time.sleep(chance.uniform(0, articles / 600))
        waiting = site.number(_WAIT)
        if deed == "database":
            site.kill_database()
            until(lambda: site.call("health/", api=False).status == 200, "a page")
        process.kill()
        process.wait()
        if deed != "database":
            doer.answer()
    if deed == "damage":
        _damage(site, chance)
    return waiting


def _damage(site: Site, chance: random.Random) -> None:
    """Do to the index what a bad disk, or a person, may do."""
    builds = sorted((site.data_dir / "index").glob("build-*"))
    if not builds:
        return
    build = chance.choice(builds)
    files = sorted(build.glob("*.*"))
    what = chance.choice(("folder", "file", "cut", "meta"))
    if what == "folder" or not files:
        shutil.rmtree(build)
    elif what == "file":
        chance.choice(files).unlink()
    elif what == "cut":
        replace_file(chance.choice(files), lambda content: content[: len(content) // 2])
    else:
        replace_file(build / "meta.json", lambda _: b"{")


def replace_file(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file by another in its place: the web process has it in memory."""
    beside = file.with_name("beside")
    beside.write_bytes(change(file.read_bytes()) if file.exists() else b"")
    beside.replace(file)


def _check(site: Site, name: str) -> None:
    """Let a worker come to rest, and compare the index with the articles, one by one.

    What is broken it builds anew; what was lost nothing brings back.
    """
    worker = site.start_worker(name)
    until(lambda: site.number(WRITES), "a worker that writes")
    with Doer.on(site) as doer:
        found = ["nothing yet"]

        def is_whole() -> bool:
            found[:] = doer.ask("compare")
            return not found and site.number(_WAIT) == 0 and _is_well(site)

        try:
            until(is_whole, "an index", seconds=QUIET_SECONDS, every=0.2)
        except AssertionError as fault:
            raise AssertionError(f"The index differs: {found[:5]}") from fault
    worker.terminate()
    assert worker.wait(30) == 0


def _is_well(site: Site) -> bool:
    return bool(site.call("health/", api=False).body["search"] == "ok")
