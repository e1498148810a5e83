"""Dates as newspapers print them, and as their pages and feeds write them.

Nothing is guessed: 01/02/2019 is no date unless it is known which comes first, and an instant is
given only where both time and zone are printed.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from articles.parsed import Precision, PrintedDate
from articles.reading.month_names import MONTHS, ZONES
from articles.reading.wordlist import word_set

# Printing began before and calendars go beyond; a news article's date does neither.
_FIRST_YEAR, _LAST_YEAR = 1400, 9998
_LONGEST = 200
# Every date read here has a year.
_FOUR_DIGITS = re.compile(r"\d{4}")

_DIGITS = {
    ord(char): str(value)
    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९")
    for value, char in enumerate(digits)
}
_FOLD = _DIGITS | {
    ord("\u00a0"): " ", ord("\u202f"): " ", ord("\u2009"): " ", ord("\u3000"): " ",
    ord("：" ): ":", ord("\u200f"): None, ord("\u200e"): None, ord("،"): ",", ord("\u0640"): None,
    ord("İ"): "i", ord("\u0307"): None, ord("，"): ",",
}  # fmt: skip

_MONTH = "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>\d{4})"
_ZONE_NAMES = "|".join(sorted((re.escape(name) for name in ZONES), key=len, reverse=True))

# 10:22, 10.22, 10h22, 10 h 22, 5:32:01 p.m., 17 Uhr 32, 5pm, 上午10:22
_TIME = re.compile(
    r"(?P<half_before>[上下]午|오전|오후)?\s*"
    r"(?<![\d:.])(?P<hour>\d{1,2})"
    r"(?:\s?(?:[:.h时時시]|uhr|u)\s?(?P<minute>\d{2})(?!\d)(?:\s?(?:[:.]|分|분)\s?(?P<second>\d{2})"
    r"(?:[.,]\d{1,9})?(?!\d))?(?:\s?(?:分|분|h|uhr))?"
    r"|(?=\s?[ap]\.?\s?m\b)|\s?(?:uhr|h)\b|[时時點点시])"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?|[صم]\b)?"
    r"(?:\s*(?:hrs|uhr|h)\b\.?)?",
)
_ZONE = re.compile(
    rf"\s*[,(]?\s*(?:(?P<name>{_ZONE_NAMES})\b)?\s*(?P<offset>[+\-−]\d{{1,2}}(?::?\d{{2}})?(?!\d))?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?"
    r"(?:[t ]\s?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s?(?P<zone>z|utc|gmt|[+\-−]\d{2}(?::?\d{2})?)?)?(?:\[[\w/]+\])?",
)
_COMPACT = re.compile(
    r"(?P<year>1[4-9]\d\d|2[01]\d\d)(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z|[+\-]\d{2}:?\d{2})?)?",
)
_JOIN = r"(?:\s*(?:de|del|of|d[ei]?)\s+|[\s.,\-/‑–]+|\s*)"
_DMY = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|ª|\.)?{_JOIN}(?P<month>{_MONTH})\b\.?"
    rf"(?:/(?:{_MONTH}))?{_JOIN}(?:г\.?\s*)?{_YEAR}(?!\d)"
)
_MDY = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\b\.?[\s\-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b\s*[,.\-]?\s*"
    rf"(?:of\s+)?{_YEAR}(?!\d)"
)
_YMD = re.compile(
    rf"(?<!\d){_YEAR}[\s.,\-/]+(?P<month>{_MONTH})\b\.?[\s.,\-/]+(?P<day>\d{{1,2}})(?!\d)"
)
_CJK = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?:(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日일号號])?)?"
)
_NUMERIC_YMD = re.compile(
    r"(?<![\d.])(?P<year>\d{4})(?P<sep>[/.\-])\s?(?P<month>\d{1,2})(?P=sep)\s?(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})(?P<sep>[/.\-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<year>\d{4})(?!\d)"
)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?P<month>{_MONTH})\b\.?{_JOIN}(?P<year>\d{{4}})(?!\d)")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[/\-](?P<month>\d{2})")
_YEAR_ALONE = re.compile(r"(?P<year>1[4-9]\d\d|20\d\d|21\d\d)")

# Languages whose numeric dates put the day first; American English alone turns them round.
_DAY_FIRST = word_set(
    "de fr es it pt nl sv da no nb nn fi ru uk pl cs sk tr id ro el ar he bg sr hr sl ca vi"
)


class _ImpossibleError(Exception):
    """The digits have the shape of a date that no calendar holds."""


def parse(
    text: str, *, language: str | None = None, day_first: bool | None = None
) -> PrintedDate | None:
    """Return the date that ``text`` as a whole is, or ``None`` if unknown, unclear or impossible.

    ``language`` (ISO 639-1) settles 01/02/2019 where its papers print one order only; ``day_first``
    settles it outright.
    """
    if not text or len(text) > _LONGEST or not _FOUR_DIGITS.search(text):
        return None
    if day_first is None and language in _DAY_FIRST:
        day_first = True
    return _parse(text, day_first)


@lru_cache(maxsize=8192)
def _parse(text: str, day_first: bool | None) -> PrintedDate | None:  # noqa: FBT001 - cached
    found = _search(_folded(text), day_first=day_first)
    return found[0] if found else None


def _folded(text: str) -> str:
    """Return ``text`` in lower case with plain digits and spaces."""
    return text.translate(_FOLD).lower().strip()


def from_epoch(value: float) -> PrintedDate | None:
    """Return the instant of Unix seconds; its day is UTC's, since no other was printed."""
    try:
        at = datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return PrintedDate(at.date(), Precision.MINUTE, at) if at.year <= _LAST_YEAR else None


