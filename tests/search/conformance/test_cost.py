"""Whatever is asked costs a bounded amount: it is answered, or refused with a sentence."""

from collections.abc import Callable

import pytest

from articles.search.language.errors import QueryError
from tests.search.conformance.engines import Engine
from tests.search.conformance.shelf import article

WORDS = [f"word{number:05}" for number in range(3_000)]
DEEP = 55
QUESTIONS = [
    "*",
    "* *",
    "a*",
    "?*",
    "*a*",
    "**",
    "*?*",
    "w*0*1*",
    "????????",
    '"* word00001"',
    '"w* w*"',
    '"w* w* w*"~5',
    "w* NEAR/1000 w*",
    "word0000* NEAR/50 word0001*",
    "w* NEAR w* NEAR w* NEAR w*",
    "(a OR b OR c) NEAR/9 (d OR e OR f) NEAR/9 (g OR h OR i)",
    '"a b c d e f g h"~1000',
    '"(a OR b) (c OR d) (e OR f) (g OR h) (i OR j) (k OR l)"~9',
    " ".join(WORDS),
    " OR ".join(WORDS),
    "-" + " -".join(WORDS),
    " OR ".join(f"w*{number}" for number in range(300)),
    " OR ".join(f"word0{number}~2" for number in range(300)),
    '"' + " ".join(WORDS) + '"',
    '"(' + " OR ".join(WORDS) + ') word00001"',
    f"({' OR '.join(WORDS)}) NEAR/5 ({' OR '.join(reversed(WORDS))})",
    "(" * DEEP + "a" + ")" * DEEP,
    "-(" * DEEP + "a OR b" + ")" * DEEP,
    "(a OR " * DEEP + "b" + ")" * DEEP,
    "word~2 " * 500,
    "headline:(" + " OR ".join(f"{word}*" for word in WORDS[:1_000]) + ")",
    " OR ".join(f"section:{word}*" for word in WORDS[:1_000]),
    " OR ".join(f"date:{year}" for year in range(1000, 3000)),
    "x" * 5_000,
    "*" + "x" * 5_000,
    '"' + "x*" * 200 + ' y"',
    "=" + "[](){}.+\\^$|"  + "a*",
]  # fmt: skip


@pytest.fixture(scope="module")
def wordy(made: Callable[..., Engine]) -> Engine:
    """Return an engine that holds thousands of words that are much alike."""
    return made(
        [article(number + 1, " ".join(WORDS[number::50]), headline="a b") for number in range(50)]
    )


@pytest.mark.parametrize("query", [pytest.param(each, id=each[:40]) for each in QUESTIONS])
def test_a_costly_question_is_answered_or_refused(wordy: Engine, query: str) -> None:
    try:
        found = wordy.count(query)
    except QueryError as refused:
        assert refused.message.endswith(".")  # noqa: PT017 -- either is well
        return

    assert 0 <= found <= 50


def test_ten_thousand_terms_are_answered(wordy: Engine) -> None:
    many = " OR ".join([f"absent{number}" for number in range(9_999)] + ["word00007"])

    assert wordy.count(many) == 1
