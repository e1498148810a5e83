"""Names by their capitals: what they are told by, who a surname is, what is none."""

import pytest

from articles.annotate.recognisers.capitals import Capitals
from articles.text import Block, BlockKind, compose


def found(*paragraphs: str, headline: str = "", language: str = "en") -> list[tuple[str, str, str]]:
    blocks = [Block(BlockKind.HEADLINE, headline)] if headline else []
    composed = compose([*blocks, *(Block(BlockKind.PARAGRAPH, each) for each in paragraphs)])
    spans: list[list[str | int]] = [
        [str(span.kind), span.start, span.end] for span in composed.spans
    ]
    text = composed.text
    hits = Capitals().find(text, spans, language)
    return [(text[each.start : each.end], each.kind, each.name) for each in hits]


@pytest.mark.parametrize(
    ("words", "quote", "kind"),
    [
        ("It was said by Mr Quill today.", "Quill", "person"),
        ("We met President Ana Sol there.", "Ana Sol", "person"),
        ("A law by J. F. Tarrant passed.", "J. F. Tarrant", "person"),
        ("It was Anna van der Linden who won.", "Anna van der Linden", "person"),
        ("He works for the Harbour Bank now.", "Harbour Bank", "organisation"),
        ("It was the Bank of Arda again.", "Bank of Arda", "organisation"),
        ("Then the U.N. sent men.", "U.N.", "organisation"),
        ("They came from Tavildara on foot.", "Tavildara", "place"),
        ("The ship left for New Zealand.", "New Zealand", "place"),
        ("They swam in Lake Orin.", "Lake Orin", "place"),
        ("He ran in the Orin Marathon twice.", "Orin Marathon", "event"),
        ("In the end Quill’s ship sank, said Quill.", "Quill", "organisation"),
    ],
)
def test_what_a_name_is_follows_from_what_stands_around(words: str, quote: str, kind: str) -> None:
    assert (quote, kind) in {(each[0], each[1]) for each in found(words)}


def test_a_surname_is_who_has_it_in_the_article() -> None:
    hits = found("Mr Tobias Quill came.", "Later Quill left, and Quill’s dog.")

    assert [(quote, name) for quote, _, name in hits] == [
        ("Tobias Quill", "Tobias Quill"),
        ("Quill", "Tobias Quill"),
        ("Quill", "Tobias Quill"),
    ]


def test_headlines_in_capitals_have_the_names_of_the_article() -> None:
    hits = found("It was Tobias Quill.", headline="QUILL LEAVES LONDON FOR GOOD")

    assert ("QUILL", "person", "Tobias Quill") in hits
    assert ("LONDON", "place", "London") in hits
    assert len(hits) == 3


@pytest.mark.parametrize(
    "words",
    [
        "However it rained. Shares fell. Meanwhile they sang.",
        "On Monday in March the French and I went.",
        "nothing here has a capital, not even paris.",
        "",
        "123 – 456 😀",
    ],
)
def test_what_is_no_name_is_left_alone(words: str) -> None:
    assert found(words) == []


def test_a_language_of_capitals_is_left_alone() -> None:
    assert found("Der Hund bellt in Berlin.", language="de") == []


def test_no_name_goes_over_a_blocks_border() -> None:
    hits = found("It was Mr Tobias", "Quill came, Quill said.")

    assert [quote for quote, _, _ in hits] == ["Tobias", "Quill", "Quill"]
