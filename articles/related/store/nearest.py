"""Who has most of some words, by what each of them weighs. Pure."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Numbers, Places
from articles.related.store.postings import Rows
from articles.related.store.records import stretches
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
    begins, sizes = segment.words.spans(asked.numbers)
    rows: Places = segment.words.rows[stretches(begins, sizes)].astype(np.int64)
    weights = asked.weights.repeat(sizes)
    # The undated stand before all others.
    undated, first, last = 0, 0, len(segment)
    if asked.day:
        bounds = (1, max(asked.day - asked.days, 1), asked.day + asked.days + 1)
        undated, first, last = segment.days.searchsorted(bounds).tolist()
        wanted = (rows >= first) & (rows < last) | (rows < undated)
        rows, weights = rows[wanted], weights[wanted]
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0)
    if last - first + undated < _SPARSE * len(rows):
        # Those between the undated and the first are none of them.
        rows = np.where(rows < undated, rows, rows - first + undated)
        sums = np.bincount(rows, weights)
        heavy = np.flatnonzero(sums >= least)
        words = np.bincount(rows, minlength=len(sums))[heavy]
        rows, sums = np.where(heavy < undated, heavy, heavy + first - undated), sums[heavy]
    else:
        rows, places, words = np.unique(rows, return_inverse=True, return_counts=True)
        sums = np.bincount(places, weights)
    enough = (sums >= least) & (words >= least_words)
    return rows[enough], sums[enough]
