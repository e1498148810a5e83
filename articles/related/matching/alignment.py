"""Which passages two texts share, word by word. Pure, and bounded.

Every run of five words that both have is a seed; seeds in a row make a match; matches are taken
the longest first, each word once on either side; what is left between two passages is searched
again for shorter runs. Only so many seeds are weighed: texts that repeat themselves endlessly are
aligned as far as that goes, and it is said that there may be more.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise

from articles.related.matching.prints import LAST_BITS, RUN, Hashes, marks_of
from articles.related.matching.seeding import Match, matches
from articles.related.matching.wording import Words

# Matches that are tried.
TRIES = 100_000
# Between two passages, how many words are searched on either side, and for how many in a row.
GAP = 40
SHORT = 2


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """``length`` words in a row that both texts have, by their numbers in the one and the other."""

    first: int
    second: int
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two texts share: passages in the order of the first, disjoint on both sides.

    ``words`` is how many are shared, ``longest`` in the longest passage; the shares are of the
    words of each side that are no boilerplate. ``is_whole`` is False where a bound ended it.
    """

    passages: tuple[Passage, ...]
    words: int
    longest: int
    first_share: float
    second_share: float
    is_whole: bool = True

    def mirrored(self) -> "Alignment":
        """Return the same with its sides exchanged."""
        turned = sorted(Passage(each.second, each.first, each.length) for each in self.passages)
        return Alignment(
            tuple(turned), self.words, self.longest,
            self.second_share, self.first_share, self.is_whole,
        )  # fmt: skip


def align(first: Words, second: Words, *, boilerplate: AbstractSet[int] = frozenset()) -> Alignment:
    """Return what two texts share, without passages all whose prints are ``boilerplate``.

    ``align(b, a)`` is ``align(a, b)`` mirrored.
    """
    # One order for both calls: whatever is decided between equals is decided alike.
    if _rank(first) > _rank(second):
        return align(second, first, boilerplate=boilerplate).mirrored()
    found, is_whole = matches(first, second)
    taken, all_tried = _longest_first(first.folded, second.folded, found)
    if boilerplate:
        taken = [part for each in taken for part in _without(first.hashes, each, boilerplate)]
    taken = _closed(first.folded, second.folded, sorted(taken))
    words = sum(length for _, _, length in taken)
    return Alignment(
        passages=tuple(Passage(*each) for each in taken),
        words=words,
        longest=max((length for _, _, length in taken), default=0),
        first_share=_share(words, first, boilerplate),
        second_share=_share(words, second, boilerplate),
        is_whole=is_whole and all_tried,
    )


def _rank(words: Words) -> tuple[int, tuple[str, ...]]:
    return len(words), words.folded


def _longest_first(
    first: Sequence[str], second: Sequence[str], found: list[Match]
) -> tuple[list[Match], bool]:
    """Return matches that share no word on either side, and whether all were tried."""
    one, other = bytearray(len(first)), bytearray(len(second))
    heap = [(-length, start, begin) for start, begin, length in found]
    heapify(heap)
    taken: list[Match] = []
    for _ in range(TRIES):
        if not heap:
            return taken, True
        least, start, begin = heappop(heap)
        length = -least
        free = _free(one, other, (start, begin, length))
        if free == [(start, begin, length)]:
            # Two runs with one hash and other words are next to impossible, and no passage.
            if first[start : start + length] == second[begin : begin + length]:
                taken.append((start, begin, length))
                one[start : start + length] = other[begin : begin + length] = b"\1" * length
            continue
        for start, begin, length in free:
            if length >= RUN:
                heappush(heap, (-length, start, begin))
    return taken, not heap


def _free(one: bytearray, other: bytearray, match: Match) -> list[Match]:
    """Return the parts of a match whose words are taken on neither side."""
    start, begin, length = match
    at, free = 0, []
    while at < length:
        busy = max(_run(one, start + at, start + length), _run(other, begin + at, begin + length))
        if busy:
            at += busy
            continue
        stops = (
            one.find(1, start + at, start + length) - start,
            other.find(1, begin + at, begin + length) - begin,
        )
        stop = min((each for each in stops if each >= at), default=length)
        free.append((start + at, begin + at, stop - at))
        at = stop
    return free


def _run(taken: bytearray, start: int, end: int) -> int:
    """Return how many words in a row are taken from ``start`` on."""
    if not taken[start]:
        return 0
    free = taken.find(0, start, end)
    return (end if free < 0 else free) - start


def _without(hashes: Hashes, match: Match, boilerplate: AbstractSet[int]) -> list[Match]:
    """Return what is left of a match without its boilerplate; ``hashes`` are of the one's runs."""
    start, begin, length = match
    runs = hashes[start : start + length - RUN + 1]
    if boilerplate.isdisjoint((runs & LAST_BITS).tolist()):
        return [match]
    parts = _parts(marks_of(runs), length, boilerplate)
    return [(start + low, begin + low, high - low) for low, high in parts if high - low >= RUN]


def _parts(
    chosen: Sequence[tuple[int, int]], words: int, boilerplate: AbstractSet[int]
) -> list[tuple[int, int]]:
    """Return what, from word to word, is no boilerplate of a text of so many words.

    By its prints and their places: a word goes with the print before it; those before the first
    print with that.
    """
    if not chosen:
        return [(0, words)]
    (first, _), *others = chosen
    parts, low, is_wanted = list[tuple[int, int]](), 0, first not in boilerplate
    for mark, place in others:
        if (mark in boilerplate) is is_wanted:
            if is_wanted:
                parts.append((low, place))
            low, is_wanted = place, not is_wanted
    return [*parts, (low, words)] if is_wanted else parts


def _share(words: int, side: Words, boilerplate: AbstractSet[int]) -> float:
    """Return which part of a text's own words so many are."""
    if not words:
        return 0.0
    told = len(side)
    if boilerplate:
        parts = _parts(side.marks, len(side), boilerplate)
        told = sum(high - low for low, high in parts)
    return min(words / max(told, 1), 1.0)


def _closed(first: Sequence[str], second: Sequence[str], taken: list[Match]) -> list[Match]:
    """Return the passages in order with what is alike in the gaps between neighbours."""
    if not taken:
        return taken
    after = {
        begin + length: following[1]
        for (_, begin, length), following in pairwise(sorted(taken, key=lambda each: each[1]))
    }
    more = []
    for (start, begin, length), (next_start, next_begin, _) in pairwise(taken):
        low, deep = start + length, begin + length
        if after.get(deep) != next_begin:
            continue
        if 0 < next_start - low <= GAP and 0 < next_begin - deep <= GAP:
            found = _in_gap(first[low:next_start], second[deep:next_begin])
            more += [(low + here, deep + there, size) for here, there, size in found]
    return sorted(taken + more)


def _in_gap(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """Return runs of two words and more of two short texts in the order of both, longest first."""
    best = (0, 0, 0)
    lengths = [0] * (len(other) + 1)
    for here, word in enumerate(one):
        above = 0
        for there, its in enumerate(other):
            was = lengths[there + 1]
            lengths[there + 1] = above + 1 if word == its else 0
            if lengths[there + 1] > best[2]:
                size = lengths[there + 1]
                best = (here + 1 - size, there + 1 - size, size)
            above = was
    here, there, size = best
    if size < SHORT:
        return []
    right = _in_gap(one[here + size :], other[there + size :])
    return [
        *_in_gap(one[:here], other[:there]),
        best,
        *((here + size + a, there + size + b, length) for a, b, length in right),
    ]
