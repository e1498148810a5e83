"""A record (a JSON object, a table's row, an API's article) into a parsed article.

One builder for all of them. :func:`article_from_record` forgives: what it can't read stays in
``extra``. :func:`article_from_fields` is strict, for our own API: it takes our field names only
and raises :class:`FieldErrors` that names every wrong field.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from articles.formats import own_export
from articles.formats.mapping import FIELDS, ColumnMapping, guess
from articles.formats.record_fields import Reading, build, is_empty
from articles.parsed import ParsedArticle, Refused

# Objects that are read whole; others are read by dotted path.
_WHOLE = frozenset({"published", "modified", "dateline", "extra", "provenance"})
_MAX_PATH = 3
_TEXTS = frozenset({"headline", "body", "blocks"})


class FieldErrors(Exception):  # noqa: N818 - several errors, by field
    """What is wrong with a record of our own fields: ``errors`` is field → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def flatten(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with nested objects as dotted paths: ``source.name``; a few stay whole."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if type(value) is dict and value and key not in _WHOLE:
            _flatten_into(flat, key, value, 1)
        else:
            flat[key] = value
    return flat


def _flatten_into(flat: dict[str, Any], path: str, record: Mapping[str, Any], depth: int) -> None:
    for key, value in record.items():
        if type(value) is dict and value and depth < _MAX_PATH:
            _flatten_into(flat, f"{path}.{key}", value, depth + 1)
        else:
            flat[f"{path}.{key}"] = value


@lru_cache(maxsize=256)
def _guess_from_names(columns: tuple[str, ...]) -> ColumnMapping:
    return guess(columns)


def article_from_record(
    record: Mapping[str, Any], locator: str, mapping: ColumnMapping | None = None
) -> ParsedArticle | Refused:
    """Return a record's article; a Refused where it has neither a headline nor a body.

    ``mapping`` is of flat columns (see :func:`flatten`); without one, names are guessed.
    """
    flat = flatten(record)
    return article_from_flat(flat, locator, mapping or _guess_from_names(tuple(flat)))


def article_from_flat(
    flat: Mapping[str, Any], locator: str, mapping: ColumnMapping
) -> ParsedArticle | Refused:
    """Return the article of a record that has been flattened, by a mapping of its columns."""
    if own_export.is_own(flat) and (same := own_export.article(flat, locator)) is not None:
        return same
    fields: dict[str, list[tuple[str, Any]]] = {}
    used = set()
    for column, ours in mapping.columns.items():
        if ours:
            value = flat.get(column)
            used.add(column)
            if not is_empty(value):
                fields.setdefault(ours, []).append((column, value))
    extra = {
        column: value
        for column, value in flat.items()
        if column not in used and not is_empty(value)
    }
    own = extra.pop("extra", None)
    if isinstance(own, dict):
        extra = {**own, **extra}
    elif own is not None:
        extra["extra"] = own
    reading = Reading(False, "column ", fields, extra, mapping.day_first)  # noqa: FBT003
    return build(reading, locator, flat.get("text"))


def article_of(
    fields: Mapping[str, tuple[str, Any]], extra: Mapping[str, Any], locator: str, reader: str
) -> ParsedArticle | Refused:
    """Return the article of fields that a reader of exports found: field → (label, value).

    ``reader`` goes before the label in provenance: ``Nexis BYLINE``.
    """
    present = {ours: [found] for ours, found in fields.items() if found[1]}
    kept = {name: value for name, value in extra.items() if value}
    return build(Reading(False, f"{reader} ", present, kept), locator, None)  # noqa: FBT003


def article_from_fields(record: Mapping[str, Any], locator: str = "") -> ParsedArticle:
    """Return the article of a record in our own field names; raise FieldErrors."""
    errors = {
        str(name): "There is no such field." for name in record if name not in {*FIELDS, "extra"}
    }
    for name, value in record.items():
        problem = _unstorable(value)
        if problem:
            errors[str(name)] = problem
    extra = {} if record.get("extra") is None else record["extra"]
    if not isinstance(extra, Mapping):
        errors["extra"] = "This must be an object."
    if errors:
        raise FieldErrors(errors)
    fields = {
        name: [(name, value)]
        for name, value in record.items()
        if name != "extra" and not is_empty(value)
    }
    reading = Reading(True, "field ", fields, dict(extra))  # noqa: FBT003
    article = build(reading, locator, None)
    if isinstance(article, Refused) and not _TEXTS & reading.errors.keys():
        reading.errors.setdefault("body", "An article needs a headline, a body or blocks.")
    if reading.errors or isinstance(article, Refused):
        raise FieldErrors(reading.errors)
    return article


def _unstorable(value: Any) -> str:
    """Say what in a value Postgres can't store; iterative, so that depth harms nobody."""
    pending, depth = [value], 0
    while pending:
        if depth > 32:
            return "This is nested too deeply."
        level, pending = pending, []
        for item in level:
            if isinstance(item, str):
                if "\0" in item:
                    return "This holds a NUL character; remove it."
                if not item.isascii() and any("\ud800" <= char <= "\udfff" for char in item):
                    return "This holds half a surrogate pair; send whole characters."
            elif isinstance(item, Mapping):
                pending.extend(item.keys())
                pending.extend(item.values())
            elif isinstance(item, list | tuple):
                pending.extend(item)
        depth += 1
    return ""
