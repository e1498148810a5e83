"""Where prints are best kept: in files of ours, Tantivy, a GIN index, or a table. Measured.

    NEWSROOM_DATA_DIR=DIR .venv/bin/python bench/prints_store.py [--articles 100000] [--prints 90]

DIR is a data folder whose embedded Postgres is used, for a schema of its own that is dropped again.
Made-up prints: three articles in ten are copies, with seven prints in ten of another.
Every store answers the same lookups: who shares two prints with a copy that arrives, the best 300.
The client's processor time is told beside the time that passed.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psycopg
import tantivy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django  # noqa: E402 -- the settings name the data folder

django.setup()

from django.conf import settings  # noqa: E402

from articles.related.store.prints import Entry, Prints  # noqa: E402
from newsroom import postgres  # noqa: E402

LOOKUPS, BEST = 200, 300

type Lookup = Callable[[Sequence[int]], int]


def articles(count: int, prints: int, chance: random.Random) -> Iterator[list[int]]:
    """Yield the prints of each article, some of them copies."""
    known: list[list[int]] = []
    for _ in range(count):
        if known and chance.random() < 0.3:
            story = chance.choice(known)
            yield [mark for mark in story if chance.random() < 0.7] + [
                chance.getrandbits(32) for _ in range(prints // 5)
            ]
        else:
            known.append([chance.getrandbits(32) for _ in range(prints)])
            known = known[-2_000:]
            yield known[-1]


def tell(
    what: str, build: float, size: int, count: int, took: Sequence[tuple[float, float, int]]
) -> None:
    """Print a store's figures."""
    wall = sorted(each[0] for each in took)
    cpu = sorted(each[1] for each in took)
    middle, most = len(wall) // 2, int(len(wall) * 0.95)
    print(
        f"{what:26} built {build:7.1f} s  {size / count:7,.0f} bytes/article  lookup p50"
        f" {wall[middle] * 1e3:6.2f} p95 {wall[most] * 1e3:6.2f} ms"
        f" (client {cpu[middle] * 1e3:.2f})"
        f"  found {sum(each[2] for each in took):,}",
        flush=True,
    )


def asked(look: Lookup, copies: Sequence[Sequence[int]]) -> list[tuple[float, float, int]]:
    """Return of each lookup how long it took, the processor time, and how many it found."""
    took = []
    for copy in copies:
        began, own = time.perf_counter(), time.process_time()
        found = look(copy)
        took.append((time.perf_counter() - began, time.process_time() - own, found))
    return took


def in_ours(rows: Sequence[Sequence[int]], copies: Sequence[Sequence[int]]) -> None:
    """Measure the store that we use, with all else that it keeps of an article."""
    folder = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
    try:
        began = time.perf_counter()
        prints = Prints(folder)
        prints.put(Entry(n, 1, row, n, n) for n, row in enumerate(rows, 1))
        prints.commit()
        prints.drop()
        built = time.perf_counter() - began
        prints = Prints(folder)
        size = sum(file.stat().st_size for file in folder.rglob("*"))
        took = asked(lambda copy: len(prints.alike(1, copy, least=2, limit=BEST)), copies)
        tell("a log and postings of ours", built, size, len(rows), took)
        prints.drop()
    finally:
        shutil.rmtree(folder)


def in_tantivy(rows: Sequence[Sequence[int]], copies: Sequence[Sequence[int]]) -> None:
    """Measure an index of the engine that searches texts."""
    folder = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    builder.add_unsigned_field("marks", indexed=True)
    schema = builder.build()
    try:
        began = time.perf_counter()
        index = tantivy.Index(schema, path=str(folder))
        writer = index.writer(200 * 1024 * 1024, 1)
        for n, row in enumerate(rows, 1):
            writer.add_document(tantivy.Document.from_dict({"id": n, "marks": row}, schema))
        writer.commit()
        writer.wait_merging_threads()
        built = time.perf_counter() - began
        index.reload()
        searcher = index.searcher()
        size = sum(file.stat().st_size for file in folder.iterdir())

        def look(copy: Sequence[int]) -> int:
            terms = [tantivy.Query.term_query(schema, "marks", mark, "basic") for mark in copy]
            clauses = [
                (tantivy.Occur.Should, tantivy.Query.const_score_query(term, 1.0)) for term in terms
            ]
            query = tantivy.Query.boolean_query(clauses, minimum_number_should_match=2)
            hits = searcher.search(query, BEST, count=False).hits
            return len(searcher.fast_field_values("id", [address for _, address in hits]))

        tell("Tantivy, unsigned field", built, size, len(rows), asked(look, copies))
    finally:
        shutil.rmtree(folder)


