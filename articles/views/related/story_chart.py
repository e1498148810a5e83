"""A story over time, as the server draws it: days across, a lane for each agency and outlet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from articles.models import Article
from articles.models.folding import fold
from articles.related.stories.descent import Descent
from articles.related.stories.story_whole import Outlet, Whole
from articles.views.charts import PLAUSIBLE, Unit
from articles.views.related.story_lines import Line, lines

# The drawing's own units, which are pixels: a wide one scrolls.
PLOT_WIDTH = 864
LANE_HEIGHT = 30
BARS_HEIGHT = 44
AXIS_HEIGHT = 30
_TOP = BARS_HEIGHT + 14
_EDGE = 16
_NARROWEST, _WIDEST = 34, 220
# What a stretch without articles takes, by its length in columns.
_MOST_GAP = 3
_MOST_COLUMNS = 60
MOST_LANES = 14
# So many marks stand beside each other in a lane on a day; more are one mark with their number.
_BESIDE = 3
_APART = 11
_LABEL_WIDTH = 46
_NAME_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Column:
    """A day, month or year with articles: its number, and its bar."""

    label: str
    short: str
    day: date
    count: int
    x: float
    bar_y: float
    bar_height: float
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Break:
    """Time in which nothing was published, drawn shorter than it was."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """An agency or an outlet: its name, cut to its place, and its middle."""

    name: str
    short: str
    is_agency: bool
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """An article, or several of one lane and day; ``is_edition`` of a text that ran before."""

    x: float
    y: float
    articles: Sequence[Article]
    is_edition: bool
    title: str

    @property
    def count(self) -> int:
        """How many it stands for."""
        return len(self.articles)

    @property
    def article(self) -> Article:
        """The first of them."""
        return self.articles[0]


@dataclass(frozen=True, slots=True)
class StoryChart:
    """All of it. ``apart`` counts articles that are not drawn, for want of a day."""

    unit: str
    columns: Sequence[Column]
    breaks: Sequence[Break]
    lanes: Sequence[Lane]
    marks: Sequence[Mark]
    lines: Sequence[Line]
    apart: int
    width: float
    height: float
    lanes_top: float = _TOP
    bars_bottom: float = BARS_HEIGHT

    @property
    def axis_y(self) -> float:
        """Where the names of the days stand."""
        return self.height - 10

    @property
    def lanes_bottom(self) -> float:
        """Where the lanes end."""
        return self.height - AXIS_HEIGHT

    @property
    def has_editions(self) -> bool:
        """Whether any mark is of a text that ran before."""
        return any(mark.is_edition for mark in self.marks)

    @property
    def has_descent(self) -> bool:
        """Whether any line of descent is drawn."""
        return any(line.is_descent for line in self.lines)

    @property
    def has_likeness(self) -> bool:
        """Whether any line without a direction is drawn."""
        return any(not line.is_descent for line in self.lines)


def story_chart(told: Whole, known: Descent) -> StoryChart | None:
    """Return the drawing of a story; None where fewer than two of its articles have a day."""
    dated = [
        row for day in told.days if PLAUSIBLE[0] <= day.day <= PLAUSIBLE[1] for row in day.articles
    ]
    if len(dated) < 2:
        return None
    unit, starts = _units(dated)
    places, breaks, width = _across(starts, unit)
    lanes, lane_of = _lanes(told)
    height = _TOP + len(lanes) * LANE_HEIGHT + AXIS_HEIGHT
    marks, at = _marks(dated, told, unit, places, lane_of)
    return StoryChart(
        unit=unit.value,
        columns=list(_columns(dated, unit, places)),
        breaks=breaks,
        lanes=lanes,
        marks=marks,
        lines=list(lines(told, known, at)),
        apart=len(told.articles) - len(dated),
        width=width,
        height=height,
    )


def _units(dated: Sequence[Article]) -> tuple[Unit, list[date]]:
    """Return the finest unit that leaves few columns enough, and the starts of these."""
    days = {row.published_date for row in dated if row.published_date is not None}
    for unit in (Unit.DAY, Unit.MONTH, Unit.YEAR):
        starts = sorted({unit.start(day) for day in days})
        if len(starts) <= _MOST_COLUMNS:
            return unit, starts
    return Unit.DECADE, sorted({Unit.DECADE.start(day) for day in days})


def _across(starts: Sequence[date], unit: Unit) -> tuple[dict[date, float], list[Break], float]:
    """Return the middle of each column, the breaks between, and the width of all."""
    gaps = [min(_steps(a, b, unit) - 1, _MOST_GAP) for a, b in pairwise(starts)]
    # A gap takes half a column for each day of it.
    parts = len(starts) + sum(gaps) / 2
    step = min(max((PLOT_WIDTH - 2 * _EDGE) / parts, _NARROWEST), _WIDEST)
    x = _EDGE + step / 2
    places, breaks = {starts[0]: float(round(x))}, []
    for (before, after), gap in zip(pairwise(starts), gaps, strict=True):
        steps = _steps(before, after, unit)
        if steps - 1 > _MOST_GAP:
            name = unit.value if steps == 2 else f"{unit.value}s"
            breaks.append(Break(round(x + step / 2 + gap * step / 4, 1), f"{steps - 1:,} {name}"))
        x += step + gap * step / 2
        places[after] = float(round(x))
    return places, breaks, round(x + step / 2 + _EDGE, 1)


def _steps(before: date, after: date, unit: Unit) -> int:
    """Return how many units later a column is than another."""
    if unit is Unit.DAY:
        return (after - before).days
    if unit is Unit.MONTH:
        return (after.year - before.year) * 12 + after.month - before.month
    return (after.year - before.year) // (10 if unit is Unit.DECADE else 1)


def _columns(
    dated: Sequence[Article], unit: Unit, places: Mapping[date, float]
) -> Iterator[Column]:
    counts = dict.fromkeys(places, 0)
    for row in dated:
        if row.published_date is not None:
            counts[unit.start(row.published_date)] += 1
    most = max(counts.values())
    free_from, year = 0.0, 0
    for start, x in places.items():
        tall = max(round(counts[start] / most * (BARS_HEIGHT - 14), 1), 2)
        is_labelled = x - _LABEL_WIDTH / 2 >= free_from
        short = _short(unit, start, with_year=is_labelled and start.year != year)
        if is_labelled:
            free_from = x + _LABEL_WIDTH / 2
            year = start.year
        yield Column(
            label=unit.label(start),
            short=short,
            day=start,
            count=counts[start],
            x=x,
            bar_y=BARS_HEIGHT - tall,
            bar_height=tall,
            is_labelled=is_labelled,
        )


def _short(unit: Unit, start: date, *, with_year: bool) -> str:
    """Return a column's name for the axis, the year where it is another than before."""
    if unit is Unit.DAY:
        return f"{start.day} {start:%b}" + (f" {start.year}" if with_year else "")
    if unit is Unit.MONTH:
        return f"{start:%b}" + (f" {start.year}" if with_year else "")
    return unit.label(start)


