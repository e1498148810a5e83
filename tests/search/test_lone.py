"""Single words are found as if every word of the text were read, and so are their contexts."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.search.kwic import Text, contexts
from articles.search.language.lone import Lone
from articles.search.language.matching import Meaning
from articles.search.language.query import parse
from articles.search.language.words import STEMMERS, Placed, fold, stem
from articles.search.marking import Marker

LANGUAGES = st.sampled_from([None, "en", "de", "es", "da", "fi", "pl", "zh"])
QUERIES = st.sampled_from(["camp", "a OR camps OR ecole", "e", "1 b", "camp is dying skies"])
WORDS = [
    "camp", "Camps", "CAMP’S", "école", "E\u0301cole", "\u0301ecole", "ｃａｍｐ", "a", "A'b", "'a",
    "b’a", "ʼa", "d'a", "a1", "1", "_a", "新a疆", "a\u0301", "\u0640a", "dying", "sky", "skies",
    "K", "ß", "😀", "word" * 30, "معسكر", "is", "\U00011100a", "ªa", "ﬁ",
]  # fmt: skip
SPACES = [" ", "  ", "\n", "", "-", ".", "“", "'", "’", "\u200d", "\u2028"]
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), max_size=60).map(
    lambda parts: "".join(word + space for word, space in parts)
)


# Signs are told apart once, which takes a moment.
@settings(deadline=None)
@given(texts | st.text(max_size=30), QUERIES, LANGUAGES)
@example("ﬁ a\u0301 \u0301\u0301ecole", "e", "en")
def test_the_words_are_those_that_a_reading_of_all_finds(
    text: str, query: str, language: str | None
) -> None:
    meaning = Meaning(parse(query), language)
    words = Placed(text, [(0, len(text))])
    expected = [(words.start(at), words.end(at)) for at, _ in meaning.runs(words.printed)]

    assert meaning.lone is not None
    assert list(meaning.lone.places(text, 0, len(text))) == expected


@settings(deadline=None)
@given(texts, texts, QUERIES, LANGUAGES)
def test_contexts_are_the_same_as_with_all_words_read(
    headline: str, body: str, query: str, language: str | None
) -> None:
    text = f"{headline}\n\n{body}"
    blocks: list[list[str | int]] = [
        ["headline", 0, len(headline)],
        ["paragraph", len(headline) + 2, len(text)],
    ]
    article = Text(1, 1, language, datetime(2020, 1, 1, tzinfo=UTC), text, blocks)
    quick, thorough = Marker(parse(query)), Marker(parse(query))
    for part in ("headline", "body"):
        thorough._meaning(language, part).lone = None

    assert list(contexts(quick, article)) == list(contexts(thorough, article))
    assert quick.marks(text, blocks, language) == thorough.marks(text, blocks, language)


@given(st.text(min_size=1, max_size=12), st.sampled_from(sorted(STEMMERS)))
def test_stemmers_leave_a_first_plain_letter_as_it_is(word: str, language: str) -> None:
    folded = fold(word)
    stemmed = stem(folded, language)

    if Lone.of([stemmed], language) is not None:
        assert stemmed[0] == folded[0]


@pytest.mark.parametrize(
    ("query", "language"),
    [("camp*", "en"), ('"a camp"', "en"), ("camp~1", "en"), ("=Camp", "en"), ("معسكر", "ar"),
     ("camp", "ga"), ("新疆", "zh"), ("follow-up", "en")],
)  # fmt: skip
def test_all_words_are_read_where_a_beginning_tells_nothing(query: str, language: str) -> None:
    assert Meaning(parse(query), language).lone is None


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [("fr", "avion", "Il prit l'avion hier."), ("it", "europa", "I paesi dell'europa uniti.")],
)
def test_words_behind_an_elided_article_are_marked(language: str, query: str, text: str) -> None:
    marks = Marker(parse(query)).marks(text, [["paragraph", 0, len(text)]], language)

    assert [text[mark.start : mark.end] for mark in marks] == [text.split()[2].rstrip(".")]
