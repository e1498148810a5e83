"""What an index holds of an article: plain values, whatever engine keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

# The parts of an article in which words are looked for unless a query names one, with the weight
# of a word in each.
PARTS: Mapping[str, float] = {"headline": 3.0, "standfirst": 2.0, "body": 1.0, "caption": 1.0}
# Parts that are looked into by name alone.
NAMED_PARTS = ("byline",)
ALL_PARTS = (*PARTS, *NAMED_PARTS)


@dataclass(frozen=True, slots=True)
class Document:
    """An article as an index holds it.

    ``words`` maps parts to their text. ``names`` maps fields of names to values: ids of sources
    and people as digits, other names as they are. ``first_day`` and ``last_day`` bound the printed
    date, which may be a month or a year. ``has`` and ``is_`` hold words of the query language.
    """

    id: int
    corpus_id: int
    language: str | None
    words: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    updated: date | None = None
    sort_at: datetime | None = None
    length: int = 0
    edits: int = 0
    has: frozenset[str] = frozenset()
    is_: frozenset[str] = frozenset()
    # Articles with which it has a link; those whose words it has or may have from them; and those
    # that have theirs from it.
    related: frozenset[int] = frozenset()
    copied: frozenset[int] = frozenset()
    lent: frozenset[int] = frozenset()
    # The number of those that ran the same text, edited or not: None where nobody else did.
    editions: int | None = None
    # When the corpus got it.
    added: datetime | None = None
