"""Questions over time as the server draws them: lines told apart by colour, dash and mark."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.search.comparing import MOST, Compared
from articles.search.timeline import Bar, Zoom
from articles.views.dates import printed_date

# The drawing's own units; the page stretches it, but for its words, marks and strokes.
WIDTH, HEIGHT = 1000.0, 100.0
# So many lines across at most.
_STEPS = 4
# With more points than these, marks would hide the lines: some of them are marked.
_MARKED = 40
_SOME = 8
_LABELS = 6
# Every how many bars one may be labelled; the last is enough for the most bars there are.
_STRIDES = {
    Zoom.DAY: (1, 2, 4, 7, 14, 28, 56, 112),
    Zoom.MONTH: (1, 2, 3, 6, 12, 24, 60, 120),
    Zoom.YEAR: (1, 2, 5, 10, 20, 50, 100),
}
# Words of a bar that is nearer to an end, in percent of the width, would stick out there.
_EDGE = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line, in percent of the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A question's line: its place among the questions from 1, its strokes and its marks."""

    number: int
    strokes: Sequence[str]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Slot:
    """A bar of time, as wide as the hand that points at it: where it is, and what it says."""

    x: float
    width: float
    said: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word under the axis, in percent of its length."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines on one axis; beside it ``ticks``, from the top, and where they are: ``rules``."""

    lines: Sequence[Line]
    slots: Sequence[Slot]
    ticks: Sequence[str]
    rules: Sequence[float]
    labels: Sequence[Label]
    begins: str
    ends: str
    width: float = WIDTH
    height: float = HEIGHT


def chart(queries: Sequence[Compared], zoom: Zoom, *, as_share: bool) -> Chart | None:
    """Return the drawing of questions with bars of one axis; None where nothing is dated."""
    drawn = [(number, each) for number, each in enumerate(queries, 1) if each.bars]
    if not drawn:
        return None
    bars = drawn[0][1].bars
    values = {number: [_value(bar, as_share) for bar in each.bars] for number, each in drawn}
    most = max((value for line in values.values() for value in line if value), default=1.0)
    step, steps = _step(most, whole=not as_share)
    top = step * steps
    return Chart(
        lines=[_line(number, line, top) for number, line in values.items()],
        slots=list(_slots(drawn, zoom, as_share)),
        ticks=[_tick(step * n, as_share) for n in range(steps, -1, -1)],
        rules=[round(HEIGHT * n / steps, 2) for n in range(steps + 1)],
        labels=list(_labels(bars, zoom)),
        begins=time_of(bars[0], zoom),
        ends=time_of(bars[-1], zoom),
    )


def time_of(bar: Bar, zoom: Zoom) -> str:
    """Return a bar's time in words."""
    return printed_date(bar.start, zoom.value)


def percent(share: float) -> str:
    """Return a share as people read it: ``12 %``, ``0.4 %``."""
    value = share * 100
    return f"{value:.0f} %" if value >= 10 or value == 0 else f"{value:.2g} %"


def _value(bar: Bar, as_share: bool) -> float | None:  # noqa: FBT001 -- of two measures one
    """Return what is drawn of a bar; None for no share of nothing."""
    if as_share:
        return bar.share if bar.of_all else None
    return float(bar.count)


def _step(most: float, *, whole: bool) -> tuple[float, int]:
    """Return a round number, and how many of it reach over the most."""
    rough = most / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
    if whole:
        step = max(math.ceil(step), 1)
    return step, max(math.ceil(most / step - 1e-9), 1)


def _tick(value: float, as_share: bool) -> str:  # noqa: FBT001 -- of two measures one
    return f"{value * 100:.4g} %" if as_share else f"{value:,.0f}"


def _line(number: int, values: Sequence[float | None], top: float) -> Line:
    step = WIDTH / len(values)
    strokes: list[list[str]] = [[]]
    marks = []
    marked = _marked(values, number)
    for index, value in enumerate(values):
        if value is None:
            strokes.append([])
            continue
        x, y = (index + 0.5) * step, HEIGHT * (1 - value / top)
        strokes[-1].append(f"{x:.2f},{y:.2f}")
        if index in marked:
            marks.append(Mark(round(x / WIDTH * 100, 3), round(y, 2)))
    return Line(number, [" ".join(stroke) for stroke in strokes if len(stroke) > 1], marks)


def _marked(values: Sequence[float | None], number: int) -> set[int]:
    """Return the points that have their mark: all of a few, the peaks of a few, of many some."""
    if len(values) <= _MARKED:
        return set(range(len(values)))
    if sum(1 for value in values if value) <= _MARKED:
        beside = [0.0, *(value or 0.0 for value in values), 0.0]
        return {
            index
            for index in range(len(values))
            if beside[index + 1] and beside[index + 1] >= max(beside[index], beside[index + 2])
        }
    # Each line's at places of its own, so that none hides another's.
    step = len(values) // _SOME
    return set(range(step * number // (MOST + 1), len(values), step))


def _slots(
    drawn: Sequence[tuple[int, Compared]],
    zoom: Zoom,
    as_share: bool,  # noqa: FBT001 -- likewise
) -> Iterator[Slot]:
    bars = drawn[0][1].bars
    width = WIDTH / len(bars)
    for index, bar in enumerate(bars):
        said = [time_of(bar, zoom)]
        for _, each in drawn:
            here = each.bars[index]
            share = f" ({percent(here.share)})" if as_share else ""
            said.append(f"{each.query}: {here.count:,}{share}")
        yield Slot(round(index * width, 2), round(width, 2), "\n".join(said))


def _labels(bars: Sequence[Bar], zoom: Zoom) -> Iterator[Label]:
    """Yield words for some of the bars, evenly spaced; those at the ends do not stick out."""
    step = next(each for each in _STRIDES[zoom] if -(-len(bars) // each) <= _LABELS)
    for index, bar in enumerate(bars):
        if _ordinal(bar, zoom, index) % step:
            continue
        x = (index + 0.5) / len(bars) * 100
        anchor = "start" if x < _EDGE else "end" if x > 100 - _EDGE else "middle"
        yield Label(round(x, 3), _short(bar, zoom), anchor)


def _ordinal(bar: Bar, zoom: Zoom, index: int) -> int:
    """Return what is counted in steps: years and months from round ones, days from the first."""
    if zoom is Zoom.DAY:
        return index
    return bar.start.year if zoom is Zoom.YEAR else bar.start.year * 12 + bar.start.month - 1


def _short(bar: Bar, zoom: Zoom) -> str:
    if zoom is Zoom.YEAR:
        return f"{bar.start.year}"
    return (
        bar.start.strftime("%b %Y") if zoom is Zoom.MONTH else f"{bar.start.day} {bar.start:%b %Y}"
    )
