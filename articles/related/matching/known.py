"""What was found before, kept within bounds. Pure."""

from collections.abc import Callable

# So many are kept, and as many of those that were met before them.
MOST = 100_000
# What is longer between two spaces is an address, or no news.
_LONGEST = 40


class Known[Found](dict[str, Found]):
    """What was found for words as they are met: looked up mostly, not looked for.

    When there are as many as are kept, they become the old ones. Of these what is met again is
    taken over, and the others are forgotten when it is so far again.
    """

    __slots__ = ("_find", "_old")

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find
        self._old: dict[str, Found] = {}

    def __missing__(self, met: str) -> Found:
        found = self._old.get(met)
        if found is None:
            found = self._find(met)
            if len(met) > _LONGEST:
                return found
        if len(self) >= MOST:
            self._old = self.copy()
            self.clear()
        self[met] = found
        return found
