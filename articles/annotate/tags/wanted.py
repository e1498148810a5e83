"""What is to be tagged, and whether it can be: at these words, of this kind, said so."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from uuid import UUID

from articles.models import Anchor, Mention, MentionOrigin, MentionStatus, Operation

# How much of what stands around a tag is kept with it, in code points.
CONTEXT = 32
QUOTED = 60
COMMENT_CHARACTERS = 10_000
NAME_CHARACTERS = 300
MAKER_CHARACTERS = 100
# Django works these out anew whenever they are asked for.
_STATUSES, _ORIGINS = frozenset(MentionStatus.values), frozenset(MentionOrigin.values)


class TaggingError(Exception):
    """Why something can't be tagged so: ``message`` is a sentence, ``field`` what it is about."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A tag that is to be made.

    ``start`` and ``end`` are code points of the version's text, ``end`` exclusive; ``quote`` is
    what stands there. ``entity`` is an id; ``entity_name`` finds the entity of that name and kind,
    or makes one. With the same ``key`` nothing is made twice.
    """

    start: int
    end: int
    quote: str
    kind: str
    entity: int | None = None
    entity_name: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    key: UUID | None = None
    status: str = MentionStatus.ACCEPTED.value
    origin: str = MentionOrigin.PERSON.value
    maker: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """A mention and where it is; ``made`` is False where there was such a one already.

    ``operation`` is None where nothing changed.
    """

    mention: Mention
    anchor: Anchor
    operation: Operation | None
    made: bool


def check_place(
    text: str, blocks: Sequence[Sequence[Any]], start: int, end: int, quote: str
) -> None:
    """Raise TaggingError unless ``quote`` stands at ``start`` and can be tagged there."""
    if start < 0:
        raise TaggingError("start", "A tag begins at 0 or later.")
    if end <= start:
        raise TaggingError("end", "A tag ends after it begins.")
    if end > len(text):
        raise TaggingError("end", f"The text ends at {len(text):,}; the tag would end at {end:,}.")
    stands = text[start:end]
    if stands != quote:
        raise TaggingError(
            "quote", f"At {start:,} to {end:,} stands “{short(stands)}”, not “{short(quote)}”."
        )
    if quote[0].isspace() or quote[-1].isspace():
        raise TaggingError("quote", "A tag neither begins nor ends in white space.")
    number = bisect_right(blocks, start, key=itemgetter(1)) - 1
    kind, _first, last = blocks[number] if number >= 0 else ("", 0, 0)
    if start >= last:
        raise TaggingError("start", f"At {start:,} stands no block of the text.")
    if end > last:
        raise TaggingError(
            "end", f"A tag stays within one block; this {_word(kind)} ends at {last:,}."
        )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a tag, at most CONTEXT code points each."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def check_words(wanted: Wanted) -> None:
    """Raise TaggingError for words that can't be stored, are too long, or are not known."""
    words = (
        ("comment", wanted.comment, COMMENT_CHARACTERS),
        ("entity_name", wanted.entity_name, NAME_CHARACTERS),
        ("maker", wanted.maker, MAKER_CHARACTERS),
    )
    for name, value, limit in words:
        if value:
            check_text(name, value, limit)
    if wanted.status not in _STATUSES:
        raise TaggingError("status", f"There is no status “{short(wanted.status)}”.")
    if wanted.origin not in _ORIGINS:
        raise TaggingError("origin", f"There is no origin “{short(wanted.origin)}”.")
    if wanted.score is not None and not 0 <= wanted.score <= 1:
        raise TaggingError("score", "A score is between 0 and 1.")


def check_text(name: str, value: str, limit: int) -> None:
    """Raise TaggingError for text that is too long or that no database holds."""
    if len(value) > limit:
        raise TaggingError(name, f"At most {limit:,} characters; these are {len(value):,}.")
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise TaggingError(name, "There is a character in it that can't be stored.")


def short(text: str) -> str:
    """Return a text as a sentence quotes it, without what can't be stored or shown."""
    plain = "".join(char if char.isprintable() else " " for char in text[: QUOTED + 1])
    return plain if len(text) <= QUOTED else f"{plain[:QUOTED]}…"


def _word(kind: str) -> str:
    return kind.replace("_", " ")


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them."""
    return ", ".join(f"“{word}”" for word in words)
