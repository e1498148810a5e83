"""The concordance: every hit of a question as a line, its keyword between its left and right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from articles.models import Article
from articles.models.lookups import any_id
from articles.search.asking import Question
from articles.search.engine import answers
from articles.search.marking import marks

CONTEXT_CHARACTERS = 80
MAX_LINES = 10_000
SEED = 1


class Sort(StrEnum):
    """The orders of lines: by when or where they were printed, or by a word beside the keyword."""

    OLDEST = "date"
    NEWEST = "-date"
    SOURCE = "source"
    LEFT1 = "left1"
    LEFT2 = "left2"
    LEFT3 = "left3"
    RIGHT1 = "right1"
    RIGHT2 = "right2"
    RIGHT3 = "right3"


@dataclass(frozen=True, slots=True)
class Line:
    """A hit in its context. ``start`` and ``end``: its place in the version's text, code points.

    ``number`` is the hit's number in the text, as :mod:`articles.search.marking` counts; ``part``
    is headline, standfirst, body or caption.
    """

    article_id: int
    version_id: int
    number: int
    part: str
    start: int
    end: int
    left: str
    hit: str
    right: str
    headline: str = ""
    source: str | None = None
    published_date: date | None = None
    published_precision: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of lines. ``next`` is the cursor of the page that follows, None on the last.

    ``total`` is the number of all lines where it is known, and about that where ``sampled`` says
    that the lines are a random sample of so many.
    """

    lines: Sequence[Line]
    sort: Sort
    next: str | None = None
    previous: str | None = None
    total: int | None = None
    sampled: int | None = None
    seed: int = SEED


class NoWordsError(Exception):
    """The query asks for no words, so that there is nothing to stand in the middle of a line."""


def concordance(
    question: Question,
    *,
    sort: Sort = Sort.NEWEST,
    limit: int = 100,
    cursor: str = "",
    seed: int = SEED,
) -> Lines:
    """Return a page of lines of a question over readable corpora.

    Raises CursorError, NoWordsError, QueryError, TooSlowError.
    """
    found = question.page(
        sort=answers.Sort.OLDEST if sort is Sort.OLDEST else answers.Sort.NEWEST,
        limit=limit,
        cursor=cursor,
    )
    rows = {
        article.pk: article
        for article in Article.objects.filter(any_id("id", found.ids)).select_related(
            "version", "source"
        )
    }
    lines = [line for pk in found.ids if pk in rows for line in _lines_of(question, rows[pk])]
    return Lines(lines, sort, found.next, found.previous, seed=seed)


def _lines_of(question: Question, article: Article) -> list[Line]:
    version = article.version
    assert version is not None  # noqa: S101 -- of every article that is found
    text = version.text
    return [
        Line(
            article.pk, version.pk, mark.hit, mark.part, mark.start, mark.end,
            " ".join(text[max(mark.start - CONTEXT_CHARACTERS, 0) : mark.start].split()),
            text[mark.start : mark.end],
            " ".join(text[mark.end : mark.end + CONTEXT_CHARACTERS].split()),
            article.headline, article.source.name if article.source else None,
            article.published_date, article.published_precision, article.language,
        )
        for mark in marks(question.tree, version, article.language)
    ]  # fmt: skip
