"""The form every stored text has, and its offsets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import (
    Block,
    BlockKind,
    body_word_count,
    compose,
    from_utf16,
    normalise,
    normalise_block,
    normalise_line,
    to_utf16,
    trim_span,
    word_count,
)

anything = st.text(st.characters(categories=None), max_size=80)
blocks = st.lists(st.builds(Block, st.sampled_from(BlockKind), anything), max_size=8)


@given(anything)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    for normal in (normalise, normalise_line, normalise_block):
        assert normal(normal(text)) == normal(text)


@given(anything)
def test_a_normal_text_is_storable(text: str) -> None:
    normal = normalise(text)

    assert "\0" not in normal
    assert "\r" not in normal
    assert unicodedata.is_normalized("NFC", normal)
    normal.encode()


def test_a_lone_surrogate_leaves_a_trace() -> None:
    assert normalise("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("ends", ["a\r\nb", "a\rb", "a\u2028b", "a\x85b"])
def test_every_line_end_becomes_one(ends: str) -> None:
    assert normalise(ends) == "a\nb"


@given(blocks)
def test_spans_are_disjoint_and_hold_all_but_separators(parts: list[Block]) -> None:
    composed = compose(parts)

    at = 0
    for span in composed.spans:
        assert composed.text[at : span.start].strip() == ""
        words = composed.text[span.start : span.end]
        assert words
        assert words == words.strip()
        at = span.end
    assert at == len(composed.text)
    assert composed.text == normalise(composed.text)


@given(blocks)
def test_composing_keeps_every_block_that_has_words(parts: list[Block]) -> None:
    composed = compose(parts)

    kept = sorted((s.kind, composed.text[s.start : s.end]) for s in composed.spans)
    assert kept == sorted(
        (b.kind, normalise_block(b.text)) for b in parts if normalise_block(b.text)
    )


def test_the_headline_comes_first_and_captions_last() -> None:
    composed = compose(
        [
            Block(BlockKind.CAPTION, "A bridge."),
            Block(BlockKind.PARAGRAPH, "It opened."),
            Block(BlockKind.HEADLINE, "Bridge opens"),
        ]
    )

    assert composed.text == "Bridge opens\n\nIt opened.\n\nA bridge."


def test_a_dateline_stands_on_its_paragraphs_line() -> None:
    composed = compose(
        [Block(BlockKind.DATELINE, "OSLO (AP) —"), Block(BlockKind.PARAGRAPH, "It opened.")]
    )

    assert composed.text == "OSLO (AP) — It opened."
    assert body_word_count(composed) == 2


@given(anything, st.integers(0, 80))
def test_utf16_offsets_go_there_and_back(text: str, offset: int) -> None:
    text = normalise(text)
    offset = min(offset, len(text))

    there = to_utf16(text, offset)

    assert there == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, there) == offset


@given(anything, st.integers(0, 80), st.integers(0, 80))
def test_a_trimmed_span_neither_begins_nor_ends_in_white_space(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))

    start, end = trim_span(text, start, end)

    assert start <= end
    assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Don't stop the well-known 3.5", 5),
        ("It opened — at last", 4),
        ("Moscow/Kyiv—now", 3),
        ("a & b - c", 3),
        ("中国允许", 4),
        ("افتتاح قناة السويس", 3),
        ("Tokyo 東京 now", 4),
    ],
)
def test_words_are_counted_as_editors_count(text: str, words: int) -> None:
    assert word_count(text) == words
