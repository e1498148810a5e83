"""The article's text as blocks: trafilatura finds it, we tell what its parts are."""

import logging
import re
from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from articles.text import Block, BlockKind, normalise_block

# It reports each page in which it finds nothing as an error; we report that ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# What holds no words of an article. Dropped first: the rest of the work is done on copies of the tree.
_DROPPED = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "video", "audio",
    "canvas", "button", "select", "input", "textarea", "dialog", "link", "meta", "map", "img",
    "picture", "source", "nav",
)  # fmt: skip
_PARAGRAPHS = re.compile(r"\n\s*\n")
_BLOCKS = {"head": BlockKind.CROSSHEAD, "item": BlockKind.LIST_ITEM, "quote": BlockKind.QUOTATION}
_CONTAINERS = frozenset(
    {"p", "list", "item", "quote", "head", "table", "row", "cell", "div", "body"}
)


def prune(root: HtmlElement) -> None:
    """Take out of the tree what holds no words, keeping the text that follows it."""
    for element in list(root.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()


def extract(root: HtmlElement) -> list[Block]:
    """Return the blocks of a pruned page's body, in order; none where there is no article."""
    fast = _extract(root, fast=True)
    return list(_blocks(fast)) if fast is not None else []


def _extract(root: HtmlElement, *, fast: bool) -> _Element | None:
    options = Extractor(output_format="python", fast=fast, comments=False, formatting=False)
    document = bare_extraction(root, options=options)
    return document.body if document is not None else None


def _blocks(body: _Element) -> Iterator[Block]:
    for kind, text in _walk(body, BlockKind.PARAGRAPH):
        for part in _PARAGRAPHS.split(text):
            words = normalise_block(part)
            if words:
                yield Block(kind, words)


def _walk(element: _Element, kind: BlockKind) -> Iterator[tuple[BlockKind, str]]:
    """Yield an element's runs of text with what they are: its own words, and its inner blocks."""
    run: list[str] = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag == "row":
            yield kind, "".join(run)
            cells = (" ".join("".join(cell.itertext()).split()) for cell in child)
            run = [" | ".join(cell for cell in cells if cell)]
            yield kind, run.pop()
            run = [child.tail or ""]
        elif tag in _CONTAINERS:
            yield kind, "".join(run)
            yield from _walk(child, _kind(tag, kind))
            run = [child.tail or ""]
        elif tag == "lb":
            run.append("\n" + (child.tail or ""))
        elif isinstance(tag, str):
            run.extend(_inline(child))
            run.append(child.tail or "")
        else:
            run.append(child.tail or "")
    yield kind, "".join(run)


def _inline(element: _Element) -> Iterator[str]:
    for piece in element.iter():
        if piece.tag == "lb":
            yield "\n"
        if piece.text and isinstance(piece.tag, str):
            yield piece.text
        if piece.tail and piece is not element:
            yield piece.tail


def _kind(tag: str, outer: BlockKind) -> BlockKind:
    """A paragraph in a list's item is the item's words, and so with a quotation."""
    return _BLOCKS.get(tag, outer)