type _Found = tuple[PrintedDate, int, int]


def _search(text: str, *, day_first: bool | None, whole: bool = False) -> _Found | None:
    """Find the first date in folded text: what it is and where it begins and ends.

    With ``whole``, only the forms that count as a whole text.
    """
    try:
        found = _whole(text)
        if found or whole:
            return found
        for reader in _READERS:
            if found := reader(text, day_first):
                return found
    except (_ImpossibleError, OverflowError, ValueError):
        return None
    return None


def _whole(text: str) -> _Found | None:
    """Read the forms that count only as the whole text: ISO 8601, 20190109, a year alone."""
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _machine(match), 0, len(text)
    match = _YEAR_MONTH.fullmatch(text)
    if match:
        return _coarse(match["year"], int(match["month"])), 0, len(text)
    match = _YEAR_ALONE.fullmatch(text)
    if match:
        return _coarse(match["year"], None), 0, len(text)
    return None


def _machine(match: re.Match[str]) -> PrintedDate:
    parts = match.groupdict()
    if parts["day"] is None:
        return _coarse(parts["year"], int(parts["month"]))
    day = _day(parts["year"], parts["month"], parts["day"])
    if parts["hour"] is None:
        return PrintedDate(day)
    offset = _offset(parts["zone"]) if parts["zone"] else None
    return _with_time(day, int(parts["hour"]), int(parts["minute"]), parts["second"], offset)


def _coarse(year: str, month: int | None) -> PrintedDate:
    first = _day(year, str(month or 1), "1")
    return PrintedDate(first, Precision.YEAR if month is None else Precision.MONTH)


def _day(year: str, month: str, day: str) -> date:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        raise _ImpossibleError
    return date(int(year), int(month), int(day))


def _offset(zone: str) -> int:
    """Return minutes east of UTC of ``z``, ``gmt``, ``+05:30``, ``-0500`` or ``+2``."""
    if zone in ZONES:
        return ZONES[zone]
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    total = int(hours) * 60 + int(minutes)
    if total > 15 * 60:
        raise _ImpossibleError
    return total if zone[0] == "+" else -total


def _with_time(
    day: date, hour: int, minute: int, second: str | None, offset: int | None
) -> PrintedDate:
    if hour == 24 and minute == 0:
        # The day's last instant, as some wires write it.
        local = datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - below
    else:
        seconds = min(int(second or 0), 59)
        local = datetime(day.year, day.month, day.day, hour, minute, seconds)  # noqa: DTZ001 - below
    if offset is None:
        return PrintedDate(day)
    at = local.replace(tzinfo=timezone(timedelta(minutes=offset)) if offset else UTC)
    at.astimezone(UTC)  # overflows where no calendar reaches
    return PrintedDate(day, Precision.MINUTE, at)


def _named(text: str, _: bool | None) -> _Found | None:  # noqa: FBT001 - a reader's shape
    """Read dates with the month in words."""
    for pattern in (_DMY, _MDY, _YMD):
        match = pattern.search(text)
        if match:
            day = _day(match["year"], str(MONTHS[match["month"]]), match["day"])
            return _timed(text, match, day)
    return None


def _numbered(text: str, day_first: bool | None) -> _Found | None:  # noqa: FBT001 - a reader's shape
    """Read dates in digits alone, year first or last."""
    match = _NUMERIC_YMD.search(text)
    if match:
        return _timed(text, match, _day(match["year"], match["month"], match["day"]))
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second = match["a"], match["b"]
    if int(first) > 12 or first == second or match["sep"] == ".":
        # Points are printed only where the day comes first.
        day_first = True
    elif int(second) > 12:
        day_first = False
    if day_first is None:
        raise _ImpossibleError
    day, month = (first, second) if day_first else (second, first)
    return _timed(text, match, _day(match["year"], month, day))


