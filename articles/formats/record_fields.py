"""The fields of one article, each read from the columns or labels that hold it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.formats import bodies, values
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
from articles.reading import agencies, bylines, junk, outlets
from articles.text import Block, BlockKind, normalise_line

RAW_LIMIT = 300
_RIGHTS_WORDS = ("©", "opyright", "OPYRIGHT", "ights", "IGHTS")


def is_empty(value: Any) -> bool:
    """Return whether a column or key holds nothing: null, no characters, no items."""
    return value is None or value in ("", [])


@dataclass(slots=True)
class Reading:
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
                if not isinstance(value, str) or value.strip():
                    self.extra[column] = value
            else:
                raw = value if isinstance(value, str) else str(value)
                self.provenance[ours] = Provenance(self.rules + column, raw[:RAW_LIMIT])
        return found


def build(reading: Reading, locator: str, text: Any) -> ParsedArticle | Refused:
    take = reading.take
    blocks = take("blocks", lambda value: values.given_blocks(value, text))
    body, ended = _body(reading) if blocks is None else (blocks, _End())
    kinds = {block.kind for block in body}
    front = _front(reading, kinds)
    # A headline among the blocks is one, as in its own field.
    has_body = any(kind.is_body for kind in kinds)
    if not front and not has_body and BlockKind.HEADLINE not in kinds:
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
        language=take("language", values.language),
        canonical_url=url,
        external_id=take("external_id", values.line),
        rights=take("rights", values.line) or ended.rights,
        flags=ended.flags | ({Flag.REPEATS_DROPPED} if dropped else frozenset()),
        extra=reading.extra,
        provenance=reading.provenance,
        dropped=(*dropped, *ended.dropped),
    )


def _front(reading: Reading, kinds: set[BlockKind]) -> list[Block]:
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


def _body(reading: Reading) -> tuple[list[Block], _End]:
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


def _dateline(reading: Reading, read: Dateline | None, printed: str) -> Dateline | None:
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


def _captions(reading: Reading, body: list[Block]) -> tuple[tuple[Caption, ...], tuple[Block, ...]]:
    """Return captions, and the blocks of those that the body does not hold already."""
    inside = tuple(Caption(block.text) for block in body if block.kind is BlockKind.CAPTION)
    given = reading.take("captions", values.picture_captions) or ()
    known = {caption.text for caption in inside}
    new = tuple(caption for caption in given if caption.text not in known)
    credit_of = {caption.text: caption.credit for caption in given}
    inside = tuple(Caption(item.text, credit_of.get(item.text)) for item in inside)
    return (*inside, *new), tuple(Block(BlockKind.CAPTION, item.text) for item in new)


def _credits(reading: Reading) -> tuple[str | None, tuple[Credit, ...]]:
    """Return the byline as printed, and who is behind the article."""
    authors = reading.take("authors", values.people) or ()
    byline: str | None = None
    if "byline" in reading.fields:
        # An API's "author" can be a list of objects; what is no line is a list of people.
        column, value = reading.fields["byline"][0]
        if isinstance(value, str) and not values.listed(value):
            byline = reading.take("byline", values.line)
            authors = authors or bylines.parse(byline or "")
        elif not authors:
            authors = reading.take("byline", values.people) or ()
        else:
            reading.extra[column] = value
    agency = reading.take("agency", values.agency)
    if agency is not None and all(credit.name != agency.name for credit in authors):
        authors = (*authors, agency)
    return byline, authors


def _date(reading: Reading, ours: str) -> PrintedDate | None:
    columns = reading.fields.get(ours)
    day_first = reading.day_first.get(columns[0][0]) if columns else None
    return reading.take(ours, lambda value: values.printed_date(value, day_first=day_first))


def _source(reading: Reading, url: str | None) -> str | None:
    name = reading.take("source", values.source_name)
    domain = reading.take("source_domain", values.line)
    if name:
        return name
    if domain:
        reading.provenance["source"] = Provenance("domain", domain)
        return outlets.by_domain(domain) or outlets.from_domain(domain)
    known = outlets.by_domain(url) if url else None
    if known:
        reading.provenance["source"] = Provenance("domain of the URL", url or "")
    return known
