"""A body as one string, plain or HTML, into its blocks."""

import re
from html import unescape

from lxml import etree, html

from articles.parsed import Dateline
from articles.reading import datelines
from articles.text import Block, BlockKind

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|strong|em|b|i|u|ul|ol|li|h[1-6]|blockquote|figure|img|table|section"
    r"|article|html|body)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_SKIPPED = frozenset(
    {"script", "style", "noscript", "svg", "head", "template", "iframe", "button", "form", "title"}
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.CROSSHEAD),
    "li": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "figcaption": BlockKind.CAPTION,
}
_BREAKS = frozenset(
    {"p", "div", "section", "article", "ul", "ol", "table", "tr", "td", "th", "figure", "pre"}
    | {"header", "footer", "aside", "main", "body", "html", "hr", "dl", "dt", "dd", "address"}
    | set(_KINDS)
)


def paragraphs(text: str) -> list[str]:
    """Split plain text at blank lines, or at line ends where it has no blank lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = text.strip().split("\n\n") if "\n\n" in text else _BLANK_LINE.split(text.strip())
    if len(parts) == 1:
        parts = text.split("\n")
    return [part.strip() for part in parts if part and not part.isspace()]


def is_html(text: str) -> bool:
    """Return whether a string is marked up."""
    return "<" in text and _TAG.search(text) is not None


def blocks(body: str) -> list[Block]:
    """Return the blocks of a body, plain or HTML; no datelines are split off."""
    if is_html(body):
        return html_blocks(body)
    if "&" in body and _ENTITY.search(body):
        body = unescape(body)
    return [Block(BlockKind.PARAGRAPH, part) for part in paragraphs(body)]


def plain(text: str) -> str:
    """Return a one-line string without mark-up and entities."""
    if is_html(text):
        return " ".join(block.text for block in html_blocks(text))
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


def html_blocks(body: str) -> list[Block]:
    """Return the blocks of marked-up text, without scripts, forms and their like."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # libxml2 stops at the first NUL, and half a surrogate pair has no UTF-8.
    clean = body.replace("\0", "").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    walk = _Walk()
    for event, node in etree.iterwalk(root, events=("start", "end")):
        walk.step(node.tag if isinstance(node.tag, str) else "", node, start=event == "start")
    walk.end_block()
    return [part for block in walk.found for part in _at_blank_lines(block)]


class _Walk:
    """A walk through mark-up: the block under way and the kinds of the elements around it."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._words: list[str] = []
        self._kinds: list[BlockKind] = []
        self._skipping = 0

    def step(self, tag: str, node: etree._Element, *, start: bool) -> None:
        if tag in _SKIPPED:
            self._skipping += 1 if start else -1
        elif not self._skipping:
            self._enter(tag, start=start)
        text = node.text if start else node.tail
        if text and not self._skipping:
            self._words.append(" ".join(_folded(text)))

    def _enter(self, tag: str, *, start: bool) -> None:
        if tag == "br" and start:
            self._words.append("\n")
        elif tag in _BREAKS:
            self.end_block()
            if tag in _KINDS and start:
                self._kinds.append(_KINDS[tag])
            elif tag in _KINDS:
                self._kinds.pop()

    def end_block(self) -> None:
        text = "".join(self._words).strip()
        self._words.clear()
        if text:
            self.found.append(Block(self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH, text))


def _folded(text: str) -> list[str]:
    """Return words with an empty string for white space at either edge, so that it is kept."""
    edge_left = [""] if text[:1].isspace() else []
    edge_right = [""] if text[-1:].isspace() and not text.isspace() else []
    return [*edge_left, *text.split(), *edge_right] if not text.isspace() else ["", ""]


def _at_blank_lines(block: Block) -> list[Block]:
    """Two ``<br>`` end a paragraph."""
    parts = _BLANK_LINE.split(block.text)
    return [Block(block.kind, part.strip()) for part in parts if part.strip()]


def with_dateline(body: list[Block]) -> tuple[list[Block], Dateline | None, str]:
    """Split a wire's dateline off the first paragraph: blocks, dateline, and it as printed."""
    for index, block in enumerate(body):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        split = datelines.split(block.text)
        if split is None:
            break
        opening = [
            Block(BlockKind.DATELINE, split.printed),
            Block(BlockKind.PARAGRAPH, split.rest),
        ]
        return [*body[:index], *opening, *body[index + 1 :]], split.dateline, split.printed
    return body, None, ""
