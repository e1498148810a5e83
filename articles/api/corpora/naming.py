"""What naming sources and authors has in common: who may, what is sent, how it is answered."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from articles.api import checking
from articles.api.answers import answer, once
from articles.api.articles.editing import operation_headers, refusals
from articles.api.articles.records import VISIBLE
from articles.api.checking import ID, Check, array, text
from articles.api.endpoint import Endpoint
from articles.api.operations import JSON
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.models import Operation
from articles.models.access import Answer
from articles.models.lookups import any_id

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_MOST = 200

IDS = array(ID, _MOST, least=1)
NAME: Mapping[str, Check] = {"name": text(300, pattern=VISIBLE, hint="This must hold words.")}
PARTED: Mapping[str, Check] = {"names": IDS}
OTHER: Mapping[str, Check] = {"from": ID}


def body(fields: Mapping[str, Check], *required: str) -> Mapping[str, Mapping[str, Any]]:
    """Return how the description puts a body."""
    return {JSON: checking.fields(fields, required=required).schema}


class NameEndpoint(Endpoint):
    """What concerns the names of sources and authors. Only for people, and mostly for editors."""

    permission_classes = (IsAuthenticated,)


def by(request: Request) -> "User":
    """Return who asks."""
    return cast("User", request.user)


def named(request: Request, data: Mapping[str, Any], operation: Operation | None) -> Answer:
    """Return the answer to what was done to names; no operation if nothing had to be."""
    return answer(200, data, operation_headers(operation, Addresses(request)))


def act(
    request: Request, show: Callable[[], Mapping[str, Any]], do: Callable[[], Operation | None]
) -> HttpResponse:
    """Do something once and answer with what it was done to."""

    def work() -> Answer:
        with refusals(show):
            operation = do()
        return named(request, show(), operation)

    return once(request, work)


def found(rows: Any, ids: Sequence[int], field: str) -> list[Any]:
    """Return rows by their ids, all of them; raise Problem 404 that names the field."""
    known = list(rows.filter(any_id("id", set(ids))).select_related("corpus"))
    missing = sorted(set(ids) - {row.pk for row in known})
    if missing:
        message = f"There is none here with the id {missing[0]}."
        raise Problem(404, f"{field}: {message}", errors={field: message})
    return known
