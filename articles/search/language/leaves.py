"""Which of a query's exact, fuzzy and wild words a printed word is: decided once for every form.

Texts use few words very often. What a word of a text is to a query is therefore looked up, however
many words the query has.
"""

import re
from collections.abc import Mapping

from articles.search.language.tree import Word
from articles.search.language.words import fold

# Decisions are forgotten together at so many: some megabytes.
_KEPT = 50_000
_NONE: tuple[int, ...] = ()


class Leaves(dict[str, tuple[int, ...]]):
    """Maps a word as printed to the numbers of those of the query's words that it is."""

    __slots__ = ("_exact", "_folded", "_fuzzy", "_printed")

    def __init__(self, words: Mapping[Word, int]) -> None:
        super().__init__()
        self._exact: dict[str, list[int]] = {}
        self._printed: list[tuple[re.Pattern[str], int]] = []
        self._folded: list[tuple[re.Pattern[str], int]] = []
        self._fuzzy: list[tuple[str, int, int]] = []
        for word, number in words.items():
            self._add(number, word)

    def _add(self, number: int, word: Word) -> None:
        if word.exact and word.is_pattern:
            self._printed.append((_pattern(word.text), number))
        elif word.exact:
            self._exact.setdefault(word.text, []).append(number)
        elif word.is_pattern:
            self._folded.append((_pattern(fold(word.text)), number))
        else:
            self._fuzzy.append((fold(word.text), word.fuzzy, number))

    def __missing__(self, printed: str) -> tuple[int, ...]:
        folded = fold(printed)
        found = [*self._exact.get(printed, _NONE)]
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
