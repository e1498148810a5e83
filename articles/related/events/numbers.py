"""Words and names as numbers: what is compared of articles, alike in every process. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

WORDS, NAMES, ALL = "w", "n", "a"
# Two of a million words are one number once in some four thousand.
_BITS = (1 << 32) - 1
# A word counts as so many at most: more often none does in what is read of a text.
MOST_TIMES = 255
# Of a corpus, words and names each.
_MOST_NUMBERS = 200_000
_MOST_CORPORA = 64

type Numbers = npt.NDArray[np.uint32]
type Times = npt.NDArray[np.uint8]
type Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one article or of several: ``numbers`` of words, and how often each stands there.

    The first ``sizes[0]`` are of the first article, and so on; those of each in their order, so
    that what is summed up over two articles is the same from both sides, to the last digit.
    """

    sizes: Places
    numbers: Numbers
    times: Times

    def first(self) -> "Counted":
        """Return the first of several articles."""
        size = int(self.sizes[0])
        return Counted(self.sizes[:1], self.numbers[:size], self.times[:size])


def counted(corpus_id: int, what: str, *counts: Mapping[str, int]) -> Counted:
    """Return how often words (or names, by ``what``) stand in articles of a corpus."""
    numbers = _numbers_in(corpus_id, what).__getitem__
    rows = [sorted(zip(map(numbers, each), each.values(), strict=True)) for each in counts]
    return Counted(
        np.array([len(row) for row in rows], np.int64),
        np.array([number for row in rows for number, _ in row], np.uint32),
        np.array([min(times, MOST_TIMES) for row in rows for _, times in row], np.uint8),
    )


def number_in(corpus_id: int, what: str, word: str) -> int:
    """Return the number of a word, within its corpus: from 1 to 2**32 - 1."""
    return _numbers_in(corpus_id, what)[word]


class _NumbersIn(dict[str, int]):
    """The numbers of words; forgets all when large."""

    def __init__(self, corpus_id: int, what: str) -> None:
        super().__init__()
        self._before = f"{corpus_id}/{what}/"

    def __missing__(self, word: str) -> int:
        whole = f"{self._before}{word}".encode("utf-8", "replace")
        made = int.from_bytes(blake2b(whole, digest_size=8).digest(), "little") & _BITS or 1
        if len(self) >= _MOST_NUMBERS:
            self.clear()
        self[word] = made
        return made


@lru_cache(maxsize=3 * _MOST_CORPORA)
def _numbers_in(corpus_id: int, what: str) -> _NumbersIn:
    return _NumbersIn(corpus_id, what)
