"""What an export may hold of an article: keys as the API names them, and columns of a table.

Forms of trees (JSON Lines) have the API's objects; tables (CSV, Parquet) have columns in their
stead: ``published`` is ``published_date``, ``published_at`` and ``published_precision``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from articles.parsed import CreditKind


class Shape(Enum):
    """What a column of a table holds."""

    NUMBER = auto()
    WORDS = auto()
    TRUTH = auto()
    DAY = auto()
    INSTANT = auto()
    # Words that no semicolon is in, and lines of any kind.
    NAMES = auto()
    LINES = auto()
    CREDITS = auto()
    CAPTIONS = auto()
    BLOCKS = auto()
    # An object of any keys.
    OBJECT = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an exported article: what it is called on pages, and its columns in a table."""

    label: str
    columns: Mapping[str, Shape]


def _words(label: str, name: str) -> Field:
    return Field(label, {name: Shape.WORDS})


FIELDS: Mapping[str, Field] = {
    "id": Field("Number", {"id": Shape.NUMBER}),
    "url": _words("Address in the API", "url"),
    "page_url": _words("Address of the page", "page_url"),
    "external_id": _words("Identifier", "external_id"),
    "corpus": _words("Corpus", "corpus"),
    "source": _words("Source", "source"),
    "headline": _words("Headline", "headline"),
    "standfirst": _words("Standfirst", "standfirst"),
    "snippet": _words("First words", "snippet"),
    "key_points": Field("Key points", {"key_points": Shape.LINES}),
    "published": Field(
        "Published",
        {
            "published_date": Shape.DAY,
            "published_at": Shape.INSTANT,
            "published_precision": Shape.WORDS,
        },
    ),
    "modified": Field("Updated", {"modified_at": Shape.INSTANT}),
    "modified_date": Field("Day of the update", {"modified_date": Shape.DAY}),
    "byline": _words("Byline", "byline"),
    "credits": Field(
        "Authors and agencies",
        {"authors": Shape.NAMES, "agencies": Shape.NAMES, "credits": Shape.CREDITS},
    ),
    "dateline": Field("Dateline", {"dateline_place": Shape.WORDS, "dateline_agency": Shape.WORDS}),
    "section": _words("Section", "section"),
    "page": _words("Page", "page"),
    "edition": _words("Edition", "edition"),
    "language": _words("Language", "language"),
    "canonical_url": _words("Address at the outlet", "canonical_url"),
    "captions": Field("Captions", {"captions": Shape.CAPTIONS}),
    "rights": _words("Rights", "rights"),
    "extra": Field("Further fields", {"extra": Shape.OBJECT}),
    "text_available": Field("Whether you may read the text", {"text_available": Shape.TRUTH}),
    "text": _words("Text", "text"),
    "blocks": Field("Blocks of the text", {"blocks": Shape.BLOCKS}),
    "word_count": Field("Words", {"word_count": Shape.NUMBER}),
    "flags": Field("Flags", {"flags": Shape.NAMES}),
    "entities": Field("Entities that are tagged", {"entities": Shape.LINES}),
    "kinds": Field("Kinds of what is tagged", {"kinds": Shape.NAMES}),
    "codes": Field("Codes", {"codes": Shape.LINES}),
    "version": Field(
        "Version",
        {
            "version_id": Shape.NUMBER,
            "version_number": Shape.NUMBER,
            "version_origin": Shape.WORDS,
            "version_sha256": Shape.WORDS,
            "version_first_seen": Shape.INSTANT,
            "version_last_seen": Shape.INSTANT,
        },
    ),
    "capture": Field(
        "Capture",
        {
            "capture_id": Shape.NUMBER,
            "capture_url": Shape.WORDS,
            "capture_locator": Shape.WORDS,
        },
    ),
    "collection": Field(
        "Place and note in the collection",
        {
            "collection_name": Shape.WORDS,
            "collection_position": Shape.NUMBER,
            "collection_note": Shape.WORDS,
        },
    ),
}
# What tells an export from other tables when it is read again; it can't be left out.
ALWAYS = ("id", "text_available")
TEXT = ("text", "blocks")
COLLECTION = "collection"


def columns(keys: Sequence[str]) -> dict[str, Shape]:
    """Return the columns of a table that holds ``keys``."""
    return {name: shape for key in keys for name, shape in FIELDS[key].columns.items()}


def cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of an article's keys as values of a table's columns, in plain Python."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        take = _CELLS.get(key)
        if take is None:
            found[key] = value
        else:
            found.update(take(value))
    return found


def _within(key: str, *names: str) -> Callable[[Any], dict[str, Any]]:
    """Take an object's values, each under the key and its own name."""
    columns = [(f"{key}_{name}", name) for name in names]
    return lambda value: {column: (value or {}).get(name) for column, name in columns}


def _modified(value: Any) -> dict[str, Any]:
    # An instant if the hour was printed, else a day, of which modified_date tells.
    return {"modified_at": value if isinstance(value, datetime) else None}


def _credits(value: Any) -> dict[str, Any]:
    return {
        "authors": [credit["name"] for credit in value if credit["kind"] == CreditKind.PERSON],
        "agencies": [credit["name"] for credit in value if credit["kind"] == CreditKind.AGENCY],
        "credits": value,
    }


def _code(code: Mapping[str, str]) -> str:
    # One line each.
    return " ".join(f"{code['code']}={code['value']}".split())


_CELLS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "corpus": lambda value: {"corpus": value["slug"]},
    "source": lambda value: {"source": value["name"] if value else None},
    "published": _within("published", "date", "at", "precision"),
    "modified": _modified,
    "credits": _credits,
    "dateline": _within("dateline", "place", "agency"),
    "version": _within("version", "id", "number", "origin", "sha256", "first_seen", "last_seen"),
    "capture": _within("capture", "id", "url", "locator"),
    "entities": lambda value: {"entities": [each["name"] for each in value or ()]},
    "codes": lambda value: {"codes": [_code(each) for each in value or ()]},
    "collection": _within("collection", "name", "position", "note"),
}
