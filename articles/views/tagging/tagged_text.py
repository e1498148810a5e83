"""A text cut into segments at the borders of what is tagged and what was found; as HTML.

A block becomes flat segments: each ``<span class="mention …" data-m="12 15">`` bears the ids of
all mentions on its characters, outermost first. Nothing is added to the text and nothing left out.
All places are code points of the text, ``end`` exclusive.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from operator import attrgetter

from django.utils.safestring import SafeString, mark_safe

from articles.search.marking import Mark

# Underlines that are drawn below each other; what lies deeper is told by tint alone.
LINES = 3
# One letter a line: its classes are the letter and the colour (``m3``), or and ``s`` (``ms``).
_LETTERS = "mno"
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Tag:
    """A mention as it is drawn: ``colour`` from 0 to 11, ``letter`` the key of its kind."""

    id: int
    start: int
    end: int
    colour: int
    letter: str = ""
    title: str = ""
    is_suggested: bool = False
    is_passage: bool = False


_LEFT_OUT = -1
_MARKUP = re.compile("[&<>\"']")


def escaped(text: str) -> str:
    """Return text as HTML; most of it holds nothing to escape, and is soon seen to."""
    return escape(text) if _MARKUP.search(text) else text


class TaggedText:
    """A version's text with what is tagged in it, to be cut block by block.

    ``first`` tells for each tag the id of the element on which it begins, for links.
    """

    __slots__ = ("_lines", "_starts", "_tags", "first", "text")

    def __init__(self, text: str, tags: Sequence[Tag]) -> None:
        self.text = text
        self._tags = sorted(tags, key=lambda tag: (tag.start, -tag.end, tag.id))
        self._lines = _lines(self._tags)
        self._starts = list(map(attrgetter("start"), self._tags))
        begins: dict[int, int] = {}
        self.first = {tag.id: f"m{begins.setdefault(tag.start, tag.id)}" for tag in self._tags}

    def blocks(
        self,
        spans: Sequence[tuple[int, int]],
        marks: Sequence[Mark] = (),
        only: frozenset[int] | None = None,
    ) -> Iterator[tuple[int, SafeString]]:
        """Yield for each block, or for those of ``only``, its number and its words as HTML.

        ``spans`` are the blocks' places, in order; hits are in order and within one block each.
        """
        reaching: list[int] = []
        at = 0
        for number, (start, end) in enumerate(spans):
            until = bisect_left(self._starts, end, at)
            within = [n for n in (*reaching, *range(at, until)) if self._tags[n].end > start]
            at = until
            reaching = [n for n in within if self._tags[n].end > end]
            if only is not None and number not in only:
                continue
            found = marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]
            words = "".join(self._block(start, end, within, found))
            yield (
                number,
                mark_safe(  # noqa: S308 -- every piece is escaped
                    f'<span data-block="{number}" data-start="{start}" data-end="{end}">'
                    f"{words}</span>"
                ),
            )

    def _block(
        self, start: int, end: int, within: Sequence[int], marks: Sequence[Mark]
    ) -> Iterator[str]:
        """Yield the pieces of a block; ``within`` are the numbers of its tags, in order."""
        if not within and not marks:
            yield escaped(self.text[start:end])
            return
        tags = self._tags
        borders = {start, end}
        for n in within:
            borders.add(max(tags[n].start, start))
            borders.add(min(tags[n].end, end))
        for mark in marks:
            borders.update((mark.start, mark.end))
        opens = {mark.start: mark for mark in marks}
        closes = {mark.end for mark in marks}
        cuts = sorted(borders)
        active: list[int] = []
        coming = 0
        for left, right in pairwise(cuts):
            if any(tags[n].end <= left for n in active):
                active = [n for n in active if tags[n].end > left]
            while coming < len(within) and tags[within[coming]].start <= left:
                active.append(within[coming])
                coming += 1
            if left in opens:
                yield mark_tag(opens[left])
            yield self._segment(left, right, active)
            if right in closes:
                yield "</mark>"

    def _segment(self, left: int, right: int, active: Sequence[int]) -> str:
        words = escaped(self.text[left:right])
        if not active:
            return words
        tags = [self._tags[n] for n in active]
        place = ""
        for tag in tags:
            if tag.start == left:
                place = f' id="{self.first[tag.id]}"'
                break
        ending = [tag.letter for tag in tags if tag.end == right and tag.letter]
        keys = f' data-k="{escaped(" ".join(ending))}"' if ending else ""
        ids = " ".join([str(tag.id) for tag in tags])
        titles = escaped("; ".join([tag.title for tag in tags if tag.title]))
        drawn = tuple(
            [
                (tag.colour, self._lines[n], tag.is_suggested, tag.is_passage)
                for tag, n in zip(tags, active, strict=True)
            ]
        )
        passages = [tag for tag in tags if tag.is_passage]
        classes = _classes(
            drawn,
            begins=any(tag.start == left for tag in passages),
            ends=any(tag.end == right for tag in passages),
        )
        return (
            f'<span{place} class="{classes}" data-m="{ids}"{keys} title="{titles}">{words}</span>'
        )


def mark_tag(mark: Mark) -> str:
    """Return the tag that opens a hit's mark: it bears its number, the first of it its id too."""
    if not mark.hit:
        return '<mark class="hit">'
    place = f' id="hit-{mark.hit}"' if mark.is_first else ""
    return f'<mark class="hit"{place} data-hit="{mark.hit}">'


def _lines(tags: Sequence[Tag]) -> list[int]:
    """Return on which underline each tag is drawn: the first that is free where it begins.

    So each keeps to one line over all of its length, and those that overlap never share one.
    """
    ends = [0] * LINES
    lines = []
    for tag in tags:
        line = _LEFT_OUT
        if not tag.is_passage:
            line = next((n for n in range(LINES) if ends[n] <= tag.start), _LEFT_OUT)
        if line != _LEFT_OUT:
            ends[line] = tag.end
        lines.append(line)
    return lines


@lru_cache(maxsize=4096)
def _classes(drawn: tuple[tuple[int, int, bool, bool], ...], *, begins: bool, ends: bool) -> str:
    """Return the classes of a segment on which lie tags of (colour, line, suggested, passage)."""
    found = ["mention", f"d{min(len(drawn), _DEEPEST)}"]
    for colour, line, suggested, passage in drawn:
        if passage:
            found.append(f"p{colour}")
        elif line != _LEFT_OUT:
            found.append(f"{_LETTERS[line]}{colour}")
            if suggested:
                found.append(f"{_LETTERS[line]}s")
    tinted = [colour for colour, _, suggested, passage in drawn if not suggested and not passage]
    if tinted:
        found.append(f"t{tinted[-1]}")
    if len(tinted) > 1:
        found.append("td")
    if all(suggested for _, _, suggested, _ in drawn):
        found.append("is-suggested")
    if begins:
        found.append("p-begins")
    if ends:
        found.append("p-ends")
    return " ".join(dict.fromkeys(found))
