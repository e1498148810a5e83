"""Runs of words that two texts have in common, and which of them stand in the same order. Pure."""

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.related.comparing.comparison_words import Tokens

# Words of the shortest run that is looked for.
SEED = 4
# A run of four words that recurs more often in the first text says nothing of its place.
_MOST_PLACES = 8


class Segment(NamedTuple):
    """Words that both texts have: tokens from each start to before its end, one block a side.

    As many on both sides, but where a spelling joins words: "web site", "website".
    """

    first: int
    second: int
    first_end: int
    second_end: int
    is_moved: bool = False

    @property
    def words(self) -> int:
        """How many words of the first text these are."""
        return self.first_end - self.first


def passages(
    first: Tokens, second: Tokens, first_classes: Sequence[int], second_classes: Sequence[int]
) -> list[Segment]:
    """Return disjoint runs of four words and more that both texts have, the longest chosen first.

    Each is within one block. ``classes`` say by block what it is: runs of blocks of one class are
    preferred, and then those that stand at like places.
    """
    # Places count as a part of the text, so that of equal runs the nearest are matched.
    first_size, second_size = len(first) or 1, len(second) or 1

    def ranked(i: int, j: int, length: int) -> tuple[float, float, int, int, int]:
        same = first_classes[first.blocks[i]] == second_classes[second.blocks[j]]
        far = abs(i / first_size - j / second_size)
        return (-length if same else -length / 2, far, i, j, length)

    heap = [ranked(*run) for run in _runs(first, second)]
    heapq.heapify(heap)
    taken_first, taken_second = bytearray(len(first)), bytearray(len(second))
    found = []
    while heap:
        _, _, i, j, length = heapq.heappop(heap)
        if taken_first.find(1, i, i + length) < 0 and taken_second.find(1, j, j + length) < 0:
            taken_first[i : i + length] = taken_second[j : j + length] = b"\1" * length
            found.append(Segment(i, j, i + length, j + length))
            continue
        for at, free in _free(taken_first, taken_second, i, j, length):
            heapq.heappush(heap, ranked(i + at, j + at, free))
    return sorted(found)


def _runs(first: Tokens, second: Tokens) -> Iterator[tuple[int, int, int]]:
    """Yield the longest runs that both texts have around each four words: places, and length."""
    a, b, a_blocks, b_blocks = first.keys, second.keys, first.blocks, second.blocks
    places: dict[tuple[str, ...], list[int]] = {}
    for i, gram in enumerate(zip(a, a[1:], a[2:], a[3:], strict=False)):
        if a_blocks[i] == a_blocks[i + 3]:
            places.setdefault(gram, []).append(i)
    # By diagonal: where the last run on it ended.
    ended: dict[int, int] = {}
    for j, gram in enumerate(zip(b, b[1:], b[2:], b[3:], strict=False)):
        found = places.get(gram)
        if not found or len(found) > _MOST_PLACES or b_blocks[j] != b_blocks[j + 3]:
            continue
        for i in found:
            if ended.get(i - j, -1) > j:
                continue
            low, high = _grown(first, second, i, j)
            ended[i - j] = j + high
            yield i - low, j - low, low + high


def _grown(first: Tokens, second: Tokens, i: int, j: int) -> tuple[int, int]:
    """Return how many words before and from a place are the same, within the blocks of both."""
    a, b = first.keys, second.keys
    a_block, b_block = first.blocks[i], second.blocks[j]
    before = min(i - first.firsts[a_block], j - second.firsts[b_block])
    after = min(first.firsts[a_block + 1] - i, second.firsts[b_block + 1] - j)
    low, high = 0, SEED
    while low < before and a[i - low - 1] == b[j - low - 1]:
        low += 1
    while high < after and a[i + high] == b[j + high]:
        high += 1
    return low, high


def _free(
    taken_first: bytearray, taken_second: bytearray, i: int, j: int, length: int
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a run, by offset and length, of which no word is taken."""
    start = 0
    for at in range(length + 1):
        if at == length or taken_first[i + at] or taken_second[j + at]:
            if at - start >= SEED:
                yield start, at - start
            start = at + 1


def heaviest_chain(places: Sequence[tuple[int, int]], weights: Sequence[float]) -> list[int]:
    """Return the numbers of the places, strictly rising on both sides, that weigh most in sum."""
    order = sorted(range(len(places)), key=lambda n: (places[n][0], -places[n][1]))
    ranks = sorted({second for _, second in places})
    # A Fenwick tree of the heaviest chain that ends at each place of the second side or before.
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before = [-1] * len(places)
    heaviest = (0.0, -1)
    for number in order:
        rank = bisect_left(ranks, places[number][1])
        below, at = (0.0, -1), rank
        while at > 0:
            below = max(below, best[at])
            at -= at & -at
        before[number] = below[1]
        here = (below[0] + weights[number], number)
        heaviest = max(heaviest, here)
        at = rank + 1
        while at < len(best):
            best[at] = max(best[at], here)
            at += at & -at
    chain = []
    at = heaviest[1]
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]
