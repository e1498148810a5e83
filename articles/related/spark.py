"""Relating a corpus beyond one machine: articles out as Parquet, the pairs of Spark in.

Spark finds which texts share passages (:mod:`articles.related.spark_job`); what they are to each
other is then found and kept here as ever, with evidence, events, groups and stories, but without
looking any of them up.
"""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # ships none
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # likewise
from django.conf import settings

from articles.models import Article
from articles.parsed import KNOWN_DAYS
from articles.related.finding import following
from articles.related.finding.keeper import Keeper, Near, Watch
from articles.related.finding.texts import Text
from articles.related.store.prints import ALONE

# The interpreter that has the extra, where it is not this one.
PYTHON = "NEWSROOM_SPARK_PYTHON"
ARTICLES, PAIRS = "articles", "pairs"
_IN_A_FILE = 20_000
_SCHEMA = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version_id", pa.int64()),
        ("corpus_id", pa.int64()),
        ("source_id", pa.int64()),
        ("source", pa.string()),
        ("day", pa.date32()),
        ("text", pa.string()),
        ("kinds", pa.list_(pa.string())),
        ("starts", pa.list_(pa.int32())),
        ("ends", pa.list_(pa.int32())),
    ]
)
_FIELDS = (
    "id", "version_id", "corpus_id", "source_id", "source__name", "published_date",
    "published_precision", "version__text", "version__blocks",
)  # fmt: skip


class SparkError(Exception):
    """Spark ended without an answer; what it said last."""


def write(folder: Path) -> int:
    """Write the articles that stand, in place of what was there; return how many."""
    for name in (ARTICLES, PAIRS):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / ARTICLES).mkdir(parents=True)
    done = 0
    for number, rows in enumerate(_rows()):
        table = pa.Table.from_pylist(rows, schema=_SCHEMA)
        pq.write_table(table, folder / ARTICLES / f"part-{number:05}.parquet")
        done += len(rows)
    return done


def _rows() -> Iterator[list[dict[str, Any]]]:
    articles = Article.objects.filter(standing=True, version__isnull=False).order_by("pk")
    last = 0
    while found := list(articles.filter(pk__gt=last).values_list(*_FIELDS)[:_IN_A_FILE]):
        yield [_row(*each) for each in found]
        last = found[-1][0]


def _row(  # noqa: PLR0913, PLR0917 -- a row of the database
    article_id: int, version_id: int, corpus_id: int, source_id: int | None, source: str | None,
    day: Any, precision: str, text: str, blocks: list[tuple[str, int, int]],
) -> dict[str, Any]:  # fmt: skip
    return {
        "article_id": article_id,
        "version_id": version_id,
        "corpus_id": corpus_id,
        "source_id": source_id,
        "source": source,
        "day": day if precision in KNOWN_DAYS else None,
        "text": text,
        "kinds": [kind for kind, _, _ in blocks],
        "starts": [start for _, start, _ in blocks],
        "ends": [end for _, _, end in blocks],
    }


def run(folder: Path, *, master: str = "local[*]") -> None:
    """Let Spark find the pairs of what was written. Raises SparkError."""
    python = os.environ.get(PYTHON) or sys.executable
    command = [python, "-m", "articles.related.spark_job", str(folder), "--master", master]
    done = subprocess.run(  # noqa: S603 -- our own program
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise SparkError("\n".join(said[-20:]) or f"It ended with {done.returncode}.")


def load(folder: Path, watch: Watch | None = None) -> int:
    """Relate all articles by the pairs that were found; return how many.

    An article whose text changed meanwhile is looked up as ever. Like ``relate --rebuild``, this
    makes the store of prints anew, for what arrives later. Raises SparkError where there is no
    answer, and what :func:`articles.related.finding.following.catch_up` does.
    """
    near = _near(folder)
    done = 0
    with ALONE.writing(wait=True), Keeper(watch, near=near) as keeper:
        keeper.rebuild()
        following.ask()
        while taken := keeper.step():
            done += taken
    return done


def _near(folder: Path) -> Near:
    """Return what tells with which articles a text is compared."""
    if not (folder / PAIRS / "_SUCCESS").exists():
        raise SparkError(f"There is no answer of Spark's in {folder}.")
    versions: dict[int, int] = {}
    for path in sorted((folder / ARTICLES).glob("*.parquet")):
        table = pq.read_table(path, columns=["article_id", "version_id"])
        versions.update(zip(*(table.column(at).to_pylist() for at in (0, 1)), strict=True))
    others: dict[int, list[int]] = defaultdict(list)
    for path in sorted((folder / PAIRS).glob("*.parquet")):
        table = pq.read_table(path, columns=["first_id", "second_id"])
        for first, second in zip(*(table.column(at).to_pylist() for at in (0, 1)), strict=True):
            others[first].append(second)
            others[second].append(first)

    def near(text: Text) -> list[int] | None:
        if versions.get(text.article_id) != text.version_id:
            return None
        return others.get(text.article_id, [])

    return near
