"""What of a text another one lacks: its beginning, middle or end, its quotations, its names.

Pure: two texts and the passages that both have. Whether what lacks was cut is another question:
only where the direction is known did somebody cut it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.annotate.recognisers import StoredBlock
from articles.annotate.recognisers.capitals import Capitals
from articles.text import BlockKind

# A quotation of so many characters says something; a shorter one is a word in inverted commas.
_QUOTATION = re.compile(r"“[^“”]{20,600}”|\"[^\"\n]{20,600}\"|«[^«»]{20,600}»|„[^„“”]{20,600}[“”]")
_SURE = 0.6
_MOST_LACKING = 0.5
_APART = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST})


@dataclass(frozen=True, slots=True)
class Lack:
    """How much of a text another one lacks; parts are in characters, thirds of the body in order.

    Of each pair the first number is what is lacking, the second what there is. ``pairs`` of texts
    were read for it, ``cut_short`` more were left out, since a capture of theirs breaks off.
    """

    beginning: tuple[int, int] = (0, 0)
    middle: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    quotations: tuple[int, int] = (0, 0)
    names: tuple[int, int] = (0, 0)
    pairs: int = 0
    cut_short: int = 0

    def __add__(self, other: "Lack") -> "Lack":
        return Lack(
            _sum(self.beginning, other.beginning),
            _sum(self.middle, other.middle),
            _sum(self.end, other.end),
            _sum(self.quotations, other.quotations),
            _sum(self.names, other.names),
            self.pairs + other.pairs,
            self.cut_short + other.cut_short,
        )

    @property
    def parts(self) -> list[tuple[str, float]]:
        """What of each third is lacking, from 0 to 1."""
        named = (("beginning", self.beginning), ("middle", self.middle), ("end", self.end))
        return [(name, lacking / there if there else 0.0) for name, (lacking, there) in named]


def lack(
    text: str,
    blocks: Sequence[StoredBlock],
    language: str | None,
    passages: Iterable[tuple[int, int]],
    other: str,
) -> Lack:
    """Return what of ``text`` another one lacks, which has the ``passages`` of it."""
    has = bytearray(len(text))
    for start, end in passages:
        has[start:end] = b"\1" * len(has[start:end])
    body = [(int(b[1]), int(b[2])) for b in blocks if b[0] not in _APART]
    thirds = _thirds(body, has)
    quotations = [found.span() for found in _QUOTATION.finditer(text)]
    lost = sum(_lacking(has, *span) > _MOST_LACKING for span in quotations)
    names = {f.name for f in Capitals().find(text, blocks, language) if f.score >= _SURE}
    folded = other.casefold()
    gone = sum(name.casefold() not in folded for name in names)
    return Lack(*thirds, (lost, len(quotations)), (gone, len(names)), pairs=1)


def _thirds(
    body: Sequence[tuple[int, int]], has: bytearray
) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Return of each third of a body how many characters lack, and how many it has."""
    there = b"".join(bytes(has[start:end]) for start, end in body)
    size = len(there)
    cuts = (0, size // 3, size * 2 // 3, size)
    counted = [(there[start:end].count(0), end - start) for start, end in pairwise(cuts)]
    return counted[0], counted[1], counted[2]


def _lacking(has: bytearray, start: int, end: int) -> float:
    return has[start:end].count(0) / (end - start)


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
