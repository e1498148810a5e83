"""Which blocks of two texts stand beside each other, and which of their words are the same. Pure.

Passages that keep their order are kept words, others moved. Blocks that share enough of the first
are paired; so are blocks between two pairs that have many words in common. Between the passages of
a pair single words are matched.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from articles.related.comparing.comparison_gaps import Budget, between
from articles.related.comparing.comparison_likeness import Pair, alike
from articles.related.comparing.comparison_passages import Segment, heaviest_chain, passages
from articles.related.comparing.comparison_words import Tokens
from articles.related.matching.wording import BODY
from articles.text import BlockKind, Span

# Words in a row that a pair of blocks shares at least, or this part of the shorter: less is chance.
_STRONG_WORDS = 9
_STRONG_SHARE = 0.3
# Fewer words in a row are not said to have moved, unless they are most of a block.
_MOVED_WORDS = 7
_MOVED_SHARE = 0.5
# A text has one of each: they are each other's counterpart, however much they were rewritten.
_ONE_OF_A_KIND = (BlockKind.HEADLINE, BlockKind.STANDFIRST)
# Of such a pair so much of the shorter must be the same for its words to be matched; of one that
# was paired by likeness more. In letters, those of short words for a fifth: "of the" is chance.
_LEAST_SHARE = 0.2
_LEAST_SHARE_ALIKE = 0.33
_SHORT_WORD = 5


@dataclass(slots=True)
class Matching:
    """What two texts share; ``pairs`` of blocks stand beside each other, rising on both sides."""

    segments: list[Segment] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    is_whole: bool = True


@dataclass(slots=True)
class _Sides:
    first: Tokens
    second: Tokens
    first_kinds: Sequence[BlockKind]
    second_kinds: Sequence[BlockKind]
    # Headline and headline, standfirst and standfirst.
    alone: list[Pair]
    # By word: 1 where it is kept in order, 2 where it moved.
    first_taken: bytearray
    second_taken: bytearray
    budget: Budget = field(default_factory=Budget)

    def pair_of(self, segment: Segment) -> Pair:
        return self.first.blocks[segment.first], self.second.blocks[segment.second]

    def shorter(self, pair: Pair) -> int:
        return min(self.first.length(pair[0]), self.second.length(pair[1]))

    def take(self, segment: Segment) -> None:
        sign = b"\2" if segment.is_moved else b"\1"
        i, j, i_end, j_end, _ = segment
        self.first_taken[i:i_end] = sign * (i_end - i)
        self.second_taken[j:j_end] = sign * (j_end - j)


def match(
    first: Tokens, second: Tokens, first_spans: Sequence[Span], second_spans: Sequence[Span]
) -> Matching:
    """Return what two texts share, and which blocks stand beside each other."""
    first_kinds = [BlockKind(span.kind) for span in first_spans]
    second_kinds = [BlockKind(span.kind) for span in second_spans]
    sides = _Sides(
        first,
        second,
        first_kinds,
        second_kinds,
        _one_of_a_kind(first_kinds, second_kinds),
        bytearray(len(first)),
        bytearray(len(second)),
    )
    found = passages(first, second, _classes(sides.first_kinds), _classes(sides.second_kinds))
    kept, others = _in_order(sides, found)
    moved = _moved(sides, others)
    for segment in (*kept, *moved):
        sides.take(segment)
    near = _by_pair(sides, kept)
    pairs = _rows(sides, near)
    pairs = _with_alike(sides, pairs, near)
    segments = [*kept, *moved]
    paired = set(pairs)
    for pair in (*pairs, *(each for each in near if each not in paired)):
        segments += _filled(sides, pair, near.get(pair, []), is_moved=False)
    for pair, those in _by_pair(sides, moved).items():
        if sum(each.words for each in those) >= _MOVED_SHARE * sides.shorter(pair):
            segments += _filled(sides, pair, those, is_moved=True)
    met = set(_by_pair(sides, segments)) | set(sides.alone)
    pairs = [pair for pair in pairs if pair in met]
    return Matching(sorted(segments), pairs, not sides.budget.is_spent)


def _classes(kinds: Iterable[BlockKind]) -> list[int]:
    order = list(BlockKind)
    return [0 if kind in BODY else 1 + order.index(kind) for kind in kinds]


def _in_order(sides: _Sides, found: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Part passages into those that keep their order, of pairs that share enough, and others."""
    chain = heaviest_chain(
        [(each.first, each.second) for each in found], [each.words for each in found]
    )
    in_order = set(chain)
    kept: list[Segment] = []
    for pair, those in _by_pair(sides, [found[n] for n in chain]).items():
        if _is_strong(sides, pair, those):
            kept += those
    return sorted(kept), [each for n, each in enumerate(found) if n not in in_order]


def _is_strong(sides: _Sides, pair: Pair, those: Sequence[Segment]) -> bool:
    words = sum(each.words for each in those)
    longest = max(each.words for each in those)
    return longest >= _STRONG_WORDS or words >= _STRONG_SHARE * sides.shorter(pair)


def _moved(sides: _Sides, others: Sequence[Segment]) -> list[Segment]:
    """Return passages that stand elsewhere in the second text, without what is chance."""
    moved = []
    for pair, those in _by_pair(sides, others).items():
        most = sum(each.words for each in those) >= _MOVED_SHARE * sides.shorter(pair)
        moved += [
            each._replace(is_moved=True) for each in those if most or each.words >= _MOVED_WORDS
        ]
    return sorted(moved)


