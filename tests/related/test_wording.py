from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related.matching import known
from articles.related.matching.folding import folded
from articles.related.matching.prints import hash_of, run_hashes, word_hashes
from articles.related.matching.sharing import number_of
from articles.related.matching.wording import Words, body_words
from articles.related.printed import printed_in
from articles.text import Block, BlockKind, Composed, compose

_PRINTED = (
    "U.S.", "U.S", "don’t", "5", "%", "per", "cent", "Per cent", "super", "1,500", "co-operate",
    "re‑elect", "to-day", "北京", "ไทย", "Æsop", "É", "-", "’", ".", "“", "(word)", "_", "naïve.",
)  # fmt: skip
_BETWEEN = (" ", " ", " ", "", "\u00a0", "\n", "\t", "\u2028", "\u200b")


def _words(composed: Composed) -> Words:
    blocks = [(span.kind.value, span.start, span.end) for span in composed.spans]
    return body_words(composed.text, blocks)


def _folded(text: str) -> list[str]:
    return list(_words(compose([Block(BlockKind.PARAGRAPH, text)])).folded)


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

    words = _words(composed)

    assert words.folded == ("paragraph", "crosshead", "quotation")


def test_places_are_code_points_of_the_text() -> None:
    text = "𝐀 “colour” cost 5 per cent."
    composed = compose([Block(BlockKind.HEADLINE, "𝐁 it"), Block(BlockKind.PARAGRAPH, text)])

    words = _words(composed)

    printed = [composed.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    assert printed == ["𝐀", "colour", "cost", "5", "per cent"]
    assert words.folded == ("a", "color", "cost", "5", "percent")


@given(st.lists(st.tuples(st.sampled_from(_PRINTED), st.sampled_from(_BETWEEN)), max_size=30))
def test_each_word_stands_where_it_is_said_to(parts: list[tuple[str, str]]) -> None:
    composed = compose([Block(BlockKind.PARAGRAPH, "".join(map("".join, parts)))])

    words = _words(composed)

    printed = [composed.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    assert tuple(map(folded, printed)) == words.folded


@given(st.lists(st.tuples(st.sampled_from(_PRINTED), st.sampled_from(_BETWEEN)), max_size=30))
def test_hashes_and_number_are_of_the_words_one_by_one(parts: list[tuple[str, str]]) -> None:
    words = _words(compose([Block(BlockKind.PARAGRAPH, "".join(map("".join, parts)))]))

    assert words.number == number_of(*words.folded)
    assert words.hashes.tolist() == run_hashes(word_hashes(map(hash_of, words.folded))).tolist()


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("", set()),
        ("a few short words", set()),
        ("Governments, “governments” and 5 govern-\nments", {"governments"}),
        ("the Überraschung of neighbours/neighbors", {"uberraschung", "neighbors"}),
    ],
)
def test_long_words_are_known_by_number_each_once_and_in_order(text: str, long: set[str]) -> None:
    words = _words(compose([Block(BlockKind.PARAGRAPH, text)]))

    assert words.long.tolist() == sorted(crc32(word.encode()) for word in long)


def test_what_is_known_of_words_is_forgotten_and_found_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "One colour, two colours, three “colours”, and an address://of-a-page/with/a/long/name."
    before = _folded(text)
    monkeypatch.setattr(known, "MOST", 2)

    again = []
    for _ in range(3):
        printed_in.cache_clear()
        again.append(_folded(text))

    assert again == [before] * 3
