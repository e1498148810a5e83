"""How many articles have words, as far as that was asked: looked up by number, many at once."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Numbers

# Slots for numbers, at first and at most: 8 bytes each.
_LEAST, _MOST = 1 << 14, 1 << 22
_ONE, _HALF, _LOW = np.uint32(1), np.uint64(32), np.uint64((1 << 32) - 1)

type Frequencies = npt.NDArray[np.int32]


class Often:
    """What ``count`` says of numbers, kept; a number is in one of two slots, or was pushed out."""

    def __init__(self, count: Callable[[Numbers], Any]) -> None:
        self._count = count
        self._asked = 0
        self._make(_LEAST)

    def of(self, numbers: Numbers) -> Frequencies:
        """Return how many articles have each."""
        slots = numbers & self._mask
        # Both in one number: a slot is read once, and most are far from the last one.
        known = self._known[slots]
        unknown = ((known >> _HALF) != numbers).nonzero()[0]
        if len(unknown):
            known[unknown] = self._known[slots[unknown] ^ _ONE]
            unknown = unknown[(known[unknown] >> _HALF) != numbers[unknown]]
        counts: Frequencies = (known & _LOW).astype(np.int32)
        if len(unknown):
            asked = np.unique(numbers[unknown])
            found: Frequencies = self._count(asked).astype(np.int32)
            counts[unknown] = found[np.searchsorted(asked, numbers[unknown])]
            self._keep(asked, found)
        return counts

    def forget(self) -> None:
        """Forget all: it is otherwise now."""
        self._known.fill(0)
        self._asked = 0

    def _keep(self, numbers: Numbers, counts: Frequencies) -> None:
        self._asked += len(numbers)
        if self._asked > len(self._known) / 4 and len(self._known) < _MOST:
            self._make(4 * len(self._known))
        slots = numbers & self._mask
        # What was there goes into the slot beside it.
        was = slots[self._known[slots].nonzero()[0]]
        self._known[was ^ _ONE] = self._known[was]
        self._known[slots] = numbers.astype(np.uint64) << _HALF | counts.astype(np.uint64)

    def _make(self, slots: int) -> None:
        self._asked = 0
        self._mask = np.uint32(slots - 1)
        # A number, and how many have it. No word has the number 0.
        self._known: npt.NDArray[np.uint64] = np.zeros(slots, np.uint64)
