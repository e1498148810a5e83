"""Concordance and comparison: hits in their contexts, and questions side by side."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.endpoint import Endpoint
from articles.api.operations import Operation
from articles.api.presenters import lines as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.search import asked, finding
from articles.api.search.asked import DEFAULT_LINES, MAX_LINES, MAX_SEED, Parameters
from articles.search.asking import ask
from articles.search.comparing import BY, FEWEST, MOST, compare
from articles.search.concordance import SEED, NoWordsError, Sort, concordance
from articles.search.language.printing import printed


class Concordance(Endpoint):
    """Keywords in context."""

    operations: ClassVar = {
        "GET": Operation(
            {200: "Concordance"},
            ("q", "sort.lines", "seed.lines", "limit.lines", "cursor"),
            required=("q",),
        )
    }

    def get(self, request: Request) -> Response:
        """List every hit of a query with what stands to its left and right.

        Over the texts that you may read, and over no others. By date or source at any length; by
        the first to third word on either side up to a number of lines, beyond which it is a random
        sample: `sampled` says of how many lines, and the same `seed` draws the same.
        """
        params = Parameters(request)
        order = params.choice("sort", list(Sort)) or Sort.NEWEST
        seed = params.number("seed", SEED, MAX_SEED)
        limit = params.number("limit", DEFAULT_LINES, MAX_LINES)
        text, cursor = params.query(), params.one("cursor")
        params.done()
        question = ask(text, request.user, readable=True)
        try:
            found = concordance(question, sort=Sort(order), limit=limit, cursor=cursor, seed=seed)
        except NoWordsError as fault:
            raise Problem(400, f"q: {fault}", errors={"q": str(fault)}) from None
        at = Addresses(request)
        return Response(
            {
                "query": printed(question.tree),
                "sort": found.sort,
                "results": [present.line(row, at) for row in found.lines],
                "total": found.total,
                "sampled": found.sampled,
                "seed": found.seed,
                "next": paging.address(request, found.next),
                "previous": paging.address(request, found.previous),
                "index": finding.index_state(request.user),
            }
        )


class Compare(Endpoint):
    """Questions side by side."""

    operations: ClassVar = {
        "GET": Operation(
            {200: "Comparison"}, ("q.several", "zoom", "by.compare"), required=("q.several",)
        )
    }

    def get(self, request: Request) -> Response:
        """Set two to five queries side by side: over time, by who has more, and what they share.

        Give `q` once for each. A query that can't be read has an `error`, and the others are
        answered.
        """
        params = Parameters(request)
        texts = params.all("q")
        zoom = params.choice("zoom", asked.ZOOMS) or None
        by = params.choice("by", BY) or BY[0]
        if not FEWEST <= len(texts) <= MOST:
            params.errors["q"] = f"Give this {FEWEST} to {MOST} times, once for each query."
        params.done()
        found = compare(texts, request.user, zoom=zoom, by=by)
        return Response({**present.comparison(found), "index": finding.index_state(request.user)})
