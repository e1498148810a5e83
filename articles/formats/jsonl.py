"""JSON Lines, JSON arrays and what news APIs answer, by a mapping of keys guessed or given."""

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import IO, Any, ClassVar

import orjson

from articles.formats import json_values
from articles.formats.mapping import ColumnMapping, checked, guess
from articles.formats.protocol import Origin, ReadOptions
from articles.formats.records import (
    FieldErrors,
    article_from_fields,
    article_from_flat,
    article_from_record,
    flatten,
)
from articles.parsed import Dropped, ParsedArticle, ReadItem, Refused

__all__ = ["FieldErrors", "JsonLinesFormat", "article_from_fields", "article_from_record"]

MAX_LINE = json_values.MAX_RECORD
MAX_DEPTH = 64
_SAMPLE = 50
_SAMPLE_BYTES = 8 * 1024 * 1024
_RAW_LIMIT = 64 * 1024
_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".jl"})
_START = re.compile(rb'\s*(?:\[\s*)?\{\s*(?:"|\})|\s*\[\s*\]')
_MAX_KEYS = 2000

type _Found = tuple[str, bytes]
type _Record = tuple[str, dict[str, Any], bool]


class JsonLinesFormat:
    """A record a line, or records in a list; also the single record of one article."""

    name: ClassVar[str] = "jsonl"
    label: ClassVar[str] = "JSON Lines, JSON"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Be sure of what opens like an object, surer with a name that says so."""
        named = origin.suffix in _SUFFIXES or "json" in origin.media_type
        opens = _START.match(_unmarked(head)) is not None
        if named:
            return 90 if opens else 45
        return 60 if opens else 0

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield an item for each record; those that are bad JSON as Refused with their line."""
        del origin
        given = checked(options.mapping)
        found = (_parsed(locator, raw) for locator, raw in _cut(stream))
        sample = list(_sampled(found))
        mapping = _guess([record for record in sample if not isinstance(record, Refused)], given)
        for item in chain(sample, found):
            if isinstance(item, Refused):
                yield item
                continue
            locator, record, had_nul = item
            mapping = _extended(mapping, record, given)
            article = article_from_flat(record, locator, mapping)
            yield _noted(article, orjson.dumps(record)) if had_nul else _kept(article, record)

    def sample(
        self, stream: IO[bytes], options: ReadOptions
    ) -> tuple[ColumnMapping, list[dict[str, Any]]]:
        """Return the mapping that ``read`` would use, and the first records, flat."""
        found = (_parsed(locator, raw) for locator, raw in _cut(stream))
        records = [item for item in _sampled(found) if not isinstance(item, Refused)]
        return _guess(records, checked(options.mapping)), [record for _, record, _ in records]


