"""Key points: a short list that the page prints between its headline and its text."""

import re

from lxml.html import HtmlElement

from articles.formats.pages import tree
from articles.formats.pages.page import Page
from articles.text import word_count

_MOST_POINTS = 10
_POINT_WORDS = range(3, 60)
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:key[-_]?(?:points?|takeaways?|facts?|lines?)|takeaways|bullet[-_]?points?|"
    r"(?:story|article)[-_]?highlights|at[-_]a[-_]glance|points[-_]cles|puntos[-_]clave|"
    r"das[-_]wichtigste|in[-_]kuerze|punti[-_]chiave)(?:$|[\s_-])",
    re.IGNORECASE,
)


def take(page: Page) -> tuple[str, ...]:
    """Return the key points that markup calls so, and take their list out of the tree."""
    for element in page.after_heading:
        if element.tag not in {"ul", "ol"} or not _is_called_so(element):
            continue
        points = tuple(words for item in element.iter("li") if (words := tree.words_of(item)))
        if 0 < len(points) <= _MOST_POINTS and all(word_count(p) in _POINT_WORDS for p in points):
            element.drop_tree()
            return points
    return ()


def _is_called_so(element: HtmlElement) -> bool:
    """Whether a list, or the box around it alone, has the class of key points."""
    parent = element.getparent()
    around = [element] if parent is None or len(parent) > 2 else [element, parent]
    return any(_CALLED.search(e.get("class") or e.get("data-testid") or "") for e in around)
