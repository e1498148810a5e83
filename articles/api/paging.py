"""Lists as they are sent: ``{results, next, previous}`` with whole addresses."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models
from rest_framework.request import Request
from rest_framework.response import Response

from articles import filters
from articles.models import keyset

PAGING = filters.PAGING


def page[M: models.Model](
    request: Request,
    queryset: models.QuerySet[M],
    order: tuple[str, ...],
    present: Callable[[M], Mapping[str, Any]],
    *,
    query: filters.ListQuery,
) -> Response:
    """Answer with the page of ``queryset`` that ``query`` asks for."""
    found = keyset.page(queryset, order, limit=query.limit, cursor=query.cursor)
    return Response(
        {
            "results": [present(row) for row in found.rows],
            "next": _address(request, found.next),
            "previous": _address(request, found.previous),
        }
    )


def _address(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    params = request.query_params.copy()
    params["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


def read(request: Request, *, also: Iterable[str] = ()) -> filters.ListQuery:
    """Return the list's state in the request's address; raise FilterError."""
    return filters.read(request.query_params, request.user, also=also)
