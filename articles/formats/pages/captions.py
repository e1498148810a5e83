"""Pictures' captions, read from figures and kept out of the body."""

import re

from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.formats.pages import tree
from articles.parsed import Caption
from articles.reading import junk
from articles.reading.captions import split_credit
from articles.text import word_count

_MAX_CAPTIONS = 60
_MAX_CHARS = 1_200
_FEW_WORDS = 2
_CREDIT_WORDS = 6
_CALLED = XPath(
    "descendant::*[contains(@class, 'aption')]"
    "[self::p or self::div or self::span or self::small or self::dd or self::em]"
    "[not(.//img)][not(.//h1)]"
)
_CLASS = re.compile(r"(?:^|[\s_-]|[a-z](?=C))captions?(?:[-_]?text)?(?:$|[\s_-])", re.IGNORECASE)
_CREDIT = XPath(
    ".//*[self::cite or self::small or self::span or self::p or self::div or self::footer]"
    "[contains(@class, 'redit') or contains(@class, 'CREDIT') or contains(@itemprop, 'redit')"
    " or contains(@class, 'opyright') or contains(@itemprop, 'opyright')]"
)


def take(root: HtmlElement) -> tuple[Caption, ...]:
    """Return the captions of a page's pictures, each once, and take them out of the tree."""
    found: dict[str, Caption] = {}
    for element in _elements(root):
        if len(tree.words_of(element)) > _MAX_CHARS:
            continue  # called a caption, and a text
        caption = _read(element)
        if caption is None or junk.reason(caption.text) or word_count(caption.text) < _FEW_WORDS:
            pass  # a label for a machine or a button
        elif len(found) < _MAX_CAPTIONS:
            found.setdefault(caption.text, caption)
        element.drop_tree()
    return tuple(found.values())


def _elements(root: HtmlElement) -> list[HtmlElement]:
    """Return what markup calls captions: figcaption, or a small element of such a class."""
    captions: list[HtmlElement] = list(root.iter("figcaption"))
    known = set(captions)
    for element in _CALLED(root):
        if _CLASS.search(element.get("class")) and element.find(".//figcaption") is None:
            within = any(ancestor in known for ancestor in element.iterancestors())
            if not within and len(element.findall(".//p")) <= 2:
                captions.append(element)
                known.add(element)
    return captions


def _set_apart(element: HtmlElement, whole: str) -> list[HtmlElement]:
    """Return the short element that ends a caption after its last sentence: a photographer."""
    last = next(iter(element.iterchildren("em", "i", "small", "cite", "span", reversed=True)), None)
    if last is None or (last.tail or "").strip():
        return []
    words = tree.words_of(last)
    before = whole.removesuffix(words).rstrip()
    apart = whole.endswith(words) and before.endswith((".", "!", "?", "”"))
    return [last] if words and apart and word_count(words) <= _CREDIT_WORDS else []


def _read(element: HtmlElement) -> Caption | None:
    whole = tree.words_of(element)
    if not whole:
        return None
    printed = [e for e in _CREDIT(element)[:5] if tree.words_of(e)] or _set_apart(element, whole)
    if printed:
        credit = tree.words_of(printed[0])
        text = whole.replace(credit, "", 1) if credit != whole else ""
        text = " ".join(text.split()).strip(" |·")
        bare = split_credit(credit)
        if text:
            # Only a label goes, as of “Photo: Jane Doe”; all of “Jane Doe / AP” is the credit.
            return Caption(text, credit if bare.text else bare.credit or credit)
        return None
    caption = split_credit(whole)
    return caption if caption.text else None
