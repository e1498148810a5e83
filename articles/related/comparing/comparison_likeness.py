"""Blocks of two texts that are alike in their words, though they share no passage. Pure."""

from collections import Counter
from collections.abc import Sequence

from articles.related.comparing.comparison_gaps import Budget
from articles.related.comparing.comparison_passages import heaviest_chain
from articles.related.comparing.comparison_words import Tokens

# Blocks are paired from this likeness on.
_ALIKE = 0.35
# Pairs of blocks that are compared at most.
_MOST_BLOCK_PAIRS = 40_000

type Pair = tuple[int, int]


def alike(
    first: Tokens, second: Tokens, lefts: Sequence[int], rights: Sequence[int], budget: Budget
) -> list[Pair]:
    """Return the rising pairs of blocks that are most alike in sum."""
    head = _same(first, second, lefts, rights)
    left_rest, right_rest = lefts[head:], rights[head:]
    tail = _same(first, second, left_rest[::-1], right_rest[::-1])
    left_rest = left_rest[: len(left_rest) - tail]
    right_rest = right_rest[: len(right_rest) - tail]
    return [
        *zip(lefts[:head], rights[:head], strict=True),
        *_most_alike(first, second, left_rest, right_rest, budget),
        *zip(lefts[len(lefts) - tail :], rights[len(rights) - tail :], strict=True),
    ]


def _same(first: Tokens, second: Tokens, lefts: Sequence[int], rights: Sequence[int]) -> int:
    """Return how many blocks are the same, word by word, from the first on."""
    most = min(len(lefts), len(rights))
    return next(
        (n for n in range(most) if _key(first, lefts[n]) != _key(second, rights[n])),
        most,
    )


def _key(tokens: Tokens, block: int) -> tuple[str, ...]:
    return tuple(tokens.keys[tokens.firsts[block] : tokens.firsts[block + 1]])


def _most_alike(
    first: Tokens, second: Tokens, lefts: Sequence[int], rights: Sequence[int], budget: Budget
) -> list[Pair]:
    """Return the rising pairs of blocks by likeness; where these are too many, of the same ones."""
    if len(lefts) * len(rights) > _MOST_BLOCK_PAIRS:
        budget.is_spent = True
        return _only_ones(first, second, lefts, rights)
    left_words = [_bag(first, n) for n in lefts]
    right_words = [_bag(second, n) for n in rights]
    able, weights = [], []
    for left, left_bag in zip(lefts, left_words, strict=True):
        for right, right_bag in zip(rights, right_words, strict=True):
            likeness = _likeness(left_bag, right_bag)
            if likeness >= _ALIKE:
                able.append((left, right))
                weights.append(likeness)
    return [able[n] for n in heaviest_chain(able, weights)]


def _only_ones(
    first: Tokens, second: Tokens, lefts: Sequence[int], rights: Sequence[int]
) -> list[Pair]:
    """Return the rising pairs of blocks that are the same and stand once in each text."""
    places: tuple[dict[tuple[str, ...], list[int]], ...] = ({}, {})
    for tokens, blocks, found in (
        (first, lefts, places[0]),
        (second, rights, places[1]),
    ):
        for block in blocks:
            found.setdefault(_key(tokens, block), []).append(block)
    able = [
        (left[0], right[0])
        for key, left in places[0].items()
        if len(left) == 1 and len(right := places[1].get(key, [])) == 1
    ]
    return [able[n] for n in heaviest_chain(able, [1.0] * len(able))]


def _bag(tokens: Tokens, block: int) -> Counter[str]:
    return Counter(tokens.keys[tokens.firsts[block] : tokens.firsts[block + 1]])


def _likeness(left: Counter[str], right: Counter[str]) -> float:
    """Return the shared part of the words, of the shorter and of the longer, halved.

    Short words count for less: "of the" makes no two blocks alike.
    """
    if len(right) < len(left):
        left, right = right, left
    shared = sum(
        min(count, right[word]) * len(word) for word, count in left.items() if word in right
    )
    if not shared:
        return 0.0
    sizes = [sum(len(word) * count for word, count in bag.items()) for bag in (left, right)]
    return (shared / min(sizes) + shared / max(sizes)) / 2
