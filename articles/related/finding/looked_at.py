"""Which prints were looked at, as long as the store of prints is as it was. Pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# So many prints at most, 8 bytes each; a print is in one place, and pushes out what was there.
_BITS = 21
# Knuth's, so that they are everywhere.
_SPREAD, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - _BITS)
_PRINT_BITS = 32


class LookedAt:
    """Prints that need not be looked at again: those that were, but for some that are forgotten.

    Articles that come, go or change can make of any print they have another thing, but an article
    that is related again as it was does not: of a corpus that is related whole, a print is looked
    at once and not with each article that has it.
    """

    def __init__(self) -> None:
        self._state: object = None
        # Of each corpus a number that it has in this state alone, so that nothing need be cleared.
        self._times: dict[int, int] = {}
        self._last = 0
        self._prints: npt.NDArray[np.uint64] = np.zeros(1 << _BITS, np.uint64)

    def others(self, state: object, corpus_id: int, prints: Sequence[int]) -> list[int]:
        """Return those of some prints that were not looked at in this state; from now on, all."""
        if state != self._state:
            self._times.clear()
            self._state = state
        if corpus_id not in self._times:
            self._last += 1
            self._times[corpus_id] = self._last
        asked = np.array(prints, np.uint64) | np.uint64(self._times[corpus_id] << _PRINT_BITS)
        slots = (asked * _SPREAD) >> _SHIFT
        others = self._prints[slots] != asked
        self._prints[slots] = asked
        return [print_ for print_, other in zip(prints, others.tolist(), strict=True) if other]

    def forget(self) -> None:
        """Look at all again."""
        self._times.clear()
