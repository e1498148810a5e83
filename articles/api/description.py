"""The API's description, for programs and for people."""

from functools import cache
from typing import ClassVar

import orjson
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request

from articles.api.articles.captures import AnyAccepted
from articles.api.endpoint import Endpoint
from articles.api.operations import Operation


@cache
def _described() -> bytes:
    """Return the OpenAPI document; it is the same for everyone and for the life of a process."""
    return orjson.dumps(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


class Schema(Endpoint):
    """The OpenAPI document."""

    content_negotiation_class = AnyAccepted
    schema = None

    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002 -- the framework's signature
        """Return the OpenAPI 3.1 document."""
        return HttpResponse(_described(), content_type="application/json")


class Docs(Endpoint):
    """The document as a page to read and to try."""

    content_negotiation_class = AnyAccepted
    schema = None
    operations: ClassVar = {"GET": Operation({200: None})}

    def get(self, request: Request) -> HttpResponseBase:
        """Return the page."""
        return render(request._request, "api/docs.html")  # noqa: SLF001 -- templates take Django's
