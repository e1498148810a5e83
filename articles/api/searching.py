"""Search: answers by parts, and what the server reads in a query."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import asked
from articles.api.endpoint import Endpoint
from articles.api.operations import Operation
from articles.api.presenters import queries
from articles.search.errors import QueryError
from articles.search.printing import printed
from articles.search.query import parse


class Validate(Endpoint):
    """What the server reads in a query."""

    operations: ClassVar = {"GET": Operation({200: "Validation"}, ("q",))}

    def get(self, request: Request) -> Response:
        """Read a query: its normal form and its tree, or where it is broken and what was meant."""
        text = asked.read(request, lambda params: params.query())
        try:
            node = parse(text)
        except QueryError as fault:
            return Response(
                {"valid": False, "query": None, "tree": None, "error": queries.fault(fault)}
            )
        shown = {"valid": True, "query": printed(node), "tree": queries.tree(node), "error": None}
        return Response(shown)
