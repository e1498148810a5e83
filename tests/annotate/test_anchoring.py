"""Where words of one text stand in another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.annotate.anchoring import aligning
from articles.annotate.anchoring.anchoring import CONTEXT, EXACT, FUZZY, Carried, Carrier, carry
from articles.text import Block, BlockKind, Composed, compose

OLD = (
    "The harbour bridge was opened on Tuesday by Mr. Gladstone.",
    "Gladstone spoke for an hour. Crowds cheered Gladstone as he left for Leeds.",
    "The weather was fine.",
)


def composed(*paragraphs: str, headline: str = "Bridge opens") -> Composed:
    blocks = [Block(BlockKind.HEADLINE, headline)]
    return compose(blocks + [Block(BlockKind.PARAGRAPH, words) for words in paragraphs])


def spans(text: Composed) -> list[list[object]]:
    return [[span.kind, span.start, span.end] for span in text.spans]


def carried(old: Composed, new: Composed, quote: str, nth: int = 0) -> Carried | None:
    start = -1
    for _ in range(nth + 1):
        start = old.text.index(quote, start + 1)
    end = start + len(quote)
    prefix, suffix = old.text[max(0, start - 32) : start], old.text[end : end + 32]
    return carry(quote, prefix, suffix, start, old.text, new.text, spans(new))


def test_words_of_an_unchanged_paragraph_are_where_it_is_now() -> None:
    new = composed("A new beginning.", *reversed(OLD))

    found = carried(composed(*OLD), new, "Gladstone", nth=2)

    assert found is not None
    assert (found.placing, found.sure) == (EXACT, 1.0)
    assert found.start == new.text.index("Gladstone as he left")


def test_of_the_same_name_twice_each_goes_its_own_way() -> None:
    changed = "In the end Gladstone spoke for two hours. Then crowds cheered Gladstone as he left."
    new = composed(OLD[0], changed, OLD[2])

    first, second = (carried(composed(*OLD), new, "Gladstone", nth=nth) for nth in (1, 2))

    assert first is not None
    assert second is not None
    assert first.start == new.text.index("Gladstone spoke")
    assert second.start == new.text.index("Gladstone as he")
    assert {first.placing, second.placing} <= {EXACT, CONTEXT}


def test_words_that_were_moved_are_found_by_what_is_around_them() -> None:
    new = composed("Crowds cheered Gladstone as he left for Leeds. The end.", OLD[0])

    found = carried(composed(*OLD), new, "Leeds")

    assert found is not None
    assert found.placing == CONTEXT
    assert found.sure < 1


def test_a_name_that_was_put_right_is_found_though_it_is_spelt_otherwise() -> None:
    new = composed(OLD[0].replace("Mr. Gladstone", "Mr. Gladston"), *OLD[1:])

    found = carried(composed(*OLD), new, "Mr. Gladstone")

    assert found is not None
    assert (found.placing, new.text[found.start : found.end]) == (FUZZY, "Mr. Gladston")
    assert found.sure < 1


def test_a_long_passage_stays_though_a_word_in_it_changed() -> None:
    passage = " ".join(f"word{number}" for number in range(200))
    new = composed(passage.replace("word77", "another"))

    found = carried(composed(passage), new, passage)

    assert found is not None
    assert new.text[found.start : found.end].startswith("word0 ")
    assert new.text[found.start : found.end].endswith(" word199")
    assert (found.placing, found.sure > 0.9) == (FUZZY, True)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("The harbour bridge was closed again.", OLD[2]),
        # Another of that name.
        ("Nothing was heard of it in Leeds, where Gladstonebury lies.", OLD[2]),
        (),
    ],
)
def test_words_that_are_gone_are_nowhere(paragraphs: tuple[str, ...]) -> None:
    assert carried(composed(*OLD), composed(*paragraphs), "Gladstone", nth=1) is None


def test_a_part_of_a_longer_word_is_not_the_word() -> None:
    new = composed(OLD[0].replace("Gladstone", "Gladstonebury"))

    found = carried(composed(OLD[0]), new, "Gladstone")

    assert found is None or new.text[found.start : found.end] != "Gladstone"


def test_words_that_a_new_paragraph_divides_are_nowhere() -> None:
    divided = ("Crowds cheered Gladstone as he", "left for Leeds.")

    assert carried(composed(OLD[1]), composed(*divided), "Gladstone as he left") is None


def test_an_anchor_that_does_not_fit_its_text_is_found_by_its_words_alone() -> None:
    new = composed(*OLD)
    prefix = "harbour bridge was opened on Tuesday by Mr. "

    found = carry("Gladstone", prefix, ".", 3, "Something else", new.text, spans(new))

    assert found is not None
    assert found.placing == CONTEXT
    assert found.start == new.text.index("Gladstone")


WORDS = st.lists(
    st.sampled_from(["Smith", "Jones", "Leeds", "the", "of", "a.", "é́", "👩‍🚀", "x"]),
    min_size=1,
    max_size=8,
).map(" ".join)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=5)


@settings(max_examples=300, deadline=None)
@given(st.data(), PARAGRAPHS, PARAGRAPHS)
def test_a_place_is_of_words_in_one_block(
    data: st.DataObject, before: list[str], after: list[str]
) -> None:
    old, new = composed(*before), composed(*after)
    block = data.draw(st.sampled_from(old.spans))
    start = data.draw(st.integers(block.start, block.end - 1))
    quote = old.text[start : data.draw(st.integers(start + 1, block.end))].strip()
    start = old.text.index(quote, start)

    prefix, suffix = old.text[max(0, start - 32) : start], old.text[start + len(quote) :][:32]
    found = carry(quote, prefix, suffix, start, old.text, new.text, spans(new)) if quote else None

    if found is not None:
        stands = new.text[found.start : found.end]
        assert stands == stands.strip() != ""
        assert any(span.start <= found.start < found.end <= span.end for span in new.spans)
        assert 0 <= found.sure <= 1
        assert found.placing == FUZZY or stands == quote
        assert found.sure < 1 or found.placing == EXACT or stands == quote


@settings(deadline=None)
@given(st.data(), PARAGRAPHS)
def test_in_the_same_text_all_stays_where_it_is(data: st.DataObject, paragraphs: list[str]) -> None:
    text = composed(*paragraphs)
    block = data.draw(st.sampled_from(text.spans))
    words = text.text[block.start : block.end]

    found = carry(words, "", "", block.start, text.text, text.text, spans(text))

    assert found == Carried(block.start, block.end, EXACT, 1.0)


@settings(deadline=None)
@given(st.data(), PARAGRAPHS, WORDS)
def test_what_lies_in_unchanged_paragraphs_follows_them_exactly(
    data: st.DataObject, paragraphs: list[str], more: str
) -> None:
    unlike = [f"{words} {number}" for number, words in enumerate(paragraphs)]
    at = data.draw(st.integers(0, len(unlike)))
    old, new = composed(*unlike), composed(*unlike[:at], f"new {more}", *unlike[at:])

    for words in unlike:
        found = carried(old, new, words)
        assert found == Carried(
            new.text.index(words), new.text.index(words) + len(words), EXACT, 1.0
        )


def test_work_is_bounded_in_long_texts() -> None:
    words = " ".join(f"word{number % 5000}" for number in range(400_000))
    changed = " ".join(f"word{number % 4999}" for number in range(400_000))
    old, new = composed(words), composed(changed)
    carrier = Carrier(old.text, new.text, spans(new))

    for number in range(150):
        start = old.text.index("word", number * 20_000)
        quote = old.text[start : start + 60].rsplit(" ", 1)[0]
        suffix = old.text[start + len(quote) :][:32]
        carrier.carry(quote, old.text[max(0, start - 32) : start], suffix, start)

    assert 0 <= carrier.budget.left <= aligning.WORK


def test_a_spent_budget_leaves_words_nowhere_and_does_not_guess() -> None:
    new = composed("Crowds cheered Gladstone as he left for Leeds. The end.", OLD[0])
    old = composed(*OLD)
    carrier = Carrier(old.text, new.text, spans(new))
    carrier.budget = aligning.Budget(0)
    start = old.text.index("Leeds")

    assert carrier.carry("Leeds", old.text[start - 32 : start], ".", start) is None
