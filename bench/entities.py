"""How long the type-ahead of names takes at 100,000 names, by letters typed.

Usage: python bench/entities.py [--names 100000] [--mentions 200000] [--requests 200]
[--data-dir DIR]

Fills a fresh database of the embedded PostgreSQL with invented people, organisations and places,
each with an alias, and tags articles with them, few very often. Then offers entities for the first
one to six letters of a word of a random name, as someone who tagged some of them; prints the
median and the 95th percentile of the domain call, and beside it what most applications do for it:
``name ILIKE '%…%'`` in one statement, ordered by a count of mentions, without any index of its own.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "ga",
    "ge",
    "go",
    "ha",
    "he",
    "jo",
    "ka",
    "ke",
    "ki",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "wa",
    "we",
    "za",
    "ze",
    "chen",
    "sky",
    "burg",
    "ton",
    "ford",
    "mann",
]
LETTERS = (1, 2, 3, 4, 6)

FILL = """
SET session_replication_role = replica;
INSERT INTO articles_corpus (id, slug, name, description, access, created_at)
VALUES (1, 'default', 'Default', '', 'open', now());
INSERT INTO articles_article (id, corpus_id, headline, snippet, word_count, flags, sort_at,
    created_at, language)
SELECT n, 1, 'Number ' || n, '', 0, '{}', now(), now(), 'en' FROM generate_series(1, 1000) n;
INSERT INTO articles_mention (key, corpus_id, article_id, kind, entity_id, by_id, attributes,
    comment, origin, maker, status, created_at)
SELECT gen_random_uuid(), 1, 1 + n % 1000, 'person', 1 + (random() ^ 4 * (%(names)s - 1))::int,
    CASE WHEN n % 50 = 0 THEN 1 ELSE NULL END, '{}', '', 'person', '', 'accepted', now()
FROM generate_series(1, %(mentions)s) n;
SET session_replication_role = DEFAULT;
"""
PEER = """
SELECT entity.id, entity.name, (SELECT count(*) FROM articles_mention AS mention
    WHERE mention.entity_id = entity.id) AS tagged
FROM articles_entity AS entity
WHERE entity.corpus_id = 1 AND entity.name ILIKE %s ORDER BY tagged DESC, entity.name LIMIT 8
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--mentions", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    sys.path.insert(0, str(ROOT))
    try:
        measure(options)
    finally:
        if options.data_dir is None:
            subprocess.run([sys.executable, "manage.py", "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


def measure(options: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django  # noqa: PLC0415 -- the settings read the folder chosen above

    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 -- needs the settings
    from django.core.management import call_command  # noqa: PLC0415 -- needs the settings
    from django.db import connection  # noqa: PLC0415 -- needs the settings

    from articles.annotate.entities.offering import suggest  # noqa: PLC0415 -- needs the settings
    from articles.models import Corpus  # noqa: PLC0415 -- needs the settings

    call_command("migrate", verbosity=0)
    user = User.objects.create_user("bench")
    words = fill(options)
    corpus = Corpus.objects.get()
    print(f"{options.names:,} names and as many aliases, {options.mentions:,} mentions; ms")
    print(f"{'letters':>8} {'here p50':>9} {'p95':>7} {'ILIKE p50':>10} {'p95':>7}")

    def peer(typed: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PEER, [f"%{typed}%"])
            cursor.fetchall()

    suggest(corpus, "warm", user=user)
    for letters in LETTERS:
        typed = [
            word[:letters]
            for word in random.Random(letters).choices(words, k=options.requests)  # noqa: S311 -- repeatable, not secret
        ]
        here = timed(lambda text: suggest(corpus, text, user=user), typed)
        there = timed(peer, typed[: max(options.requests // 10, 10)])
        print(f"{letters:>8} {here[0]:>9.1f} {here[1]:>7.1f} {there[0]:>10.1f} {there[1]:>7.1f}")


def timed(act: Callable[[str], object], typed: list[str]) -> tuple[float, float]:
    took = []
    for text in typed:
        begun = time.perf_counter()
        act(text)
        took.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def fill(options: argparse.Namespace) -> list[str]:
    """Fill the database; return words of names."""
    from django.db import connection  # noqa: PLC0415 -- needs the settings

    from articles.models import Entity, EntityName  # noqa: PLC0415 -- needs the settings
    from articles.models.folding import fold  # noqa: PLC0415 -- needs the settings

    seed = random.Random(5)  # noqa: S311 -- repeatable, not secret

    def word() -> str:
        return "".join(seed.choices(SYLLABLES, k=seed.randint(2, 4))).title()

    first, last = [word() for _ in range(2_000)], [word() for _ in range(30_000)]
    names = [f"{seed.choice(first)} {seed.choice(last)}" for _ in range(options.names)]
    with connection.cursor() as cursor:
        cursor.execute(FILL.replace("%(names)s", str(options.names)).replace(
            "%(mentions)s", str(options.mentions)))  # fmt: skip
    kinds = ("person", "organisation", "place")
    entities = Entity.objects.bulk_create(
        [
            Entity(corpus_id=1, kind=kinds[number % 3], name=name)
            for number, name in enumerate(names)
        ],
        batch_size=5_000,
    )
    rows = []
    for entity in entities:
        alias = entity.name.split()[-1]
        rows += [
            EntityName(corpus_id=1, entity=entity, name=each, folded=fold(each))
            for each in dict.fromkeys((entity.name, alias))
        ]
    EntityName.objects.bulk_create(rows, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return first + last


if __name__ == "__main__":
    main()
