"""Where two texts have five words and more in a row alike, found by hashes. Pure, and bounded.

Every pair of places at which both have the same five words is a seed, and seeds in a row make a
match. Texts that repeat themselves have more of them than can be weighed: it is said then that
some were not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articles.related.matching.prints import RUN, Hashes, Places
from articles.related.matching.wording import Words

# Pairs of places that are weighed, beyond one a word; and matches that are made longer where not
# every pair was weighed.
SEEDS = 200_000
EXTENDED = 5_000

type Match = tuple[int, int, int]


def matches(first: Words, second: Words) -> tuple[list[Match], bool]:
    """Return the maximal matches of five words and more, and whether all seeds were weighed."""
    one = first.hashes
    order, ordered, is_each_once = second.ordered
    if not len(one) or not len(order):
        return [], True
    low = np.searchsorted(ordered, one, "left")
    if is_each_once:
        places = np.flatnonzero(ordered[np.minimum(low, len(ordered) - 1)] == one)
        return _in_a_row(places, order[low[places]]), True
    counts = np.searchsorted(ordered, one, "right") - low
    places = np.flatnonzero(counts)
    # Long texts have many; those of texts that do not repeat themselves are no more than words.
    most = SEEDS + min(len(one), len(order))
    is_whole = int(counts.sum()) <= most
    if is_whole:
        chosen = _Seeds(places, low[places], counts[places])
    else:
        chosen = _fewer(one[places], places, low[places], counts[places], most)
    found = _in_a_row(*chosen.pairs(order))
    if is_whole:
        return found, True
    return _extended(first.folded, second.folded, found), False


@dataclass(frozen=True, slots=True)
class _Seeds:
    """Places in the one, each with where its equals begin among the other's ordered runs."""

    places: Places
    low: Places
    counts: Places

    def pairs(self, order: Places) -> tuple[Places, Places]:
        """Return every pair of equal places."""
        before = np.cumsum(self.counts) - self.counts
        within = np.arange(int(self.counts.sum())) - np.repeat(before, self.counts)
        at = np.repeat(self.low, self.counts) + within
        return np.repeat(self.places, self.counts), order[at]


def _fewer(hashes: Hashes, places: Places, low: Places, counts: Places, most: int) -> _Seeds:
    """Return as many seeds as may be weighed: all of rare runs; of others the n-th with the n-th.

    So texts that repeat themselves are laid beside each other as they run.
    """
    _, inverse, own = np.unique(hashes, return_inverse=True, return_counts=True)
    grouped = np.argsort(inverse, kind="stable")
    nth = np.empty_like(grouped)
    nth[grouped] = np.arange(len(grouped)) - np.repeat(np.cumsum(own) - own, own)
    weights = counts * own[inverse]
    by_weight = np.argsort(weights, kind="stable")
    is_rare = np.zeros(len(places), bool)
    is_rare[by_weight[np.cumsum(counts[by_weight]) <= most // 2]] = True
    # A run is rare everywhere or nowhere.
    is_rare &= weights < weights[~is_rare].min()
    has_nth = ~is_rare & (nth < counts)
    has_nth &= np.cumsum(has_nth) <= most
    chosen = is_rare | has_nth
    return _Seeds(
        places[chosen],
        (low + np.where(is_rare, 0, nth))[chosen],
        np.where(is_rare, counts, 1)[chosen],
    )


def _in_a_row(one: Places, other: Places) -> list[Match]:
    """Return matches made of seeds that follow each other on both sides; ``one`` is in order."""
    if not len(one):
        return []
    ahead = one - other
    order = np.argsort(ahead, kind="stable")
    one, other, ahead = one[order], other[order], ahead[order]
    is_first = np.ones(len(one) + 1, bool)
    is_first[1:-1] = (ahead[1:] != ahead[:-1]) | (one[1:] - one[:-1] != 1)
    edges = np.flatnonzero(is_first)
    starts, lengths = edges[:-1], edges[1:] - edges[:-1] + RUN - 1
    return list(zip(one[starts].tolist(), other[starts].tolist(), lengths.tolist(), strict=True))


def _extended(first: Sequence[str], second: Sequence[str], matches: list[Match]) -> list[Match]:
    """Return matches made as long as the words allow, both texts' beginnings and ends too.

    Where not every seed was weighed, a match may go on through those that were not.
    """
    numbers: dict[str, int] = {}
    one, other = (
        np.fromiter((numbers.setdefault(word, len(numbers)) for word in side), np.int64, len(side))
        for side in (first, second)
    )
    ends = [(0, 0, 0), (len(one), len(other), 0)]
    made: list[Match] = []
    reached: dict[int, int] = {}
    by_length = sorted(matches, key=lambda each: -each[2])
    for start, begin, length in sorted(by_length[:EXTENDED] + ends):
        if start < reached.get(start - begin, -1):
            continue
        back = _alike(one[:start][::-1], other[:begin][::-1])
        on = _alike(one[start + length :], other[begin + length :])
        reached[start - begin] = start + length + on
        if back + length + on >= RUN:
            made.append((start - back, begin - back, back + length + on))
    return made + by_length[EXTENDED:]


def _alike(one: Places, other: Places) -> int:
    """Return how many numbers are equal from the start on."""
    count, step = 0, 16
    most = min(len(one), len(other))
    while count < most:
        stop = min(count + step, most)
        differ = one[count:stop] != other[count:stop]
        if differ.any():
            return count + int(differ.argmax())
        count, step = stop, step * 4
    return count
