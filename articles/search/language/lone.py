"""Single words found in a text without reading every word of it.

A stemmer of most languages takes off ends and leaves beginnings alone: a word whose stem is “camp”
begins with a c. So only the words that begin so are read, and where these stand is known. Words
around a hit are read where someone asks for them. What is found is what reading all words finds.
"""

import re
from collections.abc import Collection, Iterator

from articles.search.language.words import STEMMERS, beginning_with, pattern_of, stems_of

# Of these languages the stemmers leave a first plain letter of a folded word as it is. French and
# Italian ones take off elided articles: “l’avion” is “avion”.
_KEEPING = frozenset({"da", "de", "en", "es", "et", "fi", "nb", "nn", "no", "pt", "sv"})
# Of more words than these, nearly every word is read anyway.
_MOST = 6
_SPACE = re.compile(r"\s")
# So many more characters than were asked for are read at first.
_ROOM = 120


class Lone:
    """Finds some stems of a language where nothing but single words is looked for."""

    __slots__ = ("_letters", "_stems", "_wanted")

    def __init__(self, wanted: Collection[str], language: str | None) -> None:
        self._wanted = frozenset(wanted)
        self._letters = "".join(sorted({stem[0] for stem in wanted}))
        self._stems = stems_of(language)

    @classmethod
    def of(cls, wanted: Collection[str], language: str | None) -> "Lone | None":
        """Return what finds some stems; None where every word has to be read."""
        if not 0 < len(wanted) <= _MOST or (language in STEMMERS and language not in _KEEPING):
            return None
        if not all(stem[:1].isascii() and stem[:1].isalnum() for stem in wanted):
            return None
        return cls(wanted, language)

    def places(self, text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield where the words stand in a stretch of a text that begins with a word of its own."""
        begun = beginning_with(self._letters, ascii_only=text.isascii())
        word_at, stems, wanted = pattern_of(text).match, self._stems, self._wanted
        for first in begun.finditer(text, low, high):
            word = word_at(text, first.start(), high)
            if word is not None and stems[word[0]] in wanted:
                yield word.span()


class Nearby:
    """The words around a place of a text, as ``Placed`` has them all.

    There are all of them that begin within ``reach`` characters, at least one more on either side,
    and at least so many ``words``, unless the stretch from ``low`` to ``high`` has no more.
    ``at`` is the number of the word at the place.
    """

    __slots__ = ("_starts", "at", "printed")

    def __init__(
        self, text: str, low: int, high: int, place: tuple[int, int], reach: int, words: int
    ) -> None:
        start, end = place
        room = reach + _ROOM
        while True:
            first, last = _before(text, low, start, room), _behind(text, high, end, room)
            found = list(pattern_of(text).finditer(text, first, last))
            self._starts = [word.start() for word in found]
            self.at = self._starts.index(start)
            begun = first == low or (self.at >= words and self._starts[0] < start - reach)
            behind = len(found) - self.at - 1
            if begun and (last == high or (behind >= words and found[-1].end() > end + reach)):
                break
            room *= 4
        self.printed = [word[0] for word in found]

    def __len__(self) -> int:
        return len(self.printed)

    def start(self, number: int) -> int:
        """Return where a word begins, by its number from 0."""
        return self._starts[number]

    def end(self, number: int) -> int:
        """Return where a word ends."""
        return self._starts[number] + len(self.printed[number])


def _before(text: str, low: int, start: int, room: int) -> int:
    """Return a place before another, by about so much, at which no word is cut."""
    if start - room <= low:
        return low
    space = _SPACE.search(text, start - room, start)
    return space.end() if space else low


def _behind(text: str, high: int, end: int, room: int) -> int:
    at = end + room
    if at >= high:
        return high
    while at > end and not text[at - 1].isspace():
        at -= 1
    return at if at > end else high
