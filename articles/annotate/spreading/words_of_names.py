"""Where names stand in a text: all of many names at once, by an Aho-Corasick automaton.

Pure. A text is read as words and what stands between them, each folded (case, accents, forms of
letters), and the names in it are found in one pass, with a map back to the text's code points. So a
name is never found in the middle of a word, and a space, a line's end and a hyphen are alike. What
was found must then be printed as a name is:

- case fits: “apple” is not Apple, nor “Who” the WHO. A name may stand in capitals (LONDON) at the
  head of a block, in a block of capitals, or when it has several words; a particle (de, van, bin)
  may be printed either way;
- a possessive (“Doe’s”) is no part of the name; an article elided before it (“l’Humanité”) is none;
- after a hyphen or before one it is found less surely;
- it stands within one block;
- the longest name wins.

Endings that a language adds to names are understood by ``endings``, from bounded lists: the word
is then a part of the mention, found less surely.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import ahocorasick_rs

from articles.annotate.spreading.endings import Inflected, endings_of
from articles.search.language.words import fold, words_in

# How surely a name is meant by what was found.
EXACT, IN_CAPITALS, JOINED, WITH_ENDING = 1.0, 0.9, 0.7, 0.6

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]

_EDGE = "\x1f"
_APOSTROPHES = re.compile("['’ʼ]")
_PARTS = re.compile("[^'’ʼ]+")
_SPACES = frozenset({"", " ", "\n", "-", "\u00a0", "\u2010", "\u2011", "\u202f", "\u00ad"})
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
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
_MOST_KEPT = 200_000
# The more of a text's words, the slower: of one word a name's letters must bear it.
_FEW_LETTERS = 3


class Found(NamedTuple):
    """A name that was found: its place in code points, ``end`` exclusive, and how surely.

    ``name`` is its number among the names that were given; ``others`` are the numbers of equal
    ones.
    """

    start: int
    end: int
    name: int
    sure: float
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words, folded, with their places; and the gaps before each and after the last."""

    text: str
    keys: list[str]
    spans: list[tuple[int, int]]
    gaps: list[str]

    def printed(self, number: int) -> str:
        """Return a word as it is printed."""
        start, end = self.spans[number]
        return self.text[start:end]

    def between(self, number: int) -> str:
        """Return what stands before a word; after the last one for their number."""
        start = self.spans[number - 1][1] if number else 0
        end = self.spans[number][0] if number < len(self.spans) else len(self.text)
        return self.text[start:end]


def read(text: str) -> Reading:
    """Return a text as its words and gaps, for names to be looked for in it."""
    found = list(words_in(text))
    spans = [word.span() for word in found]
    if _APOSTROPHES.search(text):
        spans = [part for span in spans for part in _parts(text, *span)]
        keys = [_folded[text[start:end]] for start, end in spans]
    else:
        keys = [_folded[word[0]] for word in found]
    ends = [0, *[end for _, end in spans]]
    gaps = [_gaps[text[last:start]] for last, (start, _) in zip(ends, spans, strict=False)]
    return Reading(text, keys, spans, gaps)


class _Kept(dict[str, str]):
    """Remembers what a function says of words; forgets all when it has grown large."""

    __slots__ = ("_of",)

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> str:
        said = self._of(word)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[word] = said
        return said


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a word between its apostrophes."""
    for part in _PARTS.finditer(text, start, end):
        yield part.span()


def _gap(between: str) -> str:
    """Return a gap as it is compared: spaces and hyphens are one, all else is itself."""
    if between in _SPACES:
        return _EDGE
    plain = between.replace("’", "'").replace("ʼ", "'").strip(" \u00a0\u202f\u00ad")
    if "\n\n" in between:
        plain = "\n"
    return f"{_EDGE}{plain}{_EDGE}" if plain and plain not in _HYPHENS else _EDGE


_folded, _gaps = _Kept(fold), _Kept(_gap)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to be looked for: its words as printed, and what opens and closes it."""

    words: tuple[str, ...]
    head: str
    tail: str
    numbers: tuple[int, ...]
    # From its first word to its last.
    whole: str


