"""Engines to be held to the suite."""

from collections.abc import Callable, Sequence
from itertools import count

import pytest

from articles.search.index.documents import Document
from tests.search.conformance.engines import ENGINES, Engine
from tests.search.conformance.shelf import SHELF


@pytest.fixture(scope="session", params=ENGINES)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Engine]:
    """Return what makes an engine that holds some articles."""
    numbers = count()

    def make(documents: Sequence[Document] = ()) -> Engine:
        engine = ENGINES[request.param](tmp_path_factory.mktemp(f"engine{next(numbers)}"))
        engine.write(documents)
        return engine

    return make


@pytest.fixture(scope="session")
def shelf(made: Callable[..., Engine]) -> Engine:
    """Return an engine that holds the small corpus; no test changes it."""
    return made(SHELF)
