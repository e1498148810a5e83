"""How well answers are ordered, by a small judged set over the sample corpus.

Usage: python bench/relevance.py [--data-dir DIR] [--choose] [--queries]

Thirty-six queries in tests/search/judged.json, each with the articles that should be among the
first, graded 3 (what was sought), 2 (much of it) or 1 (a little). Half of them serve to choose
weights, and half are kept aside to report. Prints nDCG at 10 and the share of the first five that
are of any use, for our order, for words of all parts alike, for what is without a preference for
the recent, and for Postgres' ts_rank_cd on the same queries. ``--choose`` tries other weights on
the half for choosing.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "tests" / "search" / "judged.json"
ALIKE = {"headline": 1.0, "standfirst": 1.0, "body": 1.0, "caption": 1.0}
SHOWN = 10
PEER = """
SELECT a.headline
FROM articles_article a JOIN articles_version v ON v.id = a.version_id,
    websearch_to_tsquery('english', %s) AS query,
    LATERAL (SELECT setweight(to_tsvector('english', a.headline), 'A')
        || to_tsvector('english', substr(v.text, length(a.headline) + 1)) AS words) AS of_it
WHERE a.standing AND words @@ query
ORDER BY ts_rank_cd(words, query) DESC, a.sort_at DESC LIMIT 10
"""

type Order = Callable[[str], Sequence[str]]


def ndcg(found: Sequence[int], ideal: Sequence[int]) -> float:
    """Return how near an order of grades comes to the best that there is, from 0 to 1."""

    def gain(grades: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades[:SHOWN]))

    return gain(found) / gain(sorted(ideal, reverse=True))


def grades_of(headlines: Sequence[str], grades: Mapping[str, int]) -> list[int]:
    """Return the grades of some articles, by how their headlines begin."""
    return [
        next((grade for begun, grade in grades.items() if headline.startswith(begun)), 0)
        for headline in headlines
    ]


def measured(order: Order, judged: Sequence[Mapping[str, Any]]) -> tuple[list[float], list[float]]:
    """Return nDCG at 10, and of how much use the first five are, query by query."""
    first, useful = [], []
    for each in judged:
        grades = each["grades"]
        found = grades_of(order(each["query"]), grades)
        first.append(ndcg(found, list(grades.values())))
        useful.append(sum(grade > 0 for grade in found[:5]) / min(5, len(grades)))
    return first, useful


def ours(weights: Mapping[str, float] | None = None, *, fresh: bool = True) -> Order:
    """Return our order, or one with other weights, or without regard to age."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after setup

    from articles.models import Article  # noqa: PLC0415 -- likewise
    from articles.search.asking import ask  # noqa: PLC0415 -- likewise
    from articles.search.engine import answers  # noqa: PLC0415 -- likewise
    from articles.search.engine.answers import Sort  # noqa: PLC0415 -- likewise

    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("bench")
    headlines = dict(Article.objects.values_list("pk", "headline"))

    def order(query: str) -> Sequence[str]:
        question = ask(query, user)
        if weights is not None:
            compiler = replace(question.compiler, parts=tuple(weights.items()))
            question = replace(question, compiler=compiler)
        if fresh:
            ids = question.page(sort=Sort.RELEVANCE, limit=SHOWN).ids
        else:
            searcher = question.reading.searcher
            rows = answers.ranked(searcher, question.query(), start=0, limit=SHOWN)
            ids = [id_ for _, id_, _ in rows]
        return [headlines[id_] for id_ in ids]

    return order


def postgres(query: str) -> Sequence[str]:
    """Return the order of Postgres."""
    from django.db import connection  # noqa: PLC0415 -- after setup

    with connection.cursor() as cursor:
        cursor.execute(PEER, [query.replace(" OR ", " or ")])
        return [row[0] for row in cursor.fetchall()]


def row(name: str, order: Order, judged: Sequence[Mapping[str, Any]]) -> None:
    """Print what an order comes to on each half."""
    figures = []
    for aside in (False, True):
        first, useful = measured(order, [each for each in judged if each["aside"] is aside])
        figures.append(f"{statistics.mean(first):10.3f} {statistics.mean(useful):6.3f}")
    print(f"{name:<36}{'   '.join(figures)}")


def report(judged: Sequence[Mapping[str, Any]], *, choose: bool, queries: bool) -> None:
    """Print all orders, and what was asked for besides."""
    print(f"{'':<36}{'to choose':>17}   {'kept aside':>17}")
    print(f"{'':<36}{'nDCG@10':>10} {'P@5':>6}   {'nDCG@10':>10} {'P@5':>6}")
    row("ours", ours(), judged)
    row("  without regard to age", ours(fresh=False), judged)
    row("  words of all parts alike", ours(ALIKE, fresh=False), judged)
    row("Postgres, ts_rank_cd, headline as A", postgres, judged)
    if choose:
        for headline in (1, 2, 3, 4, 6):
            for standfirst in (1, 1.5, 2, 3):
                weights = {**ALIKE, "headline": headline, "standfirst": standfirst}
                first, useful = measured(
                    ours(weights), [each for each in judged if not each["aside"]]
                )
                print(f"  headline {headline}, standfirst {standfirst}: "
                      f"{statistics.mean(first):.3f} {statistics.mean(useful):.3f}")  # fmt: skip
    if queries:
        for each in judged:
            values = [measured(order, [each])[0][0] for order in (ours(), postgres)]
            print(f"  {each['query']:<34} {values[0]:.2f}, Postgres {values[1]:.2f}")


def main() -> None:
    """Fill and index a database of the sample, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--choose", action="store_true", help="try other weights")
    parser.add_argument("--queries", action="store_true", help="print each query")
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ.update(
        NEWSROOM_DATA_DIR=str(folder.resolve()),
        NEWSROOM_DEMO="1",
        DJANGO_SETTINGS_MODULE="newsroom.settings",
    )
    os.environ.pop("DATABASE_URL", None)
    run = [sys.executable, "manage.py"]
    try:
        for command in ("migrate -v0", "demo", "reindex"):
            subprocess.run(
                [*run, *command.split()], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415 -- the data folder must be set first

        django.setup()
        report(json.loads(JUDGED.read_text()), choose=options.choose, queries=options.queries)
    finally:
        if options.data_dir is None:
            subprocess.run([*run, "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
