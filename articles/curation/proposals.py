"""What the part of a text is that becomes an article of its own: its headline, its byline.

A proposal for an editor to look at; nothing here is stored.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from articles.curation.values import BadValueError, checked
from articles.formats.capture import CaptureFormat
from articles.formats.protocol import Origin, ReadOptions
from articles.models import CorrectedField
from articles.parsed import ParsedArticle, PrintedDate
from articles.text import Block, BlockKind, in_order, normalise_block

HEADLINE_CHARACTERS = 160
READ_CHARACTERS = 200_000
_HEADS = frozenset({BlockKind.HEADLINE, BlockKind.CROSSHEAD, BlockKind.PARAGRAPH})
_SENTENCE_ENDS = (".", ":", ";", ",", "…")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The blocks of an article to be; of what was read as one, what else its lines say.

    ``left_out`` are lines of the part that are in no block; ``values`` what they say of fields, as
    corrections hold it.
    """

    blocks: list[Block]
    left_out: list[str] = field(default_factory=list)
    values: Mapping[CorrectedField, Any] = field(default_factory=dict)


def as_it_stands(blocks: Sequence[Block]) -> Proposal:
    """Return a part as it is; its first block is its headline if it looks like one."""
    found = list(blocks)
    if found and not any(block.kind is BlockKind.HEADLINE for block in found):
        first = found[0]
        words = first.text.strip()
        is_short = len(words) <= HEADLINE_CHARACTERS and "\n" not in words
        if first.kind in _HEADS and is_short and not words.endswith(_SENTENCE_ENDS):
            found[0] = Block(BlockKind.HEADLINE, words)
    return Proposal(found)


def as_an_article(blocks: Sequence[Block], options: ReadOptions) -> Proposal | None:
    """Return what the reader of captures makes of a part; None unless it is one article to it.

    A part of more than READ_CHARACTERS is not read: nobody waits for that on a page.
    """
    lines = "\n\n".join(block.text for block in blocks)
    if len(lines) > READ_CHARACTERS:
        return None
    capture = BytesIO(lines.encode("utf-8", "replace"))
    items = list(CaptureFormat().read(capture, Origin(), options))
    if len(items) != 1 or not isinstance(items[0], ParsedArticle):
        return None
    article = items[0]
    if not any(block.kind is BlockKind.HEADLINE for block in article.blocks):
        return None
    known = {_folded(block.text): block.kind for block in blocks}
    found = in_order(
        Block(_kind(block, known.get(_folded(block.text))), block.text) for block in article.blocks
    )
    return Proposal(found, _left_out(blocks, found), _values(article))


def with_headline(blocks: Sequence[Block], headline: str) -> list[Block]:
    """Return blocks under another headline; an empty one leaves none."""
    rest = [block for block in blocks if block.kind is not BlockKind.HEADLINE]
    return [Block(BlockKind.HEADLINE, headline), *rest] if headline else rest


def headline_of(blocks: Sequence[Block]) -> str:
    """Return the words of the headline, or an empty string."""
    return next((block.text for block in blocks if block.kind is BlockKind.HEADLINE), "")


def _kind(read: Block, known: BlockKind | None) -> BlockKind:
    """Return what the block was before, where the reader sees no more than a paragraph."""
    return known if known and read.kind is BlockKind.PARAGRAPH else read.kind


def _left_out(before: Sequence[Block], after: Sequence[Block]) -> list[str]:
    """Return the lines of blocks that are not in others, or not as often."""
    kept = _folded(" ".join(block.text for block in after))
    seen: Counter[str] = Counter()
    left_out = []
    for block in before:
        for line in normalise_block(block.text).split("\n"):
            words = _folded(line)
            seen[words] += 1
            if words and kept.count(words) < seen[words]:
                left_out.append(line)
    return left_out


def _folded(text: str) -> str:
    return " ".join(text.split())


def _values(article: ParsedArticle) -> dict[CorrectedField, Any]:
    """Return what the part says of itself, as far as a correction can hold it."""
    dateline = article.dateline
    said: dict[CorrectedField, Any] = {
        CorrectedField.SOURCE: article.source,
        CorrectedField.PUBLISHED: _date(article.published),
        CorrectedField.MODIFIED: _date(article.modified),
        CorrectedField.BYLINE: article.byline,
        CorrectedField.CREDITS: [
            {"kind": c.kind.value, "name": c.name, "role": c.role, "place": c.place}
            for c in article.credits
        ],
        CorrectedField.DATELINE: dateline and {"place": dateline.place, "agency": dateline.agency},
        CorrectedField.SECTION: article.section,
        CorrectedField.PAGE: article.page,
        CorrectedField.CANONICAL_URL: article.canonical_url,
    }
    found = {}
    for name, value in said.items():
        try:
            holds = checked(name, value)
        except BadValueError:
            continue
        if holds:
            found[name] = holds
    return found


def _date(printed: PrintedDate | None) -> dict[str, Any] | None:
    if printed is None:
        return None
    at = printed.at.isoformat() if printed.at else None
    return {"date": printed.date.isoformat(), "precision": printed.precision.value, "at": at}
