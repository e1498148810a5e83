"""How many articles have words, as far as that was asked: looked up by number, many at once."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Numbers
from articles.related.events.weighing import found_among

# Slots for numbers, at first and at most: 8 bytes each.
_LEAST, _MOST = 1 << 14, 1 << 22
_ONE = np.uint32(1)

type Frequencies = npt.NDArray[np.int32]


class Often:
    """What ``count`` says of numbers, kept; a number is in one of two slots, or was pushed out."""

    def __init__(self, count: Callable[[int], int]) -> None:
        self._count = count
        self._asked = 0
        self._make(_LEAST)

    def of(self, numbers: Numbers) -> Frequencies:
        """Return how many articles have each."""
        slots = numbers & self._mask
        counts: Frequencies = self._counts[slots]
        unknown = (self._numbers[slots] != numbers).nonzero()[0]
        if len(unknown):
            beside = slots[unknown] ^ _ONE
            counts[unknown] = self._counts[beside]
            unknown = unknown[self._numbers[beside] != numbers[unknown]]
        if len(unknown):
            asked = np.unique(numbers[unknown])
            found = np.fromiter(map(self._count, asked.tolist()), np.int32, len(asked))
            counts[unknown] = found[np.searchsorted(asked, numbers[unknown])]
            self._keep(asked, found)
        return counts

    def with_one(self, numbers: Numbers, some: Numbers) -> Frequencies:
        """Return how many have each, one more of ``some``, which are in order."""
        counts = self.of(numbers)
        counts[found_among(numbers, some)[0]] += 1
        return counts

    def forget(self) -> None:
        """Forget all: it is otherwise now."""
        self._numbers.fill(0)
        self._asked = 0

    def _keep(self, numbers: Numbers, counts: Frequencies) -> None:
        self._asked += len(numbers)
        if self._asked > len(self._numbers) / 4 and len(self._numbers) < _MOST:
            self._make(4 * len(self._numbers))
        slots = numbers & self._mask
        # What was there goes into the slot beside it.
        before = self._numbers[slots].nonzero()[0]
        was = slots[before]
        self._numbers[was ^ _ONE], self._counts[was ^ _ONE] = self._numbers[was], self._counts[was]
        self._numbers[slots], self._counts[slots] = numbers, counts

    def _make(self, slots: int) -> None:
        self._asked = 0
        self._mask = np.uint32(slots - 1)
        # No word has the number 0.
        self._numbers: Numbers = np.zeros(slots, np.uint32)
        self._counts: Frequencies = np.zeros(slots, np.int32)
