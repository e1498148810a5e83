"""Articles over time, as bars that the server draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDay, TruncMonth, TruncYear

from articles.models import Article
from articles.parsed import Precision
from articles.views.dates import printed_date

# The drawing's own units; the page stretches it to its width.
WIDTH, HEIGHT = 720, 96
MOST_BARS = 150
# From the first newspapers' century on; what lies outside was misread and would flatten the rest.
PLAUSIBLE = (date(1600, 1, 1), date(2099, 12, 31))


class Unit(Enum):
    """How long a bar is, from the finest to the coarsest."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"

    def start(self, day: date) -> date:
        """Return the first day of the unit that holds ``day``."""
        if self is Unit.DAY:
            return day
        if self is Unit.MONTH:
            return day.replace(day=1)
        if self is Unit.YEAR:
            return day.replace(month=1, day=1)
        return date(day.year // 10 * 10, 1, 1)

    def after(self, start: date) -> date:
        """Return the start of the unit after the one that begins at ``start``."""
        if self is Unit.DAY:
            return start + timedelta(days=1)
        if self is Unit.MONTH:
            return (start + timedelta(days=31)).replace(day=1)
        if self is Unit.YEAR:
            return start.replace(year=start.year + 1)
        return date(start.year + 10, 1, 1)

    def label(self, start: date) -> str:
        """Return the unit's name: ``9 January 2019``, ``January 2019``, ``2019``, ``2010s``."""
        if self is Unit.DECADE:
            return f"{start.year // 10 * 10}s"
        return printed_date(start, self.value)

    @property
    def precisions(self) -> list[str]:
        """The precisions of dates that are fine enough for this unit."""
        order = [Precision.MINUTE, Precision.DAY, Precision.MONTH, Precision.YEAR]
        enough = {Unit.DAY: 2, Unit.MONTH: 3}.get(self, 4)
        return [precision.value for precision in order[:enough]]


_TRUNCATIONS = {Unit.DAY: TruncDay, Unit.MONTH: TruncMonth}


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit of time: how many articles, its first and last day, and its rectangle."""

    label: str
    count: int
    first: date
    last: date
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first to the last date.

    ``apart`` counts dates that are too coarse for the unit, or implausible.
    """

    unit: Unit
    bars: list[Bar]
    total: int
    apart: int
    undated: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def most(self) -> Bar:
        """The longest bar, the first of several."""
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def last(self) -> Bar:
        """The latest bar."""
        return self.bars[-1]

    @property
    def filled(self) -> list[Bar]:
        """The bars with articles: what the table lists."""
        return [bar for bar in self.bars if bar.count]


def coverage(articles: QuerySet[Article]) -> Chart | None:
    """Return the chart of some articles; None if fewer than two have a date. Two queries."""
    plausible = Q(published_date__range=PLAUSIBLE)
    span = articles.order_by().aggregate(
        first=Min("published_date", filter=plausible),
        last=Max("published_date", filter=plausible),
        dated=Count("published_date"),
        total=Count("pk"),
    )
    if span["dated"] < 2 or span["first"] is None:
        return None
    unit = _unit(span["first"], span["last"])
    counts = _counts(articles.filter(plausible), unit)
    if not counts:
        return None
    drawn = sum(counts.values())
    return Chart(
        unit=unit,
        bars=list(_bars(counts, unit)),
        total=span["total"],
        apart=span["dated"] - drawn,
        undated=span["total"] - span["dated"],
    )


def _unit(first: date, last: date) -> Unit:
    """Return the finest unit that keeps the bars few enough to be seen."""
    days = (last - first).days + 1
    if days <= 62:
        return Unit.DAY
    if days <= MOST_BARS * 30:
        return Unit.MONTH
    return Unit.YEAR if last.year - first.year < MOST_BARS else Unit.DECADE


def _counts(articles: QuerySet[Article], unit: Unit) -> dict[date, int]:
    truncation = _TRUNCATIONS.get(unit, TruncYear)
    found = (
        articles.order_by()
        .filter(published_precision__in=unit.precisions)
        .annotate(start=truncation("published_date"))
        .values("start")
        .annotate(count=Count("pk"))
    )
    counts: dict[date, int] = {}
    for row in found:
        start = unit.start(row["start"])
        counts[start] = counts.get(start, 0) + row["count"]
    return counts


def _bars(counts: dict[date, int], unit: Unit) -> Iterator[Bar]:
    starts = [min(counts)]
    while starts[-1] < max(counts):
        starts.append(unit.after(starts[-1]))
    step = WIDTH / len(starts)
    width = max(min(step * 0.8, 10), 1)
    most = max(counts.values())
    for index, start in enumerate(starts):
        count = counts.get(start, 0)
        # The least is still to be seen.
        height = max(round(count / most * HEIGHT, 1), 2) if count else 0
        yield Bar(
            label=unit.label(start),
            count=count,
            first=start,
            last=unit.after(start) - timedelta(days=1),
            x=round(index * step + (step - width) / 2, 2),
            y=round(HEIGHT - height, 1),
            width=round(width, 2),
            height=height,
        )
