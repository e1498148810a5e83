"""Prints: hashes of some of a text's runs of five words, chosen by winnowing. Pure.

They are the same in every process and on every machine, so that they can be kept: a word's hash is
BLAKE2b's, a run's is made of those of its words in arithmetic modulo 2**64.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

RUN = 5
WINDOW = 8
# Words in a row that are sure to leave a print.
SURE = RUN + WINDOW - 1

type Hashes = npt.NDArray[np.uint64]
type Places = npt.NDArray[np.int64]

_KEPT_WORDS = 500_000
# Odd and without pattern: the bits of 2**64 / golden ratio.
_BASE = np.uint64(0x9E3779B97F4A7C15)
# Of splitmix64 (Steele, Lea and Flood, 2014), which spreads every bit over all.
_SPREAD = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_ONE = np.uint64(1)
_LAST = np.uint64(31)


class _WordHashes(dict[str, int]):
    """The hash of each word that was met; emptied when it grows too large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        made = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
        self[word] = made
        return made


_hash_of = _WordHashes().__getitem__


def word_hashes(folded: Sequence[str]) -> Hashes:
    """Return a hash of 64 bits for each word."""
    return np.fromiter(map(_hash_of, folded), np.uint64, len(folded))


def run_hashes(folded: Sequence[str]) -> Hashes:
    """Return the hash of the run of five words that begins at each word that begins one.

    They are from 0 to 2**63 - 1: a bigint of the database holds them.
    """
    words = word_hashes(folded)
    if len(words) < RUN:
        return words[:0]
    count = len(words) - RUN + 1
    mixed = words[:count].copy()
    for place in range(1, RUN):
        mixed *= _BASE
        mixed += words[place : place + count]
    for shift, factor in _SPREAD:
        mixed ^= mixed >> shift
        mixed *= factor
    mixed ^= mixed >> _LAST
    mixed >>= _ONE
    return mixed


def _least(hashes: Hashes) -> Hashes:
    """Return the least of each eight hashes in a row, of all where there are fewer."""
    if len(hashes) < WINDOW:
        return hashes.min(keepdims=True) if len(hashes) else hashes
    reach = 1
    while reach < WINDOW:
        hashes = np.minimum(hashes[:-reach], hashes[reach:])
        reach *= 2
    return hashes


def prints(folded: Sequence[str]) -> list[int]:
    """Return the prints of folded words, in order and each once, from 0 to 2**63 - 1.

    Any 12 words in a row that two texts share leave a print in both (Schleimer, Wilkerson and
    Aiken, 2003). A text of 5 to 11 words has one, a shorter one none.
    """
    return prints_of(run_hashes(folded))


def prints_of(hashes: Hashes) -> list[int]:
    """Return the prints among the hashes of a text's runs."""
    least = _least(hashes)
    # Most are the least of several windows in a row.
    changes = least[1:] != least[:-1]
    return list(dict.fromkeys([*least[:1].tolist(), *least[1:][changes].tolist()]))


def marks(folded: Sequence[str]) -> list[tuple[int, int]]:
    """Return every place that a print was chosen for: the print and the run's first word."""
    return marks_of(run_hashes(folded))


def marks_of(hashes: Hashes) -> list[tuple[int, int]]:
    """Return the chosen hashes of runs with their places, in order."""
    least = _least(hashes)
    if not len(least):
        return []
    # The last of equal ones in a window, so that a text that repeats itself leaves few.
    width = min(WINDOW, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)[:, ::-1]
    places = np.unique(np.arange(len(windows)) + width - 1 - windows.argmin(axis=1))
    return list(zip(hashes[places].tolist(), places.tolist(), strict=True))
