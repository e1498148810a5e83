"""A body's blocks without what is no part of the article: repeats, junk, captions, rights lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.formats.pages.standfirsts import key
from articles.parsed import Caption, Dateline, Dropped
from articles.reading import datelines, junk
from articles.text import Block, BlockKind, word_count

# A line of junk is short; a paragraph that merely begins like one is not.
_JUNK_CHARS = 300
_OPENING = 4
_LABEL_WORDS = 5
# Short lines recur in lists and interviews; a long paragraph twice is a fault of the page.
_REPEAT_CHARS = 250
_CLOSING = 6
_CONTACT_WORDS = 40
# What is left of a line with a date when the date is an element of its own.
_TIME = re.compile(
    r"(?:(?:last|first|originally)\s+)?(?:published|updated|posted|modified|publiée?|mise? à jour|"
    r"publicad[oa]|actualizad[oa]|atualizad[oa]|veröffentlicht|aktualisiert|pubblicato|aggiornato|"
    r"gepubliceerd|bijgewerkt|опубликовано|обновлено|نشر|تحديث)"
    r"(?:\s+(?:on|at|le|à|el|em|am|um|il|op|в|في))?\s*:?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")


@dataclass(slots=True)
class Cleaned:
    """The blocks that stay, the lines that went, and what was read on the way."""

    blocks: list[Block] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    dateline: Dateline | None = None
    dateline_printed: str = ""
    rights: str | None = None
    truncated: str | None = None


def clean(
    blocks: Sequence[Block],
    *,
    labels: Sequence[str | None],
    standfirst: str | None,
    bylines: Sequence[str | None],
    kickers: Sequence[str],
    captions: Sequence[Caption],
) -> Cleaned:
    """Return a body's blocks as they are stored, and what was taken out of them.

    ``labels`` are words that stand above a text and in fields of their own: headlines, section.
    ``bylines`` and ``kickers`` stand there as well, and are recorded where they are left out.
    """
    result = Cleaned()
    captioned = {key(caption.text) for caption in captions}
    opening = {key(words) for words in (*labels, standfirst) if words}
    printed = {key(words): "label" for words in kickers}
    printed |= {key(words): "byline" for words in bylines if words}
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        folded = key(block.text)
        if index < _OPENING and folded in opening:
            continue  # it stands in a field of its own
        if index < _OPENING and (reason := printed.get(folded) or _date_label(block.text)):
            result.dropped.append(Dropped(0, reason, block.text))
            continue
        if folded in captioned:
            continue
        if len(block.text) >= _REPEAT_CHARS and folded in seen:
            result.dropped.append(Dropped(0, "repeat", block.text))
            continue
        seen.add(folded)
        if _junk(block, result):
            continue
        result.blocks.append(block)
    _drop_contact(result)
    while result.blocks and result.blocks[-1].kind is BlockKind.CROSSHEAD:
        result.dropped.append(Dropped(0, "navigation", result.blocks.pop().text))
    _cut_mark(result)
    _split_dateline(result)
    return result


def _date_label(text: str) -> str | None:
    return "date" if _TIME.fullmatch(text) else None


def _junk(block: Block, result: Cleaned) -> bool:
    text = block.text
    if len(text) > _JUNK_CHARS:
        return False
    if junk.is_rights_line(text):
        result.rights = result.rights or text
        return True
    reason = junk.reason(text)
    if reason is None:
        return False
    result.dropped.append(Dropped(0, reason, text))
    return True


def _drop_contact(result: Cleaned) -> None:
    """Take out the closing lines that say where to write to."""
    for block in result.blocks[-_CLOSING:]:
        short = len(result.blocks) > _CLOSING and word_count(block.text) <= _CONTACT_WORDS
        if short and _EMAIL.search(block.text):
            result.blocks.remove(block)
            result.dropped.append(Dropped(0, "contact", block.text))


def _cut_mark(result: Cleaned) -> None:
    """Take the mark that the text goes on elsewhere off the last paragraph."""
    for index, block in list(enumerate(result.blocks))[-_OPENING:]:
        split = junk.truncation_mark(block.text)
        if split is None:
            continue
        rest, result.truncated = split
        result.blocks[index : index + 1] = [Block(block.kind, rest)] if rest.strip() else []
        return


def _split_dateline(result: Cleaned) -> None:
    """Set the dateline of the first paragraph apart from its words."""
    for index, block in enumerate(result.blocks[:_OPENING]):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        split = datelines.split(block.text)
        if split is not None and split.rest.strip():
            result.dateline, result.dateline_printed = split.dateline, split.printed
            result.blocks[index : index + 1] = [
                Block(BlockKind.DATELINE, split.printed),
                Block(BlockKind.PARAGRAPH, split.rest),
            ]
        if split is not None or word_count(block.text) > _LABEL_WORDS:
            return
