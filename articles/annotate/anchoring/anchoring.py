"""Where words of one text stand in another: of an article's tags, once its text changed.

Standard library and rapidfuzz alone, so that anything may use it. What stands in lines that did
not change is where they are. In lines that did, words are aligned, and a tag goes where its own
words went; else to where its words stand with the same around them; else to words that are much
like them. What is not sure enough is nowhere: a person is to look. Work is bounded however long
the texts are.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz

from articles.annotate.anchoring.aligning import Alignment, Budget, Gap, Lines

EXACT, CONTEXT, FUZZY = "exact", "context", "fuzzy"

CONTEXT_CHARACTERS = 32
# How alike what is around must be, from 0 to 1: any two lines of a language are 0.4 or so.
_UNLIKE, _ALIKE = 0.4, 0.75
# Between two places that are alike nearly as much nobody can choose.
_APART = 0.05
_OCCURRENCES = 200
# Words that stand once in both texts are known by themselves if they are so long.
_TELLING = 20
_FUZZY_SHORTEST, _FUZZY_LONGEST = 6, 400
_FUZZY_WINDOW = 4_000
_FUZZY_LEAST = 0.8
# Of a long passage so much must be left.
_KEPT_LEAST = 0.6


@dataclass(frozen=True, slots=True)
class Carried:
    """A place in the new text, how it was found, and how surely, from 0 to 1."""

    start: int
    end: int
    placing: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Quoted:
    """What is looked for: words, where they stood, and what stood around them."""

    words: str
    prefix: str
    suffix: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def carry(
    quote: str,
    prefix: str,
    suffix: str,
    start: int,
    old_text: str,
    new_text: str,
    blocks: Sequence[Sequence[Any]],
) -> Carried | None:
    """Return where in ``new_text`` the words are that stood at ``start``; None for nowhere.

    ``blocks`` are those of the new text, ``[kind, start, end]`` in order; a place lies in one.
    """
    return Carrier(old_text, new_text, blocks).carry(quote, prefix, suffix, start)


class Carrier:
    """Carries many tags from one text to another."""

    def __init__(self, old: str, new: str, blocks: Sequence[Sequence[Any]]) -> None:
        self.old = old
        self.new = new
        self.blocks = blocks
        self.budget = Budget()
        self._single: dict[str, bool] = {}

    def carry(self, quote: str, prefix: str, suffix: str, start: int) -> Carried | None:
        """Return where words are now, as :func:`carry` does."""
        if not quote or start < 0:
            return None
        prefix, suffix = prefix[-CONTEXT_CHARACTERS:], suffix[:CONTEXT_CHARACTERS]
        wanted = _Quoted(quote, prefix, suffix, start)
        ways = [self._by_context, self._much_like]
        if self.old[start : start + len(quote)] == quote:
            ways = [self._unmoved, self._aligned, *ways]
        for way in ways:
            found = way(wanted)
            if found is not None and self._fits(found.start, found.end):
                return found
        return None

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.old, self.new)

    def _unmoved(self, wanted: _Quoted) -> Carried | None:
        """Return the place in a line that is in both texts."""
        if self.old == self.new:
            return Carried(wanted.start, wanted.end, EXACT, 1.0)
        start = self._lines.place(wanted.start, wanted.end)
        if start is None:
            return None
        return Carried(start, start + len(wanted.words), EXACT, 1.0)

    def _aligned(self, wanted: _Quoted) -> Carried | None:
        """Return the place that the words have once changed lines are aligned word by word."""
        gap = self._lines.gap(wanted.start, wanted.end)
        alignment = self._alignment(gap) if gap is not None else None
        if alignment is None:
            return None
        place = alignment.place(wanted.start, wanted.end)
        if place is None:
            return None
        start, end = place
        like = self._like(wanted, start, end)
        if self.new[start:end] == wanted.words and self._same_edges(wanted, start, end):
            if like >= 1:
                return Carried(start, end, EXACT, 1.0)
            if like > _UNLIKE + _APART or self._is_single(wanted):
                return Carried(start, end, CONTEXT, _sureness(like))
            return None
        return self._changed(wanted, start, end, alignment)

    def _changed(
        self, wanted: _Quoted, start: int, end: int, alignment: Alignment
    ) -> Carried | None:
        """Return a place whose words changed, if enough of them did not."""
        start, end = self._trimmed(start, end)
        if start >= end:
            return None
        longest = max(len(wanted.words), end - start)
        if longest > _FUZZY_LONGEST:
            kept = alignment.kept(wanted.start, wanted.end) / longest
            return Carried(start, end, FUZZY, round(kept, 3)) if kept >= _KEPT_LEAST else None
        like = fuzz.ratio(wanted.words, self.new[start:end]) / 100
        if like < _FUZZY_LEAST or len(wanted.words) < _FUZZY_SHORTEST:
            return None
        return Carried(
            start, end, FUZZY, round(like * _sureness(self._like(wanted, start, end)), 3)
        )

    def _by_context(self, wanted: _Quoted) -> Carried | None:
        """Return where the same words stand with the same around them, if that is one place."""
        found = sorted(self._occurrences(wanted), reverse=True)
        if not found:
            return None
        best, start = found[0]
        if len(found) == 1 and len(wanted.words) >= _TELLING and self._is_single(wanted):
            return Carried(start, start + len(wanted.words), CONTEXT, _sureness(best))
        if best < _ALIKE or (len(found) > 1 and best - found[1][0] < _APART):
            return None
        return Carried(start, start + len(wanted.words), CONTEXT, _sureness(best))

    def _occurrences(self, wanted: _Quoted) -> Iterator[tuple[float, int]]:
        """Yield where the words stand, each with how alike it is around them."""
        at, seen = -1, 0
        while seen < _OCCURRENCES and self.budget.spend(len(self.new) - at):
            at = self.new.find(wanted.words, at + 1)
            if at < 0:
                return
            self.budget.give_back(len(self.new) - at)
            end = at + len(wanted.words)
            if self._same_edges(wanted, at, end):
                seen += 1
                yield self._like(wanted, at, end), at

    def _much_like(self, wanted: _Quoted) -> Carried | None:
        """Return words near where they were that are much like them."""
        length = len(wanted.words)
        if not _FUZZY_SHORTEST <= length <= _FUZZY_LONGEST:
            return None
        first, last = self._window(wanted)
        if not self.budget.spend((last - first) * length):
            return None
        found = fuzz.partial_ratio_alignment(
            wanted.words, self.new[first:last], score_cutoff=_FUZZY_LEAST * 100
        )
        if found is None:
            return None
        start, end = self._whole_words(first + found.dest_start, first + found.dest_end)
        around = self._like(wanted, start, end)
        like = fuzz.ratio(wanted.words, self.new[start:end]) / 100
        if like < _FUZZY_LEAST or around < _ALIKE:
            return None
        return Carried(start, end, FUZZY, round(like * _sureness(around), 3))

    def _window(self, wanted: _Quoted) -> tuple[int, int]:
        """Return the part of the new text in which words should be, not too long."""
        gap = self._lines.gap(wanted.start, wanted.end)
        if gap is None:
            gap = Gap(0, len(self.old), 0, len(self.new))
        middle = gap.new_start + min(wanted.start - gap.old_start, gap.new_end - gap.new_start)
        first = max(gap.new_start, middle - _FUZZY_WINDOW // 2)
        return first, min(gap.new_end, middle + _FUZZY_WINDOW // 2)

    def _alignment(self, gap: Gap) -> Alignment | None:
        return self._lines.aligned(gap, self.budget)

    def _like(self, wanted: _Quoted, start: int, end: int) -> float:
        """Return how alike what stands around a place is to what stood around the words."""
        before = self.new[max(0, start - len(wanted.prefix)) : start]
        after = self.new[end : end + len(wanted.suffix)]
        if not wanted.prefix and not wanted.suffix:
            return 1.0 if start == 0 and end == len(self.new) else _ALIKE
        sides = [
            (len(stood), fuzz.ratio(stood, stands) / 100)
            for stood, stands in ((wanted.prefix, before), (wanted.suffix, after))
            if stood
        ]
        return sum(size * like for size, like in sides) / sum(size for size, _ in sides)

    def _is_single(self, wanted: _Quoted) -> bool:
        """Whether words stand once in either text."""
        if wanted.words not in self._single:
            if not self.budget.spend(len(self.old) + len(self.new)):
                return False
            counts = self.old.count(wanted.words), self.new.count(wanted.words)
            self._single[wanted.words] = counts == (1, 1)
        return self._single[wanted.words]

    def _same_edges(self, wanted: _Quoted, start: int, end: int) -> bool:
        """Whether a place begins and ends within a word just if the words did."""
        return (_is_word(wanted.prefix[-1:]), _is_word(wanted.suffix[:1])) == (
            _is_word(self.new[start - 1 : start] if start else ""),
            _is_word(self.new[end : end + 1]),
        )

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        """Return a place widened to whole words, without white space at its ends."""
        start, end = self._trimmed(start, end)
        while start > 0 and _is_word(self.new[start]) and _is_word(self.new[start - 1]):
            start -= 1
        while end < len(self.new) and _is_word(self.new[end - 1]) and _is_word(self.new[end]):
            end += 1
        return start, end

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        words = self.new[start:end]
        start += len(words) - len(words.lstrip())
        return start, start + len(words.strip())

    def _fits(self, start: int, end: int) -> bool:
        """Whether a place lies in one block and has no white space at its ends."""
        if start >= end or self.new[start].isspace() or self.new[end - 1].isspace():
            return False
        number = bisect_right(self.blocks, start, key=itemgetter(1)) - 1
        return number >= 0 and end <= self.blocks[number][2]


def _sureness(like: float) -> float:
    """Return how sure one is of a place by what is around it."""
    return round(max(0.0, min(1.0, (like - _UNLIKE) / (1 - _UNLIKE))), 3)


def _is_word(char: str) -> bool:
    return char.isalnum()
