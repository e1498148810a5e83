"""How fast articles are related: the store of prints, a whole corpus, and one that arrives.

    .venv/bin/python bench/news_generator.py --articles 100000 --data-dir DIR
    NEWSROOM_DATA_DIR=DIR .venv/bin/python bench/relating.py [--copies 0.05] [--batch 20000]
        [--planted 0.2] [--whole] [--arrivals 200] [--outlets 500] [--processes 2] [--keep-store]

DIR is a data folder of its own, migrated and filled by ``bench/news_generator.py``. Planted in it
are copies of some of its articles (``bench/wire_copy.py``), once: as many as ``--copies`` says of
all. Then the store is made anew (but with ``--keep-store``), and ``--batch`` articles taken at
random are related as by ``manage.py relate``, with ``--planted`` times as many of the copies; with
``--whole`` all links are forgotten then, and all articles related: that is another thing, for each
pair is met from both sides. Then ``--arrivals`` further copies arrive one by one: all relations of
each are found and written, then groups of editions and stories follow, and then it is committed to
the store. ``--outlets`` is how many run one story at last, and how many have one footer.
``--processes`` do part of what is related in batch; their processor time counts.
"""

import argparse
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django  # noqa: E402 -- the settings name the data folder

django.setup()

import wire_copy  # noqa: E402 -- beside this script
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import (  # noqa: E402
    Article,
    Boilerplate,
    Corpus,
    Coverage,
    Link,
    Source,
    Version,
)
from articles.models.links import OF_TEXT  # noqa: E402
from articles.related.finding import (  # noqa: E402
    following,
    settling,
    steps,
    stopping,
)
from articles.related.finding.keeper import Keeper  # noqa: E402
from articles.related.store.prints import ALONE, BUILDS  # noqa: E402
from articles.text import Block, BlockKind, body_word_count, compose, sha256  # noqa: E402

PLANTED = "Planted "
FIRST = date(2030, 1, 1)


def say(what: str, figure: str) -> None:
    """Print a figure at once."""
    print(f"{what:44} {figure}", flush=True)


def worked() -> float:
    """Return the processor time of this process, and of those it started that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


class Clock:
    """Seconds since it was made: those that passed, and those of our processor time."""

    def __init__(self) -> None:
        self._began, self._worked = time.perf_counter(), worked()

    def rate(self, count: int) -> str:
        """Return a rate for people, of so many."""
        passed, cores = time.perf_counter() - self._began, worked() - self._worked
        return (
            f"{count:,} in {passed:,.1f} s: {count / max(passed, 0.001):,.0f} a second; "
            f"{cores / max(count, 1) * 1e3:.2f} ms of a core each"
        )


def spread(seconds: Sequence[float]) -> str:
    """Return p50, p95 and the most, in milliseconds."""
    ordered = sorted(seconds)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"p50 {p50 * 1e3:.1f}  p95 {p95 * 1e3:.1f}  most {ordered[-1] * 1e3:.1f} ms"


def store(rows: Sequence[tuple[str, date | None, list[str]]]) -> list[int]:
    """Store articles as ingest would, each a source, a day and paragraphs; return their ids."""
    corpus = Corpus.objects.get(slug="default")
    named = {name for name, _, _ in rows}
    sources = {source.name: source for source in Source.objects.filter(corpus=corpus)}
    for name in named - sources.keys():
        sources[name] = Source.objects.create(corpus=corpus, name=name)
    now = timezone.now()
    articles, versions = [], []
    for name, day, paragraphs in rows:
        composed = compose([Block(BlockKind.PARAGRAPH, words) for words in paragraphs])
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else now
        articles.append(
            Article(
                corpus=corpus, source=sources[name], headline="", snippet="", published_date=day,
                published_precision="day" if day else None, sort_at=at, created_at=now,
                word_count=body_word_count(composed), language="en",
            )
        )  # fmt: skip
        versions.append((composed, articles[-1]))
    Article.objects.bulk_create(articles)
    made = Version.objects.bulk_create(
        Version(
            article=article, number=1, text=composed.text, sha256=sha256(composed.text),
            blocks=[[span.kind, span.start, span.end] for span in composed.spans],
            word_count=article.word_count, read={}, reader="bench", reader_version="1", locator="",
            first_seen=now, last_seen=now,
        )
        for composed, article in versions
    )  # fmt: skip
    for article, version in zip(articles, made, strict=True):
        article.version = version
    Article.objects.bulk_update(articles, ["version"], batch_size=500)
    return [article.pk for article in articles]


def known_stories(count: int, chance: random.Random) -> list[tuple[str, list[str]]]:
    """Return paragraphs of some articles that nobody planted."""
    found = Article.objects.filter(language="en", word_count__gte=200).exclude(
        source__name__startswith=PLANTED
    )
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    chosen = chance.sample(ids, min(count, len(ids)))
    rows = Article.objects.filter(pk__in=chosen).order_by("pk")
    return [
        ("", [text[start:end] for kind, start, end in blocks if kind == "paragraph"])
        for text, blocks in rows.values_list("version__text", "version__blocks")
    ]


def planted(count: int, seed: str, chance: random.Random) -> list[tuple[str, date, list[str]]]:
    """Return about so many copies of stories, in the order of their days."""
    maker = wire_copy.Wire(known_stories(max(count // 3, 60), chance), seed)
    edits = [edit for edit in wire_copy.Edit if edit not in {"original", "unrelated"}]
    made: list[wire_copy.Copy] = []
    while len(made) < count:
        told = chance.randrange(len(maker.stories))
        within = chance.randrange(len(maker.stories))
        copy = maker.copy(chance.choice(edits), told, chance.randrange(400), within=within)
        made.append(copy)
    return [
        (PLANTED + maker.outlets[copy.outlet], FIRST + timedelta(days=copy.day), copy.body)
        for copy in made
    ]


def measure_store(processes: int) -> None:
    """Make the store anew."""
    clock = Clock()
    with ALONE.writing(wait=True), Keeper(processes=processes) as keeper:
        count = keeper.rebuild()
    say("prints of all articles, stored", clock.rate(count))
    size = BUILDS.bytes_on_disk()
    say("room they take", f"{size / 1e6:,.0f} MB: {size / max(count, 1):,.0f} bytes an article")


def measure_batch(count: int, planted: float, processes: int) -> None:
    """Relate many articles, the copies among them."""
    ids = list(
        Article.objects.filter(source__name__startswith=PLANTED).values_list("pk", flat=True)
    )
    some = Article.objects.order_by("?").values_list("pk", flat=True)[:count]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_change WHERE consumer = 'related'")
    stopping.note({*ids[: int(count * planted)], *some})
    clock = Clock()
    done = following.catch_up(processes=processes)
    say("related in batch", clock.rate(done))
    kinds = Counter(Link.objects.order_by().values_list("kind", flat=True))
    say("links by then", ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common()))
    say("prints that are boilerplate", f"{Boilerplate.objects.filter(stops=True).count():,}")


def measure_whole(processes: int) -> None:
    """Forget all links, and relate all articles."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_link, articles_boilerplate, articles_change CASCADE")
        cursor.execute("UPDATE articles_coverage SET version_id = NULL, editions = NULL")
    stopping.note_unrelated()
    clock = Clock()
    done = following.catch_up(processes=processes)
    say("all related", clock.rate(done))
    say("links then", f"{Link.objects.count():,}")


