"""The standfirst: a description that is printed on the page, not one made for search engines."""

import re

from lxml.html import HtmlElement

from articles.formats.pages import linked_data, tree
from articles.formats.pages.page import Found, Page
from articles.text import Block, BlockKind

_MAX_CHARS = 800
_MIN_CHARS = 25
_NEAR = 40
_TEXT_TAGS = frozenset({"p", "h2", "h3", "div", "span", "section", "strong", "em"})
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
    for element in page.after_heading[:_NEAR]:
        if element.tag not in _TEXT_TAGS or element.find("p") is not None:
            continue
        words = tree.words_of(element)
        if not _MIN_CHARS <= len(words) <= _MAX_CHARS:
            continue
        marked = _MARKED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}")
        if marked:
            return Found(words, "html standfirst", words)
        if key(words) in described and not _opens_text(element):
            return Found(words, "description as printed", words)
    return None


def _opens_text(element: HtmlElement) -> bool:
    """Whether an element is the first of a run of paragraphs alike: the text's own beginning."""
    alike = [
        sibling
        for sibling in element.itersiblings()
        if sibling.tag == element.tag and sibling.get("class") == element.get("class")
    ]
    return element.tag in {"p", "div"} and len(alike) >= 2


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
        texts.extend(linked_data.plain(value) for value in page.meta(name))
    return [text for text in texts if len(text) >= _MIN_CHARS]
