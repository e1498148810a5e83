"""What an article is about, as numbers: its words and names, each weighed by how rare it is. Pure.

Two articles are compared by the cosine of their words and by the cosine of the words of their
names: of two accidents of one week the words are alike, and the names are not.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.search.words import fold, printed_words, stems_of
from articles.text import BlockKind

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]
type Frequency = Callable[[str], int]

# What an outlet adds about other things than the event.
_LEFT_OUT = frozenset({BlockKind.NOTE.value})
# In how many articles a word is thought to be before any was read, as if of so many.
_PRIOR_ARTICLES = 200
_PRIOR_SHARE = 1 / 400
_LONGEST_WORD = 60
_NAMES_SHOWN = 12
_WORDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an article is compared: how often each stem stands in it, and each word of its names.

    ``printed`` are its names as printed, the most frequent first.
    """

    words: Mapping[str, int]
    names: Mapping[str, int]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A profile as two vectors of length 1."""

    words: Mapping[str, float]
    names: Mapping[str, float]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are, from 0 to 1: by words, by names, together; and by which."""

    score: float
    cosine: float
    names_cosine: float
    names: tuple[str, ...]
    words_in_common: tuple[str, ...]


@dataclass(slots=True)
class Rarity:
    """How much a word tells: the more, the fewer of ``articles`` have it by ``frequency``."""

    articles: int
    frequency: Frequency
    _known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str) -> float:
        """Return a word's weight; 0 for one that stands in nearly every article."""
        weight = self._known.get(word)
        if weight is None:
            there = self.frequency(word) + _PRIOR_ARTICLES * _PRIOR_SHARE
            weight = max(math.log((self.articles + _PRIOR_ARTICLES) / there), 0.0)
            self._known[word] = weight
        return weight


def profile(
    text: str, blocks: Iterable[StoredBlock], names: Iterable[str], language: str | None
) -> Profile:
    """Return what of an article is compared; ``names`` are those in it, each as often as it is."""
    stems = stems_of(language)
    words: Counter[str] = Counter()
    for kind, start, end in blocks:
        if kind not in _LEFT_OUT:
            words.update(
                stems[word]
                for word in printed_words(text[int(start) : int(end)])
                if len(word) <= _LONGEST_WORD
            )
    printed = Counter(names)
    parts: Counter[str] = Counter()
    for name, times in printed.items():
        for word in _words_of(name):
            parts[word] += times
    return Profile(words, parts, tuple(name for name, _ in printed.most_common()))


def weighed(profile: Profile, words: Rarity, names: Rarity) -> Weighed:
    """Return a profile as two vectors of length 1."""
    return Weighed(_unit(profile.words, words), _unit(profile.names, names), profile.printed)


def likeness(first: Weighed, second: Weighed, *, share_of_names: float = 0.4) -> Likeness:
    """Return how alike two articles are; without names on one side, by words alone."""
    cosine, common = _cosine(first.words, second.words)
    names_cosine, common_names = _cosine(first.names, second.names)
    score = cosine
    if first.names and second.names:
        score = (1 - share_of_names) * cosine + share_of_names * names_cosine
    return Likeness(
        score=min(score, 1.0),
        cosine=min(cosine, 1.0),
        names_cosine=min(names_cosine, 1.0),
        names=_named(first, common_names),
        words_in_common=tuple(common[:_WORDS_SHOWN]),
    )


def _unit(counts: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    vector = {word: (1 + math.log(times)) * rarity.of(word) for word, times in counts.items()}
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / length for word, value in vector.items() if value} if length else {}


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> tuple[float, list[str]]:
    """Return the cosine, and what is in common, by how much it adds to it."""
    adds = {word: first[word] * second[word] for word in first.keys() & second.keys()}
    return sum(adds.values()), sorted(adds, key=lambda word: (-adds[word], word))


def _named(first: Weighed, common: Sequence[str]) -> tuple[str, ...]:
    """Return names that both have, as printed in the first, by how much they tell."""
    shared, told = set(common), []
    place = {word: number for number, word in enumerate(common)}
    for name in first.printed:
        words = _words_of(name)
        if words and all(word in shared for word in words):
            told.append((min(place[word] for word in words), -len(words), name))
    names, seen = [], set[str]()
    for _, _, name in sorted(told):
        parts = set(_words_of(name))
        if not parts <= seen:
            names.append(name)
            seen |= parts
    return tuple(names[:_NAMES_SHOWN])


def _words_of(name: str) -> list[str]:
    return [fold(word) for word in printed_words(name)]
