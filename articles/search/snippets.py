"""Short pieces of articles around what a query means in them, for lists of an answer."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.models import Article
from articles.search.language.parts import PART_OF, StoredBlock
from articles.search.language.tree import Node
from articles.search.marking import Mark, Marker, marker

LINES = 2
# One line of it is all that outsiders see of a licensed text.
LINE_CHARACTERS = 180
# A long text is read so far for hits, and then whole: few have theirs at the end alone.
_READ_FIRST = 20_000
_ENOUGH = 4
# Of so many hits the best are shown.
_COMPARED = 40
# How much of a line stands before its first hit.
_BEFORE = 3
_ELLIPSIS = "…"
# Marks that cling to the letter before them are not cut off it.
_JOINERS = frozenset("\u200d\u200c\ufe0e\ufe0f")


class Piece(NamedTuple):
    """Words that are a hit, or that stand around hits."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a list shows of an article: its headline and lines of its text, the hits marked.

    ``hits`` is the number of hits in the text; of one that was read in part, at least so many.
    """

    headline: Sequence[Piece]
    lines: Sequence[Sequence[Piece]] = field(default_factory=list)
    hits: int = 0


class Read(NamedTuple):
    """An article, and the text and the blocks of its version."""

    article: Article
    text: str
    blocks: Sequence[StoredBlock]


class _Window(NamedTuple):
    """A stretch of one block: its hits' worth, its places, and the block's."""

    worth: int
    start: int
    end: int
    block: tuple[int, int]


def snippets(
    tree: Node,
    articles: Iterable[Article],
    *,
    lines: int = LINES,
    width: int = LINE_CHARACTERS,
    counted: bool = False,
) -> dict[int, Snippet]:
    """Return snippets by the articles' ids; no line has more than ``width`` characters.

    The articles' versions are loaded with their text. Whom a corpus shows one short snippet gets
    ``lines=1``. With ``counted`` every text is read to its end, so that its hits are counted.
    """
    read = (
        Read(article, article.version.text, article.version.blocks)
        for article in articles
        if article.version is not None
    )
    return snippets_of(tree, read, lines=lines, width=width, counted=counted)


def snippets_of(
    tree: Node,
    read: Iterable[Read],
    *,
    lines: int = LINES,
    width: int = LINE_CHARACTERS,
    counted: bool = False,
) -> dict[int, Snippet]:
    """Return the same of articles whose texts were read beside them."""
    of_query = marker(tree)
    mark = _all_marks if counted else _marks
    return {
        article.pk: _snippet(
            article, text, blocks, mark(of_query, text, blocks, article.language), lines, width
        )
        for article, text, blocks in read
    }


def _snippet(
    article: Article,
    text: str,
    blocks: Sequence[StoredBlock],
    found: Sequence[Mark],
    lines: int,
    width: int,
) -> Snippet:
    headline = _headline(article, text, blocks, found)
    rest = [mark for mark in found if mark.part != "headline"]
    if not rest:
        begun = [Piece(_shortened(article.snippet, width))] if article.snippet else []
        return Snippet(headline, [begun] if begun and lines else [], _count(found))
    windows = _best(text, [(int(start), int(end)) for _, start, end in blocks], rest, lines, width)
    return Snippet(headline, [list(_line(text, each, rest)) for each in windows], _count(found))


def _count(found: Sequence[Mark]) -> int:
    return max((mark.hit for mark in found), default=0)


def _all_marks(
    of_query: Marker, text: str, blocks: Sequence[StoredBlock], language: str | None
) -> Sequence[Mark]:
    return of_query.marks(text, blocks, language)


def _marks(
    of_query: Marker, text: str, blocks: Sequence[StoredBlock], language: str | None
) -> Sequence[Mark]:
    """Return the hits of a text's beginning if there are enough of them, else of the whole."""
    if len(text) > 2 * _READ_FIRST:
        begun = [block for block in blocks if int(block[1]) < _READ_FIRST]
        if int(begun[-1][2]) < 2 * _READ_FIRST:
            found = of_query.marks(text, begun, language)
            if sum(mark.part != "headline" for mark in found) >= _ENOUGH:
                return found
    return _all_marks(of_query, text, blocks, language)


