"""Words as tokens, for formats that know no places in a text but these."""

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.annotate.interchange.shape import Tag
from articles.text import Span

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|\S")


def cut(text: str, start: int, end: int, tags: Iterable[Tag]) -> Iterator[tuple[int, int]]:
    """Yield the tokens of a stretch of a text, cut at the borders of tags too: none is lost.

    Words with an apostrophe within are one; every other character that is no space is one.
    """
    borders = sorted(
        {place for tag in tags for place in (tag.start, tag.end) if start < place < end}
    )
    borders.append(end)
    at = 0
    for found in _TOKEN.finditer(text, start, end):
        first, last = found.span()
        while borders[at] <= first:
            at += 1
        while borders[at] < last:
            if first < borders[at]:
                yield first, borders[at]
                first = borders[at]
            at += 1
        yield first, last


def stretches(text: str, blocks: Sequence[Span]) -> list[tuple[int, int]]:
    """Return where the blocks of a text are; without any, all of it."""
    return [(block.start, block.end) for block in blocks] or [(0, len(text))]
