"""What is found quickly is what the plain reading of a query finds, in texts of any script."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.search.language.leaves import Leaves
from articles.search.language.matching import hits, matches
from articles.search.language.query import parse
from articles.search.language.tree import (
    In,
    Near,
    Node,
    Or,
    Phrase,
    Word,
    conjunction,
    disjunction,
    negation,
)
from articles.search.language.words import Stems, printed_words, words_in
from tests.search import plain_matching

PRINTED = [
    "camp", "camps", "Camping", "follow-up", "up", "follow", "the", "Ürümqi", "urumqi", "新疆",
    "Minister’s", "l'État", "من", "हिन्दी", "a", "b", "c", "😀", "e\u0301cole",
]  # fmt: skip
ASKED = [
    "camp", "=camp", "camp*", "c?mp", "follow-up", "the", "urumqi", "urumpi~1", "新疆",
    "minister's", "=Minister's", "a", "b", "c", "a*", "up", "=follow-up", "camps~2", "État",
    "ecole", "nothere",
]  # fmt: skip
WORDS = [word for text in ASKED if isinstance(word := parse(text), Word)]

words = st.sampled_from(WORDS)
places = st.lists(st.lists(words, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3)
phrases = st.builds(Phrase, places.map(tuple), st.sampled_from([0, 0, 1, 3]))
positional: st.SearchStrategy[Node] = st.recursive(
    words | phrases,
    lambda inner: (
        st.builds(Near, inner, inner, st.integers(0, 3), st.booleans())
        | st.lists(inner, min_size=2, max_size=3).map(disjunction)
    ),
    max_leaves=4,
)
trees: st.SearchStrategy[Node] = st.recursive(
    positional,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(conjunction)
        | st.lists(inner, min_size=2, max_size=3).map(disjunction)
        | st.builds(In, st.just("headline"), inner)
        | inner.map(negation)
    ),
    max_leaves=4,
)
texts = st.lists(st.sampled_from(PRINTED), max_size=8).map(" ".join)
# The plain reading takes its time.
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
languages = st.sampled_from(["en", None])


@unhurried
@given(tree=trees, text=texts, language=languages, field=st.sampled_from(["body", "headline"]))
def test_hits_are_what_a_plain_reading_finds(
    tree: Node, text: str, language: str | None, field: str
) -> None:
    found = hits(tree, text, language=language, field=field)

    plain = plain_matching.places(tree, text, language=language, field=field)
    assert [(hit.start, hit.end) for hit in found] == plain


@unhurried
@given(tree=positional, text=texts, language=languages)
def test_a_text_matches_where_it_has_a_hit(tree: Node, text: str, language: str | None) -> None:
    plain = plain_matching.places(tree, text, language=language, field=None)

    assert matches(tree, text, language=language) == bool(plain)


def test_thousands_of_words_are_looked_for_at_once() -> None:
    tree = Or(tuple(Word(f"w{number}") for number in range(5_000)))

    assert [hit.start for hit in hits(tree, "w1 w2 x w4999", language="en")] == [0, 3, 8]


def test_words_that_can_not_all_be_had_are_given_up() -> None:
    [phrase] = {Phrase(tuple((Word("the"),) for _ in range(12)), 40)}

    assert hits(phrase, "the " * 11, language="en") == []


def test_a_word_is_decided_again_after_decisions_were_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("articles.search.language.leaves._KEPT", 2)
    monkeypatch.setattr("articles.search.language.words._KEPT", 2)
    leaves, stems = Leaves({Word("camp*"): 7}), Stems("en")
    printed = ("Camps", "a", "b", "Camps", "c")

    assert [leaves[word] for word in printed] == [(7,), (), (), (7,), ()]
    assert [stems[word] for word in printed] == ["camp", "a", "b", "camp", "c"]


UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f"
)
PLAIN_LETTERS = rf"(?:(?![{UNSPACED}])[\w\u0300-\u036f\u0900-\u0903\u093a-\u094f\U0001d165])+"
PLAIN_WORD = re.compile(rf"[{UNSPACED}]|{PLAIN_LETTERS}(?:['’ʼ]{PLAIN_LETTERS})*")


@settings(deadline=None)
@given(st.text(alphabet="ab Z_9'’ʼ-.—\u0301\u0e01\u0e31中文é\u0939\u093f👍\u200dم\n\U0001d165"))
def test_words_are_those_of_the_plain_pattern(text: str) -> None:
    assert printed_words(text) == PLAIN_WORD.findall(text)
    assert [text[word.start() : word.end()] for word in words_in(text)] == printed_words(text)
