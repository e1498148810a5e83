"""How alike articles are: by their words and names, each weighed by how rare it is. Pure.

Two articles are compared by the cosine of their words and by the cosine of the words of their
names: of two accidents of one week the words are alike, and the names are not. One is compared with
many at once, and what comes out is the same from both sides, to the last digit.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from articles.related.events.naming import words_of
from articles.related.events.numbers import MOST_TIMES, NAMES, Counted, Numbers, Places, numbers_in
from articles.related.events.profiling import Profile

# A corpus is thought to have had so many articles before, each word in this share of them.
_PRIOR_ARTICLES, _PRIOR_SHARE = 200, 1 / 400
_SHARE_OF_NAMES = 0.3
# Names that are alike in two languages tell so much of what they and the words would in one.
_ACROSS = 0.65
# How much a word counts that stands so often in an article.
_OFTEN = np.concatenate(([0.0], 1 + np.log(np.arange(1, MOST_TIMES + 1))))
_OFTEN_OF: list[float] = _OFTEN.tolist()
_LOW = (1 << 16) - 1
# What numbers of names are told apart by from those of words, which are less.
_NAMES_FROM = 1 << 32

type Values = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
# The square of a word's weight, and how much it counts as often as it stands there.
type Tells = tuple[float, float]
# Names as printed, and the words of each.
type Named = dict[str, tuple[str, ...]]
type Frequencies = Callable[[Numbers], npt.NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the first of several articles is to each, from 0 to 1."""

    scores: Values
    cosines: Values
    by_names: Values

    def put(self, place: int, other: "Likeness", there: int) -> None:
        """Put what another one has ``there`` in the place of what this one has."""
        self.scores[place] = other.scores[there]
        self.cosines[place] = other.cosines[there]
        self.by_names[place] = other.by_names[there]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much words tell: the more, the fewer of ``articles`` have them by ``frequencies``."""

    articles: int
    frequencies: Frequencies

    def of(self, numbers: Numbers) -> Values:
        """Return the weight of words; 0 for one that stands in nearly every article."""
        return self.weights_of(self.frequencies(numbers))

    def weights_of(self, frequencies: npt.NDArray[np.int32]) -> Values:
        """Return the weights of words that stand in so many articles."""
        there = frequencies + _PRIOR_ARTICLES * _PRIOR_SHARE
        weights: Values = np.log((self.articles + _PRIOR_ARTICLES) / there)
        return np.maximum(weights, 0.0)


def likeness(counted: Counted, lengths: Values, rarity: Rarity, one_language: Flags) -> Likeness:
    """Return how alike the first of several articles is to each of all.

    With the ``lengths`` of each by words and by names, as :func:`lengths_of` has them. Without
    names on one side by words alone; those that are not of ``one_language`` with it by names alone.
    """
    own = int(counted.sizes[0].sum())
    weights = rarity.of(counted.numbers[:own])
    places, of, at = shared(counted)
    often, weighs = _OFTEN[counted.times[places]], weights[at]
    adds = (_OFTEN[counted.times[at]] * weighs) * (often * weighs)
    sums = np.bincount(of, adds, counted.sizes.size).reshape(-1, 2)
    longest = lengths * lengths[0]
    tell: Flags = longest > 0
    cosines, by_names = np.divide(sums, longest, out=np.zeros(sums.shape), where=tell).T
    both = (1 - _SHARE_OF_NAMES) * cosines + _SHARE_OF_NAMES * by_names
    scores = np.where(one_language, np.where(tell[:, 1], both, cosines), _ACROSS * by_names)
    return Likeness(*(np.minimum(each, 1.0) for each in (scores, cosines, by_names)))


def lengths_of(counted: Counted, rarity: Rarity, rows: npt.NDArray[np.intp]) -> Values:
    """Return how long some of several articles are, as vectors of what their words weigh.

    Two lengths for each of the ``rows``, which are in order: by words, and by names.
    """
    wanted = np.zeros(len(counted.sizes), np.bool_)
    wanted[rows] = True
    here = wanted.repeat(counted.sizes.sum(axis=1))
    values = _OFTEN[counted.times[here]] * rarity.of(counted.numbers[here])
    of = np.arange(2 * len(rows)).repeat(counted.sizes[rows].ravel())
    lengths: Values = np.sqrt(np.bincount(of, values * values, 2 * len(rows)))
    return lengths.reshape(-1, 2)


def shared(counted: Counted) -> tuple[Places, Places, Places]:
    """Return what of several articles is of the first too: words that are words, names names.

    Of each the place among all; whose it is, twice the row of the article, and one more for names;
    and its place in the first.
    """
    words, names = counted.sizes[0].tolist()
    own = counted.numbers[: words + names]
    # Most are none of the first, which their last bits tell at once.
    marks = np.zeros(_LOW + 1, np.bool_)
    marks[own & _LOW] = True
    places = marks.take(counted.numbers & _LOW, mode="clip").nonzero()[0]
    of = np.arange(counted.sizes.size).repeat(counted.sizes.ravel())[places]
    # A word and a name may be one number.
    ordered = own.astype(np.int64)
    ordered[words:] += _NAMES_FROM
    wanted = counted.numbers[places] + (of & 1) * _NAMES_FROM
    at = np.minimum(ordered.searchsorted(wanted), max(len(own) - 1, 0))
    same = ordered[at] == wanted if len(own) else np.zeros(0, np.bool_)
    return places[same], of[same], at[same]


def telling(
    corpus_id: int,
    what: str,
    own: Mapping[str, int],
    others: Iterable[Mapping[str, int]],
    rarity: Rarity,
) -> dict[str, Tells]:
    """Return what words of an article (or of its names, by ``what``) tell.

    Of those that any of the others has too.
    """
    shared = set[str]().union(*[own.keys() & other for other in others])
    weights = rarity.of(numbers_in(corpus_id, what, shared)).tolist()
    return {
        word: (weight * weight, _often(own[word]))
        for word, weight in zip(shared, weights, strict=True)
    }


def words_in_common(first: Mapping[str, Tells], second: Mapping[str, int]) -> list[str]:
    """Return the words that both have by how much they tell, of equals by the alphabet.

    ``first`` is what is :func:`telling` in one, ``second`` how often words stand in the other.
    """
    adds = {}
    for word in sorted(first.keys() & second):
        weight, times = first[word]
        # In this order it is the same from both sides, to the last digit.
        adds[word] = weight * (times * _often(second[word]))
    return sorted(filter(adds.get, adds), key=adds.__getitem__, reverse=True)


def names_among(printed: Sequence[str], words: Collection[str]) -> Named:
    """Return those of names of which all words are among some ``words``, and the words of each."""
    found = {}
    for name in _with_any(printed, words):
        told = words_of(name)
        if told and told[0] in words and all(word in words for word in told):
            found[name] = told
    return found


def _with_any(printed: Sequence[str], words: Iterable[str]) -> list[str]:
    """Return names, but of those in ASCII only such as have one of some words as a part.

    Most names are of others: to look for words in all of them at once is quicker than to tell the
    words of each.
    """
    plain, found = printed, list[str]()
    if not "".join(printed).isascii():
        plain = [name for name in printed if name.isascii()]
        found = [name for name in printed if not name.isascii()]
    whole = "\0".join([*plain, ""]).casefold()
    places = set()
    for word in words:
        at = whole.find(word)
        while at >= 0:
            places.add(whole.count("\0", 0, at))
            at = whole.find(word, whole.find("\0", at))
    return found + [plain[place] for place in places]


def names_in_common(first: Named, second: Sequence[str], common: Sequence[str]) -> list[str]:
    """Return names of which all words are in both, as printed in either, by how much they tell.

    ``first`` are the :func:`names_among` those of one, with at least all words of ``common`` there:
    these are the words of names that both have, what tells most first.
    """
    if not common:
        return []
    place = {word: number for number, word in enumerate(common)}
    printed = names_among(second, place)
    for name, words in first.items():
        if words[0] in place and place.keys() >= {*words}:
            printed[name] = words
    told = [
        (min([place[word] for word in words]), -len(words), name) for name, words in printed.items()
    ]
    names, seen = [], set[str]()
    for _, _, name in sorted(told):
        if not seen.issuperset(printed[name]):
            names.append(name)
            seen.update(printed[name])
    return names


def names_of_both(corpus_id: int, first: Profile, second: Profile, rarity: Rarity) -> list[str]:
    """Return the names that two articles have in common, by how much they tell."""
    names = telling(corpus_id, NAMES, first.names, [second.names], rarity)
    common = words_in_common(names, second.names)
    return names_in_common(names_among(first.printed, names), second.printed, common)


def _often(times: int) -> float:
    return _OFTEN_OF[min(times, MOST_TIMES)]
