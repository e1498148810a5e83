"""Pictures' captions, read from figures and kept out of the body."""

import re

from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.formats.pages import tree
from articles.parsed import Caption
from articles.reading.captions import split_credit

_MAX_CAPTIONS = 60
_MAX_CHARS = 1_200
_CALLED = XPath(
    "//*[self::p or self::div or self::span or self::small or self::dd or self::em]"
    "[contains(@class, 'aption')][not(.//img)][not(.//h1)]"
)
_CLASS = re.compile(r"(?:^|[\s_-]|[a-z](?=C))captions?(?:[-_]?text)?(?:$|[\s_-])", re.IGNORECASE)
_CREDIT = (
    ".//*[self::cite or self::small or self::span or self::p or self::div or self::footer]"
    "[contains(translate(concat(@class, ' ', @itemprop), 'CREDITOPYHLSU', 'creditopyhlsu'), 'credit')"
    " or contains(translate(concat(@class, ' ', @itemprop), 'CREDITOPYHLSU', 'creditopyhlsu'), 'copyright')]"
)


def take(root: HtmlElement) -> tuple[Caption, ...]:
    """Return the captions of a page's figures in order, each once, and take them out of the tree."""
    found: dict[str, Caption] = {}
    for element in _elements(root):
        if len(tree.words_of(element)) > _MAX_CHARS:
            continue  # called a caption, and a text
        caption = _read(element)
        if caption is not None and len(found) < _MAX_CAPTIONS:
            found.setdefault(caption.text, caption)
        element.drop_tree()
    return tuple(found.values())


def _elements(root: HtmlElement) -> list[HtmlElement]:
    """Return what markup calls captions: figcaption, or a small element of such a class."""
    captions: list[HtmlElement] = list(root.iter("figcaption"))
    for element in _CALLED(root):
        if _CLASS.search(element.get("class")) and element.find(".//figcaption") is None:
            within = any(ancestor in captions for ancestor in element.iterancestors())
            if not within and len(element.findall(".//p")) <= 2:
                captions.append(element)
    return captions


def _read(element: HtmlElement) -> Caption | None:
    whole = tree.words_of(element)
    if not whole:
        return None
    credits = [e for e in element.xpath(_CREDIT)[:5] if tree.words_of(e)]
    if credits:
        credit = tree.words_of(credits[0])
        text = whole.replace(credit, "", 1) if credit != whole else ""
        text = " ".join(text.split()).strip(" |·")
        bare = split_credit(credit)
        if text:
            return Caption(text, bare.credit or credit)
        return None
    caption = split_credit(whole)
    return caption if caption.text else None
