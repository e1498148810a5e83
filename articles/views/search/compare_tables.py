"""What the Compare page says in words and numbers; each number leads to the articles it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from articles.search.comparing import Cell, Compared, Comparison, Shared
from articles.search.language.errors import QueryError
from articles.search.language.printing import printed
from articles.search.language.query import parse
from articles.search.language.refining import within_days
from articles.search.language.tree import Is, conjunction
from articles.search.timeline import Bar
from articles.views.search.compare_chart import percent, time_of

# Stands in an address for days that are filled in.
_FROM, _TO = date(1001, 1, 2), date(9001, 1, 2)
_SPAN = f"{_FROM}..{_TO}"
# Of a long query, so much is shown on either side of what is wrong in it.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query: the words before, at and after the place, and what was meant."""

    message: str
    before: str = ""
    at: str = ""
    after: str = ""
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A question: its place from 1, its numbers, and where they lead."""

    number: int
    query: str
    total: int = 0
    address: str = ""
    undated: int = 0
    undated_address: str = ""
    not_drawn: int = 0
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A question's articles in one cell. ``length`` of the bar that shows the share, of 100."""

    number: int
    count: int
    percent: str
    address: str
    length: float = 0.0
    is_most: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, of a time or a value. ``beside`` counts all that it is part of."""

    label: str
    cells: Sequence[Number | None]
    beside: int


@dataclass(frozen=True, slots=True)
class InCommon:
    """Articles that some questions share: which, how many, and what part of each that is."""

    numbers: Sequence[int]
    count: int
    address: str
    parts: Sequence[Number]
    is_all: bool


def answer_address(query: str) -> str:
    """Return the address of a query's answer."""
    return (
        f"{reverse('article-list')}?{urlencode({'q': query})}" if query else reverse("article-list")
    )


def panels(queries: Sequence[Compared]) -> list[Panel]:
    """Return the questions with their numbers, or with what is wrong with them."""
    return [_panel(number, each) for number, each in enumerate(queries, 1)]


def _panel(number: int, each: Compared) -> Panel:
    if each.error is not None:
        return Panel(number, each.query, fault=_fault(each))
    undated = printed(conjunction([parse(each.query), Is("undated")]))
    return Panel(
        number,
        each.query,
        each.total,
        answer_address(each.query),
        each.undated,
        answer_address(undated),
        each.not_drawn,
    )


def _fault(each: Compared) -> Fault:
    if not isinstance(each.error, QueryError):
        return Fault(str(each.error))
    start = min(max(each.error.position, 0), len(each.query))
    end = min(start + max(each.error.length, 1), len(each.query))
    before, after = each.query[:start], each.query[end:]
    return Fault(
        each.error.message,
        f"…{before[-_AROUND:]}" if len(before) > _AROUND else before,
        each.query[start:end][: 2 * _AROUND],
        f"{after[:_AROUND]}…" if len(after) > _AROUND else after,
        each.error.meant,
    )


def times(found: Comparison) -> list[Row]:
    """Return the numbers behind the chart: a row for every time at which there is something."""
    lines = [(number, each) for number, each in enumerate(found.queries, 1) if each.bars]
    if not lines:
        return []
    # One address for each question, into which days are put: to print each query anew takes long.
    patterns = {
        number: answer_address(printed(within_days(parse(each.query), _FROM, _TO)))
        for number, each in lines
    }
    axis = lines[0][1].bars
    return [
        Row(
            time_of(bar, found.zoom),
            [_at(number, each.bars[index], patterns[number]) for number, each in lines],
            bar.of_all,
        )
        for index, bar in enumerate(axis)
        if any(each.bars[index].count for _, each in lines)
    ]


def _at(number: int, bar: Bar, pattern: str) -> Number:
    days = f"{bar.start}..{bar.end}"
    return Number(number, bar.count, percent(bar.share), pattern.replace(_SPAN, days))


def values(found: Comparison) -> list[Row]:
    """Return who covers which more: a row for every value of the field."""
    # Those without a value are often so many that all others would look alike.
    named = [row for row in found.rows if row.value] or found.rows
    longest = max((cell.share for row in named for cell in row.cells if cell), default=0.0)
    return [Row(row.label, list(_cells(row.cells, longest)), row.of_all) for row in found.rows]


def _cells(cells: Sequence[Cell | None], longest: float) -> Iterator[Number | None]:
    shares = [cell.share for cell in cells if cell]
    most, least = max(shares, default=0.0), min(shares, default=0.0)
    for number, cell in enumerate(cells, 1):
        if cell is None:
            yield None
            continue
        yield Number(
            number,
            cell.count,
            percent(cell.share),
            answer_address(cell.query),
            length=min(round(cell.share / longest * 100, 1), 100.0) if longest else 0.0,
            is_most=cell.share == most > least,
        )


def in_common(found: Comparison) -> list[InCommon]:
    """Return what the questions share, each two of them and then all."""
    answered = sum(1 for each in found.queries if each.error is None)
    return [_in_common(each, found.queries, answered) for each in found.shared]


def _in_common(shared: Shared, queries: Sequence[Compared], answered: int) -> InCommon:
    address = answer_address(shared.query)
    parts = [
        Number(place + 1, shared.count, percent(_part(shared.count, queries[place])), address)
        for place in shared.of
    ]
    return InCommon(
        [place + 1 for place in shared.of],
        shared.count,
        address,
        parts,
        is_all=len(shared.of) == answered and answered > 2,
    )


def _part(count: int, of: Compared) -> float:
    return count / of.total if of.total else 0.0
