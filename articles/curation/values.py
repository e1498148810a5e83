"""The values that corrections may hold: checked, brought into normal form, and put into words."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from articles.history.field_words import words as words
from articles.ingest import preparing
from articles.models import CorrectedField
from articles.parsed import CreditKind, Precision
from articles.reading import languages
from articles.text import normalise_line

LINE_CHARACTERS = 20_000
CREDITS = 200
_LIMITS = {
    CorrectedField.SOURCE: preparing.NAME_CHARACTERS,
    CorrectedField.BYLINE: LINE_CHARACTERS,
    CorrectedField.SECTION: preparing.NAME_CHARACTERS,
    CorrectedField.PAGE: preparing.PAGE_CHARACTERS,
    CorrectedField.EDITION: preparing.NAME_CHARACTERS,
    CorrectedField.CANONICAL_URL: preparing.URL_CHARACTERS,
    CorrectedField.EXTERNAL_ID: preparing.EXTERNAL_ID_CHARACTERS,
    CorrectedField.RIGHTS: LINE_CHARACTERS,
}
_WEB = re.compile(r"https?://[^\s/]+\S*$", re.IGNORECASE)


class BadValueError(ValueError):
    """A value that a field can't have, with a sentence that says why."""

    def __init__(self, field: CorrectedField, sentence: str) -> None:
        super().__init__(f"{field.label}: {sentence}")
        self.field = field
        self.sentence = sentence


def checked(field: CorrectedField, value: Any) -> Any:
    """Return a value as a correction holds it; None for an empty one. Raises BadValueError."""
    match field:
        case CorrectedField.PUBLISHED | CorrectedField.MODIFIED:
            return _date(field, value)
        case CorrectedField.DATELINE:
            return _dateline(field, value)
        case CorrectedField.CREDITS:
            return _credits(field, value)
        case CorrectedField.LANGUAGE:
            return _language(value)
        case CorrectedField.FLAGS:
            raise BadValueError(field, "Flags are looked at, not written.")
        case _:
            line = _line(field, value, _LIMITS[field])
            if field is CorrectedField.CANONICAL_URL and line and not _WEB.match(line):
                raise BadValueError(field, "An address begins with http:// or https://.")
            return line


def _line(field: CorrectedField, value: Any, limit: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadValueError(field, "This must be text.")
    if "\0" in value:
        raise BadValueError(field, "This holds a NUL character; remove it.")
    line = normalise_line(value)
    if len(line) > limit:
        raise BadValueError(field, f"This has more than {limit:,} characters.")
    return line or None


def _language(value: Any) -> str | None:
    line = _line(CorrectedField.LANGUAGE, value, 20)
    if line is None:
        return None
    tag = languages.normalise_tag(line)
    if tag is None:
        raise BadValueError(CorrectedField.LANGUAGE, "This must be a language such as en.")
    return tag


def _date(field: CorrectedField, value: Any) -> dict[str, Any] | None:
    """Return ``{date, precision, at}``: of a month or a year, its first day."""
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise BadValueError(field, "This must be a date.")
    try:
        printed = datetime.fromisoformat(value["at"]) if value.get("at") else None
        at = printed.astimezone(UTC) if printed else None
        given = value.get("date")
        day = date.fromisoformat(given) if given else (printed.date() if printed else None)
        known = Precision.MINUTE if at else Precision.DAY
        precision = Precision(value.get("precision") or known)
    except (TypeError, ValueError, OverflowError) as fault:
        raise BadValueError(field, "There is no such date.") from fault
    if day is None:
        raise BadValueError(field, "This must be a date.")
    if printed is not None and printed.tzinfo is None:
        raise BadValueError(field, "An instant needs its time zone.")
    if precision is Precision.MINUTE and at is None:
        precision = Precision.DAY
    if precision in {Precision.MONTH, Precision.YEAR}:
        day = day.replace(day=1, month=1 if precision is Precision.YEAR else day.month)
        at = None
    return {
        "date": day.isoformat(),
        "precision": precision.value,
        "at": at.isoformat() if at else None,
    }


def _dateline(field: CorrectedField, value: Any) -> dict[str, Any] | None:
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise BadValueError(field, "This must be a place, an agency, or both.")
    place = _line(field, value.get("place"), preparing.NAME_CHARACTERS)
    agency = _line(field, value.get("agency"), preparing.ROLE_CHARACTERS)
    return {"place": place, "agency": agency} if place or agency else None


def _credits(field: CorrectedField, value: Any) -> list[dict[str, Any]] | None:
    if not value:
        return None
    if not isinstance(value, list) or len(value) > CREDITS:
        raise BadValueError(field, f"This must be a list of at most {CREDITS} credits.")
    found = []
    for credit in value:
        if not isinstance(credit, Mapping) or credit.get("kind") not in [*CreditKind]:
            raise BadValueError(field, "Each credit is a person or an agency.")
        name = _line(field, credit.get("name"), preparing.NAME_CHARACTERS)
        if name is None:
            raise BadValueError(field, "Each credit needs a name.")
        found.append(
            {
                "kind": str(credit["kind"]),
                "name": name,
                "role": _line(field, credit.get("role"), preparing.ROLE_CHARACTERS),
                "place": _line(field, credit.get("place"), preparing.NAME_CHARACTERS),
            }
        )
    return found or None
