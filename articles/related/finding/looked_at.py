"""What was looked at, as long as what it rests on is as it was. Pure."""

from collections.abc import Hashable

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Large, slots_of

# So many at most, 8 bytes each; one is in one place, and pushes out what was there.
_BITS = 21
_HALF = np.uint64(32)


class LookedAt:
    """What need not be looked at again: all that was, but for some that are forgotten.

    Of a corpus that is related whole, what several articles share is looked at once and not with
    each of them. What comes, goes or changes can make another thing of any of it: so all is told in
    a ``state``, which is another one then. Numbers are of ``what``, of 64 bits.
    """

    def __init__(self) -> None:
        self._state: Hashable = None
        # Of each thing a number that it has in this state alone, so that nothing need be cleared.
        self._times: dict[Hashable, int] = {}
        self._last = 0
        self._marks: Large = np.zeros(1 << _BITS, np.uint64)

    def has(self, state: Hashable, what: Hashable, numbers: Large) -> npt.NDArray[np.bool_]:
        """Return which of some numbers were looked at."""
        marks = self._marked(state, what, numbers)
        known: npt.NDArray[np.bool_] = self._marks[slots_of(marks, _BITS)] == marks
        return known

    def add(self, state: Hashable, what: Hashable, numbers: Large) -> None:
        """Take some as looked at from now on."""
        marks = self._marked(state, what, numbers)
        self._marks[slots_of(marks, _BITS)] = marks

    def forget(self) -> None:
        """Look at all again."""
        self._times.clear()

    def _marked(self, state: Hashable, what: Hashable, numbers: Large) -> Large:
        if state != self._state:
            self._times.clear()
            self._state = state
        if what not in self._times:
            self._last += 1
            self._times[what] = self._last
        return numbers ^ (np.uint64(self._times[what]) << _HALF)
