"""What was found is kept within bounds: what is met again stays."""

import pytest

from articles.related.matching import known
from articles.related.matching.known import Known


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOST", 3)


def test_what_is_met_again_is_not_looked_for_again_and_the_rest_is_forgotten() -> None:
    asked: list[str] = []

    def find(word: str) -> str:
        asked.append(word)
        return word.upper()

    kept = Known(find)
    for other in "bcdefghi":
        assert kept["a"] == "A"
        assert kept[other] == other.upper()

    assert asked == [*"abcdefghi"]
    assert kept["b"] == "B"
    assert asked == [*"abcdefghib"]
    assert len(kept) <= 3


def test_what_is_very_long_is_not_kept() -> None:
    kept = Known(len)

    assert kept["a" * 1_000] == 1_000
    assert not kept
