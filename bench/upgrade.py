"""How long anybody waits for a lock while a corpus is upgraded from the version before.

Usage: python bench/upgrade.py [--articles 1000000] [--data-dir DIR]

Makes articles in a database of the version before (articles.0002), then runs ``manage.py migrate``
while other connections go on reading and writing, as pages and imports would. Prints the longest
wait for a lock that the server saw among them, and the longest time that one statement took, beside
the same statements on the same machine before the upgrade. Ends with 1 if a wait was over a second.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BEFORE = "0002_cache_table"
ALLOWED_SECONDS = 1.0
PEOPLE = 200_000
CALM_SECONDS = 20

FILL = [
    """
    INSERT INTO articles_corpus (slug, name, description, access, created_at)
    VALUES ('default', 'Default', '', 'open', now())
    """,
    """
    INSERT INTO articles_source (corpus_id, name, domains, country, languages)
    SELECT 1, 'Outlet ' || n, '{}', '', '{}' FROM generate_series(1, 500) AS n
    """,
    """
    INSERT INTO articles_sourcealias (corpus_id, source_id, folded, printed)
    SELECT 1, id, lower(name) || ending, name || ending
    FROM articles_source, unnest(ARRAY['', '.example']) AS ending
    """,
    """
    INSERT INTO articles_person (corpus_id, name, folded)
    SELECT 1, 'Person ' || n, 'person ' || n FROM generate_series(1, %(people)s) AS n
    """,
    """
    INSERT INTO articles_article (corpus_id, source_id, external_id, canonical_url, headline,
        snippet, published_date, published_precision, language, word_count, flags, sort_at,
        created_at)
    SELECT 1, 1 + n %% 500, 'id-' || n, 'https://news.example/' || n, 'Article ' || n,
        repeat('Words of the body. ', 12), date '1990-01-01' + n %% 12000, 'day', 'en', 375, '{}',
        timestamptz '1990-01-01' + make_interval(days => n %% 12000), now()
    FROM generate_series(1, %(articles)s) AS n
    """,
    """
    INSERT INTO articles_version (article_id, number, origin, text, blocks, sha256, word_count,
        read, reader, reader_version, locator, first_seen, last_seen)
    SELECT id, 1, 'published', headline || E'\\n\\n' || snippet, '[]',
        md5(headline) || md5(headline), 375, jsonb_build_object('source', 'Outlet ' || source_id),
        'jsonl', '1', '', now(), now()
    FROM articles_article
    """,
    # One in twenty was changed by its outlet.
    """
    INSERT INTO articles_version (article_id, number, origin, previous_id, text, blocks, sha256,
        word_count, read, reader, reader_version, locator, first_seen, last_seen)
    SELECT article_id, 2, 'published', id, text || '!', '[]', md5(text) || md5(text), 375, read,
        reader, '1', '', now(), now()
    FROM articles_version WHERE article_id %% 20 = 0
    """,
    """
    UPDATE articles_article SET version_id = version.id FROM articles_version AS version
    WHERE version.article_id = articles_article.id AND version.number = 1
    """,
    """
    INSERT INTO articles_credit (version_id, position, kind, person_id, name)
    SELECT id, 0, 'person', 1 + id %% %(people)s, 'Person ' || (1 + id %% %(people)s)
    FROM articles_version
    """,
    "VACUUM ANALYZE",
]
READS = [
    "SELECT id, headline FROM articles_article ORDER BY sort_at DESC, id DESC LIMIT 20",
    "SELECT text FROM articles_version WHERE article_id = %(id)s",
    "SELECT name, version_id FROM articles_credit WHERE person_id = %(id)s LIMIT 5",
]
WRITES = [
    "UPDATE articles_article SET word_count = word_count + 1 WHERE id = %(id)s",
    "UPDATE articles_version SET last_seen = now() WHERE article_id = %(id)s",
    "INSERT INTO articles_person (corpus_id, name, folded) VALUES (1, %(name)s, %(name)s)",
    "UPDATE articles_source SET country = 'GB' WHERE id = 1 + %(id)s %% 500",
]
WAITING = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)
FROM pg_locks WHERE NOT granted AND pid = ANY(%s)
"""


