"""What a format reads out of a capture: frozen dataclasses, no behaviour to speak of.

A format turns bytes into :class:`ParsedArticle` and :class:`Refused`; ingest stores them.
What is not known is ``None``, never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from articles.text import Block


class Precision(StrEnum):
    """How much of a date was printed."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


# Of dates printed so the very day is known.
KNOWN_DAYS = frozenset({Precision.MINUTE, Precision.DAY})


class CreditKind(StrEnum):
    """Who is behind an article: a person or a news agency."""

    PERSON = "person"
    AGENCY = "agency"


class Flag(StrEnum):
    """A small word on an article that needs a look."""

    UNDATED = "undated"
    NO_SOURCE = "no_source"
    TRUNCATED = "truncated"
    REPEATS_DROPPED = "repeats_dropped"
    IMPLAUSIBLE_DATE = "implausible_date"
    NO_BODY = "no_body"
    # The outlet changed a text that a person had corrected.
    RECHECK = "recheck"

    @property
    def word(self) -> str:
        """How pages and summaries call it."""
        called = {
            Flag.TRUNCATED: "cut short",
            Flag.NO_BODY: "no text",
            Flag.RECHECK: "changed since",
        }
        return called.get(self, self.value.replace("_", " "))


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as an outlet printed it.

    ``date`` is the outlet's local day (the first of its month or year where only that is known);
    ``at`` is the instant, with a time zone, and ``None`` where the time or its zone is not known.
    """

    date: date
    precision: Precision = Precision.DAY
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """One name behind an article. ``role`` as printed ("AP Business Writer", "editing")."""

    kind: CreditKind
    name: str
    role: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story was filed, and the agency named there: ``WASHINGTON (AP) —``."""

    place: str | None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption; its text is also a caption block, its credit is not."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which rule read a field, and the raw string it read."""

    rule: str
    raw: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was left out of the text, and why: ``repeat``, ``sharing`` and so on.

    ``line`` counts from 1 in the capture as read, 0 where lines mean nothing.
    """

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article as read from a capture.

    ``locator`` finds it in its capture again and is stable from run to run: ``lines 1-23``,
    ``line 40``, ``record 17``, or empty for the whole. ``blocks`` hold all words, the headline
    included, in a text's order (see :func:`articles.text.compose`). ``headline``, ``standfirst``
    and key points are not repeated outside ``blocks``. ``flags`` are only those that a reader
    alone can know (``truncated``, ``repeats_dropped``); ingest adds those that follow from fields.
    """

    locator: str
    blocks: tuple[Block, ...]
    source: str | None = None
    published: PrintedDate | None = None
    modified: PrintedDate | None = None
    byline: str | None = None
    credits: tuple[Credit, ...] = ()
    dateline: Dateline | None = None
    captions: tuple[Caption, ...] = ()
    section: str | None = None
    page: str | None = None
    edition: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    external_id: str | None = None
    rights: str | None = None
    flags: frozenset[Flag] = frozenset()
    extra: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An item of a capture that is no article: kept, listed, tried again later.

    ``reason`` is a sentence for the researcher that says what is wrong and what to do; ``code`` is
    a word for scripts (``not_an_article``, ``bad_json``); ``raw`` is the item's own text, if small.
    """

    locator: str
    code: str
    reason: str
    raw: str = ""


type ReadItem = ParsedArticle | Refused
