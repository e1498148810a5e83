"""Places counted in UTF-16 units, as browsers count them, from and to code points."""

import re
from bisect import bisect_left

# Characters that take two units.
_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Units:
    """The two counts of one text; quick for any number of places."""

    def __init__(self, text: str) -> None:
        self._wide = [found.start() for found in _WIDE.finditer(text)]
        self._units = [place + number for number, place in enumerate(self._wide)]

    def of(self, place: int) -> int:
        """Return the units before a code point."""
        return place + bisect_left(self._wide, place)

    def point(self, units: int) -> int:
        """Return the code point at so many units; within a pair, the one after it."""
        return units - bisect_left(self._units, units)
