"""Counting in fewer looks than there are values and bars: what is told is what each look tells."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from articles.search.engine import counting
from tests.search.conformance.engines import Tantivy
from tests.search.conformance.shelf import article
from tests.search.conformance.test_counts import written

SHOWN = (1, 3, 20, 40)


@pytest.mark.parametrize("handed", [0, 400, 30_000])
@pytest.mark.parametrize("named", [60, 300])
def test_the_first_are_exact_however_much_is_handed_over_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, handed: int, named: int
) -> None:
    monkeypatch.setattr(counting, "_HANDED_NUMBERS", handed)
    monkeypatch.setattr(counting, "_FIRST_SIZES", (named, 500))
    engine, documents = Tantivy(tmp_path), written()
    for start in range(0, len(documents), 1_000):
        engine.write(documents[start : start + 1_000])
    counts = Counter(name for each in documents for name in each.names["author"])
    expected = sorted(counts.items(), key=lambda row: (-row[1], row[0]))

    for shown in SHOWN:
        found = engine.facets("", ["author"], shown)["author"]

        assert list(found.values) == expected[:shown]
        assert found.others == counts.total() - sum(n for _, n in expected[:shown])


@pytest.mark.parametrize("coarse", [True, False])
def test_years_are_counted_whether_or_not_months_tell_them(
    tmp_path: Path,
    coarse: bool,  # noqa: FBT001 -- what there is
) -> None:
    engine = Tantivy(tmp_path)
    days = [date(1912, 1, 31), date(1912, 12, 1), date(1913, 1, 1), None]
    documents = [article(number, "word", published=day) for number, day in enumerate(days, 1)]
    documents.append(article(8, "word", published=(date(1912, 3, 1), date(1912, 3, 31))))
    if coarse:
        documents.append(article(9, "word", published=(date(1911, 1, 1), date(1911, 12, 31))))
    engine.write(documents)
    searcher, query = engine._asked("word", None)
    filled = counting.filled_columns(searcher)

    found = counting.counts(
        searcher, engine._index.schema, query, ["lang"], 3, ("year", "month"), filled
    )

    assert (counting.COARSER in filled) is coarse
    assert found.times["year"] == ({1911: 1} if coarse else {}) | {1912: 3, 1913: 1}
    assert found.times["month"] == engine.times("word", "month")
    assert found.undated == 1
