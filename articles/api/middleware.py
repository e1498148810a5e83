"""What goes wrong before an endpoint is reached is answered as the API answers."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.api import problems

PREFIXES = ("/api/", "/annotations/")
type GetResponse = Callable[[HttpRequest], HttpResponseBase]


def problems_under_api(get_response: GetResponse) -> GetResponse:
    """Turn error pages below these into problem details; stands before all other middleware."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        kind = response.headers.get("Content-Type", "")
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or not request.path.startswith(PREFIXES)
            or kind.startswith(problems.MEDIA_TYPE)
        ):
            return response
        detail = HTTPStatus(response.status_code).description or "This was refused."
        return problems.response(response.status_code, f"{detail.rstrip('.')}.")

    return respond
