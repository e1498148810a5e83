"""Two linked articles, and what is read in pages of links."""

import re
from datetime import date

from articles.models import Article, Corpus
from tests.factories import make_article, make_source

WORDS = (
    "The bridge across the harbour was opened on Tuesday after nine years of work.",
    "Crowds came from far away to see the first train go over it at noon.",
)
QUEUE = "/links/"


def pair(corpus: Corpus, name: str = "Bridge") -> tuple[Article, Article]:
    first = make_article(
        corpus,
        headline=f"{name} opens",
        paragraphs=(*WORDS, "Only the agency has this paragraph of the mayor’s speech."),
        source=make_source(corpus, f"{name} Agency"),
    )
    second = make_article(
        corpus,
        headline=f"{name} is open",
        paragraphs=WORDS,
        source=make_source(corpus, f"{name} Courier"),
        published=date(1932, 3, 20),
    )
    return first, second


def shown_link(html: str) -> int:
    found = re.search(r'name="link" value="(\d+)"', html)
    assert found is not None
    return int(found[1])


def offered_undo(html: str) -> int | None:
    """Return the operation that z would take back."""
    found = re.search(r'value="undo:(\d+)" data-key="z"', html)
    return int(found[1]) if found else None


def said(html: str) -> str:
    """Return what is read out of the step that led to a page."""
    [found] = re.findall(r'id="link-said" role="status">([^<]*)<', html)
    assert isinstance(found, str)
    return found


def way(html: str, key: str) -> str:
    """Return where a key leads."""
    [found] = re.findall(rf'href="([^"]+)" data-key="{key}"', html)
    assert isinstance(found, str)
    return found.replace("&amp;", "&")


def ticked_boxes(html: str) -> list[int]:
    """Return the links of a list that can be ticked, in order."""
    return [int(pk) for pk in re.findall(r'type="checkbox" name="link" value="(\d+)"', html)]
