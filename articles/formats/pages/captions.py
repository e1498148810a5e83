"""Pictures' captions, read from figures and kept out of the body."""

from lxml.html import HtmlElement

from articles.formats.pages import tree
from articles.parsed import Caption
from articles.reading import captions as printed

_MAX_CAPTIONS = 60
_MAX_CHARS = 1_200
_CREDIT = (
    ".//*[self::cite or self::small or self::span or self::p or self::div or self::footer]"
    "[contains(translate(concat(@class, ' ', @itemprop), 'CREDITOPYHLSU', 'creditopyhlsu'), 'credit')"
    " or contains(translate(concat(@class, ' ', @itemprop), 'CREDITOPYHLSU', 'creditopyhlsu'), 'copyright')]"
)


def take(root: HtmlElement) -> tuple[Caption, ...]:
    """Return the captions of a page's figures in order, each once, and take them out of the tree."""
    found: dict[str, Caption] = {}
    for element in root.xpath("//figcaption")[:_MAX_CAPTIONS]:
        caption = _read(element)
        if caption is not None:
            found.setdefault(caption.text, caption)
    for element in root.xpath("//figcaption"):
        element.drop_tree()
    return tuple(found.values())


def _read(element: HtmlElement) -> Caption | None:
    whole = tree.words_of(element)
    if not whole or len(whole) > _MAX_CHARS:
        return None
    credits = [e for e in element.xpath(_CREDIT)[:5] if tree.words_of(e)]
    if credits:
        credit = tree.words_of(credits[0])
        text = whole.replace(credit, "", 1) if credit != whole else ""
        text = " ".join(text.split()).strip(" |·")
        bare = printed.split_credit(credit)
        if text:
            return Caption(text, bare.credit or credit)
        return None
    caption = printed.split_credit(whole)
    return caption if caption.text else None
