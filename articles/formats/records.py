"""A record (a JSON object, a table's row, an API's article) into a parsed article.

One builder for all of them. :func:`article_from_record` forgives: what it can't read stays in
``extra``. :func:`article_from_fields` is strict, for our own API: it takes our field names only
and raises :class:`FieldErrors` that names every wrong field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from articles.formats import bodies, values
from articles.formats.mapping import FIELDS, ColumnMapping, guess
from articles.parsed import (
    Caption,
    Credit,
    Dateline,
    Dropped,
    Flag,
    ParsedArticle,
    PrintedDate,
    Provenance,
    Refused,
)
from articles.reading import agencies, junk, languages, outlets
from articles.text import Block, BlockKind, normalise_line

RAW_LIMIT = 300
# Objects that are read whole; others are read by dotted path.
_WHOLE = frozenset({"published", "modified", "dateline", "extra", "provenance"})
_MAX_PATH = 3
_RIGHTS_WORDS = ("©", "opyright", "OPYRIGHT", "ights", "IGHTS")


class FieldErrors(Exception):  # noqa: N818 - several errors, by field
    """What is wrong with a record of our own fields: ``errors`` is field → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


@dataclass(slots=True)
class _Reading:
    """One article under way."""

    strict: bool
    rules: str
    fields: dict[str, list[tuple[str, Any]]]
    extra: dict[str, Any]
    day_first: Mapping[str, bool] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, Provenance] = field(default_factory=dict)

    def take[T](self, ours: str, read: Callable[[Any], T]) -> T | None:
        """Read a field by its first column with a good value; the others go to ``extra``."""
        columns = self.fields.get(ours)
        if not columns:
            return None
        found: T | None = None
        for column, value in columns:
            if found is not None:
                self.extra[column] = value
                continue
            try:
                found = read(value) or None
            except values.BadValueError as error:
                self.errors.setdefault(ours, str(error))
            if found is None:
                self.extra[column] = value
            else:
                raw = value if isinstance(value, str) else str(value)
                self.provenance[ours] = Provenance(self.rules + column, raw[:RAW_LIMIT])
        return found


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
    fields: dict[str, list[tuple[str, Any]]] = {}
    used = set()
    for column, ours in mapping.columns.items():
        if ours:
            value = flat.get(column)
            used.add(column)
            if value is not None and value != "" and value != []:
                fields.setdefault(ours, []).append((column, value))
    extra = {
        column: value
        for column, value in flat.items()
        if column not in used and value is not None and value != "" and value != []
    }
    own = extra.pop("extra", None)
    if isinstance(own, dict):
        extra = {**own, **extra}
    elif own is not None:
        extra["extra"] = own
    reading = _Reading(False, "column ", fields, extra, mapping.day_first)  # noqa: FBT003
    return _article(reading, locator, flat.get("text"))


def article_of(
    fields: Mapping[str, tuple[str, Any]], extra: Mapping[str, Any], locator: str, reader: str
) -> ParsedArticle | Refused:
    """Return the article of fields that a reader of exports found: field → (label, value).

    ``reader`` goes before the label in provenance: ``Nexis BYLINE``.
    """
    present = {ours: [found] for ours, found in fields.items() if found[1]}
    kept = {name: value for name, value in extra.items() if value}
    return _article(_Reading(False, f"{reader} ", present, kept), locator, None)  # noqa: FBT003


def article_from_fields(record: Mapping[str, Any], locator: str = "") -> ParsedArticle:
    """Return the article of a record in our own field names; raise FieldErrors."""
    errors = {
        str(name): "There is no such field." for name in record if name not in {*FIELDS, "extra"}
    }
    for name, value in record.items():
        problem = _unstorable(value)
        if problem:
            errors[str(name)] = problem
    extra = record.get("extra") or {}
    if not isinstance(extra, Mapping):
        errors["extra"] = "This must be an object."
    if errors:
        raise FieldErrors(errors)
    fields = {
        name: [(name, value)]
        for name, value in record.items()
        if name != "extra" and value is not None and value not in ("", [])
    }
    reading = _Reading(True, "field ", fields, dict(extra))  # noqa: FBT003
    article = _article(reading, locator, None)
    if isinstance(article, Refused):
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


def _article(reading: _Reading, locator: str, text: Any) -> ParsedArticle | Refused:
    take = reading.take
    blocks = take("blocks", lambda value: values.given_blocks(value, text))
    body, ended = _body(reading) if blocks is None else (blocks, _End())
    front = _front(reading, {block.kind for block in body})
    if not front and not any(block.kind.is_body for block in body):
        reason = "This record has neither a headline nor a body, so it is no article."
        return Refused(locator, "no_text", reason)
    headline = front[0].text if front and front[0].kind is BlockKind.HEADLINE else None
    body, dropped = _without_repeat(body, headline)
    body, dateline, printed = bodies.with_dateline(body)
    dateline = _dateline(reading, dateline, printed)
    pictures = _captions(reading, body)
    credits_ = _credits(reading)
    url = take("url", values.web_address)
    return ParsedArticle(
        locator=locator,
        blocks=(*front, *body, *pictures[1]),
        source=_source(reading, url),
        published=_date(reading, "published"),
        modified=_date(reading, "modified"),
        byline=credits_[0],
        credits=credits_[1],
        dateline=dateline,
        captions=pictures[0],
        section=take("section", values.line),
        page=take("page", values.line),
        edition=take("edition", values.line),
        language=take("language", lambda value: languages.normalise_tag(values.line(value))),
        canonical_url=url,
        external_id=take("external_id", values.line),
        rights=take("rights", values.line) or ended.rights,
        flags=ended.flags | ({Flag.REPEATS_DROPPED} if dropped else frozenset()),
        extra=reading.extra,
        provenance=reading.provenance,
        dropped=(*dropped, *ended.dropped),
    )


