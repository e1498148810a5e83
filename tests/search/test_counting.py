"""Counting where there are more values than a part of the index hands over."""

from collections import Counter
from pathlib import Path

import pytest

from articles.search.engine import counting
from tests.search.conformance.engines import Tantivy
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
