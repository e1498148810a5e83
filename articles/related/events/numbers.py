"""Words and names as numbers: what is compared of articles, alike in every process. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from articles.related.matching.known import Known

WORDS, NAMES, ALL = "w", "n", "a"
# Two of a million words are one number once in some four thousand.
_BITS = (1 << 32) - 1
# A word counts as so many at most: more often none does in what is read of a text.
MOST_TIMES = 255
# Corpora whose words are known by number, those that were met last.
_MOST_CORPORA = 8

type Numbers = npt.NDArray[np.uint32]
type Times = npt.NDArray[np.uint8]
type Places = npt.NDArray[np.int64]
type Large = npt.NDArray[np.uint64]

# Of 2**64 the golden section: multiples of it are everywhere (Knuth, 1973, 6.4).
MIX = 0x9E3779B97F4A7C15


def slots_of(numbers: Large, bits: int) -> Large:
    """Return the places that numbers have in a table of 2**bits, where each has one."""
    return (numbers * np.uint64(MIX)) >> np.uint64(64 - bits)


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one article or of several: ``numbers`` of words and names, how often each stands there.

    ``sizes`` has a row for each article: how many words it has, and how many names. In this order
    their numbers stand side by side; those of each article in order, words and names apart, each
    once, so that what is summed up over two articles is the same from both sides, to the last
    digit.
    """

    sizes: Places
    numbers: Numbers
    times: Times


def counted(corpus_id: int, *articles: tuple[Mapping[str, int], Mapping[str, int]]) -> Counted:
    """Return how often words, and names, stand in each of some articles of a corpus."""
    rows = [
        in_order(corpus_id, what, counts)
        for both in articles
        for what, counts in zip((WORDS, NAMES), both, strict=True)
    ]
    return Counted(
        np.array([len(numbers) for numbers, _ in rows], np.int64).reshape(-1, 2),
        np.concatenate([numbers for numbers, _ in rows]),
        np.concatenate([times for _, times in rows]),
    )


def in_order(corpus_id: int, what: str, counts: Mapping[str, int]) -> tuple[Numbers, Times]:
    """Return how often words (or names) stand in an article: numbers, in order, and times."""
    numbers = numbers_in(corpus_id, what, counts)
    times = np.fromiter(counts.values(), np.int64, len(counts))
    order = numbers.argsort()
    numbers, times = numbers[order], times[order]
    if (numbers[1:] == numbers[:-1]).any():
        # Each stands there once, or two articles would differ by who is asked.
        numbers, first = np.unique(numbers, return_index=True)
        times = np.add.reduceat(times, first)
    return numbers, np.minimum(times, MOST_TIMES).astype(np.uint8)


def number_in(corpus_id: int, what: str, word: str) -> int:
    """Return the number of a word, within its corpus: from 1 to 2**32 - 1."""
    return _numbers_in(corpus_id, what)[word]


def numbers_in(corpus_id: int, what: str, words: Collection[str]) -> Numbers:
    """Return the numbers of words, within their corpus, in their order."""
    return np.fromiter(map(_numbers_in(corpus_id, what).__getitem__, words), np.uint32, len(words))


@lru_cache(maxsize=3 * _MOST_CORPORA)
def _numbers_in(corpus_id: int, what: str) -> Known[int]:
    before = f"{corpus_id}/{what}/"

    def number(word: str) -> int:
        whole = f"{before}{word}".encode("utf-8", "replace")
        return int.from_bytes(blake2b(whole, digest_size=8).digest(), "little") & _BITS or 1

    return Known(number)
