"""Days in words."""

from datetime import date

from articles.parsed import Precision


def printed_date(day: date, precision: str | None) -> str:
    """Return a date as far as it was printed: ``9 January 2019``, ``January 2019``, ``2019``."""
    if precision == Precision.YEAR:
        return f"{day.year}"
    if precision == Precision.MONTH:
        return f"{day:%B} {day.year}"
    return f"{day.day} {day:%B} {day.year}"
