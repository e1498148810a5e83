"""The fields of an article as a form writes them and reads them again; no queries.

A form holds words. What was typed is compared with what was shown, word by word, so that a field
that nobody touched is never corrected, however its value is put into words.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.http import QueryDict

from articles.curation.values import BadValueError
from articles.models import CorrectedField
from articles.parsed import CreditKind, Precision
from articles.reading import dates
from articles.text import normalise_line

# The inputs of each field.
PARTS: dict[CorrectedField, tuple[str, ...]] = {
    CorrectedField.SOURCE: ("source",),
    CorrectedField.PUBLISHED: ("published_day", "published_time", "published_zone"),
    CorrectedField.MODIFIED: ("modified_day", "modified_time", "modified_zone"),
    CorrectedField.BYLINE: ("byline",),
    CorrectedField.CREDITS: (),
    CorrectedField.DATELINE: ("dateline_place", "dateline_agency"),
    CorrectedField.SECTION: ("section",),
    CorrectedField.PAGE: ("page",),
    CorrectedField.EDITION: ("edition",),
    CorrectedField.LANGUAGE: ("language",),
    CorrectedField.CANONICAL_URL: ("canonical_url",),
    CorrectedField.EXTERNAL_ID: ("external_id",),
    CorrectedField.RIGHTS: ("rights",),
}
CREDIT_PARTS = ("kind", "name", "role", "place")
_YEAR = re.compile(r"(\d{4})$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_TIME = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?$")
_ZONE = re.compile(r"([+\-−–])(\d{1,2})(?::?(\d{2}))?$")
_UTC = frozenset({"z", "utc", "gmt"})

type Credit = dict[str, str]


@dataclass(slots=True)
class Typed:
    """What a form holds: the words of its inputs by name, and the rows of credits."""

    words: dict[str, str] = field(default_factory=dict)
    credits: list[Credit] = field(default_factory=list)

    def of(self, name: CorrectedField) -> Any:
        """Return what is typed for a field, for comparison."""
        if name is CorrectedField.CREDITS:
            return [credit for credit in self.credits if any(_without_kind(credit))]
        return [self.words.get(part, "") for part in PARTS[name]]

    def take(self, name: CorrectedField, other: "Typed") -> None:
        """Let a field say what it says elsewhere."""
        if name is CorrectedField.CREDITS:
            self.credits = other.credits
        for part in PARTS[name]:
            self.words[part] = other.words.get(part, "")

    def packed(self) -> str:
        """Return it as one string; see :func:`unpacked`."""
        return json.dumps([self.words, self.credits])


def unpacked(text: str) -> Typed | None:
    """Return what :meth:`Typed.packed` made a string of; None for all else."""
    try:
        words, credits_ = json.loads(text)
        return Typed(
            {str(name): str(value) for name, value in words.items()},
            [{part: str(credit[part]) for part in CREDIT_PARTS} for credit in credits_],
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def read(posted: QueryDict) -> Typed:
    """Return what was typed."""
    words = {
        part: normalise_line(posted.get(part, "")) for parts in PARTS.values() for part in parts
    }
    columns = [posted.getlist(f"credit_{part}") for part in CREDIT_PARTS]
    rows = zip(*columns, strict=False)
    return Typed(
        words,
        [
            dict(zip(CREDIT_PARTS, (normalise_line(cell) for cell in row), strict=True))
            for row in rows
        ],
    )


def with_nul(posted: QueryDict) -> list[CorrectedField]:
    """Return the fields that hold a NUL character."""
    found = [
        name for name, parts in PARTS.items() if any("\0" in posted.get(part, "") for part in parts)
    ]
    credits_ = (cell for part in CREDIT_PARTS for cell in posted.getlist(f"credit_{part}"))
    return [*found, CorrectedField.CREDITS] if any("\0" in cell for cell in credits_) else found


def written(values: Mapping[CorrectedField, Any], read_at: Mapping[CorrectedField, str]) -> Typed:
    """Return effective values as a form writes them.

    ``read_at`` holds instants as they were read, whose zones are kept where the instant is the
    same.
    """
    typed = Typed()
    for name, parts in PARTS.items():
        value = values[name]
        if name in {CorrectedField.PUBLISHED, CorrectedField.MODIFIED}:
            typed.words.update(zip(parts, _date(value, read_at.get(name, "")), strict=True))
        elif name is CorrectedField.DATELINE:
            dateline = value or {}
            for part, key in zip(parts, ("place", "agency"), strict=True):
                typed.words[part] = normalise_line(dateline.get(key) or "")
        elif name is CorrectedField.CREDITS:
            typed.credits = [
                {part: normalise_line(credit.get(part) or "") for part in CREDIT_PARTS}
                for credit in value or ()
            ]
        else:
            typed.words[name.value] = normalise_line(value or "")
    return typed


def value_of(name: CorrectedField, typed: Typed) -> Any:
    """Return what was typed for a field as a correction takes it. Raises BadValueError."""
    words = [typed.words.get(part, "") for part in PARTS[name]]
    if name in {CorrectedField.PUBLISHED, CorrectedField.MODIFIED}:
        return _read_date(name, *words)
    if name is CorrectedField.DATELINE:
        return {"place": words[0], "agency": words[1]}
    if name is CorrectedField.CREDITS:
        return [{k: v or None for k, v in credit.items()} for credit in typed.of(name)]
    return words[0] or None


def _without_kind(credit: Credit) -> list[str]:
    return [value for part, value in credit.items() if part != "kind"]


def new_credit() -> Credit:
    """Return an empty row."""
    return {"kind": CreditKind.PERSON.value, "name": "", "role": "", "place": ""}


def _date(value: Mapping[str, Any] | None, read_at: str) -> tuple[str, str, str]:
    """Return a date as it is typed: as much as is known of the day, the time, its zone."""
    if not value:
        return "", "", ""
    kept = {"year": 4, "month": 7}.get(value.get("precision") or "", 10)
    day = str(value["date"])[:kept]
    if not value.get("at"):
        return day, "", ""
    at = datetime.fromisoformat(value["at"])
    printed = datetime.fromisoformat(read_at) if read_at else None
    ahead = printed.utcoffset() if printed is not None else None
    # A zone of whole minutes can be written, and is; local mean time can't.
    if printed is not None and ahead is not None and printed == at and not ahead.seconds % 60:
        at = printed
    time = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    # The outlet's day is not that of the instant where the zone is not the outlet's.
    apart = "" if at.date().isoformat() == day else f"{at.date().isoformat()} "
    return day, f"{apart}{time}", at.isoformat()[-6:] if at.utcoffset() else "UTC"


def _read_date(name: CorrectedField, day: str, time: str, zone: str) -> dict[str, Any] | None:
    if not day:
        if time:
            raise BadValueError(name, "A time needs its day.")
        return None
    found = _day(name, day)
    if not time:
        return found
    if found["precision"] != Precision.DAY:
        raise BadValueError(name, "A time needs the whole day, such as 2019-05-17.")
    if not zone:
        raise BadValueError(
            name, "A time needs its zone, such as +01:00. Without one, leave the time empty."
        )
    at = f"{_time(name, time, found['date'])}{_offset(name, zone)}"
    return {"date": found["date"], "precision": Precision.MINUTE.value, "at": at}


def _day(name: CorrectedField, text: str) -> dict[str, Any]:
    if match := _YEAR.match(text):
        return {"date": f"{match[1]}-01-01", "precision": Precision.YEAR.value}
    if match := _MONTH.match(text):
        return {"date": f"{match[1]}-{match[2]}-01", "precision": Precision.MONTH.value}
    if _DAY.match(text):
        return {"date": text, "precision": Precision.DAY.value}
    printed = dates.parse(text)
    if printed is None:
        raise BadValueError(name, "Write the day as 2019-05-17, or 2019-05, or 2019.")
    coarse = {Precision.YEAR, Precision.MONTH}
    precision = printed.precision if printed.precision in coarse else Precision.DAY
    return {"date": printed.date.isoformat(), "precision": precision.value}


def _time(name: CorrectedField, text: str, day: str) -> str:
    match = _TIME.match(text)
    if match is None:
        raise BadValueError(name, "Write the time as 14:30.")
    return f"{match[1] or day}T{int(match[2]):02}:{match[3]}:{match[4] or '00'}"


def _offset(name: CorrectedField, text: str) -> str:
    if text.casefold() in _UTC:
        return "+00:00"
    match = _ZONE.match(text)
    if match is None:
        raise BadValueError(name, "Write the zone as +01:00, -05:00 or UTC.")
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if ahead >= timedelta(hours=24):
        raise BadValueError(name, "There is no such zone.")
    signed = timezone(ahead if match[1] == "+" else -ahead)
    return datetime(2000, 1, 1, tzinfo=UTC).astimezone(signed).isoformat()[-6:]
