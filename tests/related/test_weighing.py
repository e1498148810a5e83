"""How alike articles are: one with many at once, the same as each with each, from both sides."""

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related.events import weighing
from articles.related.events.naming import words_of
from articles.related.events.numbers import MOST_TIMES, Counted, Numbers, counted, number_in
from articles.related.events.profiling import Profile
from articles.related.events.weighing import (
    Flags,
    Likeness,
    Rarity,
    lengths_of,
    names_among,
    names_in_common,
    names_of_both,
    shared,
    telling,
    words_in_common,
)

type Counts = Mapping[str, int]


def likeness(several: Counted, rarity: Rarity, same: Flags) -> Likeness:
    """Return how alike the first of several is to all, by lengths that are found now."""
    return weighing.likeness(
        several, lengths_of(several, rarity, np.arange(len(same))), rarity, same
    )


def by_words(*articles: Counts) -> Counted:
    """Return articles of a corpus that have no names."""
    return counted(1, *((words, {}) for words in articles))


WORDS = [f"word{number}" for number in range(40)]
ARTICLES = 500
COUNTS = st.dictionaries(st.sampled_from(WORDS), st.integers(1, 90), max_size=30)
BY_NUMBER = {number_in(1, what, word): word for what in "wn" for word in WORDS}


def frequency(word: str) -> int:
    # Some stand in every article, and tell nothing.
    return int(word.removeprefix("word")) ** 2


def frequencies(numbers: Numbers) -> np.ndarray:
    return np.array([frequency(BY_NUMBER[number]) for number in numbers.tolist()], np.int32)


RARITY = Rarity(ARTICLES, frequencies)


def plainly(one: Counts, other: Counts) -> float:
    """Return the cosine of two vectors, as a book has it."""

    def vector(counts: Counts) -> dict[str, float]:
        return {
            word: (1 + math.log(times))
            * max(math.log((ARTICLES + 200) / (frequency(word) + 0.5)), 0.0)
            for word, times in counts.items()
        }

    first, second = vector(one), vector(other)
    lengths = math.hypot(*first.values()) * math.hypot(*second.values())
    return sum(first[word] * second.get(word, 0.0) for word in first) / lengths if lengths else 0.0


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6))
def test_one_is_as_like_many_as_each_of_them_alone(articles: list[tuple[Counts, Counts]]) -> None:
    same = np.ones(len(articles), np.bool_)

    found = likeness(counted(1, *articles), RARITY, same)
    abroad = likeness(counted(1, *articles), RARITY, ~same)

    for place, (of_words, of_names) in enumerate(articles):
        cosine = plainly(articles[0][0], of_words)
        by_names = plainly(articles[0][1], of_names)
        assert found.cosines[place] == pytest.approx(cosine, abs=1e-9)
        assert found.by_names[place] == pytest.approx(by_names, abs=1e-9)
        named = plainly(articles[0][1], articles[0][1]) and plainly(of_names, of_names)
        score = 0.7 * cosine + 0.3 * by_names if named else cosine
        assert found.scores[place] == pytest.approx(min(score, 1), abs=1e-9)
        assert abroad.scores[place] == pytest.approx(0.65 * by_names, abs=1e-9)


@given(COUNTS, COUNTS, st.lists(COUNTS, max_size=3))
def test_likeness_is_the_same_from_both_sides_to_the_last_digit(
    one: Counts, other: Counts, beside: list[Counts]
) -> None:
    same = np.ones(2 + len(beside), np.bool_)

    first = likeness(by_words(one, *beside, other), RARITY, same)
    second = likeness(by_words(other, one, *beside), RARITY, same)

    assert first.scores[-1] == second.scores[1]
    assert 0 <= first.scores[-1] <= 1


def test_two_words_that_are_one_number_count_as_one_from_either_side() -> None:
    one, other = {"word93509": 1, "word151892": 3, "sea": 1}, {"word93509": 2, "sea": 1}
    rarity = Rarity(ARTICLES, lambda numbers: np.ones(len(numbers), np.int32))
    same = np.ones(2, np.bool_)

    there = likeness(by_words(one, other), rarity, same)
    back = likeness(by_words(other, one), rarity, same)

    assert number_in(1, "w", "word93509") == number_in(1, "w", "word151892")
    assert there.scores[1] == back.scores[1]
    assert there.scores[0] == pytest.approx(1)


NUMBERS = st.tuples(st.sets(st.integers(1, 200_000)), st.sets(st.integers(1, 200_000)))


def numbered(articles: Sequence[tuple[Collection[int], Collection[int]]]) -> Counted:
    """Return articles of which words, and names, have some numbers."""
    parts = [sorted(part) for both in articles for part in both]
    numbers = np.array([number for part in parts for number in part], np.uint32)
    sizes = np.array([len(part) for part in parts], np.int64).reshape(-1, 2)
    return Counted(sizes, numbers, np.ones(len(numbers), np.uint8))


@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_what_is_of_the_first_too_is_found(articles: list[tuple[set[int], set[int]]]) -> None:
    several = numbered(articles)

    places, of, at = (each.tolist() for each in shared(several))

    # Words among words, and names among names, though both have the same numbers.
    assert [
        (whose, int(several.numbers[place])) for place, whose in zip(places, of, strict=True)
    ] == [
        (2 * row + kind, number)
        for row, both in enumerate(articles)
        for kind, part in enumerate(both)
        for number in sorted(part & articles[0][kind])
    ]
    assert several.numbers[at].tolist() == several.numbers[places].tolist()
    words = len(articles[0][0])
    assert [place >= words for place in at] == [whose % 2 == 1 for whose in of]