def _east_asian(text: str, _: bool | None) -> _Found | None:  # noqa: FBT001 - a reader's shape
    match = _CJK.search(text)
    if not match:
        return None
    if match["day"]:
        return _timed(text, match, _day(match["year"], match["month"], match["day"]))
    month = int(match["month"]) if match["month"] else None
    return _coarse(match["year"], month), match.start(), match.end()


def _month_and_year(text: str, _: bool | None) -> _Found | None:  # noqa: FBT001 - a reader's shape
    match = _MONTH_YEAR.search(text)
    if not match:
        return None
    # "30 February, 2019" never gets here: its day was seen and refused.
    found = _coarse(match["year"], MONTHS[match["month"]])
    return found, match.start(), match.end()


_INSIDE_ISO = re.compile(r"(?<!\d)" + _ISO.pattern + r"(?!\d)")


def _iso_inside(text: str, _: bool | None) -> _Found | None:  # noqa: FBT001 - a reader's shape
    match = _INSIDE_ISO.search(text)
    if not match or match["day"] is None:
        return None
    if match["hour"] is None or match["zone"] is None:
        return _timed(text, match, _day(match["year"], match["month"], match["day"]))
    return _machine(match), match.start(), match.end()


_READERS: tuple[Callable[[str, bool | None], _Found | None], ...] = (
    _iso_inside,
    _named,
    _numbered,
    _east_asian,
    _month_and_year,
)


def _timed(text: str, match: re.Match[str], day: date) -> _Found:
    """Add the time printed after a day, or else before it; the zone stands after the time."""
    iso_time = match.re is _INSIDE_ISO and match["hour"] is not None
    at = match.start("hour") if iso_time else match.end()
    clock = _TIME.search(text, at)
    end = match.end()
    if clock and clock.start() - match.end() > 30:
        clock = None
    start = match.start()
    if clock is None:
        clock = _TIME.search(text, 0, match.start())
        if clock and match.start() - clock.end() > 30:
            clock = None
    if clock is None:
        return PrintedDate(day), start, end
    zone = _ZONE.match(text, clock.end())
    offset = None
    end = max(end, clock.end())
    if zone and (zone["name"] or zone["offset"]):
        offset = (ZONES[zone["name"]] if zone["name"] else 0) + (
            _offset(zone["offset"].replace("−", "-")) if zone["offset"] else 0
        )
        end = max(end, zone.end())
    hour = _hour(int(clock["hour"]), clock["half"] or clock["half_before"])
    minute = int(clock["minute"] or 0)
    if hour is None or minute > 59:
        return PrintedDate(day), match.start(), match.end()
    found = _with_time(day, hour, minute, clock["second"], offset)
    return found, min(start, clock.start()), end


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour of 24, or ``None`` if there is none such."""
    if (half and half[0] in "pم下") or half == "오후":
        return hour if 12 < hour < 24 else hour % 12 + 12 if hour <= 12 else None
    if half:
        return hour % 12 if hour <= 12 else hour if hour < 24 else None
    return hour if hour < 24 or hour == 24 else None


_HEADER_LONGEST = 160
_LABEL = re.compile(r"\s*[^\d:]{1,30}:\s*")


def find(
    line: str, *, language: str | None = None, day_first: bool | None = None
) -> tuple[PrintedDate, str] | None:
    """Return the date inside a short header line and the raw string it was read from.

    Meant for lines such as ``Date: 9 Jan 2019`` or ``Last updated on January 9, 2019``; whether the
    line may hold a date at all (a rights line may not) is the caller's to know.
    """
    if not line or len(line) > _HEADER_LONGEST or not _FOUR_DIGITS.search(line):
        return None
    if day_first is None and language in _DAY_FIRST:
        day_first = True
    folded = _same_length_fold(line)
    if label := _LABEL.match(folded):
        # "Load-Date: 20190109", "Date: 2019": what counts only as the whole does so after a label.
        value = folded[label.end() :].strip()
        if whole := _search(value, day_first=day_first, whole=True):
            return whole[0], line[label.end() :].strip()
    found = _search(folded.strip(), day_first=day_first)
    if not found:
        return None
    shift = len(folded) - len(folded.lstrip())
    printed, start, end = found
    return printed, line[start + shift : end + shift].strip()


def _same_length_fold(line: str) -> str:
    """Fold character by character, so that offsets stay those of ``line``."""
    return "".join(
        folded if len(folded := char.translate(_FOLD).lower()) == 1 else "\u00ad" for char in line
    )
