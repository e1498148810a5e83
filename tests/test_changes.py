"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from articles.changes import Change, changes, summary
from articles.text import Block, BlockKind

WORDS = st.sampled_from(["bridge", "opened", "on", "Tuesday", ",", "the", "mayor", "said", "."])
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from([BlockKind.PARAGRAPH, BlockKind.CROSSHEAD]),
        st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    ),
    max_size=8,
)


def paragraphs(*texts: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, text) for text in texts]


@given(BLOCKS, BLOCKS)
def test_both_texts_can_be_read_off_what_changed(before: list[Block], after: list[Block]) -> None:
    passages = changes(before, after)

    def side(without: Change) -> list[str]:
        texts = ["".join(r.text for r in p.runs if r.change is not without) for p in passages]
        return [text for text in texts if text]

    assert side(Change.ADDED) == [block.text for block in before]
    assert side(Change.CUT) == [block.text for block in after]


@given(BLOCKS)
def test_the_same_text_has_no_changes(blocks: list[Block]) -> None:
    passages = changes(blocks, blocks)

    assert all(passage.is_kept for passage in passages)
    assert summary(passages).is_nothing


def test_only_the_words_that_changed_are_marked() -> None:
    (passage,) = changes(
        paragraphs("The bridge opened on Tuesday, the mayor said."),
        paragraphs("The bridge opened on Wednesday, the mayor said."),
    )

    assert [(run.change, run.text) for run in passage.runs] == [
        (Change.KEPT, "The bridge opened on "),
        (Change.CUT, "Tuesday"),
        (Change.ADDED, "Wednesday"),
        (Change.KEPT, ", the mayor said."),
    ]


def test_a_paragraph_that_went_leaves_its_neighbours_alone() -> None:
    passages = changes(
        paragraphs("The bridge opened.", "Crowds came.", "It rained all day."),
        paragraphs("The bridge opened.", "It rained all day long."),
    )

    assert [(p.is_kept, p.is_cut, p.is_added) for p in passages] == [
        (True, False, False),
        (False, True, False),
        (False, False, False),
    ]


def test_a_paragraph_about_something_else_is_not_taken_for_a_reworded_one() -> None:
    passages = changes(
        paragraphs("The bridge opened on Tuesday."), paragraphs("Wool prices fell sharply again")
    )

    assert [(p.is_cut, p.is_added) for p in passages] == [(True, False), (False, True)]


def test_a_headline_stands_beside_the_one_that_it_replaced() -> None:
    before = [Block(BlockKind.HEADLINE, "City burns"), Block(BlockKind.STANDFIRST, "No water")]
    after = [Block(BlockKind.HEADLINE, "Fire spreads"), Block(BlockKind.STANDFIRST, "Aid voted")]

    headline, standfirst = changes(before, after)

    assert [run.text for run in headline.runs] == ["City burns", "Fire spreads"]
    assert [run.text for run in standfirst.runs] == ["No water", "Aid voted"]


def test_the_summary_counts_paragraphs_and_words() -> None:
    found = summary(
        changes(
            paragraphs("The bridge opened on Tuesday.", "Crowds came."),
            paragraphs("The bridge opened on Wednesday.", "Wool fell.", "More soon."),
        )
    )

    assert (found.changed, found.added, found.cut) == (1, 2, 1)
    assert (found.words_added, found.words_cut) == (5, 3)


def test_a_huge_paragraph_is_compared_at_bounded_cost() -> None:
    before, after = "word " * 5_000 + "end", "word " * 5_000 + "finis"

    (passage,) = changes(paragraphs(before), paragraphs(after))

    assert [run.change for run in passage.runs] == [Change.CUT, Change.ADDED]
