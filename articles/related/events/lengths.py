"""How long articles are, as vectors of weighed words and names: found once, then looked up. Pure.

Of some sixty articles that one is compared with, only the words that both have are looked at then;
most have been compared with another one before.
"""

import numpy as np

from articles.related.events.numbers import Places
from articles.related.events.weighing import Rarity, Values, lengths_of
from articles.related.store.records import Several

# So many articles at most, 24 bytes each; one is in one place, and pushes out what was there.
_BITS = 20
# Knuth's, so that they are everywhere.
_SPREAD, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - _BITS)


class Lengths:
    """By words and by names, as long as it is held how rare these are."""

    def __init__(self) -> None:
        self._places = np.full(1 << _BITS, -1, np.int64)
        self._lengths: Values = np.zeros((1 << _BITS, 2))

    def of(self, some: Several, places: Places, rarity: Rarity) -> Values:
        """Return the two lengths of each of several articles, whose records are at some places."""
        slots = (places.astype(np.uint64) * _SPREAD) >> _SHIFT
        lengths: Values = self._lengths[slots]
        (unknown,) = (self._places[slots] != places).nonzero()
        if len(unknown):
            for column, counted in enumerate((some.words, some.names)):
                lengths[unknown, column] = lengths_of(counted, rarity, unknown)
            # In another corpus other words are rare.
            kept = unknown[some.heads["corpus"][unknown] == some.heads["corpus"][0]]
            self._places[slots[kept]] = places[kept]
            self._lengths[slots[kept]] = lengths[kept]
        return lengths

    def forget(self) -> None:
        """Forget all: words are as rare as they are now."""
        self._places.fill(-1)
