"""Hits in a version's text: marked where the index looks for them, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Version
from articles.search.index.documents import PARTS
from articles.search.language.matching import hits
from articles.search.language.parts import parts_of, words_of
from articles.search.language.query import parse
from articles.search.language.words import Placed, printed_words, words_in
from articles.search.marking import Marker, byline_hits, marks
from articles.text import Block, BlockKind, compose
from articles.views.reading.typesetting import marked, marked_line, typeset

WORDS = ["camp", "Camps", "the", "Ürümqi", "新疆", "معسكر", "e\u0301cole", "😀", "follow-up", "“a”"]
QUERIES = [
    "camp", '"the camp"', "camp NEAR/3 the", "headline:camp OR caption:the", "新疆 OR a", "urumqi",
    "ecole OR معسكر", '"camp the"~2', "follow-up", "-camp the", "byline:camp",
]  # fmt: skip

blocks = st.lists(
    st.builds(
        Block,
        st.sampled_from(list(BlockKind)),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
    ),
    max_size=8,
)


def version_of(*made: Block) -> Version:
    composed = compose(made)
    stored = [[span.kind.value, span.start, span.end] for span in composed.spans]
    return Version(text=composed.text, blocks=stored, read={})


# Letters, digits and marks of all kinds, apostrophes, and what is no part of a word.
signs = (
    st.sampled_from("aab1_' ’ʼ-.“éß\u0301\u0302ก新疆ア\u064bن\U00011100\U00011180😀\u200d\n")
    | st.characters()
)


@given(text=st.text(signs, max_size=60), data=st.data())
def test_words_stand_where_they_are_looked_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = list(words_in(text, start, end))
    placed = Placed(text, [(start, end)])

    assert placed.printed == [word[0] for word in words]
    for number in data.draw(st.permutations(range(len(words)))):
        assert (placed.start(number), placed.end(number)) == words[number].span()


def test_words_of_other_blocks_are_none_of_a_part() -> None:
    text = "the camp\nthe camp the\ncamp the"
    placed = Placed(text, [(0, 8), (22, 30)])

    assert placed.printed == ["the", "camp", "camp", "the"]
    assert [placed.start(number) for number in range(4)] == [0, 4, 22, 27]


@settings(deadline=None)
@given(made=blocks, query=st.sampled_from(QUERIES), language=st.sampled_from(["en", None]))
def test_marks_are_what_the_parts_have_as_they_are_searched(
    made: list[Block], query: str, language: str | None
) -> None:
    version, tree = version_of(*made), parse(query)
    found = marks(tree, version, language)

    assert [(mark.start, mark.end) for mark in found] == sorted(
        (mark.start, mark.end) for mark in found
    )
    for one, other in pairwise(found):
        assert one.end <= other.start
    for mark in found:
        [kind] = [kind for kind, start, end in version.blocks if start <= mark.start < end]
        assert mark.end <= next(e for _, s, e in version.blocks if s <= mark.start < e)
        assert mark.part in {part.name for part in parts_of([[kind, 0, 1]])}
    for part, searched in words_of(version.text, version.blocks).items():
        expected = hits(tree, searched, language=language, field=part)
        by_hit: dict[int, list[str]] = {}
        for mark in found:
            if mark.part == part:
                by_hit.setdefault(mark.hit, []).append(version.text[mark.start : mark.end])
        assert [printed_words(" ".join(pieces)) for pieces in by_hit.values()] == [
            printed_words(searched[hit.start : hit.end]) for hit in expected
        ]
    assert list(dict.fromkeys(mark.hit for mark in found)) == sorted({m.hit for m in found})


def test_a_hit_over_the_end_of_a_block_is_marked_in_both_under_one_number() -> None:
    version = version_of(
        Block(BlockKind.PARAGRAPH, "He saw the camp."), Block(BlockKind.PARAGRAPH, "Guards came.")
    )

    first, second = marks(parse('"camp guards"'), version, "en")

    assert [version.text[m.start : m.end] for m in (first, second)] == ["camp", "Guards"]
    assert (first.hit, first.is_first, second.hit, second.is_first) == (1, True, 1, False)


def test_notes_are_of_the_body_although_they_stand_below_captions() -> None:
    version = version_of(
        Block(BlockKind.PARAGRAPH, "The camp"),
        Block(BlockKind.CAPTION, "A camp pictured"),
        Block(BlockKind.NOTE, "grew, said the camp."),
    )

    found = marks(parse('body:("camp grew" OR camp) OR caption:camp'), version, "en")

    assert [(version.text[m.start : m.end], m.hit, m.part) for m in found] == [
        ("camp", 1, "body"),
        ("camp", 2, "caption"),
        ("grew", 1, "body"),
        ("camp", 3, "body"),
    ]


def test_every_kind_of_block_is_in_a_part_that_is_searched() -> None:
    for kind in BlockKind:
        [part] = parts_of([[kind.value, 0, 1]])
        assert part.name in PARTS


def test_a_byline_is_marked_by_its_name_alone() -> None:
    assert byline_hits(parse("almaty"), "By Ann in Almaty", "en") == []
    [hit] = byline_hits(parse("byline:almaty"), "By Ann in Almaty", "en")
    assert (hit.start, hit.end) == (10, 16)
    assert byline_hits(parse("byline:almaty"), None, "en") == []


def test_a_marker_keeps_languages_apart() -> None:
    marker = Marker(parse("kinder"))
    text = "Kindern"
    stored: list[list[str | int]] = [["paragraph", 0, 7]]

    assert marker.marks(text, stored, "de")
    assert not marker.marks(text, stored, None)


def test_a_text_is_set_with_its_hits_in_marks_and_is_otherwise_the_same() -> None:
    version = version_of(
        Block(BlockKind.HEADLINE, "Camps <b>& more"),
        Block(BlockKind.DATELINE, "CAMP TOWN —"),
        Block(BlockKind.PARAGRAPH, "A <camp>."),
        Block(BlockKind.LIST_ITEM, "camp"),
        Block(BlockKind.CAPTION, "The camp"),
    )
    version.read = {"captions": [{"text": "The camp", "credit": "A. Photographer"}]}

    page = typeset(version, marks(parse("camp"), version, "en"))

    assert page.headline == [
        '<mark class="hit" id="hit-1" data-hit="1">Camps</mark> &lt;b&gt;&amp; more'
    ]
    assert page.body[0].dateline.startswith('<mark class="hit" id="hit-2" data-hit="2">CAMP</mark>')
    assert page.body[0].text == ('A &lt;<mark class="hit" id="hit-3" data-hit="3">camp</mark>&gt;.')
    assert page.body[1].items == ['<mark class="hit" id="hit-4" data-hit="4">camp</mark>']
    assert page.pictures[0].credit == "A. Photographer"
    assert "mark" in page.pictures[0].caption
    plain = typeset(version)
    assert plain.headline == ["Camps <b>& more"]
    assert not hasattr(plain.headline[0], "__html__")


def test_a_line_without_a_place_in_the_text_is_marked_without_a_number() -> None:
    line = "By <Ann> in Almaty"
    found = byline_hits(parse("byline:almaty"), line, "en")

    assert marked_line(line, found) == 'By &lt;Ann&gt; in <mark class="hit">Almaty</mark>'
    assert marked(line, 0, len(line), []) == line


@pytest.mark.parametrize("query", ["camp", '"the camp"'])
def test_an_empty_text_has_no_hits(query: str) -> None:
    assert marks(parse(query), Version(text="", blocks=[], read={}), "en") == []
