"""Which articles have which number: all that have one stand side by side. Pure.

Numbers are of words, of prints or of whole texts; articles are rows of a segment. Each field is
three columns, as in any inverted index (Zobel and Moffat, 2006), here uncompressed, so that they
are read where they lie, in a file or in memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from articles.related.events.numbers import Numbers, Places
from articles.related.store.records import stretches

# So many pairs of a number and a row are put in order at once, when much is merged.
_AT_ONCE = 1 << 23
_ALL = 1 << 32
_HALF = np.uint64(32)
_LOW = np.uint64(_ALL - 1)

type Rows = npt.NDArray[np.uint32]
type Columns = tuple[Numbers, Rows, Rows]


@dataclass(frozen=True, slots=True)
class Postings:
    """Of each of ``numbers``, which are in order, the rows that have it, in order.

    Those of the first are ``rows[starts[0]:starts[1]]``, and so on.
    """

    numbers: Numbers
    starts: Rows
    rows: Rows

    def spans(self, numbers: Numbers) -> tuple[Places, Places]:
        """Return where in ``rows`` those of each number begin, and how many they are."""
        if not len(self.numbers):
            none = np.zeros(len(numbers), np.int64)
            return none, none
        at = np.minimum(self.numbers.searchsorted(numbers), len(self.numbers) - 1)
        begins = self.starts[at].astype(np.int64)
        sizes = self.starts[at + 1].astype(np.int64) - begins
        sizes[self.numbers[at] != numbers] = 0
        return begins, sizes

    def having(self, numbers: Numbers) -> Rows:
        """Return the rows that have any of some numbers, once for each."""
        found: Rows = self.rows[stretches(*self.spans(numbers))]
        return found


def postings(numbers: Numbers, rows: Rows) -> Postings:
    """Return which row has which number, by pairs of both in any order."""
    return joined([_in_order(numbers, rows)])


def merged(parts: Sequence[tuple[Postings, Places]]) -> Iterator[Columns]:
    """Yield postings as one, bit by bit, as :func:`joined` takes them.

    With each the row that each of its rows becomes, -1 for those that are left out.
    """
    total = sum(len(each.rows) for each, _ in parts)
    count = max(1, total // _AT_ONCE)
    bounds = [_ALL * number // count for number in range(count + 1)]
    for first, last in pairwise(bounds):
        some = [_between(part, become, first, last) for part, become in parts]
        yield _in_order(*map(np.concatenate, zip(*some, strict=True)))


def joined(columns: Iterable[Columns]) -> Postings:
    """Return bits of postings, the numbers of which follow on each other, as one."""
    numbers, sizes, rows = map(np.concatenate, zip(*columns, strict=True))
    return Postings(numbers, np.append(starts_of(sizes), np.uint32(len(rows))), rows)


def starts_of(sizes: Rows, before: int = 0) -> Rows:
    """Return where each of some begins that stand side by side, behind so many ``before``.

    Raises OverflowError: some thirty million articles have more than 32 bits count.
    """
    ends = before + np.cumsum(sizes, dtype=np.int64)
    if len(ends) and ends[-1] >= _ALL:
        raise OverflowError(ends[-1])
    return (ends - sizes).astype(np.uint32)


def _between(part: Postings, become: Places, first: int, last: int) -> tuple[Numbers, Rows]:
    """Return the pairs of a number from ``first`` on, before ``last``, and the new row."""
    low, high = (
        len(part.numbers) if bound == _ALL else int(part.numbers.searchsorted(np.uint32(bound)))
        for bound in (first, last)
    )
    starts = part.starts[low : high + 1]
    rows = become[part.rows[int(starts[0]) : int(starts[-1])]]
    numbers = part.numbers[low:high].repeat(np.diff(starts))
    stay = rows >= 0
    return numbers[stay], rows[stay].astype(np.uint32)


def _in_order(numbers: Numbers, rows: Rows) -> Columns:
    """Return the numbers in order, each once, how many rows each has, and these."""
    pairs = (numbers.astype(np.uint64) << _HALF) | rows
    pairs.sort()
    numbers = (pairs >> _HALF).astype(np.uint32)
    firsts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1]))[: len(numbers)])
    sizes = np.diff(np.append(firsts, len(numbers))).astype(np.uint32)
    return numbers[firsts], sizes, (pairs & _LOW).astype(np.uint32)
