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

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

import ahocorasick_rs

from articles.annotate.spreading.endings import Inflected, endings_of
from articles.annotate.spreading.settings_of_names import WITH_ENDING, Setting, StoredBlock
from articles.annotate.spreading.text_words import EDGE, Reading, read
from articles.search.language.words import fold


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
        setting = Setting(reading, blocks, language)
        found = [*self._as_printed(reading, setting), *self._with_endings(reading, setting)]
        return _longest(found)

    def _as_printed(self, reading: Reading, setting: Setting) -> Iterator[Found]:
        if self._automaton is None:
            return
        pieces = [gap + key for gap, key in zip(reading.gaps, reading.keys, strict=True)]
        # Before a text stands what no name begins with.
        pieces[0] = EDGE + reading.keys[0]
        hits = self._automaton.find_matches_as_indexes("".join(pieces) + EDGE, overlapping=True)
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

    def _fitting(self, number: int, last: int, setting: Setting) -> Found | None:
        name = self._names[number]
        first = last - len(name.words) + 1
        sure = setting.fits(name.words, first, name.whole)
        if not sure:
            return None
        start, end = setting.extent(first, last, name.head, name.tail)
        if not setting.in_one_block(start, end):
            return None
        return Found(start, end, name.numbers[0], sure, name.numbers[1:])

    def _with_endings(self, reading: Reading, setting: Setting) -> Iterator[Found]:
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


def _patterns(reading: Reading) -> set[str]:
    """Return a name's patterns: as it is, with its initials' full stops, and without."""
    bare, stopped = [], []
    for number, key in enumerate(reading.keys):
        gap = reading.gaps[number] if number else EDGE
        as_is = gap
        if gap == f"{EDGE}.{EDGE}":
            as_is = EDGE
        elif number and gap == EDGE and len(reading.keys[number - 1]) == 1:
            gap = f"{EDGE}.{EDGE}" if reading.printed(number - 1).isupper() else gap
        bare.append(as_is + key)
        stopped.append(gap + key)
    return {"".join(bare) + EDGE, "".join(stopped) + EDGE}


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
