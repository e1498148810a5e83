"""The W3C Web Annotation Protocol: one container of all annotations that one may see."""

import re
from typing import Any, ClassVar, override

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.tags.web_annotation import CONTEXT
from articles.api.answers import once
from articles.api.articles.editing import OPERATION_HEADER
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation
from articles.api.parsing import JsonParser, JsonRenderer
from articles.api.presenters import annotations as present
from articles.api.presenters import tagging as present_tags
from articles.api.presenters.annotations import PAGE, Places
from articles.api.problems import Problem
from articles.api.search.asked import Parameters
from articles.api.tagging import annotating

MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
_LDP = "http://www.w3.org/ns/ldp#"
_OA = "http://www.w3.org/ns/oa#"
_PROTOCOL = "http://www.w3.org/TR/annotation-protocol/"
_RESOURCE = f'<{_LDP}Resource>; rel="type"'
_CONTAINER = f'<{_LDP}BasicContainer>; rel="type", <{_PROTOCOL}>; rel="{_LDP}constrainedBy"'
_INCLUDED = re.compile(r'include\s*=\s*"([^"]*)"', re.IGNORECASE)
_MINIMAL = f"{_LDP}PreferMinimalContainer"
_IRIS, _DESCRIPTIONS = f"{_OA}PreferContainedIRIs", f"{_OA}PreferContainedDescriptions"


class JsonLdParser(JsonParser):
    """JSON-LD, as JSON."""

    media_type = "application/ld+json"


class JsonLdRenderer(JsonRenderer):
    """JSON-LD, as JSON."""

    media_type = "application/ld+json"
    format = "jsonld"


class AnnotationEndpoint(Endpoint):
    """What the protocol asks of every address: its type in ``Link``, ``Allow``, JSON-LD."""

    # The description of the REST API does not tell it: it has a standard of its own.
    schema = None
    renderer_classes = (JsonLdRenderer, JsonRenderer)
    parser_classes = (JsonLdParser, JsonParser)
    link: ClassVar = _RESOURCE

    @override
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        answer.headers["Link"] = self.link
        answer.headers.setdefault("Allow", ", ".join(self.allowed_methods))
        if isinstance(answer, Response):
            # Not rendered yet.
            answer.content_type = MEDIA_TYPE if answer.data is not None else None
        elif answer.headers.get("Content-Type") == JSON:
            answer.headers["Content-Type"] = MEDIA_TYPE
        return answer

    @override
    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Say which methods there are."""
        return Response(status=200)


class Container(AnnotationEndpoint):
    """The container of all annotations that one may see."""

    link = _CONTAINER
    operations: ClassVar = {
        "GET": Operation({200: None}, ("page", "iris")),
        "POST": Operation({201: None}),
    }

    @override
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        answer.headers["Accept-Post"] = MEDIA_TYPE
        patch_vary_headers(answer, ["Prefer"])
        return answer

    def get(self, request: Request) -> HttpResponseBase:
        """Return the container as ``Prefer`` asks, or a page of it."""
        params = Parameters(request)
        iris = params.choice("iris", ["0", "1"])
        after = _after(params)
        params.done()
        if after is not None:
            return detail(request, _page(request, after, iris=iris == "1", alone=True))
        wish = _wish(request)
        as_iris = iris == "1" if iris else wish == _IRIS
        shown = _container(request, iris=as_iris, embedded=wish != _MINIMAL)
        answer = detail(request, shown)
        answer.headers["Content-Location"] = shown["id"]
        if "Prefer" in request.headers:
            answer.headers["Preference-Applied"] = "return=representation"
        return answer

    def post(self, request: Request) -> HttpResponse:
        """Make an annotation: tag words of an article."""
        return once(request, lambda: annotating.make(request))


class Annotation(AnnotationEndpoint):
    """An annotation."""

    operations: ClassVar = {
        "GET": Operation({200: None}),
        "PUT": Operation({200: None}),
        "DELETE": Operation({204: None}),
    }

    def get(self, request: Request, name: str) -> HttpResponseBase:
        """Return an annotation."""
        return detail(request, annotating.shown_as(request, annotating.key_of(name)))

    def put(self, request: Request, name: str) -> HttpResponseBase:
        """Let an annotation say something else."""
        shown, operation = annotating.replace(request, annotating.key_of(name))
        answer = detail(request, shown)
        if operation is not None:
            answer.headers[OPERATION_HEADER] = str(operation.pk)
        return answer

    def delete(self, request: Request, name: str) -> HttpResponse:
        """Remove an annotation."""
        return annotating.remove(request, annotating.key_of(name))


def _after(params: Parameters) -> int | None:
    """Return after which annotation a page begins; None where the container is asked for."""
    text = params.one("page")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        params.errors["page"] = "Only the container itself can make the address of a page."
        return None
    return int(text)


def _wish(request: Request) -> str:
    """Return which representation ``Prefer`` asks for; whole annotations if none."""
    found = _INCLUDED.search(request.headers.get("Prefer", ""))
    included = found[1].split() if found else []
    if _MINIMAL in included:
        return _MINIMAL
    return _IRIS if _IRIS in included and _DESCRIPTIONS not in included else _DESCRIPTIONS


def _container(request: Request, *, iris: bool, embedded: bool) -> dict[str, Any]:
    rows = present.annotations_shown(request.user)
    total = rows.order_by().count()
    length = total % PAGE or PAGE
    ends = rows.order_by("-pk").values_list("pk", flat=True)
    before_last = list(ends[length : length + 1]) if total > PAGE else []
    last = before_last[0] if before_last else 0
    first = _page(request, 0, iris=iris, alone=False) if embedded else None
    return present.container(total, last, Places(request), iris=iris, first=first)


def _page(request: Request, after: int, *, iris: bool, alone: bool) -> dict[str, Any]:
    rows = present.annotations_shown(request.user)
    found = list(rows.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    earlier = list(
        rows.filter(pk__lte=after).order_by("-pk").values_list("pk", flat=True)[: PAGE + 1]
    )
    if alone and not found and earlier:
        raise Problem(404, "There is no such page any more. Begin with the first one.")
    before = (earlier[PAGE] if len(earlier) > PAGE else 0) if earlier else None
    next_ = found[PAGE - 1].pk if len(found) > PAGE else None
    at = Places(request)
    made = present.page(
        found[:PAGE],
        after,
        (before, next_),
        at=at,
        iris=iris,
        member_of=present_tags.known_people(request.user),
    )
    if not alone:
        return made
    total = rows.order_by().count()
    start = rows.filter(pk__lte=after).order_by().count()
    part_of = {"id": at.collection(iris=iris), "total": total}
    return {"@context": CONTEXT, **made, "partOf": part_of, "startIndex": start}
