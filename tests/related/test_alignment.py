import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.related.matching.alignment import Alignment, Passage, align
from articles.related.matching.kinds import kind_of
from articles.related.matching.prints import prints
from articles.related.matching.wording import Words

_PIECES = [
    ["the", "harbour", "bridge", "was", "closed", "on", "monday", "after", "a", "ship", "struck"],
    ["one", "of", "its", "piers", "and", "the", "port", "authority", "said", "repairs"],
    ["would", "take", "until", "the", "end", "of", "the", "month", "at", "the", "least"],
    ["police", "said"],
    ["ha", "ha", "ha", "ha", "ha", "ha", "ha"],
]
_TEXTS = st.lists(
    st.sampled_from(_PIECES) | st.lists(st.sampled_from("abcde"), max_size=12), max_size=12
).map(lambda pieces: [word for piece in pieces for word in piece])


def _words(folded: list[str] | str) -> Words:
    words = folded.split() if isinstance(folded, str) else folded
    text = " ".join(words)
    return Words(text, [(0, len(text))])


def _numbered(name: str, count: int) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


@given(_TEXTS, _TEXTS)
def test_passages_are_the_same_words_on_both_sides_each_once(
    one: list[str], other: list[str]
) -> None:
    found = align(_words(one), _words(other))

    taken: tuple[set[int], set[int]] = (set(), set())
    for each in found.passages:
        first = range(each.first, each.first + each.length)
        second = range(each.second, each.second + each.length)
        assert [one[at] for at in first] == [other[at] for at in second]
        assert taken[0].isdisjoint(first)
        assert taken[1].isdisjoint(second)
        taken[0].update(first)
        taken[1].update(second)
    assert len(taken[0]) == len(taken[1]) == found.words
    assert found.longest == max((each.length for each in found.passages), default=0)
    assert list(found.passages) == sorted(found.passages)


# Two passages that are equally long, of which but one can be taken.
@example(list("babbab"), list("abbabba"))
@given(_TEXTS, _TEXTS)
def test_is_mirrored_the_other_way_round(one: list[str], other: list[str]) -> None:
    assert align(_words(other), _words(one)) == align(_words(one), _words(other)).mirrored()


@given(_TEXTS.filter(lambda words: len(words) >= 5))
def test_a_text_is_the_whole_of_itself(words: list[str]) -> None:
    found = align(_words(words), _words(words))

    assert found.passages == (Passage(0, 0, len(words)),)
    assert (found.first_share, found.second_share, found.is_whole) == (1.0, 1.0, True)


# A match of which a part is taken, and five words are left.
@example(list("aaaabbaabaabab"), list("baabaaaaaabb"))
@given(_TEXTS, _TEXTS)
def test_every_run_of_five_that_both_have_is_found_or_taken(
    one: list[str], other: list[str]
) -> None:
    found = align(_words(one), _words(other))
    first = {at for each in found.passages for at in range(each.first, each.first + each.length)}
    second = {at for each in found.passages for at in range(each.second, each.second + each.length)}

    for start in range(len(one) - 4):
        for begin in range(len(other) - 4):
            if one[start : start + 5] == other[begin : begin + 5]:
                assert first & set(range(start, start + 5)) or second & set(range(begin, begin + 5))


def test_finds_what_was_moved() -> None:
    start, middle, end = _numbered("a", 40), _numbered("b", 40), _numbered("c", 40)

    found = align(_words(start + middle + end), _words(start + end + middle))

    assert found.passages == (Passage(0, 0, 40), Passage(40, 80, 40), Passage(80, 40, 40))


def test_finds_short_runs_between_two_passages() -> None:
    one = "a b c d e f X g h Y i j k l m n"
    other = "a b c d e f P g h Q R i j k l m n"

    found = align(_words(one), _words(other))

    assert [each.length for each in found.passages] == [6, 2, 6]


def test_finds_nothing_short_where_nothing_else_is_alike() -> None:
    found = align(_words("one of the men said no"), _words("he was one of the few"))

    assert found == Alignment((), 0, 0, 0.0, 0.0)


def test_an_empty_text_shares_nothing() -> None:
    assert align(_words(""), _words("a b c d e f")) == Alignment((), 0, 0, 0.0, 0.0)


def test_leaves_boilerplate_out() -> None:
    footer = _numbered("footer", 40)
    one, other = _numbered("a", 60) + footer, _numbered("b", 60) + footer

    found = align(_words(one), _words(other), boilerplate=set(prints(footer)))

    assert found.words == 0


def test_leaves_out_of_a_passage_only_its_boilerplate() -> None:
    story, footer = _numbered("story", 60), _numbered("footer", 40)
    one, other = _numbered("a", 9) + story + footer, _numbered("b", 9) + story + footer

    found = align(_words(one), _words(other), boilerplate=set(prints(footer)))

    (passage,) = found.passages
    assert (passage.first, passage.second) == (9, 9)
    # A word more or less where the one goes over into the other, up to a print.
    assert 60 - 8 <= passage.length <= 60 + 8


def test_shares_are_of_the_words_that_are_no_boilerplate() -> None:
    story, footer = _numbered("story", 60), _numbered("footer", 60)

    found = align(_words(story + footer), _words(story), boilerplate=set(prints(footer)))

    assert found.second_share == 1.0
    assert 0.85 <= found.first_share <= 1.0


def _one_word(count: int) -> list[str]:
    return ["ha"] * count


def _noisy(name: str) -> list[str]:
    paragraph = _numbered("word", 100)
    return [word for at in range(5_000) for word in [*paragraph, f"{name}{at}"]]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (_one_word(100_000), _one_word(100_000), "same_text"),
        (_one_word(100_000), _one_word(40_000), "edited_version"),
        (list("abcde") * 20_000, list("abcde") * 20_000, "same_text"),
        (list("abcde") * 20_000, list("edcba") * 20_000, None),
        (_noisy("one"), _noisy("other"), "same_text"),
    ],
    ids=["one word", "one word, fewer", "five words", "five words turned", "a paragraph, noisy"],
)
def test_texts_that_repeat_themselves_end_within_bounds_and_it_is_said(
    one: list[str], other: list[str], kind: str | None
) -> None:
    found = align(_words(one), _words(other))

    assert kind_of(found) == kind
    assert found.is_whole is (kind is None)


def test_two_texts_of_five_megabytes_are_compared_whole() -> None:
    one = _numbered("word", 700_000)
    other = one[100_000:500_000] + _numbered("other", 200_000)

    found = align(_words(one), _words(other))

    assert found.passages == (Passage(100_000, 0, 400_000),)
    assert found.is_whole
