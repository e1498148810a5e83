"""What a part of a text is taken for when it becomes an article of its own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.curation.proposals import (
    as_an_article,
    as_it_stands,
    headline_of,
    with_headline,
)
from articles.formats.protocol import ReadOptions
from articles.models import CorrectedField
from articles.text import Block, BlockKind, normalise_block

PARAGRAPH = "The ferry company said on Wednesday that fares would rise by a tenth from April."
# Blocks of versions are in normal form, and none is empty.
lines = st.text(max_size=60).map(normalise_block).filter(bool)
kinds = st.sampled_from(list(BlockKind))
parts = st.lists(
    st.builds(Block, kinds, st.sampled_from([PARAGRAPH, "By Ann Lee"]) | lines), max_size=8
)


def plain(*words: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, each) for each in words]


def test_a_short_first_line_is_the_headline() -> None:
    assert headline_of(as_it_stands(plain("Fares to rise", PARAGRAPH)).blocks) == "Fares to rise"


def test_a_first_paragraph_is_no_headline() -> None:
    assert headline_of(as_it_stands(plain(PARAGRAPH, PARAGRAPH)).blocks) == ""


def test_a_byline_leaves_the_text_and_is_put_down() -> None:
    read = as_an_article(plain("Fares to rise", "By Ann Lee", PARAGRAPH), ReadOptions())

    assert read is not None
    assert headline_of(read.blocks) == "Fares to rise"
    assert read.left_out == ["By Ann Lee"]
    assert read.values[CorrectedField.BYLINE] == "By Ann Lee"


def test_kinds_that_the_reader_cannot_see_stay() -> None:
    part = [
        *plain("Fares to rise", PARAGRAPH),
        Block(BlockKind.QUOTATION, "We were not asked at all, said a passenger at the pier."),
    ]

    read = as_an_article(part, ReadOptions())

    assert read is not None
    assert read.blocks[-1].kind is BlockKind.QUOTATION


def test_two_articles_are_not_read_as_one() -> None:
    part = plain(
        "Fares to rise", "By Ann Lee", "12 May 2019", PARAGRAPH,
        "Bridge to close", "By Jane Doe", "13 May 2019", PARAGRAPH,
    )  # fmt: skip

    read = as_an_article(part, ReadOptions())

    assert read is None or "Bridge to close" in " ".join(b.text for b in read.blocks)


def test_a_part_too_long_to_wait_for_is_not_read() -> None:
    assert as_an_article(plain("Fares to rise", PARAGRAPH * 3_000), ReadOptions()) is None


def test_a_headline_takes_the_place_of_another() -> None:
    part = [Block(BlockKind.HEADLINE, "Old"), *plain(PARAGRAPH)]

    assert headline_of(with_headline(part, "New")) == "New"
    assert with_headline(part, "") == plain(PARAGRAPH)


# Its first example warms the reader up.
@settings(deadline=None)
@given(parts)
def test_no_line_vanishes_without_being_told(part: list[Block]) -> None:
    read = as_an_article(part, ReadOptions())

    for proposal in filter(None, (read, as_it_stands(part))):
        kept = " ".join(" ".join(block.text for block in proposal.blocks).split())
        lines_before = [line for block in part for line in block.text.split("\n")]
        for line in lines_before:
            there = kept.count(" ".join(line.split())) + proposal.left_out.count(line)
            assert there >= lines_before.count(line)
