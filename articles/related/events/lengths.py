"""How long articles are, as vectors of weighed words and names: found once, then looked up. Pure.

Of some sixty articles that one is compared with, only the words that both have are looked at then;
most have been compared with another one before.
"""

import numpy as np

from articles.related.events.numbers import Places, slots_of
from articles.related.events.weighing import Rarity, Values, lengths_of
from articles.related.store.records import Several

# Places for articles, at first and at most: 24 bytes each. One is in one place, and pushes out what
# was there.
_LEAST_BITS, _MOST_BITS = 12, 20


class Lengths:
    """By words and by names, as long as it is held how rare these are in a corpus."""

    _places: Places

    def __init__(self) -> None:
        self._make(_LEAST_BITS)

    def of(self, some: Several, places: Places, rarity: Rarity) -> Values:
        """Return the two lengths of each of several articles, whose records are at some places."""
        slots = slots_of(places.astype(np.uint64), self._bits)
        lengths: Values = self._lengths[slots]
        (unknown,) = (self._places[slots] != places).nonzero()
        if len(unknown):
            lengths[unknown] = lengths_of(some.counted, rarity, unknown)
            # In another corpus other words are rare.
            kept = unknown[some.heads["corpus"][unknown] == some.heads["corpus"][0]]
            self._places[slots[kept]] = places[kept]
            self._lengths[slots[kept]] = lengths[kept]
            self._asked += len(kept)
            if self._asked > len(self._places) / 4 and self._bits < _MOST_BITS:
                self._make(self._bits + 2)
        return lengths

    def forget(self) -> None:
        """Forget all: words are as rare as they are now."""
        self._places.fill(-1)
        self._asked = 0

    def _make(self, bits: int) -> None:
        self._asked, self._bits = 0, bits
        self._places = np.full(1 << bits, -1, np.int64)
        self._lengths: Values = np.zeros((1 << bits, 2))
