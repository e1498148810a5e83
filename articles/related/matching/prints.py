"""Prints: hashes of some of a text's runs of five words, chosen by winnowing. Pure.

They are the same in every process and on every machine, so that they can be kept: a word's hash is
BLAKE2b's, a run's is made of those of its words in arithmetic modulo 2**64. By that runs are
chosen, and the last 32 bits of those are kept: of a million articles one print in seventy is
another run's, too, and hardly ever are two that two articles share.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

RUN = 5
WINDOW = 8
# Words in a row that are sure to leave a print.
SURE = RUN + WINDOW - 1

type Hashes = npt.NDArray[np.uint64]
type Places = npt.NDArray[np.int64]

# Odd and without pattern: the bits of 2**64 / golden ratio.
_BASE = np.uint64(0x9E3779B97F4A7C15)
# Of splitmix64 (Steele, Lea and Flood, 2014), which spreads every bit over all.
_SPREAD = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_ONE = np.uint64(1)
# What is kept of a run's hash.
LAST_BITS = np.uint64((1 << 32) - 1)
_LAST = np.uint64(31)


def hash_of(word: str) -> bytes:
    """Return the 64 bits of a folded word's hash, the least first."""
    return blake2b(word.encode(), digest_size=8).digest()


def word_hashes(hashes: Iterable[bytes]) -> Hashes:
    """Return hashes of words as numbers; some may stand together."""
    return np.frombuffer(b"".join(hashes), "<u8")


def run_hashes(words: Hashes) -> Hashes:
    """Return the hash of the run of five words that begins at each word that begins one.

    ``words`` are their hashes. Those of runs are from 0 to 2**63 - 1: a bigint of the database
    holds them.
    """
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


def _runs(folded: Sequence[str]) -> Hashes:
    return run_hashes(word_hashes(map(hash_of, folded)))


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
    """Return the prints of folded words, in order and each once, from 0 to 2**32 - 1.

    Any 12 words in a row that two texts share leave a print in both (Schleimer, Wilkerson and
    Aiken, 2003). A text of 5 to 11 words has one, a shorter one none.
    """
    return prints_of(_runs(folded))


def prints_of(hashes: Hashes) -> list[int]:
    """Return the prints among the hashes of a text's runs."""
    least = _least(hashes)
    # Most are the least of several windows in a row.
    changes = least[1:] != least[:-1]
    chosen = np.concatenate((least[:1], least[1:][changes])) & LAST_BITS
    return list(dict.fromkeys(chosen.tolist()))


def marks(folded: Sequence[str]) -> list[tuple[int, int]]:
    """Return every place that a print was chosen for: the print and the run's first word."""
    return marks_of(_runs(folded))


def marks_of(hashes: Hashes) -> list[tuple[int, int]]:
    """Return the prints of runs with their places, in order."""
    least = _least(hashes)
    if not len(least):
        return []
    # The last of equal ones in a window, so that a text that repeats itself leaves few.
    width = min(WINDOW, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)[:, ::-1]
    places = np.unique(np.arange(len(windows)) + width - 1 - windows.argmin(axis=1))
    return list(zip((hashes[places] & LAST_BITS).tolist(), places.tolist(), strict=True))
