"""The blocks of a text as a form writes them and reads them again; no queries."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from articles.text import Block, BlockKind
from articles.views.editing.editing import whole_number
from articles.views.parameters import ParameterError

# A form takes 2,000 inputs: a longer text is put right part by part.
AT_ONCE = 200
MOST = 900
LINE_CHARACTERS = 72
KIND_WORDS = {
    BlockKind.HEADLINE: "Headline",
    BlockKind.STANDFIRST: "Standfirst",
    BlockKind.KEY_POINT: "Key point",
    BlockKind.DATELINE: "Dateline",
    BlockKind.PARAGRAPH: "Paragraph",
    BlockKind.CROSSHEAD: "Crosshead",
    BlockKind.LIST_ITEM: "List item",
    BlockKind.QUOTATION: "Quotation",
    BlockKind.CAPTION: "Caption",
    BlockKind.NOTE: "Note",
}
# What is one block whatever lines it has.
_WHOLE = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.DATELINE})
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block of the form, and the lines that its words fill."""

    kind: str
    text: str
    lines: int


def rows(blocks: Sequence[Block]) -> list[BlockRow]:
    """Return blocks as the form shows them."""
    return [BlockRow(block.kind.value, block.text, _lines(block.text)) for block in blocks]


def _lines(text: str) -> int:
    return sum(max(1, math.ceil(len(line) / LINE_CHARACTERS)) for line in text.split("\n"))


def read(posted: QueryDict) -> list[Block]:
    """Return the blocks that were typed, empty ones too. Raises ParameterError."""
    kinds, texts = posted.getlist("kind"), posted.getlist("text")
    if len(kinds) != len(texts) or len(kinds) > MOST:
        raise ParameterError("text", "The text arrived incomplete. Go back and save it again.")
    unknown = sorted({kind for kind in kinds if kind not in set(BlockKind)})
    if unknown:
        raise ParameterError("kind", "There is no such kind of block.")
    return [
        Block(BlockKind(kind), re.sub("\r\n?", "\n", text))
        for kind, text in zip(kinds, texts, strict=True)
    ]


def parted(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks of which an empty line begins the next; empty ones are left out."""
    found: list[Block] = []
    for block in blocks:
        whole = block.kind in _WHOLE
        texts = [block.text] if whole else _EMPTY_LINE.split(block.text.strip())
        found += [Block(block.kind, text) for text in texts if text.strip()]
    return found


def moved(blocks: Sequence[Block], asked: str) -> list[Block]:
    """Return blocks after what a button asks for.

    ``up:2``, ``down:2``, ``remove:2``, ``merge:2`` (with the one before), ``add:2`` (an empty one
    behind it), ``split:2`` (at its empty lines).
    """
    found = list(blocks)
    what, _, number = asked.partition(":")
    at = whole_number(number)
    if what == "add" and len(found) < MOST:
        found.insert(len(found) if at is None else at + 1, Block(BlockKind.PARAGRAPH, ""))
    if at is None or at >= len(found):
        return found
    if what == "remove":
        del found[at]
    elif what == "split":
        found[at : at + 1] = parted([found[at]]) or [found[at]]
    elif what == "merge" and at > 0:
        before, block = found[at - 1], found[at]
        joined = " ".join(part for part in (before.text.rstrip(), block.text.lstrip()) if part)
        found[at - 1 : at + 1] = [Block(before.kind, joined)]
    to = {"up": at - 1, "down": at + 1}.get(what, at)
    if to != at and 0 <= to < len(found):
        found.insert(to, found.pop(at))
    return found
