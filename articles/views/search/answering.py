"""The answer page: a question and its answer; without a question, the whole corpus."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles.filters import FilterError
from articles.models import Article, Corpus
from articles.models.keyset import CursorError, page
from articles.search.asking import Question, ask
from articles.search.deadline import TooSlowError
from articles.search.index.indexing import waiting_for
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.query import hint, parse
from articles.search.language.refining import clauses, values_of
from articles.search.language.tree import Everything
from articles.search.names.naming import Names
from articles.views.reading.reading import reading
from articles.views.search import old_filters
from articles.views.search.answer import AnswerPage, answer_page, pills, ways_out
from articles.views.search.copying import snippets_of
from articles.views.search.facet_links import groups
from articles.views.search.histogram import histogram
from articles.views.search.lists import ORDER, rows
from articles.views.search.searching import LABELS, Place, pointed_at, read, unanswered

TEMPLATE = "search/page.html"


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Show a page of an answer, and beside it the article that the address names."""
    try:
        if old_filters.is_old(request.GET):
            query = old_filters.translated(request.GET)
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        place = read(request.GET)
    except FilterError as fault:
        return _refused(request, fault)
    try:
        return _answer(request, place)
    except QueryError as fault:
        context = {"fault": pointed_at(fault, place)}
        return _page(request, place, context, HTTPStatus.BAD_REQUEST)
    except CursorError as fault:
        return _refused(request, FilterError({"cursor": str(fault)}), place)
    except IndexMissingError as fault:
        if isinstance(parse(place.q), Everything):
            return _without_index(request, place, str(fault))
        return unanswered(request, fault, place)
    except TooSlowError as fault:
        return unanswered(request, fault, place)


def _answer(request: HttpRequest, place: Place) -> HttpResponse:
    question = ask(place.q, request.user)
    found = answer_page(question, place)
    is_all = isinstance(question.tree, Everything)
    if is_all and not found.total and _is_anything(request):
        return _without_index(request, place, "")
    chart, apart = histogram(question, place)
    parts = pills(question.tree, place, request.user)
    context = {
        "answer": found,
        "pills": parts,
        "chart": chart,
        "apart": apart,
        "groups": groups(question, place, found.total or 0),
        "is_all": is_all,
        "is_empty": is_all and not found.total,
        "waiting": waiting_for(request.user),
        "copied": snippets_of(request, place),
    }
    if meant := hint(place.q):
        context["hint"] = pointed_at(meant, place)
    if not found.total and not is_all:
        context |= _empty_corpus(request, question)
        context["ways"] = ways_out(question, parts) if len(parts) > 1 else []
    if place.article is not None:
        context |= reading(request, place.article, place)
    return _page(request, place, context)


def _without_index(request: HttpRequest, place: Place, problem: str) -> HttpResponse:
    """List the articles without an index: newest first, as Postgres has them."""
    visible = Article.objects.visible_to(request.user).select_related("source")
    found = page(visible, ORDER, limit=place.limit, cursor=place.cursor or None)
    answer = AnswerPage(
        place=place,
        rows=rows(found.rows),
        next=place.turned(found.next).address() if found.next else None,
        previous=place.turned(found.previous).address() if found.previous else None,
    )
    context = {
        "answer": answer,
        "is_all": True,
        "is_empty": not found.rows and not place.cursor,
        "problem": problem,
        "no_index": True,
        "waiting": waiting_for(request.user),
    }
    if place.article is not None:
        context |= reading(request, place.article, place)
    return _page(request, place, context)


def _refused(request: HttpRequest, fault: FilterError, place: Place | None = None) -> HttpResponse:
    """Say which parameters can't be read, and offer the address without them."""
    kept = {name: request.GET[name] for name in request.GET if name not in fault.fields}
    query = kept.get("q", "")
    context = {
        "errors": {LABELS.get(name, name): sentence for name, sentence in fault.fields.items()},
        "mended": Place(q=query).address(),
    }
    return _page(request, place or Place(q=query), context, HTTPStatus.BAD_REQUEST)


def _page(
    request: HttpRequest,
    place: Place,
    context: dict[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    is_part = request.headers.get("HX-Request") == "true"
    context |= {
        "section": "articles",
        "place": place,
        "frame": "search/part.html" if is_part else "base.html",
        "is_part": is_part,
        "onward": place.onward,
    }
    response = render(request, TEMPLATE, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _is_anything(request: HttpRequest) -> bool:
    anything: bool = Article.objects.visible_to(request.user).exists()
    return anything


def _empty_corpus(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Return what is said of a corpus that has no articles, if it alone was asked for."""
    included, _ = values_of(question.tree, "corpus")
    if len(included) != 1 or len(clauses(question.tree)) != 1:
        return {}
    found = Corpus.objects.filter(pk__in=Names(request.user).corpora(included[0]))
    may_import = found.editable_by(request.user).exists()
    return {"empty_corpus": found.first(), "may_import": may_import}
