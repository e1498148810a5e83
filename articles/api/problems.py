"""Errors as problem details (RFC 9457), every one of them, with a sentence for each field at fault.

``errors`` maps a field or parameter to what is wrong with it and what to do; nested fields are
dotted (``articles.3.headline``).
"""

import errno
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
import psycopg
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from psycopg.errors import DeadlockDetected, DiskFull, LockNotAvailable, QueryCanceled
from rest_framework import exceptions

from articles.export.streams import BusyError
from articles.filters import FilterError
from articles.models.keyset import CursorError
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from newsroom.connection_faults import of_connection

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
_FULL = "The disk is full: what you sent was not kept. Tell whoever runs this Newsroom."
_logger = logging.getLogger(__name__)


class Problem(exceptions.APIException):
    """A refusal with a status, a sentence and, where they are at fault, fields."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Mapping[str, str] | None = None,
        wait: int = 0,
        current: Mapping[str, Any] | None = None,
        later: Sequence[Mapping[str, Any]] = (),
        place: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.errors = dict(errors or {})
        self.current = current
        self.later = later
        self.place = place
        if wait:
            self.wait = wait


def response(
    status: int,
    detail: str,
    *,
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    current: Mapping[str, Any] | None = None,
    later: Sequence[Mapping[str, Any]] = (),
    place: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Return a problem as it is sent.

    ``current`` is what someone else made of the object, ``later`` what stands against an undo,
    ``place`` where a query is broken, and what was meant.
    """
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = dict(errors)
    if current is not None:
        body["current"] = current
    if later:
        body["later"] = list(later)
    body |= place or {}
    answer = HttpResponse(
        orjson.dumps(body), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {})
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def handle(fault: Exception, _context: Mapping[str, Any]) -> HttpResponse:
    """Answer any exception of a view."""
    for kind, answer in _ANSWERS.items():
        if isinstance(fault, kind):
            return answer(fault)
    _logger.error("A request failed.", exc_info=fault)
    return response(500, "Something went wrong here. It has been logged.")


def _of_framework(fault: exceptions.APIException) -> HttpResponse:
    headers = {}
    if challenge := getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(fault, "wait", None):
        headers["Retry-After"] = str(wait)
    errors: dict[str, str] = getattr(fault, "errors", {})
    detail = str(fault.detail)
    if isinstance(fault, exceptions.ValidationError):
        errors = dict(_flat(fault.detail, ""))
        detail = "; ".join(f"{field}: {message}" for field, message in errors.items())
    if isinstance(fault, exceptions.Throttled):
        detail = "Too many failures. Wait before you try again."
    told = {name: getattr(fault, name, None) for name in ("current", "place")}
    later = getattr(fault, "later", ())
    return response(fault.status_code, detail, errors=errors, headers=headers, later=later, **told)


def _flat(detail: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield dotted field and sentence of the framework's nested errors."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
            yield from _flat(inner, own)
    elif isinstance(detail, list) and all(isinstance(item, str) for item in detail):
        yield path or "body", " ".join(detail)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            if inner:
                yield from _flat(inner, f"{path}.{index}".lstrip("."))
    else:
        yield path or "body", str(detail)


def _of_database(fault: Exception) -> HttpResponse:
    wait = {"Retry-After": str(RETRY_SECONDS)}
    cause = fault.__cause__
    if isinstance(cause, QueryCanceled):
        return response(503, "This took too long and was stopped. Ask for less.", headers=wait)
    if isinstance(cause, LockNotAvailable | DeadlockDetected):
        return response(503, "Others are changing the same. Try again.", headers=wait)
    _logger.error("The database refused.", exc_info=fault)
    if isinstance(cause, DiskFull):
        return response(507, _FULL, headers=wait)
    if of_connection(fault):
        return response(503, "The database is not there at the moment. Try again.", headers=wait)
    return response(500, "Something went wrong here. It has been logged.")


def _of_system(fault: OSError) -> HttpResponse:
    _logger.error("A request failed.", exc_info=fault)
    # The last is what a process is told that may not write files of such a size.
    if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return response(507, _FULL, headers={"Retry-After": str(RETRY_SECONDS)})
    return response(500, "Something went wrong here. It has been logged.")


def _of_query(fault: QueryError) -> HttpResponse:
    return _of_framework(of_query(fault))


def of_query(fault: QueryError, name: str = "q") -> Problem:
    """Return the refusal of a query that a parameter or field holds."""
    place: dict[str, Any] = {"position": fault.position, "length": fault.length}
    place |= {"meant": fault.meant} if fault.meant else {}
    return Problem(400, f"{name}: {fault.message}", errors={name: fault.message}, place=place)


def _of_index(fault: Exception) -> HttpResponse:
    """Answer that there is no index now, or that the question took too long."""
    return response(503, str(fault), headers={"Retry-After": str(RETRY_SECONDS)})


def _of_malformed(_fault: Exception) -> HttpResponse:
    return response(400, "This request is malformed.")


# The first kind that fits is used.
_ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    exceptions.APIException: _of_framework,
    FilterError: lambda fault: response(
        404 if fault.names_nothing else 400, str(fault), errors=fault.fields
    ),
    QueryError: _of_query,
    IndexMissingError: _of_index,
    TooSlowError: _of_index,
    BusyError: _of_index,
    CursorError: lambda fault: response(400, str(fault), errors={"cursor": str(fault)}),
    Http404: lambda _: response(404, "There is nothing here, or nothing that you may see."),
    PermissionDenied: lambda fault: response(403, str(fault) or "You may not do this."),
    DatabaseError: _of_database,
    psycopg.Error: _of_database,
    OSError: _of_system,
    RequestDataTooBig: lambda _: response(413, "This request is too large. Send it in parts."),
    SuspiciousOperation: _of_malformed,
    BadRequest: _of_malformed,
    MultiPartParserError: _of_malformed,
}


@csrf_exempt
def not_found(request: HttpRequest) -> HttpResponse:
    """Answer an address that the API does not have."""
    if "\0" in request.path:
        return response(400, "An address can't hold a NUL character.")
    hint = "" if request.path.endswith("/") else " Addresses end with a slash."
    return response(404, f"The API has no such address.{hint}")
