"""The article's text as blocks: trafilatura finds it, we tell what its parts are."""

import logging
import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from articles.formats.pages.tree import words_of
from articles.text import Block, BlockKind, normalise_block, word_count

# It reports each page in which it finds nothing as an error; we report that ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# What holds no words of an article; dropped first, since the tree is copied several times.
_DROPPED = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "video", "audio",
    "canvas", "button", "select", "input", "textarea", "dialog", "link", "meta", "map", "img",
    "picture", "source", "nav", "head", "aside", "footer", "label", "option", "menu",
)  # fmt: skip
_FEW_WORDS = 60
_SHORTFALL = 0.7
_SHORTFALL_WORDS = 60
_MAX_PARTS = 60
_TITLE_CHARS = 15
_MAX_ITEMS = 50
_PARAGRAPHS = re.compile(r"\n\s*\n")
_BLOCKS = {"head": BlockKind.CROSSHEAD, "item": BlockKind.LIST_ITEM, "quote": BlockKind.QUOTATION}
_CONTAINERS = frozenset(
    {"p", "list", "item", "quote", "head", "table", "row", "cell", "div", "body"}
)


def prune(root: HtmlElement) -> None:
    """Take out of the tree what holds no words of the article, keeping the text that follows it."""
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    for links in list(root.iter("ul", "ol")):
        if links.getparent() is not None and _is_all_links(links):
            links.drop_tree()
    for heading in list(root.iter("h2", "h3", "h4", "h5")):
        if heading.getparent() is not None and _is_link(heading):
            heading.drop_tree()


def extract(root: HtmlElement, expected: int = 0) -> list[Block]:
    """Return the blocks of a pruned page's body, in order; none where there is no article.

    ``expected`` is the number of words that the page says its text has, 0 where it does not say.
    Changes the tree.
    """
    best = _read(root, fast=True)
    if words_in(best) < max(_FEW_WORDS, _SHORTFALL * expected):
        best = _longer(best, _read(root, fast=False))
    if gather(root, best):
        best = _longer(best, _read(root, fast=True))
    return best


def gather(root: HtmlElement, found: list[Block]) -> bool:
    """Bring together a text that the page keeps in several containers alike; say whether it did.

    Some sites cut a text into parts (for advertisements between them), each in an element of the
    same class; only the first is taken for the text. Parts of one text have no headline between.
    """
    texts = {" ".join(block.text.split()) for block in found}
    parts: dict[tuple[str, str], list[HtmlElement]] = {}
    holding: dict[tuple[str, str], int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is None or not parent.get("class"):
            continue
        sign = (str(parent.tag), str(parent.get("class")))
        alike = parts.setdefault(sign, [])
        if not alike or alike[-1] is not parent:
            alike.append(parent)
        if words_of(paragraph) in texts:
            holding[sign] = holding.get(sign, 0) + 1
    if not holding:
        return False
    first, *rest = dict.fromkeys(parts[max(holding, key=lambda sign: holding[sign])])
    rest = [part for part in rest if first not in part.iterancestors()][:_MAX_PARTS]
    return bool(rest) and _join(first, rest, texts)


def _join(first: HtmlElement, rest: list[HtmlElement], texts: set[str]) -> bool:
    """Move the parts' content into the first part, if they hold much that was missed."""
    missed = sum(
        word_count(words)
        for part in rest
        for paragraph in part.iter("p")
        if (words := words_of(paragraph)) not in texts
    )
    if missed < _SHORTFALL_WORDS or missed < 0.2 * sum(map(word_count, texts)):
        return False
    common = next((a for a in first.iterancestors() if a in set(rest[-1].iterancestors())), None)
    if common is None or len(common.findall(".//h1")) > 1 or len(common.findall(".//article")) > 1:
        return False
    for part in rest:
        first.extend(list(part))
    return True


def _is_all_links(links: HtmlElement) -> bool:
    """Whether a list is one of links to other pages: each item is one, as long as a title."""
    items = links.findall("li")
    if not items or len(items) != len(links):
        return False
    return all(_is_link(item) for item in items[:_MAX_ITEMS])


def _is_link(item: HtmlElement) -> bool:
    words = words_of(item)
    links = item.findall(".//a") if len(words) > _TITLE_CHARS else []
    return len(links) == 1 and words_of(links[0]) == words


def _longer(one: list[Block], other: list[Block]) -> list[Block]:
    return other if words_in(other) > 1.2 * words_in(one) else one


def words_in(blocks: list[Block]) -> int:
    """Return how many words blocks have."""
    return sum(word_count(block.text) for block in blocks)


def _read(root: HtmlElement, *, fast: bool) -> list[Block]:
    found = _extract(root, fast=fast)
    return list(_blocks(found)) if found is not None else []


def _extract(root: HtmlElement, *, fast: bool) -> _Element | None:
    options = Extractor(output_format="xml", fast=fast, comments=False, formatting=False)
    document = bare_extraction(root, options=options)
    return document.body if isinstance(document, Document) else None


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
    """Return what a container's words are; a paragraph in a list's item is the item's words."""
    return _BLOCKS.get(tag, outer)