def in_postgres(rows: Sequence[Sequence[int]], copies: Sequence[Sequence[int]]) -> None:
    """Measure both ways of Postgres."""
    url = postgres.ensure_running(settings.DATA_DIR)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP SCHEMA IF EXISTS prints_bench CASCADE")
        server.execute("CREATE SCHEMA prints_bench")
        server.execute("SET search_path TO prints_bench")
        try:
            _arrays(server, rows, copies)
            _table(server, rows, copies)
        finally:
            server.execute("DROP SCHEMA prints_bench CASCADE")


def _arrays(
    server: psycopg.Connection, rows: Sequence[Sequence[int]], copies: Sequence[Sequence[int]]
) -> None:
    began = time.perf_counter()
    server.execute("CREATE TABLE held (id bigint PRIMARY KEY, marks int[])")
    with server.cursor().copy("COPY held FROM STDIN") as copy:
        for n, row in enumerate(rows, 1):
            copy.write_row((n, [_short(mark) for mark in row]))
    server.execute("CREATE INDEX held_marks ON held USING gin (marks)")
    server.execute("ANALYZE held")
    built = time.perf_counter() - began
    # The planner strays to reading all of the table with many elements.
    server.execute("SET enable_seqscan = off")

    def look(copy: Sequence[int]) -> int:
        marks = [_short(mark) for mark in copy]
        return len(
            server.execute(
                "SELECT id, shared FROM held CROSS JOIN LATERAL (SELECT count(*) AS shared"
                " FROM unnest(marks) AS mark WHERE mark = ANY(%s::int[])) AS found"
                " WHERE marks && %s::int[] AND shared > 1 ORDER BY shared DESC, id LIMIT 300",
                (marks, marks),
            ).fetchall()
        )

    size = _size(server, "held")
    tell("Postgres, GIN on int[]", built, size, len(rows), asked(look, copies))


def _table(
    server: psycopg.Connection, rows: Sequence[Sequence[int]], copies: Sequence[Sequence[int]]
) -> None:
    began = time.perf_counter()
    server.execute("CREATE TABLE mark (mark bigint, article bigint)")
    with server.cursor().copy("COPY mark FROM STDIN") as copy:
        for n, row in enumerate(rows, 1):
            for mark in row:
                copy.write_row((mark, n))
    server.execute("CREATE INDEX mark_mark ON mark (mark, article)")
    server.execute("VACUUM ANALYZE mark")
    built = time.perf_counter() - began

    def look(copy: Sequence[int]) -> int:
        return len(
            server.execute(
                "SELECT article, count(*) AS shared FROM mark WHERE mark = ANY(%s::bigint[])"
                " GROUP BY article HAVING count(*) > 1 ORDER BY shared DESC, article LIMIT 300",
                (list(copy),),
            ).fetchall()
        )

    tell("Postgres, a row a print", built, _size(server, "mark"), len(rows), asked(look, copies))


def _short(mark: int) -> int:
    return (mark & 0xFFFFFFFF) - (1 << 31)


def _size(server: psycopg.Connection, table: str) -> int:
    row = server.execute("SELECT pg_total_relation_size(%s)", (table,)).fetchone()
    return int(row[0]) if row else 0


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--prints", type=int, default=90)
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 -- repeatable, not secret
    rows = list(articles(options.articles, options.prints, chance))
    copies = [
        [mark for mark in chance.choice(rows) if chance.random() < 0.7]
        + [chance.getrandbits(32) for _ in range(options.prints // 5)]
        for _ in range(LOOKUPS)
    ]
    print(f"{len(rows):,} articles of {sum(map(len, rows)) / len(rows):.0f} prints")
    in_ours(rows, copies)
    in_tantivy(rows, copies)
    in_postgres(rows, copies)


if __name__ == "__main__":
    main()
