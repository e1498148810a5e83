"""A version's metadata as it was read, which the article's own values may have left behind."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from articles.models import Article, Version
from articles.views.dates import printed_date

_PLAIN = ("headline", "byline", "section", "page", "edition", "language", "canonical_url")
_COMPARED = {
    "byline": "Byline",
    "published": "Published",
    "modified": "Updated",
    "dateline": "Dateline",
    "section": "Section",
    "page": "Page",
    "edition": "Edition",
    "rights": "Rights",
}


def as_it_stood(article: Article, version: Version) -> Article:
    """Return an article with the values that were read with a version. Not to be saved."""
    read = version.read
    stood = copy(article)
    stood.source = article.source_alias.source if article.source_alias else None
    stood.external_id = article.read_external_id
    for name in _PLAIN:
        if name in read:
            setattr(stood, name, read[name] or ("" if name == "headline" else None))
    if "published" in read:
        day, precision, at = _date(read["published"])
        stood.published_date, stood.published_precision, stood.published_at = day, precision, at
    if "modified" in read:
        stood.modified_date, _, stood.modified_at = _date(read["modified"])
    if "dateline" in read:
        dateline = read["dateline"] or {}
        stood.dateline_place = dateline.get("place")
        stood.dateline_agency = dateline.get("agency")
    return stood


def _date(read: Mapping[str, Any] | None) -> tuple[date | None, str | None, datetime | None]:
    if not read:
        return None, None, None
    at = read.get("at")
    return date.fromisoformat(read["date"]), read["precision"], at and datetime.fromisoformat(at)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field outside the text that was read otherwise; empty where it was not there."""

    label: str
    before: str
    after: str


def differences(before: Version, after: Version) -> list[Difference]:
    """Return the fields outside the text that differ between two versions."""
    pairs = (
        Difference(label, _words(before.read.get(name)), _words(after.read.get(name)))
        for name, label in _COMPARED.items()
    )
    return [pair for pair in pairs if pair.before != pair.after]


def _words(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value or "")
    if "date" in value:
        day, precision, at = _date(value)
        moment = f", {at:%H:%M} {at:%Z}" if at else ""
        return f"{printed_date(day, precision)}{moment}" if day else ""
    return ", ".join(str(part) for part in value.values() if part)
