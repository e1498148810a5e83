"""How long the article list takes at a million articles, and how many queries.

Usage: python bench/list_page.py [--articles 1000000] [--requests 200] [--data-dir DIR]

Fills a fresh database of the embedded PostgreSQL, then asks for list pages through the whole of
Django (middleware, view, template) as a signed-in reader with random filters, first pages and
deep ones. Prints the server time's median and 95th percentile by kind of question, and beside
them the same pages by Django's own paginator (OFFSET and a count), as most sites page.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = 50
# The address of the page behind this one, as the list gives it.
CURSOR = re.compile(r'rel="next"[^>]*?cursor=([\w\-]+)|cursor=([\w\-]+)[^>]*?rel="next"')

FILL = """
SET synchronous_commit = off;
INSERT INTO articles_corpus (id, slug, name, description, access, created_at)
VALUES (1, 'default', 'Default', '', 'open', now());
INSERT INTO articles_source (id, corpus_id, name, domains, country, languages)
SELECT n, 1, 'Outlet ' || n, '{{}}', '', '{{}}' FROM generate_series(1, 500) n;
INSERT INTO articles_person (id, corpus_id, name, folded)
SELECT n, 1, 'Jane Doe ' || n, 'jane doe ' || n FROM generate_series(1, 20000) n;
SET session_replication_role = replica;
INSERT INTO articles_article (id, corpus_id, source_id, version_id, headline, snippet, byline,
    published_date, published_precision, language, section, word_count, flags, sort_at, created_at)
SELECT n, 1, 1 + (random() ^ 3 * 499)::int, n,
    'Headline number ' || n || ' of a paper on what happened that day',
    repeat('Words of the body that begin the article and go on. ', 5), 'By Jane Doe',
    CASE WHEN n % 50 = 0 THEN NULL ELSE DATE '1990-01-01' + (n::bigint * 7919 % 11000)::int END,
    CASE WHEN n % 50 = 0 THEN NULL ELSE 'day' END,
    (ARRAY['en','en','en','en','en','en','fr','es','de','ar'])[1 + n % 10],
    CASE WHEN n % 3 = 0 THEN 'Section ' || n % 40 END, 400,
    CASE WHEN n % 50 = 0 THEN ARRAY['undated']::varchar[]
         WHEN n % 977 = 0 THEN ARRAY['truncated']::varchar[] ELSE '{{}}' END,
    CASE WHEN n % 50 = 0 THEN TIMESTAMPTZ '0001-01-02 00:00Z'
         ELSE TIMESTAMPTZ '1990-01-01 00:00Z' + (n::bigint * 7919 % 11000) * INTERVAL '1 day' END,
    now()
FROM generate_series(1, {articles}) n;
INSERT INTO articles_version (id, article_id, number, origin, text, blocks, sha256, word_count,
    read, reader, reader_version, locator, first_seen, last_seen)
SELECT n, n, 1, 'published', 'Text', '[]', md5(n::text), 400, '{{}}', 'jsonl', '1', 'line ' || n,
    now(), now()
FROM generate_series(1, {articles}) n;
INSERT INTO articles_credit (version_id, position, kind, person_id, name)
SELECT n, 0, 'person', 1 + (random() ^ 2 * 19999)::int, 'Jane Doe'
FROM generate_series(1, {articles}) n;
INSERT INTO articles_credit (version_id, position, kind, name)
SELECT n, 1, 'agency', CASE WHEN n % 5000 = 0 THEN 'Ritzau' ELSE 'Reuters' END
FROM generate_series(1, {articles}) n WHERE n % 4 = 0;
SET session_replication_role = DEFAULT;
"""


def questions(seed: random.Random) -> dict[str, Callable[[], dict[str, Any]]]:
    """Return the kinds of question, each making a random one."""
    return {
        "everything": dict,
        "a corpus": lambda: {"corpus": "default"},
        "a source": lambda: {"source": seed.randint(1, 500)},
        "an author": lambda: {"author": seed.randint(1, 20_000)},
        "a large agency": lambda: {"agency": "Reuters"},
        "a small agency": lambda: {"agency": "Ritzau"},
        "a language": lambda: {"language": seed.choice(["en", "ar"])},
        "a section": lambda: {"section": f"Section {seed.choice(range(0, 40, 3))}"},
        "a span of days": lambda: {
            "published_after": f"{seed.randint(1990, 2018)}-03-01",
            "published_before": "2019-03-09",
        },
        "an early span": lambda: {"published_before": "1990-06-01"},
        "undated": lambda: {"undated": "true"},
        "flagged": lambda: {"flagged": seed.choice(["any", "truncated"])},
        "source and days": lambda: {
            "source": seed.randint(1, 500),
            "published_before": "1999-12-31",
        },
        "agency, language": lambda: {"agency": "Ritzau", "language": "ar"},
    }


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=40, help="of each kind of question")
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    os.environ.pop("DATABASE_URL", None)
    run = [sys.executable, "manage.py"]
    try:
        subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, check=True)
        measure(options.articles, options.requests)
    finally:
        if options.data_dir is None:
            subprocess.run([*run, "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


def measure(articles: int, requests: int) -> None:
    """Ask every kind of question and print what it took."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    django.setup()
    from django.db import connection  # noqa: PLC0415 -- likewise
    from django.test import Client  # noqa: PLC0415 -- likewise
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- likewise

    from articles.models import Article  # noqa: PLC0415 -- likewise

    if not Article.objects.exists():
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(FILL.format(articles=articles))
            cursor.execute("VACUUM ANALYZE")
        print(f"filled with {articles:,} articles in {time.perf_counter() - started:.0f} s")
    seed = random.Random(3)  # noqa: S311 -- repeatable, not secret
    client = Client()
    client.get("/articles/")
    print(f"{'question':<18}{'median ms':>10}{'p95 ms':>10}{'queries':>9}")
    everything: list[float] = []
    for name, ask in questions(seed).items():
        times, counts = [], set()
        for _ in range(requests):
            params = ask()
            for _page in range(2):
                with CaptureQueriesContext(connection) as queries:
                    started = time.perf_counter()
                    answer = client.get("/articles/", params)
                    times.append((time.perf_counter() - started) * 1000)
                assert answer.status_code == 200, (params, answer.status_code)
                counts.add(len(queries))
                following = CURSOR.search(answer.content.decode())
                if not following:
                    break
                params = {**params, "cursor": following[1] or following[2]}
        everything += times
        print(f"{name:<18}{_median(times):>10.1f}{_p95(times):>10.1f}{_span(counts):>9}")
    print(f"{'all':<18}{_median(everything):>10.1f}{_p95(everything):>10.1f}")
    peer(seed, requests)


def peer(seed: random.Random, requests: int) -> None:
    """Page as Django's paginator does, at random depths; print what it took."""
    from django.core.paginator import Paginator  # noqa: PLC0415 -- after setup
    from django.template.loader import render_to_string  # noqa: PLC0415 -- likewise

    from articles.models import Article  # noqa: PLC0415 -- likewise

    times = []
    for _ in range(requests):
        started = time.perf_counter()
        paginator = Paginator(Article.objects.newest_first().for_lists(), PAGE)
        rows = list(paginator.page(seed.randint(1, paginator.num_pages)))
        render_to_string("404.html", {"rows": rows})
        times.append((time.perf_counter() - started) * 1000)
    print(f"{'OFFSET, any page':<18}{_median(times):>10.1f}{_p95(times):>10.1f}")


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def _span(counts: set[int]) -> str:
    return str(min(counts)) if len(counts) == 1 else f"{min(counts)}–{max(counts)}"


if __name__ == "__main__":
    main()
