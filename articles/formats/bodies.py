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
    # Neither is text, and libxml2 stops at the first NUL.
    clean = body.replace("\0", "").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    found: list[Block] = []
    words: list[str] = []
    kinds: list[BlockKind] = []

    def end_block() -> None:
        text = "".join(words).strip()
        words.clear()
        if text:
            found.append(Block(kinds[-1] if kinds else BlockKind.PARAGRAPH, text))

    skipping = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        start = event == "start"
        if tag in _SKIPPED:
            skipping += 1 if start else -1
        elif tag == "br":
            if start:
                words.append("\n")
        elif tag in _BREAKS and not skipping:
            end_block()
            if tag in _KINDS:
                if start:
                    kinds.append(_KINDS[tag])
                else:
                    kinds.pop()
        text = node.text if start else node.tail
        if text and not skipping:
            words.append(" ".join(_folded(text)))
    end_block()
    return [part for block in found for part in _at_blank_lines(block)]


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
