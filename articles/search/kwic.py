"""Keywords in context: the hits of articles as lines, with the words on either side."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from articles.models import Article
from articles.models.lookups import any_id
from articles.search.language.lone import Nearby
from articles.search.language.parts import Part, StoredBlock
from articles.search.language.words import Placed, fold
from articles.search.marking import Found, Marker

# About so many characters stand on either side.
CONTEXT_CHARACTERS = 80
# So many words on either side can be sorted by.
NEIGHBOURS = 3
# What closes a quotation or a sentence stays with its last word.
_CLOSING = 3
_SPACE = re.compile(r"\s+")


class Text(NamedTuple):
    """An article's text as lines are made of it."""

    article_id: int
    version_id: int
    language: str | None
    sort_at: datetime
    text: str
    blocks: Sequence[StoredBlock]


class Context(NamedTuple):
    """A hit with what stands around it, and where it stands.

    ``number`` is the hit's number in its text, ``start`` and ``end`` its place in code points.
    ``before`` and ``after`` are its neighbours as they are sorted by, the nearest first; "" where
    its part of the text has no more.
    """

    article_id: int
    version_id: int
    number: int
    part: str
    start: int
    end: int
    left: str
    hit: str
    right: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A hit in its context. ``start`` and ``end``: its place in the version's text, code points.

    ``number`` is the hit's number in the text, as :mod:`articles.search.marking` counts; ``part``
    is headline, standfirst, body or caption.
    """

    article_id: int
    version_id: int
    number: int
    part: str
    start: int
    end: int
    left: str
    hit: str
    right: str
    headline: str = ""
    source: str | None = None
    published_date: date | None = None
    published_precision: str | None = None
    language: str | None = None
    source_id: int | None = None
    corpus: str = ""


def texts(ids: Sequence[int], corpora: Sequence[int]) -> list[Text]:
    """Return the texts of articles that stand in some corpora, in the order of their ids."""
    rows = (
        Article.objects.filter(
            any_id("id", ids), any_id("corpus_id", corpora), standing=True, version__isnull=False
        )
        .order_by()
        .values_list("pk", "version_id", "language", "sort_at", "version__text", "version__blocks")
    )
    known = {row[0]: Text(*row) for row in rows}
    return [known[pk] for pk in ids if pk in known]


def contexts(of_query: Marker, text: Text) -> Iterator[Context]:
    """Yield the hits of a text in its order, in their contexts."""
    found = of_query.found(text.text, text.blocks, text.language)
    for number, hit in enumerate(found, 1):
        yield _context(text, hit, number)


def lines(found: Sequence[Context], corpora: Sequence[int]) -> list[Line]:
    """Return hits as lines, with their articles' headlines, dates and outlets as they are now.

    Those of articles that have gone, or got another text since, are left out.
    """
    rows = (
        Article.objects.filter(
            any_id("id", {each.article_id for each in found}),
            any_id("corpus_id", corpora),
            standing=True,
        )
        .order_by()
        .values_list(
            "pk", "version_id", "headline", "source__name", "published_date",
            "published_precision", "language", "source_id", "corpus__name",
        )
    )  # fmt: skip
    known = {(row[0], row[1]): row[2:] for row in rows}
    return [
        Line(*each[:9], *known[each.article_id, each.version_id])
        for each in found
        if (each.article_id, each.version_id) in known
    ]


def _context(text: Text, found: Found, number: int) -> Context:
    (first, last), words = found.around(CONTEXT_CHARACTERS, NEIGHBOURS)
    start, end = found.start, found.end
    low, high = _bounds(found.part, start, end)
    return Context(
        text.article_id,
        text.version_id,
        number,
        found.part.name,
        start,
        end,
        _spaced(_left(text.text, start, words, first, low)),
        _spaced(text.text[start:end]),
        _spaced(_right(text.text, end, words, last, high)),
        tuple([fold(word) for word in words.printed[max(first - NEIGHBOURS, 0) : first][::-1]]),
        tuple([fold(word) for word in words.printed[last : last + NEIGHBOURS]]),
    )


def _bounds(part: Part, start: int, end: int) -> tuple[int, int]:
    """Return how far a hit's context may reach: over its part, but over no other part between."""
    blocks = part.blocks
    if part.is_whole:
        return blocks[0][0], blocks[-1][1]
    first = bisect_right(blocks, start, key=lambda block: block[0]) - 1
    last = bisect_right(blocks, end - 1, key=lambda block: block[0]) - 1
    return blocks[first][0], blocks[last][1]


def _left(text: str, start: int, words: Placed | Nearby, at: int, low: int) -> str:
    """Return what stands before a hit, from the border of a word on."""
    lowest = max(low, start - CONTEXT_CHARACTERS)
    while at and words.start(at - 1) >= lowest:
        at -= 1
    begun = words.start(at)
    if lowest == low and (not at or words.end(at - 1) <= low):
        # What opens a quotation stands before its first word.
        begun = low
    return text[begun:start]


def _right(text: str, reached: int, words: Placed | Nearby, at: int, high: int) -> str:
    begun = reached
    highest = min(high, reached + CONTEXT_CHARACTERS)
    while at < len(words) and (end := words.end(at)) <= highest:
        reached = end
        at += 1
    closed = reached
    while closed < high and closed - reached < _CLOSING and _closes(text[closed]):
        closed += 1
    return text[begun:closed]


def _closes(char: str) -> bool:
    return not (char.isspace() or char.isalnum())


def _spaced(text: str) -> str:
    """Return a stretch of a text in one line; where blocks meet there is a space."""
    return _SPACE.sub(" ", text) if "\n" in text else text
