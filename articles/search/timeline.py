"""The shape of an answer over time: numbers of articles by day, month or year."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from articles.search.asking import Question
from articles.search.language.refining import within_days
from articles.search.language.tree import Everything, Is, Node, conjunction

MOST_BARS = 400
_DAYS_BY_DAY = 120
_MONTHS_BY_MONTH = 25 * 12


class Zoom(StrEnum):
    """How long a bar is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    def number(self, day: date) -> int:
        """Return the bar of a day, as the index counts them."""
        if self is Zoom.DAY:
            return day.toordinal()
        return day.year * 12 + day.month - 1 if self is Zoom.MONTH else day.year

    def first(self, number: int) -> date:
        """Return the first day of a bar."""
        if self is Zoom.DAY:
            return date.fromordinal(number)
        if self is Zoom.MONTH:
            return date(number // 12, number % 12 + 1, 1)
        return date(number, 1, 1)

    def last(self, number: int) -> date:
        """Return the last day of a bar."""
        if self is Zoom.DAY:
            return date.fromordinal(number)
        if number == self.number(date.max):
            return date.max
        return self.first(number + 1) - timedelta(days=1)


# Not frozen: a page makes hundreds, and each would take thrice as long.
@dataclass(slots=True)
class Bar:
    """A stretch of time: its first and last day, and how many articles of the answer and of all.

    ``repeats`` are those of the answer whose text another of the same stretch has.
    """

    start: date
    end: date
    count: int
    of_all: int
    repeats: int = 0

    @property
    def texts(self) -> int:
        """How many distinct texts there are, where repeats were counted."""
        return self.count - self.repeats

    @property
    def share(self) -> float:
        """The answer's part of all coverage: 0 to 1."""
        return self.count / self.of_all if self.of_all else 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars without gaps. ``coarser`` are dated, but not well enough for this zoom.

    ``outside`` are those far from all others: a misread year would leave no room for the rest.
    """

    zoom: Zoom
    bars: Sequence[Bar]
    undated: int = 0
    coarser: int = 0
    outside: int = 0
    # Whether distinct texts were counted, and exactly; None where they were not.
    texts_exact: bool | None = None


def timeline(question: Question, zoom: str | None = None, *, texts: bool = False) -> Timeline:
    """Return an answer over time, by what its span asks for unless told otherwise.

    With ``texts``, distinct texts are counted too.
    """
    undated = question.but(conjunction([question.tree, Is("undated")])).total()
    by_year = question.times(Zoom.YEAR)
    years = densest(by_year)
    chosen, counts = _counts(question, Zoom(zoom) if zoom else None, years)
    outside = sum(by_year.values()) - sum(years.values())
    coarser = sum(years.values()) - sum(counts.values())
    of_all = _of_all(question, chosen, counts) if counts else {}
    drawn, exact = bars(chosen, counts, of_all), None
    if texts:
        repeats = question.repeats_by(chosen)
        exact = repeats.exact
        drawn = [
            replace(bar, repeats=repeats.counts.get(chosen.number(bar.start), 0)) for bar in drawn
        ]
    return Timeline(chosen, drawn, undated, coarser, outside, exact)


def zooms_ahead(zoom: str | None = None) -> Sequence[Zoom]:
    """Return what :func:`timeline` will ask for first, for the engine to count ahead."""
    return (Zoom.YEAR,) if zoom == Zoom.YEAR else (Zoom.YEAR, Zoom.MONTH)


def bars(zoom: Zoom, counts: Mapping[int, int], of_all: Mapping[int, int]) -> list[Bar]:
    """Return bars from the first to the last that counts."""
    if not counts:
        return []
    numbers = range(min(counts), max(counts) + 1)
    return [Bar(*_days(zoom, n), counts.get(n, 0), of_all.get(n, 0)) for n in numbers]


@lru_cache(maxsize=4_000)
def _days(zoom: Zoom, number: int) -> tuple[date, date]:
    """Return the first and the last day of a bar."""
    return zoom.first(number), zoom.last(number)


def densest(counts: Mapping[int, int], most: int = MOST_BARS) -> Mapping[int, int]:
    """Return the counts of as many bars in a row as there may be: those that hold the most."""
    if not counts or _span(counts) <= most:
        return counts
    numbers = sorted(counts)
    before = [0, *accumulate(counts[number] for number in numbers)]
    stretches = [(at, bisect_left(numbers, first + most)) for at, first in enumerate(numbers)]
    start, end = max(stretches, key=lambda ends: before[ends[1]] - before[ends[0]])
    return {number: counts[number] for number in numbers[start:end]}


def _counts(
    question: Question, zoom: Zoom | None, years: Mapping[int, int]
) -> tuple[Zoom, Mapping[int, int]]:
    """Return the zoom asked for, or the finest that keeps bars few enough, and its counts."""
    few_days, few_months = (MOST_BARS, MOST_BARS) if zoom else (_DAYS_BY_DAY, _MONTHS_BY_MONTH)
    if not years or zoom is Zoom.YEAR or (_span(years) - 2) * 12 > few_months:
        return Zoom.YEAR, years
    by_month = _within(question.times(Zoom.MONTH), years, 12)
    if zoom is not Zoom.MONTH and by_month and (_span(by_month) - 2) * 28 <= few_days:
        by_day = question.times(Zoom.DAY)
        if by_day and _span(by_day) <= few_days:
            return Zoom.DAY, by_day
    if by_month and _span(by_month) <= few_months:
        return Zoom.MONTH, by_month
    return Zoom.YEAR, years


def _of_all(question: Question, zoom: Zoom, counts: Mapping[int, int]) -> Mapping[int, int]:
    """Return all coverage, of the bars of some counts at least.

    A hundred years by day are numbers by the ten thousand, and each answer is remembered.
    """
    all_of_it: Node = Everything()
    if zoom is Zoom.DAY:
        all_of_it = within_days(all_of_it, zoom.first(min(counts)), zoom.first(max(counts)))
    return question.but(all_of_it).times(zoom)


def _within(counts: Mapping[int, int], years: Mapping[int, int], a_year: int) -> Mapping[int, int]:
    first, last = min(years) * a_year, (max(years) + 1) * a_year
    return {n: count for n, count in counts.items() if first <= n < last}


def _span(counts: Mapping[int, int]) -> int:
    return max(counts) - min(counts) + 1
