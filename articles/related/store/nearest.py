"""Who has most of some words, by what each of them weighs. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Numbers, Places
from articles.related.store.postings import Rows
from articles.related.store.segments import Segment

# Of a stretch of rows so many times as long as what is found in it a sum is kept for each.
_SPARSE = 30

type Sums = npt.NDArray[np.float64]


def counted(rows: Rows, size: int) -> tuple[Places, Places]:
    """Return the rows of a segment of some size that are among ``rows``, and how often each is."""
    if size < _SPARSE * len(rows):
        counts = np.bincount(rows)
        there: Places = np.flatnonzero(counts)
        return there, counts[there]
    there, counts = np.unique(rows, return_counts=True)
    return there, counts


class Asked(NamedTuple):
    """Whose words and names are looked for: as numbers, and what each weighs.

    Of an article with a ``day`` (not 0), only those of so many ``days`` before and after are found,
    and the undated.
    """

    numbers: Numbers
    weights: Sums
    day: int = 0
    days: int = 0


def weighed(segment: Segment, asked: Asked, least: float, least_words: int) -> tuple[Places, Sums]:
    """Return the rows of a segment that have enough of what is asked, and what that weighs."""
    # The undated stand before all others.
    undated, first, last = 0, 0, len(segment)
    if asked.day:
        days = (1, max(asked.day - asked.days, 1), asked.day + asked.days + 1)
        undated, first, last = segment.days.searchsorted(days).tolist()
    rows, sizes = _having(segment, asked.numbers, np.array((undated, first, last), np.uint32))
    sums = segment.sums
    try:
        np.add.at(sums, rows, asked.weights.repeat(sizes))
        heavy, words = _each_once(rows[sums[rows] >= least], segment.lasts)
        heavy = heavy[words >= least_words]
        return heavy, sums[heavy]
    finally:
        sums[rows] = 0.0


def _each_once(rows: Places, lasts: Places) -> tuple[Places, Places]:
    """Return rows, each once and in any order, and how often each was there.

    ``lasts`` has a place for each row of the segment. To put rows in order takes longer.
    """
    every = np.arange(len(rows))
    lasts[rows] = every
    last = lasts[rows]
    once = last == every
    return rows[once], np.bincount(last, minlength=len(rows))[once]


def _having(segment: Segment, numbers: Numbers, bounds: Rows) -> tuple[Places, Sequence[int]]:
    """Return the rows that have words, once for each, and of how many each word is found.

    Of rows before the first of ``bounds``, and of those from the second to the third.
    """
    rows = segment.words.rows
    found, sizes = [np.zeros(0, np.uint32)], []
    for begin, size in zip(*map(np.ndarray.tolist, segment.words.spans(numbers)), strict=True):
        # In order, so that of a common word those of other years are not even read.
        some = rows[begin : begin + size]
        undated, first, last = some.searchsorted(bounds).tolist()
        found += [some[:undated], some[first:last]]
        sizes.append(undated + last - first)
    return np.concatenate(found).astype(np.int64), sizes
