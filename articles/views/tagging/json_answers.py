"""Answers in JSON to the scripts of pages: why a request can't be answered, and by which method."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.views.json_bodies import BodyError
from articles.views.parameters import ParameterError


def json_problem(
    status: HTTPStatus, problem: str, field: str = "", current: Any = None
) -> JsonResponse:
    """Return what is wrong, as all of these addresses say it."""
    told: dict[str, Any] = {"problem": problem, "field": field}
    if current is not None:
        told["current"] = current
    return JsonResponse(told, status=status)


def answering_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say in JSON why a request can't be answered."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BodyError as fault:
            return json_problem(HTTPStatus.BAD_REQUEST, fault.message, fault.field)
        except TaggingError as fault:
            return json_problem(HTTPStatus.BAD_REQUEST, fault.message, fault.field)
        except ParameterError as fault:
            return json_problem(HTTPStatus.BAD_REQUEST, fault.message, fault.name)
        except NotAllowedError as fault:
            return json_problem(HTTPStatus.FORBIDDEN, str(fault))
        except Http404 as fault:
            return json_problem(HTTPStatus.NOT_FOUND, str(fault) or "There is no such thing.")

    return answer


def only(request: HttpRequest, *methods: str) -> HttpResponse | None:
    """Return the refusal of another method than these, None for one of them."""
    if request.method in methods:
        return None
    response = json_problem(
        HTTPStatus.METHOD_NOT_ALLOWED, f"This takes {' and '.join(methods)} alone."
    )
    response["Allow"] = ", ".join(methods)
    return response
