"""Pairs of names that are alike, and how they are found without comparing all with all.

Names are put into blocks by keys that alike ones have in common; only names of one block are
compared. A block that grew beyond all measure says nothing and is passed over.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import combinations

# Names of one block; the pairs of more are too many, and too little is special about them.
BLOCK = 200


class Likeness(IntEnum):
    """How alike two names are."""

    # Worth a look if something else speaks for it as well, such as an outlet in common.
    POSSIBLE = 1
    LIKELY = 2
    # The same words but for how they are written.
    SURE = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, by what the caller knows them by, in order; and why they may mean the same."""

    first: int
    second: int
    likeness: Likeness
    reason: str


@dataclass(slots=True)
class Pairs:
    """The best reason of each pair that was found."""

    found: dict[tuple[int, int], tuple[Likeness, str]] = field(default_factory=dict)

    def add(self, one: int, other: int, likeness: Likeness, reason: str) -> None:
        """Note a pair, unless a better reason is known."""
        key = (one, other) if one < other else (other, one)
        known = self.found.get(key)
        if one != other and (known is None or known[0] < likeness):
            self.found[key] = (likeness, reason)

    def listed(self) -> list[Pair]:
        """Return the pairs, the most alike first."""
        order = sorted(self.found.items(), key=lambda item: (-item[1][0], item[0]))
        return [Pair(*key, *what) for key, what in order]


def blocks[K: Hashable, N](keyed: Iterable[tuple[K, N]]) -> Iterator[list[N]]:
    """Yield the lists of two or more that have a key in common, and are not too many."""
    found: dict[K, list[N]] = {}
    for key, name in keyed:
        found.setdefault(key, []).append(name)
    for names in found.values():
        if 2 <= len(names) <= BLOCK:
            yield names


def pairs_in[K: Hashable, N](keyed: Iterable[tuple[K, N]]) -> Iterator[tuple[N, N]]:
    """Yield the pairs within each block."""
    for names in blocks(keyed):
        yield from combinations(names, 2)
