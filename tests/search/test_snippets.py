"""Snippets: what lists show of an article, around its hits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Version
from articles.search.language.query import parse
from articles.search.marking import marks
from articles.search.snippets import Piece, Snippet, snippets
from articles.text import Block, BlockKind, compose

FILLER = "and then nothing of note was said for quite a while until the end of the day "


def article(*paragraphs: str, headline: str = "A headline", language: str | None = "en") -> Article:
    made = [Block(BlockKind.HEADLINE, headline)]
    made += [Block(BlockKind.PARAGRAPH, words) for words in paragraphs]
    composed = compose(made)
    stored = [[span.kind.value, span.start, span.end] for span in composed.spans]
    version = Version(text=composed.text, blocks=stored)
    snippet = paragraphs[0][:300] if paragraphs else ""
    return Article(pk=1, headline=headline, snippet=snippet, language=language, version=version)


def shown(query: str, of: Article, *, lines: int = 2, width: int = 180) -> Snippet:
    return snippets(parse(query), [of], lines=lines, width=width)[1]


def text_of(line: object) -> str:
    assert isinstance(line, list)
    return "".join(piece.text for piece in line)


def test_hits_are_marked_in_the_headline_and_in_short_lines() -> None:
    found = shown("camp", article(f"{FILLER * 4}camps grew. {FILLER * 4}", headline="The camp"))

    assert found.headline == [Piece("The "), Piece("camp", hit=True)]
    [line] = found.lines
    assert Piece("camps", hit=True) in line
    assert line[0] == line[-1] == Piece("…")
    assert len(text_of(line)) <= 180


def test_a_line_keeps_to_its_paragraph_and_is_cut_between_words() -> None:
    found = shown("camp", article("The first.", f"A camp. {FILLER * 5}", "The last."), lines=1)

    [line] = found.lines
    assert text_of(line).startswith("A camp.")
    assert text_of(line).endswith("…")
    words = text_of(line).removesuffix("…").split()
    assert words == f"A camp. {FILLER * 5}".split()[: len(words)]


def test_the_stretch_with_more_of_the_words_is_preferred() -> None:
    found = shown(
        "camp guard",
        article("The camp.", FILLER, "A camp and its guard.", "Another camp."),
        lines=1,
    )

    assert text_of(found.lines[0]) == "A camp and its guard."


def test_lines_are_in_the_order_of_the_text_and_lie_apart() -> None:
    found = shown("camp OR guard", article("A guard.", f"{FILLER * 4}", "The camp, a camp."))

    assert [text_of(line) for line in found.lines] == ["A guard.", "The camp, a camp."]


def test_without_a_hit_it_is_how_the_article_begins() -> None:
    found = shown("source:gazette", article(FILLER * 4), lines=1)

    [line] = found.lines
    assert text_of(line).startswith("and then nothing")
    assert text_of(line).endswith("…")
    assert len(text_of(line)) <= 180


def test_a_long_hit_shows_no_more_than_a_line() -> None:
    found = shown("first NEAR/1000 last", article(f"first {FILLER * 40} last"), lines=1)

    assert len(text_of(found.lines[0])) <= 180


def test_a_hit_deep_in_a_long_text_is_found() -> None:
    long = article(*[FILLER * 5] * 200, "The camp.")
    early = article(*["The camp."] * 5, *[FILLER * 5] * 200, "The camp, the guard.")

    assert [text_of(line) for line in shown("camp", long).lines] == ["The camp."]
    # There is enough to show before the better line at the end is read.
    assert [text_of(line) for line in shown("camp OR guard", early).lines] == ["The camp."] * 2


def test_hits_are_counted_where_that_is_asked_for() -> None:
    long = article(
        *["The camp, the camp, the camp, the camp, the camp.", *[FILLER * 5] * 20, "camp"]
    )

    assert snippets(parse("camp"), [long], counted=True)[1].hits == 6


def test_a_headline_that_was_corrected_is_shown_as_it_is_now() -> None:
    corrected = article("The camp.", headline="The camp")
    corrected.headline = "Another"

    assert shown("camp", corrected).headline == [Piece("Another")]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("قال المسؤولون إن المعسكرات في المدينة كبيرة جدا ", "المعسكرات"),
        ("新疆的营地很大而且没有人知道里面有什么", "营地"),
        ("हिन्दी में समाचार पत्र प्रकाशित हुआ ", "समाचार"),
        ("👩‍👩‍👧😀 née e\u0301cole ", "née"),
    ],
)
def test_any_script_is_cut_within_bounds(words: str, query: str) -> None:
    found = shown(query, article(words * 30, language=None), lines=2, width=90)

    assert found.lines
    for line in found.lines:
        assert len(text_of(line)) <= 90
        assert any(piece.hit for piece in line)


@settings(deadline=None)
@given(
    paragraphs=st.lists(
        st.lists(
            st.sampled_from(["camp", "the", "guard", "x" * 30, "新疆", "é", "😀"]), max_size=40
        ).map(" ".join),
        min_size=1,
        max_size=6,
    ),
    query=st.sampled_from(["camp", "camp guard", '"the camp"', "camp NEAR/9 guard", "新疆"]),
    width=st.integers(40, 200),
)
def test_lines_are_stretches_of_the_text_with_all_their_hits_marked(
    paragraphs: list[str], query: str, width: int
) -> None:
    of = article(*paragraphs)
    version = of.version
    assert version is not None
    words = {version.text[mark.start : mark.end] for mark in marks(parse(query), version, "en")}
    found = shown(query, of, width=width, lines=3)

    for line in found.lines:
        inner = text_of(line).strip("…")
        assert inner in version.text
        assert "\n\n" not in inner
        assert len(text_of(line)) <= width
        for piece in line:
            if piece.hit:
                assert any(piece.text in word for word in words)
    if any(mark.part != "headline" for mark in marks(parse(query), version, "en")):
        assert all(any(piece.hit for piece in line) for line in found.lines)
        assert found.lines