def _front(reading: _Reading, kinds: set[BlockKind]) -> list[Block]:
    """Return headline, standfirst and key points, but for those that ``blocks`` bring."""
    front: list[Block] = []
    headline = reading.take("headline", values.line)
    if headline and BlockKind.HEADLINE not in kinds:
        front.append(Block(BlockKind.HEADLINE, headline))
    standfirst = reading.take("standfirst", values.line)
    if standfirst and BlockKind.STANDFIRST not in kinds:
        front.append(Block(BlockKind.STANDFIRST, standfirst))
    points = reading.take("key_points", values.lines) or []
    if BlockKind.KEY_POINT not in kinds:
        front.extend(Block(BlockKind.KEY_POINT, point) for point in points)
    return front


@dataclass(frozen=True, slots=True)
class _End:
    """What the end of a body said: rights, a mark that it was cut."""

    rights: str | None = None
    flags: frozenset[Flag] = frozenset()
    dropped: tuple[Dropped, ...] = ()


def _body(reading: _Reading) -> tuple[list[Block], _End]:
    def read(value: Any) -> list[Block]:
        if isinstance(value, list) and value and isinstance(value[0], Block):
            return value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = "\n\n".join(value)
        if not isinstance(value, str):
            raise values.BadValueError("This must be a string.")
        return bodies.blocks(value)

    body = reading.take("body", read) or []
    if "body" in reading.provenance:
        # The body itself stands in the text; only its column is news.
        reading.provenance["body"] = Provenance(reading.provenance["body"].rule, "")
    if not body:
        return body, _End()
    last = body[-1]
    if (
        len(body) > 1
        and any(word in last.text for word in _RIGHTS_WORDS)
        and junk.is_rights_line(last.text)
    ):
        rights = normalise_line(last.text)
        return body[:-1], _End(rights, dropped=(Dropped(0, "rights", last.text),))
    marked = junk.truncation_mark(last.text)
    if marked is None:
        return body, _End()
    rest, mark = marked
    kept = [Block(last.kind, rest)] if rest.strip() else []
    cut = Dropped(0, "truncation mark", mark)
    return [*body[:-1], *kept], _End(None, frozenset({Flag.TRUNCATED}), (cut,))


def _without_repeat(
    body: list[Block], headline: str | None
) -> tuple[list[Block], tuple[Dropped, ...]]:
    """Leave out a headline that the body repeats as its first paragraph."""
    if headline and len(body) > 1 and len(body[0].text) < 2 * len(headline) + 8:
        first = normalise_line(body[0].text)
        if first.casefold() == headline.casefold():
            return body[1:], (Dropped(0, "repeat", body[0].text),)
    return body, ()


def _dateline(reading: _Reading, read: Dateline | None, printed: str) -> Dateline | None:
    """Return the dateline of its own column, else the one that the body began with."""

    def given(value: Any) -> Dateline | None:
        if isinstance(value, Mapping):
            place, agency = value.get("place"), value.get("agency")
            return Dateline(
                values.line(place) if place else None, values.line(agency) if agency else None
            )
        found = agencies.find(text := values.line(value))
        return Dateline(text, found[0] if found else None)

    own = reading.take("dateline", given)
    if own is not None:
        return Dateline(own.place, own.agency or (read.agency if read else None))
    if read is not None:
        reading.provenance["dateline"] = Provenance("dateline of the body", printed)
    return read


def _captions(
    reading: _Reading, body: list[Block]
) -> tuple[tuple[Caption, ...], tuple[Block, ...]]:
    """Return captions, and the blocks of those that the body does not hold already."""
    inside = tuple(Caption(block.text) for block in body if block.kind is BlockKind.CAPTION)
    given = reading.take("captions", values.picture_captions) or ()
    known = {caption.text for caption in inside}
    new = tuple(caption for caption in given if caption.text not in known)
    credit_of = {caption.text: caption.credit for caption in given}
    inside = tuple(Caption(item.text, credit_of.get(item.text)) for item in inside)
    return (*inside, *new), tuple(Block(BlockKind.CAPTION, item.text) for item in new)


def _credits(reading: _Reading) -> tuple[str | None, tuple[Credit, ...]]:
    """Return the byline as printed, and who is behind the article."""
    authors = reading.take("authors", values.people) or ()
    byline: str | None = None
    if "byline" in reading.fields:
        # An API's "author" can be a list of objects; what is no line is a list of people.
        column, value = reading.fields["byline"][0]
        if isinstance(value, str) and not values.listed(value):
            byline = reading.take("byline", values.line)
            authors = authors or values.parsed_byline(byline or "")
        elif not authors:
            authors = reading.take("byline", values.people) or ()
        else:
            reading.extra[column] = value
    agency = reading.take("agency", values.agency)
    if agency is not None and all(credit.name != agency.name for credit in authors):
        authors = (*authors, agency)
    return byline, authors


def _date(reading: _Reading, ours: str) -> PrintedDate | None:
    columns = reading.fields.get(ours)
    day_first = reading.day_first.get(columns[0][0]) if columns else None
    return reading.take(ours, lambda value: values.printed_date(value, day_first=day_first))


def _source(reading: _Reading, url: str | None) -> str | None:
    name = reading.take("source", values.source_name)
    domain = reading.take("source_domain", values.line)
    if name:
        return name
    if domain:
        reading.provenance["source"] = Provenance("domain", domain)
        return values.source_of_domain(domain)
    known = outlets.by_domain(url) if url else None
    if known:
        reading.provenance["source"] = Provenance("domain of the URL", url or "")
    return known
