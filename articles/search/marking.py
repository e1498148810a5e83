"""Where in a version's text a query's hits stand: what the index found is what is marked."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.models import Version
from articles.search.matching import Hit, hits
from articles.search.parts import Part, StoredBlock, parts_of
from articles.search.tree import Node


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


def marks(tree: Node, version: Version, language: str | None) -> list[Mark]:
    """Return the places of all hits in a version's text, in order and disjoint."""
    return marks_in(tree, version.text, version.blocks, language)


def marks_in(
    tree: Node, text: str, blocks: Sequence[StoredBlock], language: str | None
) -> list[Mark]:
    """Return the places of all hits in a text of blocks, in order and disjoint."""
    found = [
        (pieces, part.name)
        for part in parts_of(blocks)
        for pieces in _places(tree, text, part, language)
    ]
    found.sort()
    placed = [
        Mark(start, end, number, part, is_first=not index)
        for number, (pieces, part) in enumerate(found, 1)
        for index, (start, end) in enumerate(pieces)
    ]
    return sorted(placed)


def byline_hits(tree: Node, byline: str | None, language: str | None) -> list[Hit]:
    """Return the hits in a byline, which is looked into by name alone: places in the byline."""
    return hits(tree, byline, language=language, field="byline") if byline else []


def _places(
    tree: Node, text: str, part: Part, language: str | None
) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of each hit in one part: one for every block that it stands in."""
    starts: list[int] = []
    at = 0
    for start, end in part.blocks:
        starts.append(at)
        at += end - start + 1
    searched = "\n".join([text[start:end] for start, end in part.blocks])
    for hit in hits(tree, searched, language=language, field=part.name):
        yield list(_pieces(hit, starts, part.blocks))


def _pieces(
    hit: Hit, starts: Sequence[int], blocks: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    index = bisect_right(starts, hit.start) - 1
    while index < len(blocks) and starts[index] < hit.end:
        start, end = blocks[index]
        moved = start - starts[index]
        yield max(hit.start + moved, start), min(hit.end + moved, end)
        index += 1
