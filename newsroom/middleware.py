"""What a request is told that fails for reasons of its own or of the machine's: never a bare page.

When the database or the disk fails it: 503 or 507 and when to try again, never 500.
"""

import errno
import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import override

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import server_error as plain_server_error
from psycopg.errors import DeadlockDetected, DiskFull, LockNotAvailable, QueryCanceled

from newsroom import postgres
from newsroom.connection_faults import of_connection

RETRY_SECONDS = 5
# The last is what a process is told that may not write files of such a size.
_DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a person is told."""

    status: HTTPStatus
    title: str
    detail: str


_AWAY = _Failure(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Away for a moment",
    "The database is not there at the moment. Try again in a moment.",
)
_TOO_LONG = _Failure(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "This took too long",
    "The question took too long and was stopped. Ask for less: a narrower filter is quicker.",
)
_IN_USE = _Failure(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Busy for a moment",
    "Others are changing the same. Try again in a moment.",
)
_FULL = _Failure(
    HTTPStatus.INSUFFICIENT_STORAGE,
    "There is no room left",
    "The disk is full: what you sent was not kept. Tell whoever runs this Newsroom.",
)


def _failure(fault: BaseException | None) -> _Failure | None:
    """Say what a fault means for who asked; None if it is not of the database or the disk."""
    if isinstance(fault, OSError) and fault.errno in _DISK_IS_FULL:
        return _FULL
    if fault is None or not of_connection(fault):
        return None
    if isinstance(fault.__cause__, QueryCanceled):
        return _TOO_LONG
    if isinstance(fault.__cause__, LockNotAvailable | DeadlockDetected):
        return _IN_USE
    if isinstance(fault.__cause__, DiskFull):
        return _FULL
    return _AWAY


def _answer(request: HttpRequest, failure: _Failure) -> HttpResponse:
    """Tell a script in its own format, a person on a page."""
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = _problem(failure.status, failure.detail)
    else:
        page = render_to_string("503.html", {"request": request, "failure": failure})
        response = HttpResponse(page, status=failure.status)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(status: HTTPStatus, detail: str) -> JsonResponse:
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


class FaultsMiddleware(MiddlewareMixin):
    """Answers faults of the database, and brings the embedded one back when it went away."""

    @override
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer what a view raised."""
        failure = _failure(fault)
        if failure is None:
            return None
        _log.error("%s %s: %s", request.method, request.path, fault)
        return _answer(request, failure)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Bring the database back, whoever noticed that it is away."""
        del request
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            _revive_database()
        return response


def say_what_a_form_sends(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that gives words to 405: after logging in, one may land on a POST's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if is_refused and request.method == "GET" and not request.path.startswith("/api/"):
            response.content = render_to_string("405.html", {"request": request})
        return response

    return middleware


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what was raised outside of views, by another middleware; Django's ``handler500``."""
    failure = _failure(sys.exception())
    if failure is not None:
        return _answer(request, failure)
    if request.path.startswith("/api/"):
        detail = "Something went wrong here. It has been logged."
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
    return plain_server_error(request)


_reviving = threading.Lock()


def _revive_database() -> None:
    """Start the embedded server beside the requests, unless someone is at it."""
    if settings.EMBEDDED_POSTGRES and _reviving.acquire(blocking=False):
        threading.Thread(target=_revive, name="revive-postgres", daemon=True).start()


def _revive() -> None:
    try:
        postgres.ensure_running(settings.DATA_DIR)
    except Exception:  # noqa: BLE001 -- nobody waits for this thread; it logs, whatever it was
        # The next request tries again.
        _log.exception("The embedded PostgreSQL did not come back.")
    finally:
        _reviving.release()
