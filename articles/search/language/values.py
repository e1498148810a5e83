"""Values of fields that are no words: dates, numbers, and ranges of them."""

import calendar
import re
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta

from articles.search.language.errors import QueryError
from articles.search.language.tree import Partial

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARED = re.compile(r"(>=|<=|>|<|≥|≤)(.*)", re.DOTALL)
_DATE_HINT = (
    "A date is a day, a month or a year: 2019-03-15, 2019-03 or 2019; a range has two dots."
)
_NUMBER_HINT = "A number is needed here: >800, <200, or 200..800."
MAX_NUMBER = 10**9
# Of an article’s number.
_MOST_DIGITS = 18


def dates(query: str, start: int, end: int) -> tuple[Partial | None, Partial | None]:
    """Return the range of days in ``query[start:end]``; raise QueryError."""
    return _range(query, start, end, _partial, _next_day, _day_before, _DATE_HINT)


def numbers(query: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Return the range of numbers in ``query[start:end]``; raise QueryError."""
    return _range(query, start, end, _number, lambda n: n + 1, lambda n: n - 1, _NUMBER_HINT)


def article(value: str, start: int, end: int, example: str) -> str:
    """Return an article's number that stands in ``query[start:end]``; raise QueryError."""
    if not (value.isascii() and value.isdigit()) or len(value) > _MOST_DIGITS:
        raise QueryError(
            f"Name an article by its number, as in {example}: its address has it.",
            position=start,
            length=max(end - start, 1),
        )
    return str(int(value))


def _range[T: (Partial, int)](
    query: str,
    start: int,
    end: int,
    read: Callable[[str, int, int], T],
    above: Callable[[T], T],
    below: Callable[[T], T],
    hint: str,
) -> tuple[T | None, T | None]:
    text = query[start:end]
    if compared := _COMPARED.fullmatch(text):
        sign = compared[1]
        value = read(query, start + len(sign), end)
        match sign:
            case ">":
                return above(value), None
            case "<":
                return None, below(value)
            case ">=" | "≥":
                return value, None
            case _:
                return None, value
    dots = text.find("..")
    if dots < 0:
        value = read(query, start, end)
        return value, value
    low = read(query, start, start + dots) if dots else None
    high = read(query, start + dots + 2, end) if dots + 2 < len(text) else None
    if low is None and high is None:
        raise QueryError(hint, position=start, length=end - start)
    if low is not None and high is not None and _first(low) > _last(high):
        swapped = f"{text[dots + 2 :]}..{text[:dots]}"
        raise QueryError(
            "This range ends before it begins.",
            position=start,
            length=end - start,
            meant=query[:start] + swapped + query[end:],
        )
    return low, high


def _first(value: Partial | int) -> int:
    return value.first.toordinal() if isinstance(value, Partial) else value


def _last(value: Partial | int) -> int:
    return value.last.toordinal() if isinstance(value, Partial) else value


def _partial(query: str, start: int, end: int) -> Partial:
    text = query[start:end]
    found = _PARTIAL.fullmatch(text)
    if found is None:
        slashed = text.replace("/", "-").replace(".", "-")
        meant = query[:start] + slashed + query[end:] if _PARTIAL.fullmatch(slashed) else ""
        raise QueryError(_DATE_HINT, position=start, length=max(end - start, 1), meant=meant)
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year or not 1 <= (month or 1) <= 12 or day == 0:
        raise QueryError(f"There is no {text}.", position=start, length=end - start)
    last = calendar.monthrange(year, month or 1)[1]
    if (day or 1) > last:
        nearest = str(Partial(year, month, last))
        raise QueryError(
            f"There is no {text}.",
            position=start,
            length=end - start,
            meant=query[:start] + nearest + query[end:],
        )
    return Partial(year, month, day)


def _next_day(value: Partial) -> Partial:
    """Return what follows a day, a month or a year, in the same measure."""
    if value.day is not None:
        if value.first == date.max:
            return value
        return _of_day(value.first + timedelta(days=1))
    if value.month is not None:
        if value.month < 12:
            return Partial(value.year, value.month + 1)
        return Partial(min(value.year + 1, MAXYEAR), 1)
    return Partial(min(value.year + 1, MAXYEAR))


def _day_before(value: Partial) -> Partial:
    """Return what comes before a day, a month or a year, in the same measure."""
    if value.day is not None:
        if value.first == date.min:
            return value
        return _of_day(value.first - timedelta(days=1))
    if value.month is not None:
        if value.month > 1:
            return Partial(value.year, value.month - 1)
        return Partial(max(value.year - 1, 1), 12)
    return Partial(max(value.year - 1, 1))


def _of_day(day: date) -> Partial:
    return Partial(day.year, day.month, day.day)


def _number(query: str, start: int, end: int) -> int:
    text = query[start:end]
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > MAX_NUMBER:
        raise QueryError(_NUMBER_HINT, position=start, length=max(end - start, 1))
    return int(text)
