"""An article in the reading pane of an answer, with what was looked for marked in it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from articles.filters import FilterError
from articles.models import Article, Version
from articles.search.language.errors import QueryError
from articles.search.language.query import parse
from articles.search.marking import Mark, marks
from articles.views.parameters import ParameterError
from articles.views.reading.withheld import may_read, outline
from articles.views.search import old_filters, searching
from articles.views.search.searching import Place
from articles.views.tagging.tag_reading import tags_of

# As long as an address may be; a place that is longer is none.
MAX_PLACE = 8_000


def known(request: HttpRequest) -> QuerySet[Article]:
    """Return the articles that the reader may see, with all that a page shows of one."""
    visible: QuerySet[Article] = Article.objects.visible_to(request.user).with_credits()
    return visible.select_related("corpus", "source", "version__capture")


def place_in(request: HttpRequest) -> Place:
    """Return the place in a list that an article was opened from; raise ParameterError for NUL.

    What is no place, any more, is the list's beginning.
    """
    text = request.GET.get("in", "").strip()
    if "\0" in text:
        raise ParameterError("in", "This holds a NUL character; remove it.")
    return place_of(text)


def place_of(text: str) -> Place:
    """Return the place that a query string names; the list's beginning if it names none."""
    if len(text) > MAX_PLACE:
        return Place()
    params = QueryDict(text)
    try:
        if old_filters.is_old(params):
            params = QueryDict(old_filters.translated(params))
        return searching.read(params).but(article=None)
    except FilterError:
        return Place()


def marks_of(version: Version, language: str | None, place: Place) -> Sequence[Mark]:
    """Return what a place's query means in a text; nothing if it can't be read."""
    if not place.q:
        return ()
    try:
        return marks(parse(place.q), version, language)
    except QueryError:
        return ()


def reading(request: HttpRequest, pk: int, place: Place) -> dict[str, Any]:
    """Return what the reading pane shows of an article; that it is missing if it is not there."""
    article = known(request).filter(pk=pk).first()
    if article is None or article.version is None:
        return {"is_missing": True}
    reads = may_read(request, article)
    found = marks_of(article.version, article.language, place) if reads else ()
    return {
        "article": article,
        "version": article.version,
        "text": tags_of(request.user, article, article.version).text(found)
        if reads
        else outline(article),
        "withheld": not reads,
        "hits": max((mark.hit for mark in found), default=0),
        "onward": place.onward,
    }
