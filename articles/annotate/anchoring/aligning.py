"""What became of the lines and words of a text in another: the ground that anchoring stands on."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel

# In units of a character looked at, or of a pair of words: about a second in all.
WORK = 400_000_000
# Pairs of words; they are looked at by the dozen at once.
_PAIRS = 40_000_000
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Budget:
    """How much work may still be done."""

    def __init__(self, work: int = WORK) -> None:
        self.left = work

    def spend(self, work: int) -> bool:
        """Take so much, and return whether there was so much."""
        if work > self.left:
            return False
        self.left -= max(work, 1)
        return True

    def give_back(self, work: int) -> None:
        """Put back what was not needed in the end."""
        self.left += work


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of changed lines: from where to where in either text."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Lines:
    """The lines of two texts, and which of the one are which of the other."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._alignments: dict[Gap, Alignment | None] = {}

    @cached_property
    def _old(self) -> list[tuple[int, str]]:
        return _lines(self.old)

    @cached_property
    def _new(self) -> list[tuple[int, str]]:
        return _lines(self.new)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._old]

    @cached_property
    def _same(self) -> dict[int, int]:
        """The lines that stand once in either text, also at another place; and those around.

        What begins both texts alike and what ends them is the same, however often it stands there.
        """
        at = {line: number for number, (_, line) in enumerate(self._new)}
        counts = (Counter(line for _, line in lines) for lines in (self._old, self._new))
        once = [{line for line, times in count.items() if times == 1} for count in counts]
        single = once[0] & once[1]
        same = {n: at[line] for n, (_, line) in enumerate(self._old) if line and line in single}
        old, new = [line for _, line in self._old], [line for _, line in self._new]
        head = _alike(old, new)
        tail = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - head)
        same |= {number: number for number in range(head)}
        same |= {len(old) - back: len(new) - back for back in range(1, tail + 1)}
        return same

    @cached_property
    def _in_order(self) -> list[tuple[int, int]]:
        """Those of the same lines that come in one order in both texts, as many as can be."""
        return _longest_rising(sorted(self._same.items()))

    def place(self, start: int, end: int) -> int | None:
        """Return where words of an unchanged line begin in the new text; None of a changed one."""
        number = bisect_right(self._starts, start) - 1
        first, line = self._old[number]
        if end > first + len(line) or number not in self._same:
            return None
        return self._new[self._same[number]][0] + start - first

    def gap(self, start: int, end: int) -> Gap | None:
        """Return the changed lines that words are in; None where they reach over others."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end) - 1
        number = bisect_left(self._in_order, (first, -1))
        before = self._in_order[number - 1] if number else (-1, -1)
        after = (len(self._old), len(self._new))
        if number < len(self._in_order):
            after = self._in_order[number]
        if last >= after[0]:
            return None
        return Gap(
            self._end(self._old, before[0]),
            self._start(self._old, after[0], self.old),
            self._end(self._new, before[1]),
            self._start(self._new, after[1], self.new),
        )

    def aligned(self, gap: Gap, budget: Budget) -> "Alignment | None":
        """Return the words of a gap aligned; None where that is too much work."""
        if gap not in self._alignments:
            old, new = self.old[gap.old_start : gap.old_end], self.new[gap.new_start : gap.new_end]
            self._alignments[gap] = Alignment.of(old, new, gap, budget)
        return self._alignments[gap]

    @staticmethod
    def _end(lines: Sequence[tuple[int, str]], number: int) -> int:
        return lines[number][0] + len(lines[number][1]) if number >= 0 else 0

    @staticmethod
    def _start(lines: Sequence[tuple[int, str]], number: int, text: str) -> int:
        return lines[number][0] if number < len(lines) else len(text)


class Alignment:
    """The words of two passages, and which of the one are which of the other."""

    def __init__(
        self,
        old: Sequence[tuple[int, int]],
        new: Sequence[tuple[int, int]],
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        # Places of the words, and the numbers of those that are the same, in order.
        self._old, self._new = old, new
        self._pairs = pairs
        self._to = dict(pairs)
        self._firsts = [first for first, _ in old]

    @classmethod
    def of(cls, old: str, new: str, gap: Gap, budget: Budget) -> "Alignment | None":
        """Align two passages that begin at ``gap``; None where that is too much work."""
        if not budget.spend(len(old) + len(new)):
            return None
        old_words, new_words = (list(_TOKEN.finditer(text)) for text in (old, new))
        was, now = ([match[0] for match in words] for words in (old_words, new_words))
        head = _alike(was, now)
        most = min(len(was), len(now)) - head
        tail = min(_alike(was[::-1], now[::-1]), most)
        middle = was[head : len(was) - tail], now[head : len(now) - tail]
        pairs = len(middle[0]) * len(middle[1])
        if pairs > _PAIRS or not budget.spend(pairs):
            return None
        same = [(number, number) for number in range(head)]
        for op in Indel.opcodes(*middle):
            if op.tag == "equal":
                ends = zip(
                    range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True
                )
                same += [(head + a, head + b) for a, b in ends]
        same += [(len(was) - back, len(now) - back) for back in range(tail, 0, -1)]
        return cls(
            [(gap.old_start + match.start(), gap.old_start + match.end()) for match in old_words],
            [(gap.new_start + match.start(), gap.new_start + match.end()) for match in new_words],
            same,
        )

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where words went, as far as can be said: changed ones to what stands for them."""
        first, last = self._numbers(start, end)
        if last < first:
            return None
        to_first, to_last = self._stands_for(first), self._stands_for(last)
        if to_first is None:
            to_first = self._next(first, last)
        if to_last is None:
            to_last = self._previous(first, last)
        if to_first is None or to_last is None or to_last < to_first:
            return None
        begin, finish = self._new[to_first][0], self._new[to_last][1]
        # Within words that are the same a tag may begin or end at a letter.
        if first in self._to:
            begin += max(0, start - self._old[first][0])
        if last in self._to:
            finish -= max(0, self._old[last][1] - end)
        return (begin, finish) if begin < finish else None

    def kept(self, start: int, end: int) -> int:
        """Return how many characters of words are still there."""
        first, last = self._numbers(start, end)
        return sum(
            self._old[number][1] - self._old[number][0] + 1
            for number in range(first, last + 1)
            if number in self._to
        )

    def _numbers(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last word of a place."""
        first = bisect_right(self._firsts, start) - 1
        if first < 0 or self._old[first][1] <= start:
            first += 1
        return first, bisect_left(self._firsts, end) - 1

    def _stands_for(self, number: int) -> int | None:
        """Return the word that a word is, or that stands where it stood: one word for one."""
        if number in self._to:
            return self._to[number]
        at = bisect_left(self._pairs, (number, -1))
        before = self._pairs[at - 1] if at else (-1, -1)
        after = self._pairs[at] if at < len(self._pairs) else (len(self._old), len(self._new))
        if after[0] - before[0] != after[1] - before[1]:
            return None
        return before[1] + number - before[0]

    def _next(self, first: int, last: int) -> int | None:
        return next((self._to[n] for n in range(first, last + 1) if n in self._to), None)

    def _previous(self, first: int, last: int) -> int | None:
        return next((self._to[n] for n in range(last, first - 1, -1) if n in self._to), None)


def _lines(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words are the same from the beginning on."""
    for number, (one, other) in enumerate(zip(some, others, strict=False)):
        if one != other:
            return number
    return min(len(some), len(others))


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs whose second numbers rise as their first ones do."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before.append(at[place - 1] if place else -1)
        if place == len(ends):
            ends.append(second)
            at.append(number)
        else:
            ends[place], at[place] = second, number
    found, number = [], at[-1] if at else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