def _by_pair(sides: _Sides, segments: Iterable[Segment]) -> dict[Pair, list[Segment]]:
    pairs: dict[Pair, list[Segment]] = {}
    for segment in segments:
        pairs.setdefault(sides.pair_of(segment), []).append(segment)
    return pairs


def _rows(sides: _Sides, near: dict[Pair, list[Segment]]) -> list[Pair]:
    """Return the pairs of blocks that stand beside each other by the passages they share."""
    alone = sides.alone
    first_alone, second_alone = {i for i, _ in alone}, {j for _, j in alone}
    able = [
        pair for pair in near if pair[0] not in first_alone and pair[1] not in second_alone
    ] + alone
    weights = [float(sum(each.words for each in near.get(pair, ()))) for pair in able]
    # They stand at the head of both, so that nothing is lost by having them first.
    heavy = 1.0 + sum(weights)
    weights = [
        weight + (heavy if pair in alone else 0.0)
        for pair, weight in zip(able, weights, strict=True)
    ]
    return [able[n] for n in heaviest_chain(able, weights)]


def _one_of_a_kind(
    first_kinds: Sequence[BlockKind], second_kinds: Sequence[BlockKind]
) -> list[Pair]:
    return [
        (first_kinds.index(kind), second_kinds.index(kind))
        for kind in _ONE_OF_A_KIND
        if kind in first_kinds and kind in second_kinds
    ]


def _with_alike(
    sides: _Sides, pairs: Sequence[Pair], near: dict[Pair, list[Segment]]
) -> list[Pair]:
    """Return the pairs, and between them those of blocks that have many words in common."""
    first_met = {i for i, _ in near} | {i for i, _ in pairs} | _gone(sides.first, sides.first_taken)
    second_met = (
        {j for _, j in near} | {j for _, j in pairs} | _gone(sides.second, sides.second_taken)
    )
    whole: list[Pair] = []
    i = j = 0
    for pair in (*pairs, (len(sides.first_kinds), len(sides.second_kinds))):
        lefts = [n for n in range(i, pair[0]) if n not in first_met]
        rights = [n for n in range(j, pair[1]) if n not in second_met]
        whole += alike(sides.first, sides.second, lefts, rights, sides.budget)
        whole.append(pair)
        i, j = pair[0] + 1, pair[1] + 1
    return whole[:-1]


def _gone(tokens: Tokens, taken: bytearray) -> set[int]:
    """Return the blocks most of whose words moved."""
    return {
        block
        for block in range(len(tokens.firsts) - 1)
        if taken.count(2, tokens.firsts[block], tokens.firsts[block + 1])
        >= _MOVED_SHARE * tokens.length(block)
    }


def _filled(
    sides: _Sides, pair: Pair, those: Sequence[Segment], *, is_moved: bool
) -> list[Segment]:
    """Return words that a pair of blocks shares between its passages, and take them."""
    rising = [
        those[n]
        for n in heaviest_chain(
            [(each.first, each.second) for each in those], [each.words for each in those]
        )
    ]
    found: list[Segment] = []
    for gap in _gaps(sides, pair, rising):
        lefts = [n for n in range(*gap[0]) if not sides.first_taken[n]]
        rights = [n for n in range(*gap[1]) if not sides.second_taken[n]]
        found += between(sides.first, sides.second, lefts, rights, sides.budget)
    if not rising and not _is_enough(sides, pair, found):
        return []
    found = [each._replace(is_moved=is_moved) for each in found]
    for each in found:
        sides.take(each)
    return found


def _is_enough(sides: _Sides, pair: Pair, found: Sequence[Segment]) -> bool:
    """Whether what a pair without a passage shares is more than chance."""
    sizes = [
        _weight(tokens.keys[tokens.firsts[block] : tokens.firsts[block + 1]])
        for tokens, block in ((sides.first, pair[0]), (sides.second, pair[1]))
    ]
    shared = sum(_weight(sides.first.keys[each.first : each.first_end]) for each in found)
    least = _LEAST_SHARE if pair in sides.alone else _LEAST_SHARE_ALIKE
    return shared >= least * min(sizes)


def _weight(words: Sequence[str]) -> float:
    return sum(len(word) if len(word) >= _SHORT_WORD else len(word) / 5 for word in words)


def _gaps(
    sides: _Sides, pair: Pair, rising: Sequence[Segment]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the stretches of a pair of blocks before, between and after its passages.

    Those at the ends reach to the block's edge, or to where it shares words with another block.
    """
    i, i_end = sides.first.firsts[pair[0]], sides.first.firsts[pair[0] + 1]
    j, j_end = sides.second.firsts[pair[1]], sides.second.firsts[pair[1] + 1]
    if not rising:
        yield (i, i_end), (j, j_end)
        return
    head, last = rising[0], rising[-1]
    i = max(i, sides.first_taken.rfind(1, i, head.first) + 1)
    j = max(j, sides.second_taken.rfind(1, j, head.second) + 1)
    for each in rising:
        yield (i, each.first), (j, each.second)
        i, j = each.first_end, each.second_end
    i_stop = sides.first_taken.find(1, last.first_end, i_end)
    j_stop = sides.second_taken.find(1, last.second_end, j_end)
    yield (i, i_end if i_stop < 0 else i_stop), (j, j_end if j_stop < 0 else j_stop)
