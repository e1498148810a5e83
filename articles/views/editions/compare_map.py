"""A slim map of two texts beside each other: their paragraphs as bars, tied where they match."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.related.comparing.comparison import Comparison, RowFate
from articles.text import word_count
from articles.views.editions.compare_drawing import Edition

# In units of the drawing: its size, a bar's width, what parts two bars, the least that is seen.
HEIGHT, WIDTH, _BAR, _GAP, _LEAST = 480.0, 72.0, 16.0, 1.5, 2.0
# More paragraphs than this are too thin to tell apart.
_MOST = 150


@dataclass(frozen=True, slots=True)
class Bar:
    """A paragraph: where it leads, what became of it, and where it is drawn."""

    id: str
    fate: str
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins two bars: the corners of a ribbon, as SVG writes them."""

    fate: str
    points: str


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing of both texts."""

    bars: Sequence[Bar]
    ties: Sequence[Tie]
    width: float = WIDTH
    height: float = HEIGHT
    bar: float = _BAR


def map_of(first: Edition, second: Edition, found: Comparison) -> Map | None:
    """Return the map, None where there are too many paragraphs, or none on a side."""
    editions = (first, second)
    sizes = [len(each.text.spans) for each in editions]
    if max(sizes) > _MOST or not min(sizes):
        return None
    counts = [
        [word_count(each.text.text[span.start : span.end]) or 1 for span in each.text.spans]
        for each in editions
    ]
    unit = (HEIGHT - _GAP * max(sizes) - _LEAST * max(sizes)) / max(map(sum, counts))
    places = [_places(each, unit) for each in counts]
    fates = _fates(found)
    bars = [
        Bar(edition.id_of(number), fates[side][number].value, x, y, height)
        for side, (edition, x) in enumerate(((first, 0.0), (second, WIDTH - _BAR)))
        for number, (y, height) in enumerate(places[side])
        if number in fates[side]
    ]
    return Map(bars, _ties(found, places))


def _places(counts: Sequence[int], unit: float) -> list[tuple[float, float]]:
    places = []
    y = 0.0
    for count in counts:
        height = _LEAST + count * unit
        places.append((round(y, 1), round(height, 1)))
        y += height + _GAP
    return places


def _fates(found: Comparison) -> tuple[dict[int, RowFate], dict[int, RowFate]]:
    first: dict[int, RowFate] = {}
    second: dict[int, RowFate] = {}
    for row in found.rows:
        if row.first is not None:
            first[row.first] = row.fate
        if row.second is not None:
            second[row.second] = row.fate
    return first, second


def _ties(found: Comparison, places: Sequence[Sequence[tuple[float, float]]]) -> list[Tie]:
    ties = []
    for row in found.rows:
        first = row.first if row.first is not None else row.counterpart
        second = row.second if row.second is not None else row.counterpart
        if first is None or second is None:
            continue
        # What moved has a row on either side: one tie is enough.
        if row.fate is RowFate.MOVED and row.second is None:
            continue
        (y, height), (other_y, other_height) = places[0][first], places[1][second]
        left, right = _BAR, WIDTH - _BAR
        points = (
            f"{left:g},{y:g} {right:g},{other_y:g} "
            f"{right:g},{other_y + other_height:.1f} {left:g},{y + height:.1f}"
        )
        ties.append(Tie(row.fate.value, points))
    return ties
