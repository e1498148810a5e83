"""The bylines that a page prints near its headline, by what its markup calls them."""

import re
from collections.abc import Iterator
from itertools import groupby, islice, pairwise

from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.formats.pages import tree
from articles.formats.pages.page import Found, Page
from articles.reading import bylines

MAX_BYLINE = 300
_MAX_NAME = 80
_MAX_MARKED = 60
_MAX_LINES = 3
# Marks that say by themselves that here stands an author, wherever on the page.
_MARKED = XPath("descendant::*[@itemprop or @rel][@itemprop='author' or @rel='author']")
_PROFILE = re.compile(
    r"/(?:authors?|autore?s?|autoren|auteurs?|by|redaktion|people|journalists?|profile)/[^/]"
)
_NOT_LINES = frozenset({"meta", "link", "img", "body", "html", "article"})
# Marks of what has a byline of its own.
_OF_OTHERS = ("comment", "mediabox", "caption", "video", "audio", "teaser")
_SIGNATURE = re.compile(r"(?:^|[\s_-])signature(?:$|[\s_-])")
_WRITER = re.compile(
    r"author|(?:^|[\s_-])(?:autor(?:a|e|es|in|en)?|auteurs?|writers?|reporters?|journalists?|"
    r"contributors?|verfasser(?:in)?|forfatter|skribent|created-by)(?:$|[\s_-])"
)
_BYLINE = 2
# By these marks each name has an element of its own.
_SIDE_BY_SIDE = frozenset({0, 1, 3})
_LABEL = re.compile(
    r"(?:authors?|written by|autor(?:a|es|in|innen)?|autorin/autor|autor/autorin|auteurs?|"
    r"autor[ei]|auteur\(s\)|författare|forfatter|автор)\s*:?",
    re.IGNORECASE,
)


def found(page: Page) -> Iterator[list[Found]]:
    """Yield the printed bylines, surest first; names that stand side by side together."""
    groups: dict[int, list[HtmlElement]] = {}
    for element in (*page.around_heading, *_MARKED(page.root)[:_MAX_MARKED]):
        rank = _rank(element)
        if rank is not None:
            groups.setdefault(rank, []).append(element)
    for rank, elements in sorted(groups.items()):
        outer = [e for e in elements if not any(a in elements for a in e.iterancestors())]
        rule = "html itemprop author" if rank == 0 else "html byline"
        lines = [outer] if rank in _SIDE_BY_SIDE else islice(_lines(outer), _MAX_LINES)
        for line in lines:
            texts = [text for element in line if 1 < len(text := words_of(element)) <= MAX_BYLINE]
            yield [Found(text, rule, text) for text in dict.fromkeys(texts)]


def labelled(page: Page) -> Iterator[list[Found]]:
    """Yield what stands after a label for authors in a list of facts: "Author: Jane Doe"."""
    for words in tree.labelled(page.root, _LABEL):
        if 1 < len(words) <= _MAX_NAME and bylines.parse(words):
            yield [Found(words, "html label", words)]


def below_headline(page: Page) -> Iterator[str]:
    """Yield the words of what markup calls bylines, below the headline."""
    marked = (element for element in page.after_heading if _rank(element) == _BYLINE)
    for element in islice(marked, _MAX_LINES):
        if 1 < len(text := tree.words_of(element)) <= MAX_BYLINE:
            yield text


def words_of(element: HtmlElement) -> str:
    """Return a byline's words; names in elements of their own are parted by semicolons."""
    runs = [run for run in element.itertext() if run]
    whole = tree.words_of(element)
    glued = any(one[-1].isalnum() and other[0].isalnum() for one, other in pairwise(runs))
    if not glued and (len(whole) > MAX_BYLINE or bylines.parse(whole)):
        return whole
    pieces = (" ".join(run.split()) for run in runs)
    return "; ".join(dict.fromkeys(piece for piece in pieces if piece))


def _lines(elements: list[HtmlElement]) -> Iterator[list[HtmlElement]]:
    """Yield elements that stand under one parent by one class together, and others alone."""
    for _, alike in groupby(elements, key=lambda e: (e.getparent(), e.tag, e.get("class"))):
        yield list(alike)


def _rank(element: HtmlElement) -> int | None:
    """Return how surely an element is a byline (0 is surest), or None where it is none."""
    marks = f"{element.get('class') or ''} {element.get('data-testid') or ''}".lower()
    if element.tag in _NOT_LINES or any(word in marks for word in _OF_OTHERS):
        return None
    if element.get("itemprop") == "author":
        return 0
    if "author" in (element.get("rel") or "").split():
        return 1
    if "byline" in marks or _SIGNATURE.search(marks):
        return _BYLINE
    if element.tag == "a" and _PROFILE.search(element.get("href") or ""):
        return 3
    return 4 if _WRITER.search(marks) else None
