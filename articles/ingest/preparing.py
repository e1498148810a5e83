"""From a parsed article to the values that are stored. Pure, and run beside the database's work.

What reading a large file costs is paid here, in a process of its own: composing and hashing the
text, counting words, detecting the language, packing what was read as JSON.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from articles.parsed import (
    CreditKind,
    Flag,
    ParsedArticle,
    PrintedDate,
    Refused,
)
from articles.reading import languages, outlets
from articles.text import (
    BlockKind,
    Composed,
    body_word_count,
    compose,
    normalise,
    normalise_line,
    sha256,
)

SNIPPET_CHARACTERS = 260
TEXT_CHARACTERS = 20_000_000
URL_CHARACTERS = 2_000
EXTERNAL_ID_CHARACTERS = 500
NAME_CHARACTERS = 300
PAGE_CHARACTERS = 100
ROLE_CHARACTERS = 200
RAW_CHARACTERS = 20_000
EXTRA_DEPTH = 40
# Newspapers begin in 1605 with Carolus' Relation; a day's grace for clocks and zones ahead.
FIRST_YEAR = 1605
AHEAD = timedelta(days=2)
UNDATED_SORT = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(slots=True)
class Prepared:
    """The values of one article, normalised, short enough for their columns, ready to store.

    Plain values only: they cross from the reader's process to the storer's by the thousand.
    """

    locator: str
    text: str
    blocks: list[list[Any]]
    sha256: str
    word_count: int
    headline: str
    standfirst: str | None
    snippet: str
    source: str | None
    byline: str | None
    # Kind, name, role, place.
    credits: list[tuple[str, str, str | None, str | None]]
    published_at: datetime | None
    published_date: date | None
    published_precision: str | None
    modified_at: datetime | None
    modified_date: date | None
    dateline_place: str | None
    dateline_agency: str | None
    section: str | None
    page: str | None
    edition: str | None
    language: str | None
    canonical_url: str | None
    external_id: str | None
    flags: list[str]
    sort_at: datetime
    # Everything as read, as JSON; see as_read().
    read_json: str
    blocks_json: str = ""


@dataclass(slots=True)
class _Fields:
    """Fields cut to what columns hold; what does not fit goes to ``extra`` whole."""

    extra: dict[str, Any] = field(default_factory=dict)

    def short(self, name: str, value: str | None, limit: int) -> str | None:
        if value is None:
            return None
        value = normalise_line(value)
        if len(value) <= limit:
            return value or None
        self.extra[name] = value
        return None


def prepare(
    article: ParsedArticle, *, default_source: str | None = None, now: datetime | None = None
) -> Prepared | Refused:
    """Return what is stored of ``article``; a Refused if there is nothing that can be.

    ``default_source`` is the outlet of articles that state none. ``now`` judges dates.
    """
    composed = compose(article.blocks)
    if not composed.text:
        return Refused(
            article.locator, "empty", "There is neither a headline nor a text in this item."
        )
    if len(composed.text) > TEXT_CHARACTERS:
        return Refused(
            article.locator,
            "too_long",
            f"The text has {len(composed.text):,} characters; at most {TEXT_CHARACTERS:,} are "
            "read. Split it into its articles.",
        )
    if article.external_id and len(article.external_id) > EXTERNAL_ID_CHARACTERS:
        return Refused(
            article.locator,
            "bad_external_id",
            f"The external id has more than {EXTERNAL_ID_CHARACTERS} characters.",
        )
    return _prepare(article, composed, default_source, now or datetime.now(UTC))


def _prepare(
    article: ParsedArticle, composed: Composed, default_source: str | None, now: datetime
) -> Prepared:
    fields = _Fields()
    words = _words_by_kind(composed)
    source = fields.short("source", article.source, NAME_CHARACTERS) or default_source
    url = fields.short("canonical_url", article.canonical_url, URL_CHARACTERS)
    if url is not None and not url.lower().startswith(("http://", "https://")):
        fields.extra["canonical_url"], url = url, None
    if source is None and url is not None:
        source = outlets.by_domain(url)
    word_count = body_word_count(composed)
    published, modified, dateline = article.published, article.modified, article.dateline
    language = languages.normalise_tag(article.language) if article.language else None
    body = words.get(BlockKind.PARAGRAPH) or words.get(BlockKind.LIST_ITEM) or ""
    prepared = Prepared(
        locator=article.locator[:200],
        text=composed.text,
        blocks=[[span.kind.value, span.start, span.end] for span in composed.spans],
        sha256=sha256(composed.text),
        word_count=word_count,
        headline=words.get(BlockKind.HEADLINE, ""),
        standfirst=words.get(BlockKind.STANDFIRST) or None,
        snippet=snippet(composed),
        source=source,
        byline=normalise_line(article.byline) if article.byline else None,
        credits=_credits(article, fields),
        published_at=_instant(published),
        published_date=published.date if published else None,
        published_precision=published.precision.value if published else None,
        modified_at=_instant(modified),
        modified_date=modified.date if modified else None,
        dateline_place=fields.short("dateline", dateline.place, NAME_CHARACTERS)
        if dateline
        else None,
        dateline_agency=fields.short("dateline_agency", dateline.agency, ROLE_CHARACTERS)
        if dateline
        else None,
        section=fields.short("section", article.section, NAME_CHARACTERS),
        page=fields.short("page", article.page, PAGE_CHARACTERS),
        edition=fields.short("edition", article.edition, NAME_CHARACTERS),
        language=language or languages.detect(body[:2_000] or composed.text[:2_000]),
        canonical_url=url,
        external_id=normalise_line(article.external_id) if article.external_id else None,
        flags=[],
        sort_at=sort_at(_instant(published), published.date if published else None),
        read_json="",
    )
    prepared.flags = flags_of(
        set(article.flags),
        day=prepared.published_date,
        has_source=source is not None,
        has_body=has_body(composed),
        now=now,
    )
    prepared.blocks_json = orjson.dumps(prepared.blocks).decode()
    prepared.read_json = orjson.dumps(as_read(article, prepared, fields.extra)).decode()
    return prepared


def _words_by_kind(composed: Composed) -> dict[BlockKind, str]:
    """Return the first block's text of each kind."""
    words: dict[BlockKind, str] = {}
    for span in composed.spans:
        if span.kind not in words:
            words[span.kind] = composed.text[span.start : span.end]
    return words


