"""The tags of an article as every format is given them, and what a format could not hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from articles.text import Span

# Of each kind of loss so many examples are kept.
EXAMPLES = 5


class UnreadableError(Exception):
    """Why a file, or a part of it, can't be read: a sentence, with the line or member it is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag: ``start`` and ``end`` are code points of the article's text, ``end`` exclusive.

    ``key`` is the mention's, "" where a file has none. ``entity`` is the name of what is meant,
    ``entity_id`` Newsroom's number of it, ``entity_ids`` what it is called elsewhere, by scheme.
    """

    start: int
    end: int
    quote: str
    kind: str
    key: str = ""
    entity: str = ""
    entity_id: int | None = None
    entity_ids: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    status: str = "accepted"
    origin: str = "person"
    maker: str = ""
    score: float | None = None
    by: str = ""

    @property
    def uuid(self) -> UUID | None:
        """The key, if it is one."""
        try:
            return UUID(self.key)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class CodeOf:
    """A code or a note of a whole article."""

    code: str
    value: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class RelationOf:
    """That one tag belongs to another; both by their keys."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTags:
    """A text with what is tagged in it.

    ``article`` is Newsroom's number and ``sha256`` that of the text's UTF-8; a file of another tool
    may have neither. ``tags`` are in order of start, the longest first.
    """

    text: str
    tags: Sequence[Tag] = ()
    article: int | None = None
    external_id: str = ""
    version: int | None = None
    sha256: str = ""
    headline: str = ""
    language: str = ""
    blocks: Sequence[Span] = ()
    codes: Sequence[CodeOf] = ()
    relations: Sequence[RelationOf] = ()
    layer: str = "corpus"


@dataclass(slots=True)
class Losses:
    """What was not held: how often each kind of loss, with examples."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, example: str = "", *, times: int = 1) -> None:
        """Count a loss; ``what`` is a sentence's subject, as ``comments``."""
        self.counts[what] += times
        kept = self.examples.setdefault(what, [])
        if example and len(kept) < EXAMPLES:
            kept.append(example)

    def of_tag(self, tag: Tag, *, attributes: bool = True, entity_ids: bool = True) -> None:
        """Count what a format without them loses of a tag."""
        if tag.comment:
            self.note("comments", tag.quote)
        if attributes and tag.attributes:
            self.note("attributes", tag.quote)
        if entity_ids and tag.entity:
            self.note("entities", tag.entity)

    @property
    def lines(self) -> list[str]:
        """One line for each kind of loss."""
        return [
            f"{what}: {count:,}" + (f", as of “{'”, “'.join(shown)}”" if shown else "")
            for what, count in sorted(self.counts.items())
            for shown in [self.examples.get(what) or []]
        ]


class Format(Protocol):
    """A format: its name in addresses, what people call it, what it can't hold."""

    name: str
    label: str
    suffix: str
    media_type: str
    lacks: str

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield a file of some articles, as it is made."""
        ...

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield what a file holds; a part that can't be read is an error in its place."""
        ...


def in_order(tags: Iterable[Tag]) -> list[Tag]:
    """Return tags by start, the longest first."""
    return sorted(tags, key=lambda tag: (tag.start, -tag.end, tag.kind, tag.key))


def apart(tags: Iterable[Tag], losses: Losses) -> list[Tag]:
    """Return tags that do not overlap: of those that do the one that begins first, the longest."""
    kept: list[Tag] = []
    for tag in in_order(tags):
        if kept and tag.start < kept[-1].end:
            losses.note("tags that overlap a longer one or one before", tag.quote)
        else:
            kept.append(tag)
    return kept


def decoded(data: bytes) -> str:
    """Return a file's text, which is UTF-8 with or without a mark; raise UnreadableError.

    NUL, which no database takes, is a space, so that places stay.
    """
    try:
        return data.decode("utf-8-sig").replace("\0", " ")
    except UnicodeDecodeError as fault:
        raise UnreadableError(f"This is not UTF-8, at byte {fault.start:,}.") from fault
