"""The values of corrected fields in words, for people."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from articles.models import CorrectedField
from articles.parsed import Precision


def words(field: CorrectedField, value: Any) -> str:
    """Return a value as a person reads it; “none” where there is none."""
    if not value:
        return "none"
    match field:
        case CorrectedField.PUBLISHED | CorrectedField.MODIFIED:
            return _date_in_words(value)
        case CorrectedField.DATELINE:
            return ", ".join(part for part in (value.get("place"), value.get("agency")) if part)
        case CorrectedField.CREDITS:
            return "; ".join(_credit_in_words(credit) for credit in value)
        case CorrectedField.FLAGS:
            return ", ".join(str(flag).replace("_", " ") for flag in value)
        case _:
            return str(value)


def _date_in_words(value: Mapping[str, Any]) -> str:
    day = date.fromisoformat(value["date"])
    match value.get("precision"):
        case Precision.YEAR:
            return f"{day.year}"
        case Precision.MONTH:
            return f"{day:%B} {day.year}"
        case _:
            at = f", {datetime.fromisoformat(value['at']):%H:%M %Z}" if value.get("at") else ""
            return f"{day.day} {day:%B} {day.year}{at}"


def _credit_in_words(credit: Mapping[str, Any]) -> str:
    more = ", ".join(part for part in (credit.get("role"), credit.get("place")) if part)
    return f"{credit['name']} ({more})" if more else str(credit["name"])
