"""How fast JSONL goes into Postgres, everything derived from the text included.

Usage: python bench/ingest.py [--articles 30000] [--data-dir DIR]

Makes a file of articles of about 4 KB, ingests it through ``manage.py ingest``'s own code into a
fresh database of the embedded PostgreSQL, then copies the same rows with a plain COPY into tables
of the same columns without indexes: the floor that no ingest can beat. Prints both and the ratio.
"""

import argparse
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "ten",
    "sol",
    "var",
    "ne",
    "lu",
    "pra",
    "do",
    "stin",
    "ber",
    "ge",
    "an",
    "ti",
    "mor",
    "es",
    "la",
    "ve",
    "cor",
    "du",
    "ri",
]
COUNTRY = ("Kazakhstan", "Norway", "Chile", "Egypt", "Java", "Canada")
FUNCTION = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "was",
    "on",
    "are",
    "as",
    "with",
    "his",
    "they",
    "at",
    "be",
    "this",
    "from",
]


def words_of(seed: random.Random, count: int) -> list[str]:
    """Return a vocabulary of invented words."""
    return ["".join(seed.choices(SYLLABLES, k=seed.randint(1, 4))) for _ in range(count)]


def article(seed: random.Random, vocabulary: list[str], number: int) -> dict[str, object]:
    """Return a record of about 4 KB: eleven paragraphs, dateline, byline, date with zone."""

    def sentence() -> str:
        chosen = [
            seed.choice(FUNCTION) if seed.random() < 0.4 else seed.choice(vocabulary)
            for _ in range(22)
        ]
        return " ".join(chosen).capitalize() + "."

    paragraphs = [" ".join(sentence() for _ in range(3)) for _ in range(11)]
    paragraphs[0] = f"OSLO, {seed.choice(COUNTRY)} (AP) — {paragraphs[0]}"
    day = f"{seed.randint(1990, 2020)}-{seed.randint(1, 12):02}-{seed.randint(1, 28):02}"
    return {
        "id": f"bench-{number}",
        "title": sentence()[:80],
        "text": "\n\n".join(paragraphs),
        "published_at": f"{day}T{seed.randint(0, 23):02}:30:00+01:00",
        "author": f"By {seed.choice(vocabulary).title()} {seed.choice(vocabulary).title()}",
        "source": f"The {seed.choice(vocabulary[:40]).title()} Times",
        "url": f"https://news.example/{number}",
        "section": "World",
        "reading_time": 4,
    }


def write_file(path: Path, count: int) -> int:
    """Write the articles; return the bytes."""
    seed = random.Random(7)  # noqa: S311 -- repeatable, not secret
    vocabulary = words_of(seed, 40_000)
    with path.open("w") as file:
        for number in range(count):
            file.write(json.dumps(article(seed, vocabulary, number)) + "\n")
    return path.stat().st_size


def ingest(path: Path) -> float:
    """Ingest the file through the command line; return the seconds."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", "ingest", "--json", str(path)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    report = json.loads(done.stdout)
    assert report["failed"] == 0, report
    return seconds


def plain_copy() -> tuple[float, int]:
    """Copy the stored rows into bare tables; return the seconds and the rows of articles."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- likewise

    tables = ("articles_article", "articles_version", "articles_credit")
    files: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        for table in tables:
            buffer = io.BytesIO()
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for piece in copy:
                    buffer.write(piece)
            files[table] = buffer.getvalue()
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table})")
        cursor.execute("SELECT count(*) FROM articles_article")
        rows = cursor.fetchone()[0]
        started = time.perf_counter()
        for table in tables:
            with cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
                copy.write(files[table])
        return time.perf_counter() - started, rows


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=30_000)
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    run = [sys.executable, "manage.py"]
    try:
        subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, check=True)
        path = folder / "bench.jsonl"
        size = write_file(path, options.articles)
        print(f"{options.articles:,} articles, {size / options.articles:,.0f} bytes each")
        seconds = ingest(path)
        rate = options.articles / seconds
        print(
            f"ingest      {rate:8,.0f} articles/s  ({seconds:.1f} s, the command's start included)"
        )
        again = ingest(path)
        print(f"again       {options.articles / again:8,.0f} articles/s  (all unchanged)")
        copied, rows = plain_copy()
        print(f"plain COPY  {rows / copied:8,.0f} articles/s  (same rows, bare tables, no reading)")
        print(f"ratio       {rate / (rows / copied):8.2f}")
    finally:
        subprocess.run([*run, "postgres", "stop"], cwd=ROOT, check=False)
        if options.data_dir is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
