"""The standfirst: a description that is printed on the page, not one made for search engines."""

import re

from lxml.html import HtmlElement

from articles.formats.pages import linked_data, tree
from articles.formats.pages.page import Found, Page
from articles.text import Block, BlockKind

_MAX_CHARS = 800
_MIN_CHARS = 25
_MARKED = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|sub-?title|sub-?head(?:line|ing)?|sub-?deck|lede?|lead|abstract|intro|"
    r"chapo|chapeau|entradilla|vorspann|teaser-text|strapline|kicker-text|summary|excerpt|article-summary)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")


def description(page: Page) -> Found | None:
    """Return the page's description of itself, printed or not."""
    if raw := linked_data.text_of(page.article.get("description")):
        return Found(raw, "json-ld description", raw)
    return page.first("og:description", "description", "twitter:description", "dc.description")


def find(page: Page) -> Found | None:
    """Return the standfirst printed between headline and text, or None.

    It is an element whose whole text is one of the page's descriptions, or that its markup calls
    a standfirst, and which follows the headline.
    """
    described = {key(text): text for text in _descriptions(page)}
    heading = _heading(page)
    if heading is None:
        return None
    for element in _following(heading):
        words = tree.words_of(element)
        if not _MIN_CHARS <= len(words) <= _MAX_CHARS:
            continue
        if key(words) in described:
            return Found(words, "description as printed", words)
        if _MARKED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}"):
            return Found(words, "html standfirst", words)
    return None


def key(words: str) -> str:
    """Return words as they are compared: without case, punctuation and white space."""
    return _NOT_WORD.sub("", words.casefold())


def split(blocks: list[Block], standfirst: Found | None) -> list[Block]:
    """Return a body's blocks without a standfirst that opens them."""
    if standfirst is None:
        return blocks
    wanted = key(standfirst.value)
    kept = [
        block
        for index, block in enumerate(blocks)
        if index > 3 or block.kind is BlockKind.LIST_ITEM or key(block.text) != wanted
    ]
    return kept or blocks


def _descriptions(page: Page) -> list[str]:
    texts = [linked_data.text_of(page.article.get("description"))]
    for name in ("og:description", "description", "twitter:description"):
        texts.extend(linked_data.plain(value) for value in page.meta.get(name, ()))
    return [text for text in texts if len(text) >= _MIN_CHARS]


def _heading(page: Page) -> HtmlElement | None:
    for heading in page.root.xpath("//h1"):
        if tree.words_of(heading) == page.heading:
            found: HtmlElement = heading
            return found
    return None


def _following(heading: HtmlElement) -> list[HtmlElement]:
    """Return the text elements that come soon after the headline."""
    found: list[HtmlElement] = heading.xpath(
        "following::*[self::p or self::h2 or self::h3 or self::div[not(*[self::div or self::p])] or self::span]"
        "[position() <= 25]"
    )
    return found