def snippet(composed: Composed) -> str:
    """Return the body's first words, without its dateline."""
    pieces: list[str] = []
    length = 0
    for span in composed.spans:
        if span.kind.is_body and span.kind is not BlockKind.DATELINE:
            piece = composed.text[span.start : min(span.end, span.start + SNIPPET_CHARACTERS + 1)]
            pieces.append(piece.replace("\n", " "))
            length += len(piece) + 1
            if length > SNIPPET_CHARACTERS:
                break
    whole = " ".join(pieces)
    if len(whole) <= SNIPPET_CHARACTERS:
        return whole
    cut = whole[:SNIPPET_CHARACTERS]
    return (cut[: cut.rfind(" ")] if " " in cut[-60:] else cut).rstrip(" ,;:") + "…"


def _credits(
    article: ParsedArticle, fields: _Fields
) -> list[tuple[str, str, str | None, str | None]]:
    """Return the credits; an agency that signs in the dateline alone is one too."""
    found = []
    for credit in article.credits:
        name = fields.short("credit", credit.name, NAME_CHARACTERS)
        if name:
            role = fields.short("credit_role", credit.role, ROLE_CHARACTERS)
            place = fields.short("credit_place", credit.place, NAME_CHARACTERS)
            found.append((credit.kind.value, name, role, place))
    signed = article.dateline.agency if article.dateline else None
    agency = CreditKind.AGENCY.value
    if signed and not any(kind == agency and name == signed for kind, name, _, _ in found):
        found.append((agency, normalise_line(signed)[:NAME_CHARACTERS], None, None))
    return found