class WordsOfNames:
    """Finds names in texts: give it all of them, and ask it text by text.

    Making it takes some seconds per 100,000 names; a text takes a fraction of a millisecond.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names: list[_Name] = []
        # Which names a pattern stands for: those that differ in case or accents have one pattern.
        of_pattern: dict[str, list[int]] = {}
        by_print: dict[tuple[str, ...], int] = {}
        for number, name in enumerate(names):
            reading = read(unicodedata.normalize("NFC", name))
            if not reading.keys:
                continue
            words = tuple(reading.printed(each) for each in range(len(reading.keys)))
            alike = (*words, *reading.gaps[1:], reading.between(len(words)).strip())
            known = by_print.get(alike)
            if known is not None:
                kept = self._names[known]
                self._names[known] = replace(kept, numbers=(*kept.numbers, number))
                continue
            by_print[alike] = len(self._names)
            for pattern in _patterns(reading):
                of_pattern.setdefault(pattern, []).append(len(self._names))
            self._names.append(
                _Name(
                    words,
                    reading.between(0).strip(),
                    reading.between(len(words)).strip(),
                    (number,),
                    reading.text[reading.spans[0][0] : reading.spans[-1][1]],
                )
            )
        self._meant = list(of_pattern.values())
        self._automaton = (
            ahocorasick_rs.AhoCorasick(list(of_pattern), store_patterns=False)
            if of_pattern
            else None
        )
        self._inflected: dict[str, Inflected] = {}

    def __len__(self) -> int:
        return len(self._names)

    def find(
        self, text: str, blocks: Sequence[StoredBlock], language: str | None = None
    ) -> list[Found]:
        """Return the names in a text, in order and without overlaps: the longest first."""
        return self.find_in(read(text), blocks, language)

    def find_in(
        self, reading: Reading, blocks: Sequence[StoredBlock], language: str | None = None
    ) -> list[Found]:
        """Return the names in a text that was read already."""
        if not reading.keys:
            return []
        setting = _Setting(reading, blocks, language)
        found = [*self._as_printed(reading, setting), *self._with_endings(reading, setting)]
        return _longest(found)

    def _as_printed(self, reading: Reading, setting: "_Setting") -> Iterator[Found]:
        if self._automaton is None:
            return
        pieces = [gap + key for gap, key in zip(reading.gaps, reading.keys, strict=True)]
        # Before a text stands what no name begins with.
        pieces[0] = _EDGE + reading.keys[0]
        hits = self._automaton.find_matches_as_indexes("".join(pieces) + _EDGE, overlapping=True)
        if not hits:
            return
        ends = list(accumulate(map(len, pieces)))
        for pattern, _, stop in hits:
            # The last letter of a pattern is an edge, which belongs to the gap after its last word.
            last = bisect_right(ends, stop - 2)
            for number in self._meant[pattern]:
                found = self._fitting(number, last, setting)
                if found is not None:
                    yield found

    def _fitting(self, number: int, last: int, setting: "_Setting") -> Found | None:
        name = self._names[number]
        first = last - len(name.words) + 1
        sure = setting.fits(name.words, first, name.whole)
        if not sure:
            return None
        start, end = setting.extent(first, last, name.head, name.tail)
        if not setting.in_one_block(start, end):
            return None
        return Found(start, end, name.numbers[0], sure, name.numbers[1:])

    def _with_endings(self, reading: Reading, setting: "_Setting") -> Iterator[Found]:
        endings = endings_of(setting.language)
        if endings is None or setting.language is None:
            return
        inflected = self._inflected.get(setting.language)
        if inflected is None:
            inflected = Inflected([_plain(name.words) for name in self._names], endings)
            self._inflected[setting.language] = inflected
        keys, gaps = reading.keys, reading.gaps
        for number, first, last in inflected.find(keys, gaps, setting.is_name_like):
            name = self._names[number]
            if not setting.fits_loosely(name.words, first):
                continue
            start, end = reading.spans[first][0], reading.spans[last][1]
            if setting.in_one_block(start, end):
                yield Found(start, end, name.numbers[0], WITH_ENDING, name.numbers[1:])


class _Setting:
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
        if before in _HYPHENS:
            sure = JOINED
        after = reading.between(last + 1) if last + 1 < len(reading.keys) else ""
        if after in {"'", "’", "ʼ"}:
            ending = reading.keys[last + 1]
            if ending not in _POSSESSIVE and not (
                self.language in _BY_APOSTROPHE and len(ending) <= _ENDING_LETTERS
            ):
                return 0.0
        if after in _HYPHENS:
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


def _patterns(reading: Reading) -> set[str]:
    """Return a name's patterns: as it is, with its initials' full stops, and without."""
    bare, stopped = [], []
    for number, key in enumerate(reading.keys):
        gap = reading.gaps[number] if number else _EDGE
        as_is = gap
        if gap == f"{_EDGE}.{_EDGE}":
            as_is = _EDGE
        elif number and gap == _EDGE and len(reading.keys[number - 1]) == 1:
            gap = f"{_EDGE}.{_EDGE}" if reading.printed(number - 1).isupper() else gap
        bare.append(as_is + key)
        stopped.append(gap + key)
    return {"".join(bare) + _EDGE, "".join(stopped) + _EDGE}


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)


def _longest(found: Iterable[Found]) -> list[Found]:
    """Return what was found without overlaps: longer before shorter, then sooner before later."""
    taken: list[Found] = []
    for each in sorted(set(found), key=lambda one: (one.start - one.end, one.start, -one.sure)):
        at = bisect_right(taken, each)
        if (at and taken[at - 1].end > each.start) or (
            at < len(taken) and taken[at].start < each.end
        ):
            continue
        taken.insert(at, each)
    return taken