def _lanes(told: Whole) -> tuple[list[Lane], dict[int | None, float]]:
    """Return a lane for each outlet, agencies first, then by who was first; and its middle."""
    credited = {fold(name) for named in told.agencies.values() for name in named}
    outlets = sorted(told.outlets, key=lambda each: not _is_agency(each, credited))
    by_size = {id(outlet) for outlet in outlets[:MOST_LANES]}
    if len(outlets) > MOST_LANES + 1:
        shown = [outlet for outlet in outlets if id(outlet) in by_size]
    else:
        shown = outlets
    first = {article.pk: place for place, article in enumerate(told.articles)}
    shown.sort(key=lambda each: (not _is_agency(each, credited), first[each.first.pk]))
    lanes, lane_of = [], {}
    for place, outlet in enumerate(shown):
        y = _TOP + place * LANE_HEIGHT + LANE_HEIGHT / 2
        name = outlet.source.name if outlet.source else "Unknown source"
        lanes.append(Lane(name, _cut(name), _is_agency(outlet, credited), y))
        lane_of[outlet.source.pk if outlet.source else None] = y
    others = len(outlets) - len(shown)
    if others:
        y = _TOP + len(shown) * LANE_HEIGHT + LANE_HEIGHT / 2
        lanes.append(Lane(f"{others} others", f"{others} others", is_agency=False, y=y))
        for outlet in outlets:
            lane_of.setdefault(outlet.source.pk if outlet.source else None, y)
    return lanes, lane_of


def _is_agency(outlet: Outlet, credited: set[str]) -> bool:
    return outlet.source is not None and fold(outlet.source.name) in credited


def _cut(name: str) -> str:
    return name if len(name) <= _NAME_CHARACTERS else f"{name[: _NAME_CHARACTERS - 1].rstrip()}…"


def _marks(
    dated: Sequence[Article],
    told: Whole,
    unit: Unit,
    places: Mapping[date, float],
    lane_of: Mapping[int | None, float],
) -> tuple[list[Mark], dict[int, tuple[float, float]]]:
    """Return the marks, and where each article is."""
    cells: dict[tuple[float, float], list[Article]] = {}
    for row in dated:
        if row.published_date is not None:
            x = places[unit.start(row.published_date)]
            cells.setdefault((x, lane_of[row.source_id]), []).append(row)
    editions = {row.pk for text in told.texts for row in text.others}
    marks: list[Mark] = []
    at: dict[int, tuple[float, float]] = {}
    for (x, y), rows in cells.items():
        groups = [[row] for row in rows] if len(rows) <= _BESIDE else [rows]
        for place, group in enumerate(groups):
            middle = x + (place - (len(groups) - 1) / 2) * _APART
            is_edition = all(row.pk in editions for row in group)
            marks.append(Mark(middle, y, group, is_edition, _title(group)))
            at |= {row.pk: (middle, y) for row in group}
    return marks, at


def _title(rows: Sequence[Article]) -> str:
    name = rows[0].source.name if rows[0].source else "Unknown source"
    if len(rows) == 1:
        return f"{name}: {rows[0].headline or 'Untitled'}"
    return f"{name}: {len(rows)} articles"
