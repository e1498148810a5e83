"""What every endpoint has in common: who asks, what an address may hold, how answers are sent."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar, override

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.api.encoding import encode
from articles.api.operations import Operation
from articles.api.problems import Problem
from articles.models.deadlines import each_statement_within

_ETAG = re.compile(r'(?:W/)?"[^"]*"')


class Endpoint(APIView):
    """One address of the API; ``operations`` says what its methods take and answer."""

    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticatedOrReadOnly,)
    operations: ClassVar[Mapping[str, Operation]] = {}

    @override
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with _bounded():
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie"])
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    @override
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        operation = self.operations.get((request.method or "").replace("HEAD", "GET"))
        if operation is not None:
            _check_parameters(request, operation.names)

    @override
    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Say which methods there are."""
        return Response(status=204)


def _bounded() -> AbstractContextManager[None]:
    """Return the bound on each statement of a request; nothing where connections have it."""
    if settings.STATEMENTS_ARE_BOUNDED:
        return nullcontext()
    return each_statement_within(settings.REQUEST_STATEMENT_TIMEOUT_MS)


def _check_parameters(request: Request, known: Sequence[str]) -> None:
    """Raise Problem for parameters that an endpoint does not take, or that hold a NUL."""
    errors = {}
    for name, values in request.query_params.lists():
        if name not in known:
            there_are = f"There are: {', '.join(known)}." if known else "There are none here."
            errors[name.replace("\0", "")] = f"There is no such parameter. {there_are}"
        elif any("\0" in value for value in values):
            errors[name] = "This holds a NUL character; remove it."
    if errors:
        detail = "; ".join(f"{name}: {message}" for name, message in errors.items())
        raise Problem(400, detail, errors=errors)


def etag_of(data: Any) -> str:
    """Return the entity tag of what an endpoint answers."""
    return f'"{hashlib.sha256(encode(data)).hexdigest()[:32]}"'


def detail(request: Request, data: Mapping[str, Any], *, page: str = "") -> HttpResponseBase:
    """Answer with one object: 304 if the client has it already; ``page`` is its HTML address."""
    etag = etag_of(data)
    headers = {"ETag": etag}
    if page:
        address = request.build_absolute_uri(page)
        headers["Link"] = f'<{address}>; rel="alternate"; type="text/html"'
    has_it = matches(request.headers.get("If-None-Match", ""), etag)
    if has_it and request.method in SAFE_METHODS:
        return HttpResponse(status=304, headers=headers)
    return Response(data, headers=headers)


def matches(header: str, etag: str) -> bool:
    """Whether a header of entity tags (or ``*``) names this one."""
    return header.strip() == "*" or etag in {
        found.removeprefix("W/") for found in _ETAG.findall(header)
    }
