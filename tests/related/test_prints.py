import os
import subprocess
import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from articles.related.matching.prints import (
    LAST_BITS,
    RUN,
    SURE,
    hash_of,
    marks,
    prints,
    run_hashes,
    word_hashes,
)

_WORDS = st.lists(st.sampled_from([f"word{number}" for number in range(40)]), max_size=60)
_FEW_WORDS = st.lists(st.sampled_from(["a", "b"]), max_size=60)
_SENTENCE = [
    *("the", "harbour", "bridge", "was", "closed", "on", "monday", "after", "a", "ship", "struck"),
    *(
        "one",
        "of",
        "its",
        "piers",
        "and",
        "the",
        "port",
        "authority",
        "said",
        "that",
        "repairs",
        "would",
    ),
    *("take", "until", "the", "end", "of", "the", "month"),
]
# Whoever changes what prints are made of must have them all made anew: see the store's format.
PINNED = [
    1875055386,
    212680356,
    1474334910,
    4084472530,
    38168192,
    2609395293,
]


def _hashes(words: list[str]) -> list[int]:
    hashes: list[int] = (run_hashes(word_hashes(map(hash_of, words))) & LAST_BITS).tolist()
    return hashes


@given(
    before=_WORDS,
    after=_WORDS,
    other_before=_WORDS,
    other_after=_WORDS,
    shared=st.lists(st.text("abcdef", min_size=1, max_size=4), min_size=SURE, max_size=SURE),
)
def test_any_twelve_words_in_a_row_leave_a_print_in_both(
    before: list[str],
    after: list[str],
    other_before: list[str],
    other_after: list[str],
    shared: list[str],
) -> None:
    one, other = [*before, *shared, *after], [*other_before, *shared, *other_after]

    in_both = set(prints(one)) & set(prints(other))

    assert in_both & set(_hashes(shared))


@given(_WORDS | _FEW_WORDS)
def test_prints_are_the_marks_each_once(words: list[str]) -> None:
    found = marks(words)

    assert prints(words) == list(dict.fromkeys(mark for mark, _ in found))
    assert [place for _, place in found] == sorted({place for _, place in found})
    assert all(_hashes(words)[place] == mark for mark, place in found)


@given(_WORDS)
def test_prints_are_of_32_bits(words: list[str]) -> None:
    assert all(0 <= print_ < 2**32 for print_ in prints(words))


@given(_WORDS)
def test_between_two_marks_are_fewer_words_than_would_be_sure_of_one(words: list[str]) -> None:
    places = [place for _, place in marks(words)]

    assert all(after - before <= SURE - RUN + 1 for before, after in pairwise(places))


def test_a_text_shorter_than_a_run_has_none() -> None:
    assert prints([]) == prints(["a", "b", "c", "d"]) == []


def test_a_short_text_has_one() -> None:
    assert len(prints(_SENTENCE[:5])) == len(prints(_SENTENCE[:11])) == 1


def test_a_word_repeated_has_one() -> None:
    assert len(prints(["ha"] * 1_000)) == 1


def test_order_of_words_counts() -> None:
    assert set(prints(_SENTENCE)).isdisjoint(prints(_SENTENCE[::-1]))


def test_are_those_that_were_kept_yesterday_on_another_machine() -> None:
    assert prints(_SENTENCE) == PINNED


def test_are_the_same_in_every_process() -> None:
    asked = f"from articles.related.matching.prints import prints; print(prints({_SENTENCE!r}))"

    told = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    ).stdout  # fmt: skip

    assert told.strip() == str(prints(_SENTENCE))
