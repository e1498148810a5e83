"""The words of a text's body, with where they are, folded as texts are compared. Pure."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Numbers
from articles.related.matching.folding import pattern
from articles.related.matching.prints import Hashes, Places, marks_of, run_hashes
from articles.related.matching.sharing import number_of
from articles.related.printed import BETWEEN, NUMBERS, Printed, StoredBlock, printed_in
from articles.text import BlockKind

# What an outlet adds of its own (headline, standfirst, key points, captions, notes) is no part of
# the text that was handed on.
BODY = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.CROSSHEAD}
)


class Words:
    """Words in reading order: as compared, and where each is in the text, in code points.

    Where they are is looked for when somebody asks: most texts share no passage with any other.
    What comparing asks of them is kept: one text is compared with many.
    """

    def __init__(
        self, text: str, stretches: Sequence[tuple[int, int]], language: str | None = None
    ) -> None:
        """``stretches`` are where in ``text`` the words stand: between any two is a space."""
        self._text, self._stretches = text, stretches
        found = [printed_in(text, *stretch, language) for stretch in stretches]
        self._printed: list[Printed] = [*chain.from_iterable(found)]

    def __len__(self) -> int:
        return len(self.folded)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words as compared."""
        return tuple(chain.from_iterable([each.words for each in self._printed]))

    @cached_property
    def number(self) -> int:
        """A number that texts of the same words have in common."""
        return number_of(BETWEEN.join([each.joined for each in self._printed if each.joined]))

    @cached_property
    def long(self) -> Numbers:
        """The numbers of the long words, each once, the least first."""
        # Those of short words are 0: so is the first, which is none's.
        numbers = np.zeros(len(self._numbers) + 1, np.uint32)
        numbers[1:] = self._numbers["long"]
        numbers.sort()
        each_once: Numbers = numbers[1:][numbers[1:] != numbers[:-1]]
        return each_once

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins."""
        return tuple(map(re.Match.start, self._found))

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each word ends."""
        return tuple(map(re.Match.end, self._found))

    @cached_property
    def hashes(self) -> Hashes:
        """The hashes of their runs."""
        return run_hashes(self._numbers["hash"].copy())

    @cached_property
    def ordered(self) -> tuple[Places, Hashes, bool]:
        """Where the runs begin, and their hashes, in the order of these; whether no two are one."""
        order = np.argsort(self.hashes, kind="stable")
        hashes = self.hashes[order]
        return order, hashes, bool((hashes[1:] != hashes[:-1]).all())

    @cached_property
    def marks(self) -> list[tuple[int, int]]:
        """The runs that were chosen as prints, with their first words."""
        return marks_of(self.hashes)

    @cached_property
    def _numbers(self) -> npt.NDArray[np.void]:
        return np.frombuffer(b"".join([each.numbers for each in self._printed]), NUMBERS)

    @property
    def _found(self) -> list[re.Match[str]]:
        find = pattern(self._text).finditer
        return [match for stretch in self._stretches for match in find(self._text, *stretch)]


def body_words(text: str, blocks: Iterable[StoredBlock], language: str | None = None) -> Words:
    """Return the words of a text's body: the same in any language."""
    stretches = [(int(start), int(end)) for kind, start, end in blocks if kind in BODY]
    return Words(text, stretches, language)