def _headline(
    article: Article, text: str, blocks: Sequence[StoredBlock], found: Sequence[Mark]
) -> list[Piece]:
    for kind, start, end in blocks:
        if PART_OF[str(kind)] == "headline" and text[int(start) : int(end)] == article.headline:
            within = [mark for mark in found if mark.part == "headline" and mark.end <= int(end)]
            return list(_pieces(text, int(start), int(end), within))
    return [Piece(article.headline)]


def _best(
    text: str,
    blocks: Sequence[tuple[int, int]],
    found: Sequence[Mark],
    lines: int,
    width: int,
) -> list[_Window]:
    """Return the stretches with the most hits, of different words above all, in order."""
    compared = found[:_COMPARED]
    words = [text[mark.start : mark.end].casefold() for mark in compared]
    chosen: list[_Window] = []
    shown: set[str] = set()
    while len(chosen) < lines:
        best: tuple[_Window, set[str]] | None = None
        for index, mark in enumerate(compared):
            if any(mark.start < each.end and mark.end > each.start for each in chosen):
                continue
            window, last = _window(text, blocks, compared, index, width)
            new = set(words[index:last])
            worth = 4 * len(new - shown) + 2 * len(new) + (last - index)
            apart = all(window.end <= e.start or window.start >= e.end for e in chosen)
            if apart and (best is None or worth > best[0].worth):
                best = window._replace(worth=worth), new
        if best is None:
            break
        chosen.append(best[0])
        shown |= best[1]
    return sorted(chosen, key=lambda window: window.start)


def _window(
    text: str,
    blocks: Sequence[tuple[int, int]],
    found: Sequence[Mark],
    index: int,
    width: int,
) -> tuple[_Window, int]:
    """Return a stretch that begins a little before a hit, and which hit is the first after it."""
    mark = found[index]
    block = blocks[bisect_right(blocks, mark.start, key=lambda each: each[0]) - 1]
    # Two characters are for what tells that it goes on.
    room = width - 2
    start = max(block[0], min(mark.start - room // _BEFORE, block[1] - room))
    if start > block[0]:
        start = _word_after(text, start, mark.start)
    end = block[1]
    if end - start > room:
        end = _word_before(text, start + room, min(mark.end, start + room))
    last = index + 1
    while last < len(found) and found[last].end <= end:
        last += 1
    return _Window(0, start, end, block), last


def _word_after(text: str, at: int, limit: int) -> int:
    """Return where a word begins at ``at`` or after, at the latest at ``limit``."""
    space = text.find(" ", at - 1, limit)
    return space + 1 if space >= 0 else _uncut(text, at, limit)


def _word_before(text: str, at: int, limit: int) -> int:
    """Return where a word ends at ``at`` or before, at the earliest at ``limit``."""
    space = text.rfind(" ", limit, at + 1)
    if space >= 0:
        return space
    while at > limit and _clings(text[at]):
        at -= 1
    return at


def _uncut(text: str, at: int, limit: int) -> int:
    while at < limit and _clings(text[at]):
        at += 1
    return at


def _clings(char: str) -> bool:
    return char in _JOINERS or (not char.isascii() and unicodedata.combining(char) > 0)


def _shortened(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    return text[: _word_before(text, width - 1, width // 2)].rstrip() + _ELLIPSIS


def _line(text: str, window: _Window, found: Sequence[Mark]) -> Iterator[Piece]:
    _, start, end, block = window
    if start > block[0]:
        yield Piece(_ELLIPSIS)
    yield from _pieces(text, start, end, found)
    if end < block[1]:
        yield Piece(_ELLIPSIS)


def _pieces(text: str, start: int, end: int, found: Sequence[Mark]) -> Iterator[Piece]:
    """Yield a stretch of a text in pieces; a hit that goes over its end is cut there."""
    at = start
    for mark in found:
        if mark.end <= at or mark.start >= end:
            continue
        if mark.start > at:
            yield Piece(text[at : mark.start])
        yield Piece(text[max(mark.start, at) : min(mark.end, end)], hit=True)
        at = min(mark.end, end)
    if at < end:
        yield Piece(text[at:end])
