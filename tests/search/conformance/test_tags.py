"""What is tagged, as any engine keeps it: names among others, found whole and counted exactly."""

from collections.abc import Callable

import pytest

from tests.search.conformance.engines import Engine
from tests.search.conformance.shelf import article

FIELDS = ("entity", "kind", "tag", "tagged-by")


@pytest.fixture(scope="session")
def tagged(made: Callable[..., Engine]) -> Engine:
    """Return an engine of two tagged articles and one that is not."""
    first = {
        "entity": ("7", "8"), "kind": ("1/person", "1/place"), "tag": ("1/frame", "1/frame=hope"),
        "tagged-by": ("1/3",), "mentioned": ("1/mention", "1/code"),
    }  # fmt: skip
    second = {"entity": ("7",), "kind": ("1/person",), "mentioned": ("1/mention",)}
    return made([article(1, names=first), article(2, names=second), article(3)])


@pytest.mark.parametrize(
    ("query", "number"),
    [("entity:7", 2), ("entity:8", 1), ("-entity:7", 1), ("kind:1/person -kind:1/place", 1),
     ("kind:1/per*", 2), ("tag:1/frame", 1), ("tag:1/frame=hope", 1), ("tagged-by:1/3", 1),
     ("kind:(1/place OR 1/person)", 2), ("kind:person", 0)],
)  # fmt: skip
def test_values_are_found_whole(tagged: Engine, query: str, number: int) -> None:
    assert tagged.count(query) == number


def test_values_are_counted_by_article(tagged: Engine) -> None:
    counted = tagged.facets("", FIELDS, 10)

    assert dict(counted["entity"].values) == {"7": 2, "8": 1}
    assert dict(counted["kind"].values) == {"1/person": 2, "1/place": 1}
    assert dict(counted["tag"].values) == {"1/frame": 1, "1/frame=hope": 1}
    assert dict(counted["tagged-by"].values) == {"1/3": 1}
