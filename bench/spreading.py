"""How fast names are found and spread: the known-name recogniser, a preview, a job, its undo.

    .venv/bin/python bench/spreading.py names [--names 100000]
    NEWSROOM_DATA_DIR=DIR .venv/bin/python bench/spreading.py spread --word said [--mentions 50000]

``names`` needs no database: made-up names, of which some stand in made-up articles of 400 words, a
name in twenty words. Two names in a hundred are of one word.

``spread`` works on the articles of DIR, filled by ``bench/news_generator.py`` and indexed; what it
tags it takes back. ``--word`` is a word that the articles have: as printed, it is tagged as an
entity of that name, and spread over all of them. A job is done by this process, as by the worker.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
ARTICLES, WORDS = 2_000, 400
SYLLABLES = "ba be bi bo da de do fa ga go ha ka ko la le li lo ma mi mo na ne no ra ri ro sa so ta"


@contextmanager
def timed(what: str) -> Iterator[list[str]]:
    """Print how long something took; what is put in the list stands beside it."""
    facts: list[str] = []
    began = time.perf_counter()
    yield facts
    print(f"{what:28} {time.perf_counter() - began:8.2f} s  {' '.join(facts)}", flush=True)


def word(rng: random.Random) -> str:
    """Return a word that no language has."""
    return "".join(rng.choices(SYLLABLES.split(), k=rng.randint(2, 4)))


def measure_names(count: int) -> None:
    """Measure the recogniser of known names, on one core."""
    from articles.annotate.recognisers.known_names import Known, KnownNames  # noqa: PLC0415 -- set up first

    rng = random.Random(1)  # noqa: S311 -- the same names each time
    firsts = [word(rng).title() for _ in range(2_000)]
    lasts = [word(rng).title() for _ in range(20_000)]
    names: set[str] = set(lasts[: count // 50])
    while len(names) < count:
        names.add(f"{rng.choice(firsts)} {rng.choice(lasts)}")
    listed = sorted(names)
    plain = [word(rng) for _ in range(20_000)]
    texts = []
    for _ in range(ARTICLES):
        some = rng.choices(plain, k=WORDS)
        for at in range(0, WORDS, 20):
            some[at] = rng.choice(listed)
        texts.append(" ".join(some))
    with timed(f"{count:,} names made ready"):
        known = KnownNames([Known(n, "person", name, name) for n, name in enumerate(listed)])
    for language in ("en", "ru"):
        list(known.find(texts[0], [["paragraph", 0, len(texts[0])]], language))
        began, found = time.process_time(), 0
        for text in texts:
            found += len(list(known.find(text, [["paragraph", 0, len(text)]], language)))
        seconds = time.process_time() - began
        print(
            f"{language}: {len(texts) / seconds:,.0f} articles/s a core, of {WORDS} words; "
            f"{found / len(texts):.1f} names an article"
        )


def measure_spread(chosen: str, most: int) -> None:
    """Measure a preview, a job and its undo."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- set up first

    from articles.annotate.spreading import same_mentions, spreads  # noqa: PLC0415
    from articles.annotate.spreading.same_spreads import spread_over_corpus  # noqa: PLC0415
    from articles.annotate.tags import tagging  # noqa: PLC0415
    from articles.history.undo import undo  # noqa: PLC0415
    from articles.models import Article, Door, Mention, Spread  # noqa: PLC0415
    from articles.search.language.words import words_in  # noqa: PLC0415

    by, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
    article = next(
        each
        for each in Article.objects.select_related("version", "corpus").order_by("-pk")[:5_000]
        if each.version and any(match[0] == chosen for match in words_in(each.version.text))
    )
    assert article.version is not None
    place = next(m for m in words_in(article.version.text) if m[0] == chosen)
    wanted = tagging.Wanted(
        start=place.start(), end=place.end(), quote=chosen, kind="person", entity_name=chosen
    )
    mention = tagging.tag(article, wanted, by=by, door=Door.COMMAND).mention
    mention = Mention.objects.select_related("article__corpus", "article__version").get(
        pk=mention.pk
    )
    print(f"{Article.objects.count():,} articles")
    for _ in range(3):
        with timed("preview") as facts:
            seen = same_mentions.preview(mention, by=by)
            facts.append(f"{seen.total:,} in {seen.articles:,} articles, exact: {seen.is_exact}")
    spread = spread_over_corpus(mention, by=by, door=Door.COMMAND)

    class EnoughError(Exception):
        pass

    def enough() -> None:
        if Spread.objects.get(pk=spread.pk).made >= most:
            raise EnoughError

    with timed("job") as facts:
        began = time.perf_counter()
        with suppress(EnoughError):
            spreads.run(spread.pk, watch=enough)
        spread.refresh_from_db()
        rate = spread.made / (time.perf_counter() - began)
        facts.append(f"{spread.made:,} mentions in {spread.done:,} articles, {rate:,.0f}/s")
    assert spread.operation is not None
    with timed("undo"):
        undo(spread.operation, by=by, door=Door.COMMAND)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["names", "spread"])
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--word", default="said")
    parser.add_argument("--mentions", type=int, default=50_000)
    given = parser.parse_args()
    print(machine.state(), flush=True)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django  # noqa: PLC0415 -- the path is set first

    django.setup()
    if given.what == "names":
        measure_names(given.names)
    else:
        measure_spread(given.word, given.mentions)


if __name__ == "__main__":
    main()
