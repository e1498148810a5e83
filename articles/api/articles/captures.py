"""Captures, and their bytes as received."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, override

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.endpoint import Endpoint, detail, matches
from articles.api.operations import Operation, lists, reads
from articles.api.presenters import captures as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.ingest import captures
from articles.models import Capture

# Whatever it is, a browser must neither show nor guess nor run it.
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]")


class CaptureList(Endpoint):
    """Captures: what was received."""

    operations: ClassVar = {"GET": lists("Capture", "corpus")}

    def get(self, request: Request) -> Response:
        """List captures, the newest first."""
        query, at = paging.read(request), Addresses(request)
        rows = Capture.objects.readable_by(request.user).select_related("corpus")
        if query.corpus is not None:
            rows = rows.filter(corpus=query.corpus)
        return paging.page(
            request, rows, ("-pk",), lambda row: present.capture(row, at), query=query
        )


class CaptureDetail(Endpoint):
    """A capture."""

    operations: ClassVar = {"GET": reads("Capture")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a capture."""
        rows = Capture.objects.readable_by(request.user).select_related("corpus")
        row = get_object_or_404(rows, pk=pk)
        page = row.get_absolute_url()
        return detail(request, present.capture(row, Addresses(request)), page=page)


class AnyAccepted(DefaultContentNegotiation):
    """Files are what they are: whatever a client accepts, it gets the file."""

    @override
    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class CaptureBytes(Endpoint):
    """The bytes of a capture."""

    operations: ClassVar = {
        "GET": Operation({200: "The bytes.", 304: None}, media_type="application/octet-stream")
    }

    content_negotiation_class = AnyAccepted

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a capture's bytes exactly as they were received, as a download."""
        row = get_object_or_404(Capture.objects.readable_by(request.user), pk=pk)
        headers: dict[str, Any] = {**SAFE_HEADERS, "ETag": f'"{row.sha256}"'}
        if matches(request.headers.get("If-None-Match", ""), headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        try:
            stream = captures.open_bytes(row)
        except FileNotFoundError:
            raise Problem(404, "These bytes are no longer in the captures folder.") from None
        name = _UNSAFE_IN_NAMES.sub("_", row.filename) or f"capture-{row.pk}"
        return FileResponse(
            stream,
            as_attachment=True,
            filename=name,
            content_type="application/octet-stream",
            headers=headers,
        )
