"""What an article is about, as numbers: its words and names, each weighed by how rare it is. Pure.

Two articles are compared by the cosine of their words and by the cosine of the words of their
names: of two accidents of one week the words are alike, and the names are not.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.related.events.naming import words_of
from articles.related.events.profiling import Profile

type Frequency = Callable[[str], int]

# A corpus is thought to have had so many articles before, each word in this share of them.
_PRIOR_ARTICLES, _PRIOR_SHARE = 200, 1 / 400
_SHARE_OF_NAMES = 0.3
# Names that are alike in two languages tell so much of what they and the words would in one.
_ACROSS = 0.65
_MOST_KNOWN = 300_000
_NAMES_SHOWN = _WORDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Weighed:
    """A profile as two vectors of length 1, or without any value."""

    words: Mapping[str, float]
    names: Mapping[str, float]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are, from 0 to 1: by words, by names, together."""

    score: float
    cosine: float
    names_cosine: float


# How much a word counts that stands so often in an article.
_OFTEN = (0.0, *(1 + math.log(times) for times in range(1, 64)))


@dataclass(slots=True)
class Rarity:
    """How much a word tells: the more, the fewer of ``articles`` have it by ``frequency``."""

    articles: int
    frequency: Frequency
    known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str) -> float:
        """Return a word's weight; 0 for one that stands in nearly every article."""
        weight = self.known.get(word)
        if weight is None:
            weight = self.weight_of(self.frequency(word))
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[word] = weight
        return weight

    def weight_of(self, frequency: int) -> float:
        """Return the weight of a word that stands in so many articles."""
        there = frequency + _PRIOR_ARTICLES * _PRIOR_SHARE
        return max(math.log((self.articles + _PRIOR_ARTICLES) / there), 0.0)


def weighed(profile: Profile, words: Rarity, names: Rarity) -> Weighed:
    """Return a profile as two vectors of length 1."""
    return Weighed(_unit(profile.words, words), _unit(profile.names, names), profile.printed)


def likeness(first: Weighed, second: Weighed, *, one_language: bool = True) -> Likeness:
    """Return how alike two articles are; without names on one side, by words alone.

    Of two languages only the names are compared.
    """
    cosine = _cosine(first.words, second.words)
    names_cosine = _cosine(first.names, second.names)
    named = bool(first.names and second.names)
    score = together(cosine, names_cosine, one_language=one_language, named=named)
    return Likeness(score, min(cosine, 1.0), min(names_cosine, 1.0))


def together(cosine: float, names_cosine: float, *, one_language: bool, named: bool) -> float:
    """Return the score of two articles by their cosines; ``named`` if both have names."""
    score = cosine
    if not one_language:
        score = _ACROSS * names_cosine
    elif named:
        score = (1 - _SHARE_OF_NAMES) * cosine + _SHARE_OF_NAMES * names_cosine
    return min(score, 1.0)


def in_common(first: Weighed, second: Weighed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names and the words that two articles have in common, what tells most first."""
    names = _in_both(first, second, _by_weight(first.names, second.names))
    return names, tuple(_by_weight(first.words, second.words)[:_WORDS_SHOWN])


def _unit(counts: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    known, of = rarity.known, rarity.of
    vector = {}
    # Asked of each word of each pair that is compared: what was asked before is looked up here.
    for word, times in counts.items():
        weight = known.get(word)
        if weight is None:
            weight = of(word)
        if weight:
            often = _OFTEN[times] if times < len(_OFTEN) else 1 + math.log(times)
            vector[word] = often * weight
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {word: value / length for word, value in vector.items()} if length else {}


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    # Exactly, so that both sides get the same to the last digit.
    return math.fsum([first[word] * second[word] for word in first.keys() & second.keys()])


def _by_weight(first: Mapping[str, float], second: Mapping[str, float]) -> list[str]:
    adds = {word: first[word] * second[word] for word in first.keys() & second.keys()}
    return sorted(adds, key=lambda word: (-adds[word], word))


def _in_both(first: Weighed, second: Weighed, common: Sequence[str]) -> tuple[str, ...]:
    """Return names of which all words are in both, as printed in either, by how much they tell."""
    place = {word: number for number, word in enumerate(common)}
    told = []
    for name in {*first.printed, *second.printed}:
        words = words_of(name)
        if words and all(word in place for word in words):
            told.append((min(place[word] for word in words), -len(words), name))
    names, seen = [], set[str]()
    for _, _, name in sorted(told):
        parts = set(words_of(name))
        if not parts <= seen:
            names.append(name)
            seen |= parts
    return tuple(names[:_NAMES_SHOWN])