def test_numbers_with_the_same_last_bits_are_told_apart() -> None:
    places, _, at = shared(
        numbered([({7, 7 + (1 << 17)}, set()), ({7, 7 + (1 << 16), 7 + (1 << 17)}, set())])
    )

    assert (places.tolist(), at.tolist()) == ([0, 1, 2, 4], [0, 1, 0, 1])


def test_a_word_may_stand_more_often_than_any_does() -> None:
    several = by_words({"word3": 1 << 16, "word9": 1}, {"word3": 1})

    found = likeness(several, RARITY, np.ones(2, np.bool_))

    assert several.times.max() == MOST_TIMES
    assert 0.9 < found.cosines[1] < 1


def test_a_word_of_every_article_weighs_least() -> None:
    def often(numbers: Numbers) -> np.ndarray:
        return np.array([1, 1_000], np.int32)[: len(numbers)]

    rare, common = Rarity(1_000, often).of(np.array([1, 2], np.uint32)).tolist()

    assert rare > common == pytest.approx(0.18, abs=0.01)


@given(COUNTS, COUNTS)
def test_what_two_have_in_common_is_the_same_from_both_sides(one: Counts, other: Counts) -> None:
    common = words_in_common(telling(1, "w", one, [other], RARITY), other)

    assert common == words_in_common(telling(1, "w", other, [one], RARITY), one)
    assert set(common) <= one.keys() & other.keys()


@given(COUNTS, COUNTS, st.lists(COUNTS, max_size=3))
def test_what_two_have_in_common_is_in_the_order_in_which_it_tells(
    one: Counts, other: Counts, beside: list[Counts]
) -> None:
    def adds(word: str) -> float:
        weight = max(math.log((ARTICLES + 200) / (frequency(word) + 0.5)), 0.0)
        return weight**2 * (1 + math.log(one[word])) * (1 + math.log(other[word]))

    common = words_in_common(telling(1, "w", one, [*beside, other], RARITY), other)

    assert set(common) == {word for word in one.keys() & other.keys() if adds(word)}
    weights = [adds(word) for word in common]
    assert weights == pytest.approx(sorted(weights, reverse=True))


def test_of_words_that_tell_the_same_the_first_of_the_alphabet_is_first() -> None:
    rarity = Rarity(ARTICLES, lambda numbers: np.ones(len(numbers), np.int32))
    one = {"sea": 1, "port": 1, "quay": 3, "ship": 1}

    common = words_in_common(telling(1, "w", one, [one], rarity), one)

    assert common == ["quay", "port", "sea", "ship"]


def test_the_order_is_one_from_both_sides_though_times_are_swapped() -> None:
    rarity = Rarity(ARTICLES, lambda numbers: np.ones(len(numbers), np.int32))
    one = {word: 1 + place for place, word in enumerate(WORDS)}
    other = {word: len(WORDS) - place for place, word in enumerate(WORDS)}

    common = words_in_common(telling(1, "w", one, [other], rarity), other)

    assert common == words_in_common(telling(1, "w", other, [one], rarity), one)


def test_names_in_common_are_those_of_which_all_words_are_in_both() -> None:
    names = names_in_common(
        names_among(["Ilsa Brandt", "Valdora"], {"valdora", "brandt"}),
        ["Brandt", "Port of Valdora"],
        ["valdora", "brandt"],
    )

    assert names == ["Valdora", "Brandt"]


NAMES = st.lists(
    st.lists(st.sampled_from(["The", "Ada", "Brandt", "Cástrel", "Dun"]), min_size=1, max_size=4)
    .map(" ".join)
    .map(lambda name: name.replace("Ada Brandt", "Ada-Brandt")),
    unique=True,
)


@given(NAMES, NAMES, st.permutations(["ada", "brandt", "castrel"]), st.integers(0, 3))
def test_a_name_in_common_is_told_unless_those_that_tell_more_have_its_words(
    one: list[str], other: list[str], common: list[str], number: int
) -> None:
    common = common[:number]
    known = {name: words_of(name) for name in [*one, *other] if words_of(name)}
    both = [name for name, words in known.items() if set(words) <= set(common)]
    both.sort(key=lambda name: (min(map(common.index, known[name])), -len(known[name]), name))
    told = [
        name
        for place, name in enumerate(both)
        if set(known[name]) - {word for before in both[:place] for word in known[before]}
    ]

    assert names_in_common(names_among(one, common), other, common) == told
    assert names_in_common(names_among(other, ["castrel", *common]), one, common) == told


def test_the_names_of_both_that_the_fewest_articles_have_come_first() -> None:
    often = {number_in(1, "n", "kazakhstan"): 400, number_in(1, "n", "brandt"): 25}

    def frequencies(numbers: Numbers) -> np.ndarray:
        return np.array([often.get(number, 1) for number in numbers.tolist()], np.int32)

    rarity = Rarity(ARTICLES, frequencies)
    counts = {"kazakhstan": 3, "brandt": 1, "bilash": 1}
    one = Profile({}, counts, ("Kazakhstan", "Brandt", "Bilash"))
    other = Profile({}, counts | {"kazakhstan": 9}, ("Kazakhstan", "Serik Bilash", "Brandt"))

    names = names_of_both(1, one, other, rarity)

    assert names == names_of_both(1, other, one, rarity) == ["Bilash", "Brandt", "Kazakhstan"]
