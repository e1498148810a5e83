"""A text as names stand in it: how its words are printed, and where its blocks are. Pure."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from articles.annotate.spreading.text_words import HYPHENS, Reading
from articles.search.language.words import fold

# How surely a name is meant by what was found.
EXACT, IN_CAPITALS, JOINED, WITH_ENDING = 1.0, 0.9, 0.7, 0.6

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]

_PARTICLES = (
    "a al am an and bin bint da das de del della den der des di do dos du e el et i ibn in la las "
    "le les lo los of on op sur the ten ter till van vom von y zu zum zur"
)
PARTICLES = frozenset(_PARTICLES.split())
# Words that lose their end before a name.
_ARTICLES = "l d qu c j m n s t dell all nell dall sull un quell degl agl"
_ELIDED = frozenset(_ARTICLES.split())
# What may follow an apostrophe at a name's end.
_POSSESSIVE = frozenset({"s"})
# Languages that put an ending to a name by an apostrophe.
_BY_APOSTROPHE = frozenset({"tr", "az", "kk", "ky", "uz", "tk", "tt", "fi", "pl", "et"})
_ENDING_LETTERS = 6
# The share of capitals among a block's letters by which it is printed in capitals.
_CAPITALS = 0.8
# The more of a text's words, the slower: of one word a name's letters must bear it.
_FEW_LETTERS = 3


class Setting:
    """A text as names stand in it: where its blocks are, and how it is printed."""

    def __init__(
        self, reading: Reading, blocks: Sequence[StoredBlock], language: str | None
    ) -> None:
        self._reading = reading
        self.language = language.split("-")[0].casefold() if language else None
        self._starts = [int(block[1]) for block in blocks]
        self._ends = [int(block[2]) for block in blocks]
        self._in_capitals: dict[int, bool] = {}

    def in_one_block(self, start: int, end: int) -> bool:
        """Whether a stretch lies within one block."""
        block = self._block_of(start)
        return block >= 0 and end <= self._ends[block]

    def is_name_like(self, number: int) -> bool:
        """Whether a word is printed as names are, with a capital or in a script without."""
        letter = self._reading.text[self._reading.spans[number][0]]
        return not letter.islower()

    def extent(self, first: int, last: int, head: str, tail: str) -> tuple[int, int]:
        """Return the place of words, with the marks that belong to their name: “Yahoo!”."""
        reading = self._reading
        start, end = reading.spans[first][0], reading.spans[last][1]
        if head and reading.between(first).endswith(head):
            start -= len(head)
        if tail and reading.between(last + 1).startswith(tail):
            end += len(tail)
        return start, end

    def fits(self, words: Sequence[str], first: int, whole: str = "") -> float:
        """Return how surely the words from ``first`` on are these: 0 if they are not.

        ``whole`` is the name as it is mostly printed: what is so needs no closer look.
        """
        reading = self._reading
        last = first + len(words) - 1
        edges = self._edges(first, last)
        if not edges:
            return 0.0
        shouted = False
        if whole and reading.text.startswith(whole, reading.spans[first][0]):
            return edges
        for offset, word in enumerate(words):
            printed = reading.printed(first + offset)
            if printed == word:
                continue
            how = _case(printed, word, is_only=len(words) == 1)
            if how is None:
                return 0.0
            shouted = shouted or how
        if shouted and not self._may_shout(words, first):
            return 0.0
        return min(edges, IN_CAPITALS if shouted else EXACT)

    def fits_loosely(self, words: Sequence[str], first: int) -> bool:
        """Whether words that have other endings are printed as these: their first letters are."""
        last = first + len(words) - 1
        if not self._edges(first, last):
            return False
        for offset, word in enumerate(words):
            printed = self._reading.printed(first + offset)
            if printed.isupper() and len(printed) > 1 and not word.isupper():
                return False
            if printed[0].isupper() != word[0].isupper() and word.casefold() not in PARTICLES:
                return False
        return True

    def _edges(self, first: int, last: int) -> float:
        """Return how surely a name may begin and end here: 0 within “O’Brien” for Brien."""
        reading = self._reading
        sure = EXACT
        before = reading.between(first) if first else ""
        if before in {"'", "’", "ʼ"} and reading.keys[first - 1] not in _ELIDED:
            return 0.0
        if before in HYPHENS:
            sure = JOINED
        after = reading.between(last + 1) if last + 1 < len(reading.keys) else ""
        if after in {"'", "’", "ʼ"}:
            ending = reading.keys[last + 1]
            if ending not in _POSSESSIVE and not (
                self.language in _BY_APOSTROPHE and len(ending) <= _ENDING_LETTERS
            ):
                return 0.0
        if after in HYPHENS:
            sure = JOINED
        return sure

    def _may_shout(self, words: Sequence[str], first: int) -> bool:
        """Whether a name may stand in capitals here."""
        reading = self._reading
        start = reading.spans[first][0]
        block = self._block_of(start)
        if block < 0:
            return False
        letters = sum(map(len, words))
        if len(words) > 1 and letters > _FEW_LETTERS:
            return all(
                reading.printed(first + offset).isupper() or word.casefold() in PARTICLES
                for offset, word in enumerate(words)
            )
        if start == self._starts[block] and letters > _FEW_LETTERS:
            return True
        return self._is_in_capitals(block)

    def _is_in_capitals(self, block: int) -> bool:
        if block not in self._in_capitals:
            text = self._reading.text[self._starts[block] : self._ends[block]]
            upper = sum(char.isupper() for char in text)
            lower = sum(char.islower() for char in text)
            self._in_capitals[block] = upper > _CAPITALS * (upper + lower)
        return self._in_capitals[block]

    def _block_of(self, start: int) -> int:
        return bisect_right(self._starts, start) - 1


@lru_cache(maxsize=100_000)
def _case(printed: str, word: str, *, is_only: bool) -> bool | None:
    """Return whether a word stands in capitals for a name's; None if its case does not fit."""
    if fold(word) in PARTICLES and not is_only:
        return False
    one, other = _unaccented(printed), _unaccented(word)
    if one == other:
        return False
    if one.isupper() and not other.isupper():
        return True
    # A name in small letters begins a sentence.
    if other.islower() and one == other[:1].upper() + other[1:]:
        return False
    return None


@lru_cache(maxsize=100_000)
def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word)
    return "".join(char for char in plain if not unicodedata.combining(char))