@dataclass
class Watch:
    """What those who go on working had to bear."""

    stop: threading.Event = field(default_factory=threading.Event)
    pids: list[int] = field(default_factory=list)
    longest_wait: float = 0
    longest: dict[str, float] = field(default_factory=dict)
    done: int = 0
    failed: list[str] = field(default_factory=list)

    def work(self, where: str, statements: list[str], articles: int, seed: int) -> None:
        """Go on reading or writing until told to stop."""
        chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
        with psycopg.connect(where, autocommit=True) as connection:
            self.pids.append(connection.info.backend_pid)
            connection.execute("SET lock_timeout = '10s'")
            while not self.stop.is_set():
                statement = chance.choice(statements)
                number = chance.randint(1, articles)
                values = {"id": number, "name": f"{seed} {time.time_ns()}"}
                started = time.perf_counter()
                try:
                    connection.execute(statement, values)
                except psycopg.Error as fault:
                    self.failed.append(f"{statement[:40]}: {fault}")
                took = time.perf_counter() - started
                self.longest[statement] = max(self.longest.get(statement, 0), took)
                self.done += 1
                time.sleep(0.005)

    def sample(self, where: str) -> None:
        """Ask the server every 10 ms how long anybody has been waiting."""
        with psycopg.connect(where, autocommit=True) as connection:
            while not self.stop.is_set():
                (waited,) = connection.execute(WAITING, [self.pids]).fetchone() or (0,)
                self.longest_wait = max(self.longest_wait, float(waited))
                time.sleep(0.01)


def watched(where: str, articles: int) -> tuple[Watch, list[threading.Thread]]:
    """Start two readers, two writers and the sampler."""
    watch = Watch()
    jobs = [
        threading.Thread(target=watch.work, args=(where, statements, articles, seed))
        for seed, statements in enumerate([READS, READS, WRITES, WRITES])
    ]
    jobs.append(threading.Thread(target=watch.sample, args=(where,)))
    for job in jobs:
        job.start()
    return watch, jobs


def ended(watch: Watch, jobs: list[threading.Thread]) -> None:
    """Stop them."""
    watch.stop.set()
    for job in jobs:
        job.join()


def fill(where: str, articles: int) -> None:
    """Make the articles."""
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for statement in FILL:
            started = time.perf_counter()
            connection.execute(statement, {"articles": articles, "people": min(PEOPLE, articles)})
            print(
                f"  {time.perf_counter() - started:6.1f} s  {' '.join(statement.split())[:60]}",
                flush=True,
            )


def tell(watch: Watch) -> None:
    """Print what those who went on working had to bear."""
    print(f"meanwhile: {watch.done:,} statements, {len(watch.failed)} failed {watch.failed[:3]}")
    for statement, took in sorted(watch.longest.items(), key=lambda item: -item[1]):
        print(f"  {took:6.3f} s  {statement[:70]}")
    print(f"longest wait for a lock: {watch.longest_wait:.3f} s (allowed: {ALLOWED_SECONDS} s)")


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    env = {**os.environ, "NEWSROOM_DATA_DIR": str(folder)}
    env.pop("DATABASE_URL", None)
    run = [sys.executable, "manage.py"]
    try:
        subprocess.run([*run, "migrate", "-v0", "articles", BEFORE], cwd=ROOT, env=env, check=True)
        where = f"postgresql://postgres@/newsroom?host={folder / 'postgres'}"
        fill(where, options.articles)
        watch, jobs = watched(where, options.articles)
        time.sleep(CALM_SECONDS)
        ended(watch, jobs)
        calm = max(watch.longest.values())
        print(f"before: {watch.done:,} statements, the longest {calm:.3f} s", flush=True)
        watch, jobs = watched(where, options.articles)
        started = time.perf_counter()
        upgrade = subprocess.run(
            [*run, "migrate"], cwd=ROOT, env=env, check=False, stdout=subprocess.DEVNULL
        )
        seconds = time.perf_counter() - started
        ended(watch, jobs)
        print(
            f"upgrade of {options.articles:,} articles: {seconds:.0f} s, exit {upgrade.returncode}"
        )
        print(
            f"meanwhile: {watch.done:,} statements, {len(watch.failed)} failed {watch.failed[:3]}"
        )
        for statement, took in sorted(watch.longest.items(), key=lambda item: -item[1]):
            print(f"  {took:6.3f} s  {statement[:70]}")
        print(f"longest wait for a lock: {watch.longest_wait:.3f} s (allowed: {ALLOWED_SECONDS} s)")
        subprocess.run([*run, "migrate", "--check"], cwd=ROOT, env=env, check=True)
        return int(watch.longest_wait > ALLOWED_SECONDS or upgrade.returncode != 0)
    finally:
        subprocess.run([*run, "postgres", "stop"], cwd=ROOT, env=env, check=False)
        if options.data_dir is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