def measure_arrivals(count: int) -> None:
    """Let copies arrive one by one, of other stories each time that this is run."""
    now = f"arrivals {time.time()}"
    rows = planted(count, now, random.Random(now))  # noqa: S311 -- not secret
    took, cores, found, gathered, after = (list[float]() for _ in range(5))
    linked = 0

    def settle(*given: Any) -> Any:
        # Between the two parts of one transaction; others that are related anew come after it.
        if len(found) == len(took):
            found.append(time.perf_counter() - began)
            cores.append(time.thread_time() - before)
        return settling.settle(*given)

    whole = patch.object(steps, "settle", settle)
    with ALONE.writing(wait=True), whole, Keeper() as keeper:
        began, before = time.perf_counter(), time.thread_time()
        while keeper.step():
            pass
        found.clear()
        cores.clear()
        for row in rows:
            (article,) = store([row])
            began, before = time.perf_counter(), time.thread_time()
            keeper.step()
            took.append(time.perf_counter() - began)
            gathered.append(took[-1] - found[-1])
            began = time.perf_counter()
            while keeper.step():
                pass
            after.append(time.perf_counter() - began)
            linked += Link.objects.of([article]).filter(kind__in=OF_TEXT).exists()
        keeper.drop()
    say("one that arrives: all relations, written", spread(found))
    say("processor time of that", spread(cores))
    say("groups and stories after that", spread(gathered))
    say("all of it, kept", spread(took))
    say("committed to the store after that", spread(after))
    say("of these, linked by text", f"{linked} of {count}")


def measure_many(outlets: int, chance: random.Random) -> None:
    """Let one story arrive in many outlets, and one footer in as many unrelated articles."""
    ((_, wire),) = known_stories(1, chance)
    began = time.perf_counter()
    ids = store([(f"{PLANTED}outlet {n}", FIRST, wire) for n in range(outlets)])
    following.catch_up()
    groups = Coverage.objects.filter(article__in=ids).values("editions").distinct().count()
    links = Link.objects.of(ids).filter(kind__in=OF_TEXT).count()
    say(
        f"one story in {outlets} outlets",
        f"{groups} group, {links:,} links, {time.perf_counter() - began:.1f} s",
    )
    footer = " ".join(chance.sample(" ".join(wire).split(), 60))
    known = known_stories(outlets, chance)
    began = time.perf_counter()
    days = [FIRST + timedelta(days=chance.randrange(400)) for _ in known]
    ids = store(
        [
            (f"{PLANTED}outlet {n}", day, [*map(_shuffled, story), footer])
            for n, (day, (_, story)) in enumerate(zip(days, known, strict=True))
        ]
    )
    following.catch_up()
    links = Link.objects.of(ids).filter(kind__in=OF_TEXT).count()
    took = time.perf_counter() - began
    say(f"one footer in {len(ids)} unrelated articles", f"{links} links, {took:.1f} s")


def _shuffled(paragraph: str) -> str:
    words = paragraph.split()
    random.shuffle(words)
    return " ".join(words)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=float, default=0.05)
    parser.add_argument("--batch", type=int, default=20_000)
    parser.add_argument("--planted", type=float, default=0.2)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--arrivals", type=int, default=200)
    parser.add_argument("--outlets", type=int, default=500)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep-store", action="store_true")
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 -- repeatable, not secret
    count = Article.objects.count()
    if not Article.objects.filter(source__name__startswith=PLANTED).exists():
        rows = planted(int(count * options.copies), "planted", chance)
        for start in range(0, len(rows), 2_000):
            store(rows[start : start + 2_000])
    say("articles", f"{Article.objects.count():,}")
    say("others at work (load)", f"{os.getloadavg()[0]:.1f}")
    if options.keep_store:
        say("store", "as it stands")
    else:
        measure_store(options.processes)
    if options.batch:
        measure_batch(options.batch, options.planted, options.processes)
    if options.whole:
        measure_whole(options.processes)
    if options.arrivals:
        measure_arrivals(options.arrivals)
    if options.outlets:
        measure_many(options.outlets, chance)


if __name__ == "__main__":
    main()
