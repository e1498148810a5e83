import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related.matching import wording
from articles.related.matching.wording import body_words, folded
from articles.text import Block, BlockKind, compose

_PRINTED = (
    "U.S.", "U.S", "don’t", "5", "%", "per", "cent", "Per cent", "super", "1,500", "co-operate",
    "re‑elect", "to-day", "北京", "ไทย", "Æsop", "É", "-", "’", ".", "“", "(word)", "_", "naïve.",
)  # fmt: skip
_BETWEEN = (" ", " ", " ", "", "\u00a0", "\n", "\t", "\u2028", "\u200b")


def _folded(text: str) -> list[str]:
    composed = compose([Block(BlockKind.PARAGRAPH, text)])
    return list(body_words(composed.text, composed.spans).folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. government", "the US government"),
        ("the U.S.-led force", "the US-led force"),
        ("a well-known man", "a well known man"),
        ("5% of them", "5 per cent of them"),
        ("5 percent of them", "5% of them"),
        ("“Don’t,” he said", '"Don\'t," he said'),
        ("1,500 men", "1500 men"),
        ("co-operation", "cooperation"),
        ("the re-election", "the reelection"),
        ("CAFÉ", "cafe"),
        ("Æsop", "Aesop"),
        ("publicising the neighbouring", "publicizing the neighboring"),
    ],
)
def test_words_that_papers_print_otherwise_are_the_same(one: str, other: str) -> None:
    assert _folded(one) == _folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("3.5 million", "35 million"), ("1932", "1,933"), ("May 5", "May 6"), ("in form", "inform")],
)
def test_words_that_say_something_else_are_not(one: str, other: str) -> None:
    assert _folded(one) != _folded(other)


def test_each_character_is_a_word_where_words_have_no_spaces() -> None:
    assert _folded("北京 says 5 per cent") == ["北", "京", "says", "5", "percent"]


def test_only_the_body_counts() -> None:
    left_out = {BlockKind.KEY_POINT, BlockKind.LIST_ITEM}
    composed = compose([Block(kind, str(kind)) for kind in BlockKind if kind not in left_out])

    words = body_words(composed.text, composed.spans)

    assert words.folded == ("paragraph", "crosshead", "quotation")


def test_places_are_code_points_of_the_text() -> None:
    text = "𝐀 “colour” cost 5 per cent."
    composed = compose([Block(BlockKind.HEADLINE, "𝐁 it"), Block(BlockKind.PARAGRAPH, text)])

    words = body_words(composed.text, composed.spans)

    printed = [composed.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    assert printed == ["𝐀", "colour", "cost", "5", "per cent"]
    assert words.folded == ("a", "color", "cost", "5", "percent")


@given(st.lists(st.tuples(st.sampled_from(_PRINTED), st.sampled_from(_BETWEEN)), max_size=30))
def test_each_word_stands_where_it_is_said_to(parts: list[tuple[str, str]]) -> None:
    composed = compose([Block(BlockKind.PARAGRAPH, "".join(map("".join, parts)))])

    words = body_words(composed.text, composed.spans)

    printed = [composed.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    assert tuple(map(folded, printed)) == words.folded


def test_what_is_known_of_words_is_forgotten_and_found_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "One colour, two colours, three “colours”, and an address://of-a-page/with/a/long/name."
    before = _folded(text)
    monkeypatch.setattr(wording, "_KEPT_PRINTED", 2)
    monkeypatch.setattr(wording, "_KEPT_WORDS", 2)
    wording._folded_in.clear()

    assert [_folded(text) for _ in range(3)] == [before] * 3
    assert len(wording._folded_in) <= 2
