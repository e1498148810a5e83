"""How many articles less have a number than columns tell: those that do not stand. Pure."""

from typing import Any

import numpy as np

from articles.related.events.numbers import Numbers, Places


class Less:
    """Numbers in order, and how often each is counted out; what was added is put in order later."""

    def __init__(self) -> None:
        self._numbers: Numbers = np.zeros(0, np.uint32)
        self._times: Places = np.zeros(0, np.int64)
        self._added: list[tuple[Numbers, int]] = []

    def add(self, numbers: Numbers, times: int) -> None:
        """Count each of some numbers out so many times more."""
        self._added.append((numbers, times))

    def of(self, numbers: Numbers) -> Any:
        """Return how often each number is counted out."""
        if self._added:
            self._settle()
        if not len(self._numbers):
            return np.zeros(len(numbers), np.int64)
        at = np.minimum(self._numbers.searchsorted(numbers), len(self._numbers) - 1)
        return np.where(self._numbers[at] == numbers, self._times[at], 0)

    def _settle(self) -> None:
        numbers = np.concatenate([self._numbers, *(some for some, _ in self._added)])
        times = np.concatenate([self._times, *(np.full(len(some), n) for some, n in self._added)])
        self._added.clear()
        self._numbers, places = np.unique(numbers, return_inverse=True)
        self._times = np.bincount(places, times).astype(np.int64)
        counts = self._times != 0
        self._numbers, self._times = self._numbers[counts], self._times[counts]
