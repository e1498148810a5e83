"""What a reader would make of a file or a pasted text, before anything is kept.

Only a file's start comes here; nothing of it is stored.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from articles.formats import registry
from articles.formats.preview import Column, columns, short
from articles.formats.protocol import Format, FormatError, Origin, ReadOptions
from articles.formats.table import TableFormat
from articles.ingest.parsing import items
from articles.parsed import ParsedArticle, Precision, ReadItem, Refused
from articles.text import BlockKind

MAX_BYTES = 512 * 1024
_ARTICLES = 3
# Above this a page's start says nothing of the page, and reading it takes its time.
_READ_FROM_START = frozenset({"capture", "jsonl", "table"})


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One of the first items: an article's main fields, or why it is none."""

    locator: str
    headline: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """How the start of a file would be read. ``problem`` says why it would not."""

    label: str = ""
    problem: str = ""
    columns: Sequence[Column] = ()
    glimpses: Sequence[Glimpse] = ()
    cut: bool = False


def preview(
    head: bytes, origin: Origin, options: ReadOptions, *, whole: bool, format_name: str
) -> Preview:
    """Return how a file that begins with ``head`` would be read; never raises for bad input."""
    try:
        fmt = registry.by_name(format_name) if format_name else registry.sniff(head, origin)
    except FormatError as fault:
        return Preview(problem=str(fault))
    if not whole and fmt.name not in _READ_FROM_START:
        return Preview(label=fmt.label, cut=True)
    try:
        found = columns(fmt, io.BytesIO(head), options)
        glimpses = _glimpses(fmt, head, origin, options)
    except FormatError as fault:
        # The columns are shown nevertheless, since choosing them may be what helps.
        return Preview(label=fmt.label, problem=str(fault), columns=_unread(fmt, head))
    except Exception as fault:  # noqa: BLE001 -- readers may be other people's; the page stays
        return Preview(label=fmt.label, problem=f"The reader failed ({type(fault).__name__}).")
    return Preview(fmt.label, columns=found, glimpses=glimpses, cut=not whole)


def _unread(fmt: Format, head: bytes) -> list[Column]:
    """Return the columns of a table in which no text was found, so that one can be chosen."""
    if not isinstance(fmt, TableFormat):
        return []
    text = head.decode("utf-8", "replace").lstrip("\ufeff")
    # Any field makes the sample readable; the guess for the other columns stays as it was.
    first = text.splitlines()[0] if text.strip() else ""
    for delimiter in "\t;|,":
        names = [name.strip().strip('"') for name in first.split(delimiter)]
        if len(names) > 1 and all(names):
            try:
                return columns(fmt, io.BytesIO(head), ReadOptions(mapping={names[-1]: "body"}))
            except FormatError:
                return []
    return []


def _glimpses(fmt: Format, head: bytes, origin: Origin, options: ReadOptions) -> list[Glimpse]:
    read = islice(items(fmt, io.BytesIO(head), origin, options), _ARTICLES)
    return [_glimpse(item) for item in read]


def _glimpse(item: ReadItem) -> Glimpse:
    if isinstance(item, Refused):
        return Glimpse(item.locator, refused=item.reason)
    words = [block.text for block in item.blocks if block.kind == BlockKind.PARAGRAPH]
    return Glimpse(
        item.locator,
        headline=short(_first(item, BlockKind.HEADLINE)),
        facts=_facts(item),
        words=short(" ".join(words)),
    )


def _facts(article: ParsedArticle) -> dict[str, str]:
    facts = {
        "Source": article.source,
        "Published": _date(article),
        "Byline": article.byline,
        "Credits": None if article.byline else ", ".join(one.name for one in article.credits),
        "Dateline": _dateline(article),
        "Address": article.canonical_url,
    }
    return {name: short(value) for name, value in facts.items() if value}


def _dateline(article: ParsedArticle) -> str:
    line = article.dateline
    return ", ".join(filter(None, (line.place, line.agency))) if line else ""


def _date(article: ParsedArticle) -> str:
    printed = article.published
    if printed is None:
        return ""
    shapes = {Precision.MONTH: "%B %Y", Precision.YEAR: "%Y"}
    return f"{printed.date:{shapes.get(printed.precision, '%-d %B %Y')}}"


def _first(article: ParsedArticle, kind: BlockKind) -> str:
    return next((block.text for block in article.blocks if block.kind == kind), "")
