"""Related coverage while who relates, or the database, is killed; and what must hold then."""

import json
import random
import time
from collections import Counter

from tests.faults.index_runs import replace_file
from tests.faults.processes import until
from tests.faults.site import Site
from tests.faults.striking import Figures, Say, strike_again_and_again
from tests.related.prose import prose, story

# What relates, and what is done to it.
DEEDS = ("relate", "relate", "worker", "rebuild", "database", "damage")
QUIET_SECONDS = 240
# Of how many texts each story has: whole, cut, a quotation; and one that is none of it.
OF_STORY = 4
RELATES = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 20053 "
    "AND objid = 0 AND granted"
)
_WAIT = "SELECT count(*) FROM articles_change WHERE consumer = 'related'"
_LINKS = """
    SELECT one.external_id, other.external_id, link.kind
    FROM articles_link AS link
    JOIN articles_article AS one ON one.id = link.first_id
    JOIN articles_article AS other ON other.id = link.second_id
    WHERE link.status = 'suggested'
        AND link.kind IN ('same_text', 'edited_version', 'excerpt', 'quoted_passage')
"""


def kill_relating(
    site: Site, *, rounds: int, stories: int, chance: random.Random, say: Say
) -> Figures:
    """Kill who relates again and again; check that in the end all is found, and nothing else."""
    given = site.data_dir / "stories.jsonl"
    given.write_bytes(_lines(stories))
    assert site.start("manage.py", "ingest", str(given)).wait(QUIET_SECONDS) == 0

    def strike(deed: str, number: int) -> int:
        return _strike(site, deed, stories, chance, number)

    figures = strike_again_and_again(rounds, DEEDS, strike, chance=chance, say=say)
    _check(site, stories)
    return figures


def _lines(stories: int) -> bytes:
    def line(number: int, which: int, paragraphs: tuple[str, ...]) -> bytes:
        record = {
            "external_id": f"{number}-{which}",
            "headline": f"Story {number}, {which}",
            "body": "\n\n".join(paragraphs),
            "published": "1932-03-19",
            "source": f"Paper {which}",
        }
        return json.dumps(record).encode() + b"\n"

    made = []
    for number in range(stories):
        wire = story(number)
        texts = (wire, wire[:3], (*story(f"{number}-own", 8), wire[4]), (prose(f"{number}-no"),))
        made += [line(number, which, text) for which, text in enumerate(texts)]
    return b"".join(made)


def _found(stories: int) -> set[tuple[str, str, str]]:
    kinds = {1: "edited_version", 2: "quoted_passage"}
    return {
        (f"{number}-0", f"{number}-{which}", kind)
        for number in range(stories)
        for which, kind in kinds.items()
    }


def _strike(site: Site, deed: str, stories: int, chance: random.Random, number: int) -> int:
    """Let someone relate all anew, and strike; return how many changes waited then."""
    if deed == "worker":
        with site.connect() as connection:
            connection.execute(
                "INSERT INTO articles_change (article_id, consumer)"
                " SELECT id, 'related' FROM articles_article"
            )
        process = site.start_worker(f"relating-{number}")
    else:
        process = site.start("manage.py", "relate", "--rebuild" if deed == "rebuild" else "--all")
    until(lambda: process.poll() is not None or site.number(RELATES), "who relates", seconds=60)
    time.sleep(chance.uniform(0, stories / 50))
    waiting = site.number(_WAIT)
    if deed == "database":
        site.kill_database()
        until(lambda: site.call("health/", api=False).status == 200, "a page")
    process.kill()
    process.wait()
    if deed == "damage":
        for file in sorted((site.data_dir / "related").glob("build-*/*.*"))[:2]:
            replace_file(file, lambda content: content[: len(content) // 2])
    return waiting


def _check(site: Site, stories: int) -> None:
    """Let all come to rest, and compare what is found with what was planted."""
    relating = site.start("manage.py", "relate", "--all")
    assert relating.wait(QUIET_SECONDS) == 0, site.said_by(relating)
    found = Counter(site.rows(_LINKS))
    assert found == Counter(_found(stories))
    assert site.number(_WAIT) == 0
    assert site.number("SELECT count(*) FROM articles_coverage") == OF_STORY * stories