def _unmarked(head: bytes) -> bytes:
    """Return the start of a file in UTF-8, without its byte order mark."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) & ~1].decode("utf-16", "replace").encode("utf-8", "replace")
    return head.removeprefix(codecs.BOM_UTF8)


class _Utf8(io.RawIOBase):
    """A UTF-16 stream as UTF-8."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._text = codecs.getreader("utf-16")(stream, "replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # A UTF-16 unit is at most three bytes of UTF-8.
        data = self._text.read(len(buffer) // 4, len(buffer) // 4).encode("utf-8", "replace")
        buffer[: len(data)] = data
        return len(data)


def _cut(stream: IO[bytes]) -> Iterator[_Found]:
    """Yield ``(locator, bytes)`` of each record."""
    start = stream.tell()
    head = stream.read(json_values.MAX_RECORD >> 10)
    stream.seek(start)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stream = io.BufferedReader(_Utf8(stream), 1 << 16)
    elif head.startswith(codecs.BOM_UTF8):
        stream.seek(start + len(codecs.BOM_UTF8))
    head = _unmarked(head)
    inside = json_values.envelope(head)
    if inside is None and head.lstrip()[:1] == b"[":
        inside = head.index(b"[") + 1
    if inside is not None:
        stream.read(inside)
        cut = json_values.records(stream, depth=1)
    elif _by_lines(head):
        yield from _lines(stream)
        return
    else:
        cut = json_values.records(stream, depth=0)
    for number, raw in enumerate(cut, 1):
        yield f"record {number}", raw


def _by_lines(head: bytes) -> bool:
    """Return whether a record is a line: one of the first lines is an object by itself."""
    first = [line for line in head.split(b"\n")[:20] if line.strip()]
    if len(first) < 2 or b"\n" not in head:
        return True
    for line in first:
        # Inside a pretty-printed object, whole objects are indented.
        if line[:1] != b"{":
            continue
        # As a record is read later: what is only nearly JSON, such as Infinity, is one too.
        try:
            if isinstance(_loaded(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    # A long first line is cut off by the head; a pretty-printed one is short.
    return len(first[0]) > 200


def _lines(stream: IO[bytes]) -> Iterator[_Found]:
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            yield f"line {number}", line
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
        elif not line.isspace():
            yield f"line {number}", line


def _parsed(locator: str, raw: bytes) -> _Record | Refused:
    """Return a record's locator, its flat object, and whether NUL was taken out of it."""
    if len(raw) > MAX_LINE:
        reason = f"This {locator.split(maxsplit=1)[0]} is longer than 64 MiB, which no article is."
        return Refused(locator, "too_long", reason)
    had_nul = b"\0" in raw
    if had_nul:
        raw = raw.replace(b"\0", b"")
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        try:
            record = _second_try(raw)
        except (ValueError, RecursionError):
            reason = f"This is not valid JSON: {error.msg}, at character {error.pos + 1}."
            return Refused(locator, "bad_json", reason, _raw(raw))
    if not isinstance(record, dict):
        reason = "This is JSON, but not an object with keys such as “headline” and “body”."
        return Refused(locator, "not_an_object", reason, _raw(raw))
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and _too_deep(record):
        reason = f"This is nested more than {MAX_DEPTH} deep, which no article is."
        return Refused(locator, "too_deep", reason, _raw(raw))
    if len(record) > _MAX_KEYS:
        reason = f"This has more than {_MAX_KEYS:,} keys, which no article has."
        return Refused(locator, "too_many_keys", reason, _raw(raw))
    if b"\\u0000" in raw:
        had_nul = True
        record = _without(record, "\0", "")
    return locator, flatten(record), had_nul


def _loaded(raw: bytes) -> Any:
    """Return what a line says; raise ValueError or RecursionError."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _second_try(raw)


def _second_try(raw: bytes) -> Any:
    """Read what Python's own writer makes and the standard forbids: NaN, half surrogate pairs."""
    text = raw.decode("utf-8")
    if "NaN" not in text and "Infinity" not in text and "\\u" not in text:
        raise ValueError("nothing that a second reader would forgive")
    return _without(json.loads(text, parse_constant=lambda _: None), "", "")


def _without(value: Any, old: str, new: str, depth: int = 0) -> Any:
    """Return a JSON value with ``old`` replaced in all its strings, and surrogates by U+FFFD."""
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        if old:
            value = value.replace(old, new)
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {
            _without(key, old, new): _without(item, old, new, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_without(item, old, new, depth + 1) for item in value]
    return value


def _too_deep(value: Any) -> bool:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            return True
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, dict | list)
        ]
    return False


def _raw(raw: bytes) -> str:
    return raw[:_RAW_LIMIT].decode("utf-8", "replace").replace("\0", "").strip()


def _sampled(found: Iterator[_Record | Refused]) -> Iterator[_Record | Refused]:
    """Yield the first records, until there are enough, or enough of their bytes, to guess by."""
    size = 0
    for item in islice(found, _SAMPLE):
        yield item
        if not isinstance(item, Refused):
            size += sum(len(value) for value in item[1].values() if isinstance(value, str))
        if size > _SAMPLE_BYTES:
            return


def _guess(records: list[_Record], given: Mapping[str, str]) -> ColumnMapping:
    flat = [record for _, record, _ in records]
    columns = dict.fromkeys(column for row in flat for column in row)
    return guess(list(columns)[:_MAX_KEYS], flat, given)


def _extended(
    mapping: ColumnMapping, record: dict[str, Any], given: Mapping[str, str]
) -> ColumnMapping:
    """Return the mapping with the keys that only this record brings, by their names."""
    known = mapping.columns
    if record.keys() <= known.keys():
        return mapping
    if len(known) > _MAX_KEYS:
        return mapping
    new = [column for column in record if column not in known]
    more = guess(new, (), given)
    return ColumnMapping(
        {**known, **more.columns},
        {**mapping.reasons, **more.reasons},
        mapping.day_first,
    )


def _kept(article: ReadItem, record: dict[str, Any]) -> ReadItem:
    """Give a refused record its own text, so that it can be looked at and tried again."""
    if isinstance(article, ParsedArticle):
        return article
    raw = _raw(orjson.dumps(record))
    return Refused(article.locator, article.code, article.reason, raw)


def _noted(article: ReadItem, raw: bytes) -> ReadItem:
    """Say of an article that NUL characters were taken out of it."""
    if isinstance(article, Refused):
        return Refused(article.locator, article.code, article.reason, _raw(raw))
    note = Dropped(0, "NUL character", "")
    fields = {name: getattr(article, name) for name in article.__slots__}
    return ParsedArticle(**{**fields, "dropped": (*article.dropped, note)})
