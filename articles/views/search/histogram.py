"""An answer over time, as the server draws it: thin bars, each a link that narrows the days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from articles.search.asking import Question
from articles.search.language.refining import days_of, within_days
from articles.search.language.tree import Is, Node, conjunction
from articles.search.timeline import Bar, Timeline, Zoom, timeline
from articles.views.dates import printed_date
from articles.views.search.searching import SHARE, TEXTS, ZOOMS, Place

# The drawing's own units; the page stretches it to its width.
WIDTH, HEIGHT = 1200, 48
MEASURES = {"": "articles", TEXTS: "distinct texts", SHARE: "share of all"}
_GAP = 0.18
# Few bars are no wider than this, each in the midst of its stretch.
_WIDEST = 18
# Stands in an address for days that are filled in.
_FROM, _TO = date(1001, 1, 2), date(9001, 1, 2)
_SPAN = f"{_FROM}..{_TO}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A zoom or a measure that one may choose."""

    words: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars over time with the ways that lead from them."""

    drawing: SafeString
    # The rows of the table that says the same in numbers.
    table: SafeString
    zoom: str
    first: date
    bars: int
    # What the ends of the axis and the highest bar say.
    begins: str
    ends: str
    most: str
    zooms: Sequence[Choice]
    measures: Sequence[Choice]
    is_share: bool
    # Distinct texts were counted, and not exactly.
    is_about: bool
    # The address of chosen days: SPAN in it stands for them, as 2019-01-01..2019-03-31.
    brush: str
    span: str
    # The address without any range of days; empty if there is none.
    all_days: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Apart:
    """Articles that have no place in the bars, and the address of the undated ones."""

    undated: int
    undated_address: str
    coarser: int


def histogram(question: Question, place: Place) -> tuple[Histogram | None, Apart]:
    """Return an answer over time, None where nothing of it is dated, and what stands apart."""
    found = timeline(question, place.zoom or None, texts=place.measure == TEXTS)
    undated = place.asking(conjunction([question.tree, Is("undated")])).address()
    apart = Apart(found.undated, undated, found.coarser)
    if not found.bars:
        return None, apart
    return _drawn(found, question.tree, place), apart


def _drawn(found: Timeline, tree: Node, place: Place) -> Histogram:
    measure = place.measure
    # A range that was chosen is shown as finely as it allows.
    brush = place.asking(within_days(tree, _FROM, _TO)).but(zoom="").address()
    heights = [_height(bar, measure) for bar in found.bars]
    top = max(heights) or 1.0
    best = found.bars[heights.index(max(heights))]
    starts, ends = days_of(tree)
    drawing, table = _set(found, [height / top for height in heights], brush, measure)
    return Histogram(
        drawing=drawing,
        table=table,
        zoom=found.zoom.value,
        first=found.bars[0].start,
        bars=len(found.bars),
        begins=label(found.zoom, found.bars[0]),
        ends=label(found.zoom, found.bars[-1]),
        most=_most(found, best, measure),
        zooms=[
            Choice(zoom, place.but(zoom=zoom, cursor="").address(), zoom == found.zoom.value)
            for zoom in ZOOMS
        ],
        measures=[
            Choice(words, place.but(measure=each).address(), each == measure)
            for each, words in MEASURES.items()
        ],
        is_share=measure == SHARE,
        is_about=found.texts_exact is False,
        brush=brush,
        span=_SPAN,
        all_days=place.asking(within_days(tree, None, None)).address() if starts or ends else "",
    )


def label(zoom: Zoom, bar: Bar) -> str:
    """Return a bar's time in words."""
    return _label(zoom.value, bar.start)


@lru_cache(maxsize=4_000)
def _label(zoom: str, day: date) -> str:
    return printed_date(day, zoom)


def _height(bar: Bar, measure: str) -> float:
    match measure:
        case "share":
            return bar.share
        case "texts":
            return float(bar.texts)
        case _:
            return float(bar.count)


def _most(found: Timeline, bar: Bar, measure: str) -> str:
    number = _percent(bar) if measure == SHARE else f"{int(_height(bar, measure)):,}"
    about = "about " if measure == TEXTS and not found.texts_exact else ""
    return f"{about}{number} {'on' if found.zoom is Zoom.DAY else 'in'} {label(found.zoom, bar)}"


def _percent(bar: Bar) -> str:
    percent = bar.share * 100
    return f"{percent:.0f} %" if percent >= 10 or percent == 0 else f"{percent:.2g} %"


def _set(
    found: Timeline, heights: Sequence[float], brush: str, measure: str
) -> tuple[SafeString, SafeString]:
    """Return the bars' elements and the table's rows.

    By hand: there are hundreds, and a template takes longer for them than for all the rest.
    """
    step = WIDTH / len(found.bars)
    width = min(max(step * (1 - _GAP), 0.6), _WIDEST)
    inset = (step - width) / 2 if width == _WIDEST else 0
    before, _, after = escape(brush).rpartition(_SPAN)
    bars, rows = [], []
    for index, (bar, height) in enumerate(zip(found.bars, heights, strict=True)):
        if not bar.count:
            continue
        tall = max(height * HEIGHT, 1.5)
        address = f"{before}{bar.start}..{bar.end}{after}"
        name, count, of_all, percent = (
            label(found.zoom, bar), f"{bar.count:,}", f"{bar.of_all:,}", _percent(bar),
        )  # fmt: skip
        texts = f"{bar.texts:,}" if measure == TEXTS else ""
        said = f"{count} articles, {texts} distinct texts" if texts else count
        bars.append(
            f'<a href="{address}" tabindex="-1" data-live>'
            f"<title>{name}: {said}, {percent} of all {of_all}</title>"
            f'<path class="slot" d="M{index * step:.2f} 0h{step:.2f}v{HEIGHT}h-{step:.2f}z"/>'
            f'<rect x="{index * step + inset:.2f}" y="{HEIGHT - tall:.1f}" width="{width:.2f}"'
            f' height="{tall:.1f}"/></a>'
        )
        rows.append(
            f'<tr><th scope="row"><a href="{address}" data-live>{name}</a></th>'
            f'<td class="num">{count}</td>'
            + (f'<td class="num">{texts}</td>' if texts else "")
            + f'<td class="num">{of_all}</td>'
            f'<td class="num">{percent}</td></tr>'
        )
    # Numbers and days of ours, and an address that is escaped.
    return mark_safe("".join(bars)), mark_safe("".join(rows))  # noqa: S308 -- as said
