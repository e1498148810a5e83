"""Articles as Newsroom itself exports them, read back to the same: JSON Lines and CSV.

What an export says is taken as it stands; nothing is guessed. A row that someone changed so that it
no longer fits is read like any other table's, see :data:`MAPPING`.
"""

import json
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from articles.parsed import (
    Caption,
    Credit,
    CreditKind,
    Dateline,
    Flag,
    ParsedArticle,
    Precision,
    PrintedDate,
)
from articles.text import Block, BlockKind

# No other table has both.
_MARKS = ("id", "text_available")
# An export puts an apostrophe before what a spreadsheet would run.
_NEUTRAL = re.compile("'('*[=+\\-@\t\r\n＝＋－＠])")
_READERS = frozenset({Flag.TRUNCATED, Flag.REPEATS_DROPPED})
# What each column is; those that are not here tell of the Newsroom that the export came from.
MAPPING: Mapping[str, str] = {
    "external_id": "external_id",
    "source": "source",
    "source.name": "source",
    "headline": "headline",
    "standfirst": "standfirst",
    "key_points": "key_points",
    "published": "published",
    "published_at": "published",
    "published_date": "published",
    "modified": "modified",
    "modified_at": "modified",
    "modified_date": "modified",
    "byline": "byline",
    "credits": "authors",
    "dateline": "dateline",
    "dateline_place": "dateline",
    "section": "section",
    "page": "page",
    "edition": "edition",
    "language": "language",
    "canonical_url": "url",
    "captions": "captions",
    "rights": "rights",
    "text": "body",
    "blocks": "blocks",
}


def is_own(columns: Collection[str]) -> bool:
    """Whether columns are those of an export of Newsroom's."""
    return all(mark in columns for mark in _MARKS)


def article(flat: Mapping[str, Any], locator: str) -> ParsedArticle | None:
    """Return the article of an exported row, flat or of cells; None where it does not fit."""
    try:
        return _article(_said(flat), locator)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _said(flat: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a row says; of cells, without the apostrophes that an export put there."""
    # In JSON it is no string.
    if not isinstance(flat["text_available"], str):
        return flat
    return {
        column: _NEUTRAL.sub(r"\1", cell, count=1) if _NEUTRAL.match(cell) else cell
        for column, cell in flat.items()
    }


def _article(flat: Mapping[str, Any], locator: str) -> ParsedArticle | None:
    blocks = _blocks(flat)
    if not blocks:
        return None
    place, agency = _parts(flat, "dateline", "place", "agency")
    return ParsedArticle(
        locator=locator,
        blocks=blocks,
        source=_words(flat.get("source.name") or flat.get("source")),
        published=_printed(*_parts(flat, "published", "date", "at", "precision")),
        modified=_modified(flat),
        byline=_words(flat.get("byline")),
        credits=tuple(
            Credit(CreditKind(each["kind"]), each["name"], each.get("role"), each.get("place"))
            for each in _list(flat.get("credits"))
        ),
        dateline=Dateline(place, agency) if place or agency else None,
        captions=tuple(
            Caption(each["text"], each.get("credit")) for each in _list(flat.get("captions"))
        ),
        section=_words(flat.get("section")),
        page=_words(flat.get("page")),
        edition=_words(flat.get("edition")),
        language=_words(flat.get("language")),
        canonical_url=_words(flat.get("canonical_url")),
        external_id=_words(flat.get("external_id")),
        rights=_words(flat.get("rights")),
        flags=frozenset(_flags(flat.get("flags")) & _READERS),
        extra=_object(flat.get("extra")),
    )


def _blocks(flat: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the blocks of the text; of a row without its text, what stands in other columns."""
    text, spans = _words(flat.get("text")), _list(flat.get("blocks"))
    if text is None:
        front = [(BlockKind.HEADLINE, flat.get("headline"))]
        front.append((BlockKind.STANDFIRST, flat.get("standfirst")))
        return tuple(Block(kind, words) for kind, said in front if (words := _words(said)))
    # One who shortened the text left the spans behind.
    if not spans or spans[-1]["end"] != len(text):
        return ()
    return tuple(
        Block(BlockKind(span["kind"]), text[span["start"] : span["end"]]) for span in spans
    )


def _words(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value or None


def _parts(flat: Mapping[str, Any], name: str, *parts: str) -> tuple[str | None, ...]:
    """Return the parts of an object, whether it stands whole or in columns of its own."""
    whole = flat.get(name)
    if isinstance(whole, Mapping):
        return tuple(_words(whole.get(part)) for part in parts)
    return tuple(_words(flat.get(f"{name}_{part}")) for part in parts)


def _modified(flat: Mapping[str, Any]) -> PrintedDate | None:
    day, at = _words(flat.get("modified_date")), _words(flat.get("modified_at"))
    whole = _words(flat.get("modified"))
    if whole is not None and "T" in whole:
        at = whole
    return _printed(day, at, Precision.MINUTE if at else Precision.DAY)


def _printed(day: str | None, at: str | None, precision: str | None) -> PrintedDate | None:
    if day is None:
        return None
    instant = datetime.fromisoformat(at) if at else None
    return PrintedDate(date.fromisoformat(day), Precision(precision or Precision.DAY), instant)


def _list(value: Any) -> list[Any]:
    found = json.loads(value) if isinstance(value, str) and value else value or []
    if not isinstance(found, list):
        raise TypeError(value)
    return found


def _object(value: Any) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) and value else value or {}
    if not isinstance(found, dict):
        raise TypeError(value)
    return found


def _flags(value: Any) -> set[Flag]:
    names = value.split("; ") if isinstance(value, str) else value or []
    return {Flag(name) for name in names if name}
