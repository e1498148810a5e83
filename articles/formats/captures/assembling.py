"""From the lines of one article, each with its role, to the parsed article."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from articles.formats.captures.headers import Header
from articles.formats.captures.roles import Placed, Role
from articles.parsed import (
    Caption,
    Credit,
    CreditKind,
    Dateline,
    Dropped,
    Flag,
    ParsedArticle,
    Provenance,
)
from articles.reading import agencies, bylines, captions, datelines, languages
from articles.text import Block, BlockKind, in_order

_KINDS = {
    Role.HEADLINE: BlockKind.HEADLINE,
    Role.STANDFIRST: BlockKind.STANDFIRST,
    Role.KEY_POINT: BlockKind.KEY_POINT,
    Role.PARAGRAPH: BlockKind.PARAGRAPH,
    Role.CROSSHEAD: BlockKind.CROSSHEAD,
    Role.LIST_ITEM: BlockKind.LIST_ITEM,
    Role.QUOTATION: BlockKind.QUOTATION,
    Role.NOTE: BlockKind.NOTE,
}
_RULES = {
    Role.STANDFIRST: ("standfirst", "line below the headline"),
    Role.KEY_POINT: ("key_points", "points beside the headline"),
}
_CONTROLS = "control characters removed"
# "… he said. — AFP", "… he said. (Reuters)": who sent the story, at its very end.
_SIGN_OFF = re.compile(r"(?:[-–—]{1,2}\s?|[(\[])([^()\[\]]{2,40})[)\]]?\.?$")
_LANGUAGE_SAMPLE = 4000
_FIELDS = frozenset(
    {"published", "modified", "byline", "source", "section", "page", "edition", "canonical_url"}
)


def assemble(placed: Sequence[Placed]) -> ParsedArticle:
    """Return the article that the placed lines make. Every line is in it somewhere."""
    builder = _Builder()
    for line in placed:
        builder.add(line)
    first, last = placed[0].line.line.number, placed[-1].line.line.last
    return builder.article(f"lines {first}-{last}")


class _Builder:
    """Gathers one article's fields, line by line."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._fields: dict[str, Any] = {}
        self._credits: list[Credit] = []
        self._captions: list[Caption] = []
        self._dateline: Dateline | None = None
        self._body_began = False
        self._rights: list[str] = []
        self._extra: dict[str, Any] = {}
        self._provenance: dict[str, Provenance] = {}
        self._dropped: list[Dropped] = []
        self._flags: set[Flag] = set()
        self._special: dict[Role, Callable[[Placed], None]] = {
            Role.HEADER: self._header,
            Role.CREDIT: self._header,
            Role.CAPTION: self._caption,
            Role.RIGHTS: self._right,
            Role.SECTION: self._section,
            Role.DROPPED: self._drop,
        }

    def add(self, placed: Placed) -> None:
        """Take one line."""
        line = placed.line
        if line.line.removed and line.label.name != "JUNK":
            count = line.line.removed
            self._dropped.append(Dropped(line.line.number, _CONTROLS, f"{count} of them"))
        if line.mark and placed.role is not Role.DROPPED:
            self._truncated(line.mark)
        special = self._special.get(placed.role)
        if special:
            special(placed)
        elif placed.role is Role.PARAGRAPH:
            self._paragraph(line.text)
        else:
            self._blocks.append(Block(_KINDS[placed.role], line.text))
            self._trace(placed)

    def _trace(self, placed: Placed) -> None:
        if placed.role is Role.HEADLINE:
            self._note("headline", placed.rule, placed.line.line.text)
        elif placed.role in _RULES:
            field, rule = _RULES[placed.role]
            self._note(field, rule, placed.line.line.text)

    def _note(self, field: str, rule: str, raw: str) -> None:
        """Record a rule and its raw string; more of the same field are added line by line."""
        known = self._provenance.get(field)
        if known:
            self._provenance[field] = Provenance(known.rule, f"{known.raw}\n{raw}")
        else:
            self._provenance[field] = Provenance(rule, raw)

    def _truncated(self, mark: str) -> None:
        self._flags.add(Flag.TRUNCATED)
        self._note("truncated", "truncation mark", mark)

    def _paragraph(self, text: str) -> None:
        split = None if self._body_began else datelines.split(text)
        self._body_began = True
        if split is None:
            self._blocks.append(Block(BlockKind.PARAGRAPH, text))
            return
        self._dateline = split.dateline
        self._note("dateline", "opening of the first paragraph", split.printed)
        self._blocks.append(Block(BlockKind.DATELINE, split.printed))
        self._blocks.append(Block(BlockKind.PARAGRAPH, split.rest))

    def _caption(self, placed: Placed) -> None:
        text = placed.line.text
        caption = captions.split_credit(text)
        self._note("captions", "caption line", text)
        last = self._captions[-1] if self._captions else None
        if not caption.text and last and not last.credit:
            self._captions[-1] = Caption(last.text, caption.credit)
            return
        self._captions.append(caption)
        if caption.text:
            self._blocks.append(Block(BlockKind.CAPTION, caption.text))

    def _right(self, placed: Placed) -> None:
        self._rights.append(placed.line.text)
        self._note("rights", "rights line", placed.line.text)

    def _section(self, placed: Placed) -> None:
        self._set(Header("section", placed.line.text, placed.line.text, "line above the headline"))

    def _drop(self, placed: Placed) -> None:
        line = placed.line
        text = line.line.text or (f"{line.line.removed} of them" if line.line.removed else "")
        if line.label.name == "BREAK" and line.mark:
            self._truncated(line.mark)
            return
        self._dropped.append(Dropped(line.line.number, placed.reason, text))
        if placed.reason == "repeat":
            self._flags.add(Flag.REPEATS_DROPPED)

    def _header(self, placed: Placed) -> None:
        used = [self._set(header) for header in placed.line.headers]
        if not any(used):
            field = placed.line.headers[0].field
            self._dropped.append(
                Dropped(placed.line.line.number, f"second {field}", placed.line.line.text)
            )

    def _set(self, header: Header) -> bool:
        """Take a field from a header line unless one said it before; return whether it was."""
        field = "canonical_url" if header.field == "url" else header.field
        if field in {"headline", "standfirst"}:
            self._blocks.append(Block(BlockKind(field), header.value))
        elif field == "byline":
            self._byline(header)
        elif field not in _FIELDS:
            self._extra[field] = header.value
        elif field in self._fields:
            return False
        else:
            self._fields[field] = header.value
        self._note(field, header.rule, header.raw)
        return True

    def _byline(self, header: Header) -> None:
        printed = self._fields.get("byline")
        self._fields["byline"] = f"{printed}; {header.value}" if printed else header.value
        self._add_credits(bylines.parse(header.value))

    def _add_credits(self, found: Sequence[Credit]) -> None:
        known = {(credit.kind, credit.name) for credit in self._credits}
        self._credits.extend(c for c in found if (c.kind, c.name) not in known)

    def _credit_agencies(self) -> None:
        """Credit the agency that the dateline or the story's last words name."""
        named: list[str] = []
        if self._dateline and self._dateline.agency:
            named.append(self._dateline.agency)
        paragraphs = [block.text for block in self._blocks if block.kind is BlockKind.PARAGRAPH]
        match = _SIGN_OFF.search(paragraphs[-1][-60:]) if paragraphs else None
        agency = agencies.canonical(match[1].strip()) if match else None
        if match and agency:
            named.append(agency)
            self._note("credits", "sign-off at the end", match[0])
        self._add_credits([Credit(CreditKind.AGENCY, name) for name in named])

    def article(self, locator: str) -> ParsedArticle:
        """Return what was gathered."""
        self._credit_agencies()
        body = "\n".join(block.text for block in self._blocks if block.kind.is_body)
        words = body or "\n".join(block.text for block in self._blocks)
        return ParsedArticle(
            locator=locator,
            blocks=tuple(in_order(self._blocks)),
            credits=tuple(self._credits),
            dateline=self._dateline,
            captions=tuple(self._captions),
            language=languages.detect(words[:_LANGUAGE_SAMPLE]),
            rights="\n".join(self._rights) or None,
            flags=frozenset(self._flags),
            extra=self._extra,
            provenance=self._provenance,
            dropped=tuple(sorted(self._dropped, key=lambda entry: entry.line)),
            **self._fields,
        )
