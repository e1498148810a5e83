"""What a query means in a text, in every script."""

import re
import sys
import unicodedata

import pytest

from articles.search.language import words
from articles.search.language.matching import hits
from articles.search.language.query import parse
from articles.search.language.words import fold, printed_words, stem

TEXT = (
    "The Minister’s follow-up: camps in Ürümqi, 新疆的营地. US camp, us camping; हिन्दी words near "
    "the presidents. 😀 معسكرات"
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("camp", ["camps", "camp", "camping"]),
        ("=camp", ["camp"]),
        ("camp*", ["camps", "camp", "camping"]),
        ("c?mp", ["camp"]),
        ("=US", ["US"]),
        ("=us", ["us"]),
        ("us", ["US", "us"]),
        ("minister", ["Minister’s"]),
        ("follow-up", ["follow-up"]),
        ('"follow up"', ["follow-up"]),
        ("urumqi", ["Ürümqi"]),
        ("=Urumqi", []),
        ("urumpi~1", ["Ürümqi"]),
        ("新疆", ["新疆"]),
        ("新营", []),
        ("हिन्दी", ["हिन्दी"]),
        ("معسكرات", ["معسكرات"]),
        ('"camps in (urumqi OR almaty)"', ["camps in Ürümqi"]),
        ('"words presidents"~3', ["words near the presidents"]),
        ('"words presidents"~1', []),
        ("president NEAR/2 word", ["words near the presidents"]),
        ("president PRE/2 word", []),
        ("word PRE/2 president", ["words near the presidents"]),
        ("camp -presidents", ["camps", "camp", "camping"]),
        ("headline:camp", []),
        ('="in Ürümqi"', ["in Ürümqi"]),
        ('"in Ürümqi 新"', ["in Ürümqi, 新"]),
    ],
)
def test_the_words_that_a_query_means_are_marked(query: str, found: list[str]) -> None:
    marked = hits(parse(query), TEXT, language="en", field="body")

    assert [TEXT[hit.start : hit.end] for hit in marked] == found


def test_what_is_asked_of_a_part_is_marked_there() -> None:
    [hit] = hits(parse("headline:camp"), "The camps", language="en", field="headline")

    assert (hit.start, hit.end) == (4, 9)


def test_overlapping_hits_are_one() -> None:
    [hit] = hits(parse('"a b" OR "b c"'), "a b c", language="en")

    assert (hit.start, hit.end) == (0, 5)


def test_a_word_is_stemmed_by_its_language() -> None:
    assert stem(fold("Kinder"), "de") == stem(fold("Kindern"), "de")
    assert stem(fold("Kinder"), None) == "kinder"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'État, c'est moi", ["l'État", "c'est", "moi"]),
        ("3.5 per cent", ["3", "5", "per", "cent"]),
        ("東京で", ["東", "京", "で"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("👩‍👩‍👧 née", ["née"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_digits_and_marks(text: str, words: list[str]) -> None:
    assert printed_words(text) == words


def test_every_mark_that_unicode_has_is_part_of_a_word() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    marks = [sign for sign in signs if unicodedata.category(sign) in {"Mn", "Mc"}]
    within = [mark for mark in marks if not re.match(f"[{words._UNSPACED}]", mark)]

    assert len(within) > 2_000
    assert [
        mark for mark in within if words.pattern_of(mark).findall(f"a{mark}b") != [f"a{mark}b"]
    ] == []
