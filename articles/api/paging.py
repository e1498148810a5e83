"""Lists as they are sent: ``{results, next, previous}`` with whole addresses."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    return sliced(request, [present(row) for row in found.rows], found.next, found.previous)


def sliced(
    request: Request,
    shown: Sequence[Mapping[str, Any]],
    next_: str | None,
    previous: str | None,
    **more: Any,
) -> Response:
    """Answer with rows as they are shown, the cursors of the pages beside them, and ``more``."""
    return Response(
        {
            "results": shown,
            "next": address(request, next_),
            "previous": address(request, previous),
            **more,
        }
    )


def address(request: Request, cursor: str | None) -> str | None:
    """Return the address of another page of the list that is asked for; None for none."""
    if cursor is None:
        return None
    params = request.query_params.copy()
    params["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


def read(request: Request, *, also: Iterable[str] = ()) -> filters.ListQuery:
    """Return the list's state in the request's address; raise FilterError."""
    return filters.read(request.query_params, request.user, also=also)
