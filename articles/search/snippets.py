"""Short pieces of articles around what a query means in them, for lists of an answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.models import Article, Version
from articles.search.marking import Mark, marks
from articles.search.tree import Node

LINES = 2
LINE_CHARACTERS = 180
_ELLIPSIS = "…"


class Piece(NamedTuple):
    """Words that are a hit, or that stand around hits."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a list shows of an article: its headline and lines of its text, the hits marked.

    ``hits`` is the number of hits in the whole text, the headline's among them.
    """

    headline: Sequence[Piece]
    lines: Sequence[Sequence[Piece]] = field(default_factory=list)
    hits: int = 0


def snippets(
    tree: Node, articles: Iterable[Article], *, lines: int = LINES, width: int = LINE_CHARACTERS
) -> dict[int, Snippet]:
    """Return snippets by the articles' ids; ``width`` is a line's length in characters.

    The articles' versions are loaded with their text. Whom a corpus shows one short snippet gets
    ``lines=1``.
    """
    return {
        article.pk: _snippet(tree, article, article.version, lines, width)
        for article in articles
        if article.version is not None
    }


def _snippet(tree: Node, article: Article, version: Version, lines: int, width: int) -> Snippet:
    text = version.text
    found = marks(tree, version, article.language)
    title = _span_of(version, "headline")
    in_title = [mark for mark in found if mark.part == "headline"]
    headline = (
        list(_cut(text, title, in_title))
        if title and text[slice(*title)] == article.headline
        else [Piece(article.headline)]
    )
    rest = [mark for mark in found if mark.part != "headline"]
    shown = list(_lines(text, _blocks(version), rest, lines, width)) if lines else []
    if not shown and lines:
        shown = [[Piece(article.snippet[:width])]] if article.snippet else []
    return Snippet(headline, shown, max((mark.hit for mark in found), default=0))


def _span_of(version: Version, kind: str) -> tuple[int, int] | None:
    return next((tuple(block[1:]) for block in version.blocks if block[0] == kind), None)


def _blocks(version: Version) -> list[tuple[int, int]]:
    return [(block[1], block[2]) for block in version.blocks]


def _lines(
    text: str,
    blocks: Sequence[tuple[int, int]],
    found: Sequence[Mark],
    lines: int,
    width: int,
) -> Iterator[list[Piece]]:
    """Yield lines around the first hits, each within one block."""
    made = 0
    reached = -1
    for mark in found:
        if mark.start < reached:
            continue
        start, end = next(span for span in blocks if span[0] <= mark.start < span[1])
        first = _back(text, max(start, mark.start - width // 3), start, mark.start)
        last = _forth(text, min(end, first + max(width, mark.end - first)), end)
        reached = last
        within = [other for other in found if first <= other.start and other.end <= last]
        line = list(_cut(text, (first, last), within))
        if first > start:
            line.insert(0, Piece(_ELLIPSIS))
        if last < end:
            line.append(Piece(_ELLIPSIS))
        yield line
        made += 1
        if made == lines:
            return


def _back(text: str, at: int, start: int, limit: int) -> int:
    """Return the first border of words from ``at`` on, before ``limit``."""
    if at == start:
        return at
    space = text.find(" ", at, limit)
    return space + 1 if space >= 0 else at


def _forth(text: str, at: int, end: int) -> int:
    if at >= end:
        return end
    space = text.rfind(" ", max(at - 30, 0), at + 1)
    return space if space >= 0 else at


def _cut(text: str, span: tuple[int, int], found: Sequence[Mark]) -> Iterator[Piece]:
    at, end = span
    for mark in found:
        if mark.start > at:
            yield Piece(text[at : mark.start])
        yield Piece(text[mark.start : mark.end], hit=True)
        at = mark.end
    if at < end:
        yield Piece(text[at:end])
