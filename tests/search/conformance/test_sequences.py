"""On every short sequence of a few words an engine finds what the yardstick says matches."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.language.errors import QueryError
from articles.search.language.matching import matches
from articles.search.language.query import parse
from tests.search.conformance.engines import Engine, listed
from tests.search.conformance.shelf import article

WORDS = [
    "camp", "camps", "Camp", "US", "us", "minister", "ministers", "said", "says", "Ürümqi", "新疆",
    "follow", "up", "follow-up", "president", "the", "in", "a",
]  # fmt: skip
# Every sequence of up to four of these, and longer ones made of them.
TEXTS = [
    " ".join(WORDS[(start + step * place) % len(WORDS)] for place in range(length))
    for start in range(len(WORDS))
    for step in (1, 2, 3, 5)
    for length in (1, 2, 4, 7)
]
TYPED = st.sampled_from(
    [
        "camp", "camps", "=camp", "=Camp", "US", "=US", "=us", "minist*", "c?mps", "minster~1",
        "urumqi", "新疆", "follow-up", "follow", "said", "the", "president",
    ]
)  # fmt: skip
SMALL = st.integers(0, 3)
QUESTIONS = st.one_of(
    TYPED,
    st.builds('"{} {}"'.format, TYPED, TYPED),
    st.builds('"{} {}"~{}'.format, TYPED, TYPED, st.integers(1, 3)),
    st.builds('"{} ({} OR {}) {}"'.format, TYPED, TYPED, TYPED, TYPED),
    st.builds("{} NEAR/{} {}".format, TYPED, SMALL, TYPED),
    st.builds("{} PRE/{} {}".format, TYPED, SMALL, TYPED),
    st.builds('({} OR "{} {}") NEAR/{} {}'.format, TYPED, TYPED, TYPED, SMALL, TYPED),
    st.builds("({} NEAR/{} {}) PRE/{} {}".format, TYPED, SMALL, TYPED, SMALL, TYPED),
    st.builds('"{} {} {}"~{}'.format, TYPED, TYPED, TYPED, st.integers(1, 2)),
)


@pytest.fixture(scope="module")
def sequences(made: Callable[..., Engine]) -> Engine:
    """Return an engine that holds the sequences as bodies, numbered from 1."""
    return made([article(number, text) for number, text in enumerate(TEXTS, 1)])


@settings(deadline=None)
@given(QUESTIONS)
def test_an_engine_finds_what_matches_and_nothing_else(sequences: Engine, query: str) -> None:
    tree = parse(query)
    expected = [n for n, text in enumerate(TEXTS, 1) if matches(tree, text, language="en")]

    try:
        found = listed(sequences, query, limit=100)
    except QueryError:
        # Too much to spell out: refused, never half answered.
        found = expected

    assert found == expected
