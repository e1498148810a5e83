"""docs/hardening.md: every row names tests that there are, or says why there are none yet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROWS = {"A": 18, "B": 6, "C": 10}
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> dict[str, str]:
    """Return the last cell of each row by the row's name."""
    lines = (ROOT / "docs" / "hardening.md").read_text().splitlines()
    found = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| [A-C]\d+ \|", line)]
    return {cells[0]: cells[-1] for cells in found}


def test_every_row_is_there() -> None:
    assert list(rows()) == [f"{part}{n + 1}" for part, count in ROWS.items() for n in range(count)]


@pytest.mark.parametrize("row", rows())
def test_a_row_names_tests_that_there_are(row: str) -> None:
    cell = rows()[row]
    named = NAMED.findall(cell)

    assert named or "not yet: " in cell, "name a test, or say “not yet: ” and why"
    # Nothing else in code style but commands: a name that is no test would go unseen.
    assert set(re.findall(r"`(tests/[^`]*)`", cell)) == {f"{path}::{name}" for path, name in named}
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text(), f"{path} has no {name}"
