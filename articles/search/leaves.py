"""Which of a query's words a printed word is: decided once for every form that texts hold.

Texts of one language use few words very often. What a word of a text is to a query is therefore
looked up, whether the query has one word or thousands.
"""

import re
from collections.abc import Sequence

from articles.search.tree import Word
from articles.search.words import fold, stem

# Decisions are forgotten together at so many: some megabytes.
_KEPT = 50_000
_NONE: tuple[int, ...] = ()


class Leaves(dict[str, tuple[int, ...]]):
    """Maps a word as printed to the numbers of the query's words that it is, mostly none."""

    __slots__ = ("_exact", "_folded", "_fuzzy", "_language", "_printed", "_stems")

    def __init__(self, words: Sequence[Word], language: str | None) -> None:
        super().__init__()
        self._language = language
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._printed: list[tuple[re.Pattern[str], int]] = []
        self._folded: list[tuple[re.Pattern[str], int]] = []
        self._fuzzy: list[tuple[str, int, int]] = []
        for number, word in enumerate(words):
            self._add(number, word)

    def _add(self, number: int, word: Word) -> None:
        if word.exact and word.is_pattern:
            self._printed.append((_pattern(word.text), number))
        elif word.exact:
            self._exact.setdefault(word.text, []).append(number)
        elif word.is_pattern:
            self._folded.append((_pattern(fold(word.text)), number))
        elif word.fuzzy:
            self._fuzzy.append((fold(word.text), word.fuzzy, number))
        else:
            stemmed = stem(fold(word.text), self._language)
            self._stems.setdefault(stemmed, []).append(number)

    def __missing__(self, printed: str) -> tuple[int, ...]:
        folded = fold(printed)
        found = [*self._exact.get(printed, _NONE)]
        if self._stems:
            found += self._stems.get(stem(folded, self._language), _NONE)
        found += [number for wanted, number in self._printed if wanted.fullmatch(printed)]
        found += [number for wanted, number in self._folded if wanted.fullmatch(folded)]
        found += [
            number for wanted, limit, number in self._fuzzy if _is_near(wanted, folded, limit)
        ]
        if len(self) >= _KEPT:
            self.clear()
        self[printed] = decided = tuple(found) if found else _NONE
        return decided


def _pattern(text: str) -> re.Pattern[str]:
    parts = (r"\w*" if c == "*" else r"\w" if c == "?" else re.escape(c) for c in text)
    return re.compile("".join(parts))


def _is_near(one: str, other: str, limit: int) -> bool:
    """Whether at most ``limit`` letters are added, left out, changed or swapped (Damerau)."""
    if abs(len(one) - len(other)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > limit < min(row):
            # What follows can only cost more.
            return False
        before, row = row, new
    return row[-1] <= limit
