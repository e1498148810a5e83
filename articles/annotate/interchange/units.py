"""Places counted in UTF-16 units, as browsers count them, from and to code points."""

from bisect import bisect_left


class Units:
    """The two counts of one text; quick for any number of places."""

    def __init__(self, text: str) -> None:
        # Where the characters are that take two units.
        self._wide = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]
        self._units = [place + number for number, place in enumerate(self._wide)]

    def of(self, place: int) -> int:
        """Return the units before a code point."""
        return place + bisect_left(self._wide, place)

    def point(self, units: int) -> int:
        """Return the code point at so many units; within a pair, the one after it."""
        return units - bisect_left(self._units, units)
