"""The form every stored text has: normal form, blocks, hashing, offsets, counting.

All offsets in Newsroom are Unicode code points, counted from 0, end exclusive.
Standard library only, so that anything may import it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of text is, as printed. The order here is the order in a text."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    KEY_POINT = "key_point"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    CAPTION = "caption"
    NOTE = "note"

    @property
    def is_body(self) -> bool:
        """Whether word counts and fingerprints use it."""
        return self in _BODY


_BODY = frozenset(
    {
        BlockKind.DATELINE,
        BlockKind.PARAGRAPH,
        BlockKind.CROSSHEAD,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTATION,
    }
)
_RANK = {
    BlockKind.HEADLINE: 0,
    BlockKind.STANDFIRST: 1,
    BlockKind.KEY_POINT: 2,
    **dict.fromkeys(_BODY, 3),
    BlockKind.CAPTION: 4,
    BlockKind.NOTE: 5,
}

SEPARATOR = "\n\n"
# A dateline is printed on its paragraph's first line, and is read so.
DATELINE_SEPARATOR = " "


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its words: ``kind`` and ``text``."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A block's place in a text: code points, ``end`` exclusive."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Composed:
    """One text and the disjoint spans of its blocks, in order."""

    text: str
    spans: tuple[Span, ...]


# C0 and C1 controls other than tab and line feed carry no words; NUL is refused by Postgres.
_CONTROLS = dict.fromkeys(
    c for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\t\n\r\x85"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# What normalising would change, besides composition: absent from nearly all text.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def normalise(text: str) -> str:
    r"""Return ``text`` in NFC with ``\n`` line ends, without controls or lone surrogates.

    A lone surrogate becomes U+FFFD, so that nothing vanishes without a trace. Idempotent.
    """
    if _ODD.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _SURROGATES.sub("\ufffd", text)
        text = text.translate(_CONTROLS)
    return unicodedata.normalize("NFC", text)


def _is_normal_line(text: str) -> bool:
    """Whether normalising could at most trim spaces: true of nearly every line, and quick to see.

    Printable text holds no white space but single spaces, no controls and no surrogates.
    """
    return (
        text.isprintable()
        and "  " not in text
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def normalise_line(text: str) -> str:
    """Return ``text`` normalised, with runs of white space (line ends too) folded to one space."""
    if _is_normal_line(text):
        return text.strip(" ")
    return " ".join(normalise(text).split())


def normalise_block(text: str) -> str:
    """Return ``text`` normalised for a block: line ends kept, blank lines and edges dropped."""
    if _is_normal_line(text):
        return text.strip(" ")
    text = normalise(text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def in_order(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks in a text's order: headline, standfirst, key points, body, captions, notes.

    Stable: the body keeps its own order.
    """
    return sorted(blocks, key=lambda block: _RANK[block.kind])


def compose(blocks: Iterable[Block]) -> Composed:
    """Join blocks to one text and give each block's span. Blocks without words are left out."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = 0
    before: BlockKind | None = None
    for block in in_order(blocks):
        words = normalise_block(block.text)
        if not words:
            continue
        if before is not None:
            joint = DATELINE_SEPARATOR if before is BlockKind.DATELINE else SEPARATOR
            pieces.append(joint)
            at += len(joint)
        # NFC of the parts is NFC of the whole: white space stands between them.
        pieces.append(words)
        spans.append(Span(block.kind, at, at + len(words)))
        at += len(words)
        before = block.kind
    return Composed("".join(pieces), tuple(spans))


def sha256(text: str) -> str:
    """Return the hex SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


# Scripts written without spaces: each character counts as a word, as editors of them count.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED_CHARACTER = re.compile(rf"[{_UNSPACED}]")
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
# Marks that join two words without spaces, and those that stand between spaces as no word.
_JOINTS = "—–/…"
_MARKS = frozenset(
    {*"-‑−•·*|~&+=<>_.,;:!?\"'“”‘’«»()[]{}¡¿", "--", "---", "...", "**", "***", "||"}
)


def word_count(text: str) -> int:
    """Return the number of words, as editors count: what stands between spaces or dashes.

    "Don't", "well-known" and "3.5" are one each; a mark that stands alone is none.
    """
    for joint in _JOINTS:
        text = text.replace(joint, " ")
    if not text.isascii() and _UNSPACED_CHARACTER.search(text):
        words = _WORD.findall(text)
    else:
        words = text.split()
    alone = _MARKS.intersection(words)
    return len(words) - sum(map(words.count, alone))


def body_word_count(composed: Composed) -> int:
    """Return the number of words in the body's blocks, its dateline left out."""
    pieces = [
        composed.text[span.start : span.end]
        for span in composed.spans
        if span.kind.is_body and span.kind is not BlockKind.DATELINE
    ]
    return word_count("\n".join(pieces))


def to_utf16(text: str, offset: int) -> int:
    """Return the UTF-16 code unit offset of a code point offset in ``text``."""
    return offset + sum(1 for char in text[:offset] if ord(char) > 0xFFFF)


def from_utf16(text: str, offset: int) -> int:
    """Return the code point offset of a UTF-16 offset; inside a pair, the pair's start."""
    units = 0
    for index, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > offset:
            return index
    return len(text)


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start, end`` moved inwards over white space; an empty span stays at ``start``."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
