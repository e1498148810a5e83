"""What is compared roughly is what is compared exactly, but for rounding."""

import random

import pytest

from articles.related.events.profiling import Profile
from articles.related.events.rough import Scale
from articles.related.events.weighing import Rarity, likeness, weighed

WORDS = [f"word{number}" for number in range(400)]


def counts(chance: random.Random, most: int) -> dict[str, int]:
    return {word: chance.randrange(1, 90) for word in chance.sample(WORDS, chance.randrange(most))}


def rarity() -> Rarity:
    # Some stand in every article, and tell nothing.
    return Rarity(500, lambda word: int(word.removeprefix("word")) ** 2)


@pytest.mark.parametrize("seed", range(5))
def test_one_is_as_like_many_as_each_of_them_alone(seed: int) -> None:
    chance, scale, often = random.Random(seed), Scale(), rarity()  # noqa: S311 -- repeatable, not secret
    all_counts = [counts(chance, 100) for _ in range(30)] + [{}, {"word399": 3}]
    counted = [scale.counted(each) for each in all_counts]
    exact = [weighed(Profile(each, {}, ()), often, often) for each in all_counts]

    for number, one in enumerate(counted):
        cosines, tell = scale.cosines(one, counted, often)
        for other, cosine in enumerate(cosines):
            assert cosine == pytest.approx(likeness(exact[number], exact[other]).cosine, abs=1e-9)
            assert tell[other] == bool(exact[number].words and exact[other].words)


def test_what_words_tell_is_asked_anew_once_it_is_forgotten() -> None:
    scale, asked = Scale(), list[str]()
    one, other = scale.counted({"quake": 1, "harbour": 2}), scale.counted({"quake": 3})

    def frequency(word: str) -> int:
        asked.append(word)
        return len(asked)

    for _ in range(2):
        scale.cosines(one, [other, other], Rarity(100, frequency))
    assert sorted(asked) == ["harbour", "quake"]
    scale.forget()
    scale.cosines(one, [other], Rarity(100, frequency))
    assert sorted(asked) == ["harbour", "harbour", "quake", "quake"]


def test_more_words_than_there_was_room_for_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.related.events.rough._ROOM", 2)
    scale, often = Scale(), rarity()
    all_counts = [dict.fromkeys(WORDS[:200], 1), dict.fromkeys(WORDS[10:60], 2)]
    counted = [scale.counted(each) for each in all_counts]
    exact = [weighed(Profile(each, {}, ()), often, often) for each in all_counts]

    cosines, _ = scale.cosines(counted[0], counted, often)

    assert len(scale) == 200
    assert cosines == pytest.approx([likeness(exact[0], each).cosine for each in exact])
    assert 0.1 < cosines[1] < 0.9


def test_a_word_may_stand_more_often_than_any_does() -> None:
    scale = Scale()
    many, one = scale.counted({"quake": 1 << 16, "harbour": 1}), scale.counted({"quake": 1})

    cosines, _ = scale.cosines(many, [one], Rarity(500, lambda _: 1))

    assert 0.9 < cosines[0] < 1
