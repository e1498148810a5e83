"""A Newsroom of its own for all tests of this folder, which run one after another."""

import os
import random
from collections.abc import Iterator

import pytest

from tests.faults.site import Site
from tests.newsroom.conftest import start

__all__ = ["start"]

# How often the short runs kill, and whose choices they repeat.
SEED = int(os.environ.get("NEWSROOM_FAULT_SEED", "0")) or random.randrange(1, 10**9)  # noqa: S311 -- no secret


def rounds(default: int) -> int:
    """Return how often a run kills in the tests."""
    return int(os.environ.get("NEWSROOM_FAULT_ROUNDS", "0")) or default


@pytest.fixture
def chance(capsys: pytest.CaptureFixture[str]) -> random.Random:
    """Return the source of all choices; its seed is told when the test fails."""
    del capsys
    print(f"NEWSROOM_FAULT_SEED={SEED} makes the same choices again.")  # noqa: T201 -- shown with the failure
    return random.Random(SEED)  # noqa: S311 -- no secret


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a site with its web process running."""
    site = Site.made(tmp_path_factory.mktemp("site") / "data")
    try:
        yield site
    finally:
        site.close()


@pytest.fixture
def site(made: Site) -> Site:
    """Return a site without articles, imports and operations."""
    made.empty()
    return made
