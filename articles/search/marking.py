"""Where in a version's text a query's hits stand: what the index found is what is marked."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from articles.models import Version
from articles.search.language.lone import Nearby
from articles.search.language.matching import Hit, Meaning, hits
from articles.search.language.parts import Part, StoredBlock, parts_of
from articles.search.language.runs import Run
from articles.search.language.tree import And, In, Node, Or, disjunction, walk
from articles.search.language.words import Placed

# Meanings of one query that are kept: a few parts in some languages.
_KEPT = 40


class Mark(NamedTuple):
    """A marked place of a text: code points, ``end`` exclusive; within one block.

    ``hit`` is the hit's number in the text, from 1: a hit that goes over the end of a block is
    marked in each of its blocks, under one number; ``is_first`` is true of the first. ``part``
    names the part of the text.
    """

    start: int
    end: int
    hit: int
    part: str
    is_first: bool = True


class Found(NamedTuple):
    """A hit in a part of a text: the words from ``run``'s first to before its last, of ``words``.

    Where a single word was found without reading all, there are neither until they are asked for.
    """

    start: int
    end: int
    part: Part
    text: str
    read: tuple[Run, Placed] | None = None

    def around(self, reach: int, words: int) -> tuple[Run, Placed | Nearby]:
        """Return the hit's words and those around it: of so many characters, and at least so many.

        All of the part's where these were read anyway.
        """
        if self.read is not None:
            return self.read
        low, high = _stretch(self.part)
        near = Nearby(self.text, low, high, (self.start, self.end), reach, words)
        return (near.at, near.at + 1), near


class Marker:
    """Finds what one query means in many texts.

    It remembers the words that it saw, so that it is quick; make one for a list of articles.
    """

    __slots__ = ("_by_part", "_meanings", "_tree")

    def __init__(self, tree: Node) -> None:
        self._tree = tree
        self._by_part = any(isinstance(node, In) for node in walk(tree))
        self._meanings: dict[tuple[str | None, str | None], Meaning] = {}

    def found(self, text: str, blocks: Sequence[StoredBlock], language: str | None) -> list[Found]:
        """Return all hits in a text of blocks, in the text's order."""
        found: list[Found] = []
        for part in parts_of(blocks):
            meaning = self._meaning(language, part.name)
            if meaning.is_empty:
                continue
            low, high = _stretch(part)
            if meaning.lone and part.is_whole and (not low or text[low - 1].isspace()):
                places = meaning.lone.places(text, low, high)
                found += [Found(start, end, part, text) for start, end in places]
                continue
            words = _words(text, part)
            for run in meaning.runs(words.printed):
                start, end = words.start(run[0]), words.end(run[1] - 1)
                found.append(Found(start, end, part, text, (run, words)))
        if len(found) > 1 and found[-1].part is not found[0].part:
            # Notes are of the body, and stand below captions.
            found.sort(key=_start)
        return found

    def marks(self, text: str, blocks: Sequence[StoredBlock], language: str | None) -> list[Mark]:
        """Return the places of all hits in a text of blocks, in order and disjoint."""
        marks: list[Mark] = []
        for number, hit in enumerate(self.found(text, blocks, language), 1):
            marks += _marks(hit, number)
        marks.sort()
        return marks

    def _meaning(self, language: str | None, part: str) -> Meaning:
        key = (language, part if self._by_part else None)
        known = self._meanings.get(key)
        if known is None:
            if len(self._meanings) >= _KEPT:
                self._meanings.clear()
            known = self._meanings[key] = Meaning(self._tree, *key)
        return known


def marks(tree: Node, version: Version, language: str | None) -> list[Mark]:
    """Return the places of all hits in a version's text, in order and disjoint."""
    return marker(tree).marks(version.text, version.blocks, language)


def byline_hits(tree: Node, byline: str | None, language: str | None) -> list[Hit]:
    """Return the hits in a byline, which is looked into by name alone: places in the byline."""
    asked = _asked_of_bylines(tree)
    if not byline or not asked:
        return []
    return hits(disjunction(asked), byline, language=language, field="byline")


@lru_cache(maxsize=16)
def marker(tree: Node) -> Marker:
    """Return what marks a query's hits; kept for those that are asked for again."""
    return Marker(tree)


def _asked_of_bylines(tree: Node) -> list[Node]:
    match tree:
        case In("byline", _):
            return [tree]
        case And(children) | Or(children):
            return [each for child in children for each in _asked_of_bylines(child)]
        case _:
            return []


def _start(found: Found) -> int:
    return found.start


def _words(text: str, part: Part) -> Placed:
    """Return a part's words; blocks that follow each other are read at once."""
    return Placed(text, [_stretch(part)] if part.is_whole else part.blocks)


def _stretch(part: Part) -> tuple[int, int]:
    return part.blocks[0][0], part.blocks[-1][1]


def _marks(hit: Found, number: int) -> list[Mark]:
    """Return the marks of a hit: one in each block that it has words in."""
    blocks = hit.part.blocks
    at = bisect_right(blocks, hit.start, key=_first) - 1
    if hit.end <= blocks[at][1]:
        return [Mark(hit.start, hit.end, number, hit.part.name)]
    (first, last), words = hit.around(0, 0)
    made: list[Mark] = []
    for each in range(first, last):
        start, end = words.start(each), words.end(each)
        if made and start < blocks[at][1]:
            made[-1] = made[-1]._replace(end=end)
            continue
        at = bisect_right(blocks, start, key=_first) - 1
        made.append(Mark(start, end, number, hit.part.name, is_first=not made))
    return made


def _first(block: tuple[int, int]) -> int:
    return block[0]
