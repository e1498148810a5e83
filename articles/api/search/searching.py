"""Search: answers by parts, and what the server reads in a query."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.http import urlencode
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.endpoint import Endpoint
from articles.api.operations import Operation
from articles.api.presenters import queries
from articles.api.presenters import search as present
from articles.api.presenters.addresses import Addresses
from articles.api.schemas.search import SEARCH
from articles.api.search import asked, finding
from articles.api.search.asked import FACETS as _FACETS
from articles.api.search.asked import HISTOGRAM, RESULTS, TEXTS, TOTAL
from articles.search.asking import Question, ask
from articles.search.facets import FACETS, facet_lists
from articles.search.language.errors import QueryError
from articles.search.language.printing import printed
from articles.search.language.query import hint, parse
from articles.search.timeline import timeline

_KEYS = tuple(SEARCH["SearchAnswer"]["properties"])


class Search(Endpoint):
    """Answers to a query."""

    operations: ClassVar = {
        "GET": Operation(
            {200: "SearchAnswer"},
            ("q", "sort", "include", "facets", "values", "zoom", "fold", "limit", "cursor"),
        )
    }

    def get(self, request: Request) -> Response:
        """Answer a query: articles with their hits, how many, by what, and when.

        `include` chooses the parts, so that each can be asked for alone: `texts` counts distinct
        texts, in all and in each bar. With `fold`, `results` has each text once. All that
        you may know of is searched; of texts that you may not read, an article shows its metadata
        and one line. 400 tells where a query is broken (`position`, `length`) and what was probably
        `meant`; 503 that the index is being built, or that the question took too long.
        """
        wish = asked.read(request, lambda params: asked.wish(params, tuple(FACETS)))
        question = ask(wish.q, request.user)
        shown = {
            "query": printed(question.tree),
            "sort": wish.sort or question.usual_sort,
            **_page(request, question, wish),
            **_counts(question, wish),
            "index": finding.index_state(request.user),
        }
        page = request.build_absolute_uri(f"{reverse('article-list')}?{urlencode({'q': wish.q})}")
        headers = {"Link": f'<{page}>; rel="alternate"; type="text/html"'}
        return Response({name: shown[name] for name in _KEYS}, headers=headers)


def _page(request: Request, question: Question, wish: asked.Wish) -> dict[str, Any]:
    """Return a page of articles, if it is asked for."""
    if RESULTS not in wish.parts:
        return {"results": None, "next": None, "previous": None, "moved": False}
    page = question.page(sort=wish.sort, limit=wish.limit, cursor=wish.cursor, fold=wish.fold)
    further = page.further if wish.fold else None
    return {
        "results": finding.found(page.ids, question.tree, Addresses(request), further=further),
        "next": paging.address(request, page.next),
        "previous": paging.address(request, page.previous),
        "moved": page.moved,
    }


def _counts(question: Question, wish: asked.Wish) -> dict[str, Any]:
    """Return the shape of the answer, as far as it is asked for."""
    lists = facet_lists(question, wish.facets, values=wish.values) if _FACETS in wish.parts else ()
    texts = TEXTS in wish.parts
    times = timeline(question, wish.zoom, texts=texts) if HISTOGRAM in wish.parts else None
    return {
        "texts": present.texts(question.total(), question.repeats()) if texts else None,
        "total": question.total() if TOTAL in wish.parts else None,
        "facets": [present.facet(row) for row in lists] if _FACETS in wish.parts else None,
        "histogram": present.histogram(times) if times else None,
    }


class Validate(Endpoint):
    """What the server reads in a query."""

    operations: ClassVar = {"GET": Operation({200: "Validation"}, ("q",))}

    def get(self, request: Request) -> Response:
        """Read a query: its normal form and its tree, or where it is broken and what was meant."""
        text = asked.read(request, lambda params: params.query())
        shown: dict[str, Any] = dict.fromkeys(("query", "tree", "error", "hint"))
        try:
            node = parse(text)
        except QueryError as fault:
            return Response({"valid": False, **shown, "error": queries.fault(fault)})
        shown |= {"query": printed(node), "tree": queries.tree(node)}
        if meant := hint(text):
            shown["hint"] = queries.fault(meant)
        return Response({"valid": True, **shown})