def _instant(printed: PrintedDate | None) -> datetime | None:
    """Return the instant in UTC: Postgres refuses offsets of 16 hours, which pages do print."""
    if printed is None or printed.at is None:
        return None
    try:
        return printed.at.astimezone(UTC)
    except OverflowError:
        return None


def sort_at(instant: datetime | None, day: date | None) -> datetime:
    """Return where an article stands in lists: its instant, else its day, else before all."""
    if instant is not None:
        return instant
    if day is None:
        return UNDATED_SORT
    return max(datetime(day.year, day.month, day.day, tzinfo=UTC), UNDATED_SORT)


def has_body(composed: Composed) -> bool:
    """Whether there is more to read than a headline and a dateline."""
    return any(span.kind.is_body and span.kind is not BlockKind.DATELINE for span in composed.spans)


def flags_of(
    known: set[Flag], *, day: date | None, has_source: bool, has_body: bool, now: datetime
) -> list[str]:
    """Return the flags that an article's values call for, beside those ``known`` otherwise."""
    flags = set(known)
    if day is None:
        flags.add(Flag.UNDATED)
    elif day.year < FIRST_YEAR or day > (now + AHEAD).date():
        flags.add(Flag.IMPLAUSIBLE_DATE)
    if not has_source:
        flags.add(Flag.NO_SOURCE)
    if not has_body:
        flags.add(Flag.NO_BODY)
    return [flag.value for flag in Flag if flag in flags]


def as_read(article: ParsedArticle, prepared: Prepared, more: Mapping[str, Any]) -> dict[str, Any]:
    """Return every field as its reader gave it, for ``Version.read``. JSON types only."""
    key_points = [
        prepared.text[start:end] for kind, start, end in prepared.blocks if kind == "key_point"
    ]
    return {
        "headline": prepared.headline,
        "standfirst": prepared.standfirst,
        "key_points": key_points,
        "source": normalise_line(article.source) if article.source else None,
        "byline": prepared.byline,
        "published": _date(article.published),
        "modified": _date(article.modified),
        "dateline": {"place": prepared.dateline_place, "agency": prepared.dateline_agency}
        if article.dateline
        else None,
        "captions": [
            {
                "text": normalise_line(c.text),
                "credit": normalise_line(c.credit) if c.credit else None,
            }
            for c in article.captions
        ],
        "section": prepared.section,
        "page": prepared.page,
        "edition": prepared.edition,
        "language": prepared.language,
        "canonical_url": prepared.canonical_url,
        "external_id": prepared.external_id,
        "rights": normalise_line(article.rights) if article.rights else None,
        "extra": {**_clean(dict(article.extra)), **more},
        "provenance": {
            name: {"rule": origin.rule, "raw": normalise(origin.raw)[:RAW_CHARACTERS]}
            for name, origin in article.provenance.items()
        },
        "dropped": [
            {"line": d.line, "reason": d.reason, "text": normalise(d.text)[:RAW_CHARACTERS]}
            for d in article.dropped
        ],
        "flags": prepared.flags,
    }


def _date(printed: PrintedDate | None) -> dict[str, Any] | None:
    if printed is None:
        return None
    return {
        "date": printed.date.isoformat(),
        "precision": printed.precision.value,
        "at": printed.at.isoformat() if printed.at else None,
    }


_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_SAFE_INTEGER = 2**53


def _clean(value: Any, depth: int = 0) -> Any:
    """Return a JSON value that Postgres and every JSON reader take: no NUL, no lone surrogates."""
    if isinstance(value, str):
        return normalise(value) if _UNSAFE.search(value) else value
    if depth > EXTRA_DEPTH:
        return "…"
    if isinstance(value, Mapping):
        return {str(_clean(str(k))): _clean(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < _SAFE_INTEGER else str(value)
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None  # noqa: PLR0124 -- NaN
    return str(value)
