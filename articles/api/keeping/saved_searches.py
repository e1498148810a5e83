"""Saved searches: questions that one asks again, with what is new in them, and their feeds."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

import orjson
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import checking, paging
from articles.api.answers import answer, once, once_found
from articles.api.articles.editing import checked
from articles.api.articles.records import VISIBLE
from articles.api.checking import Check, described, one_of, text
from articles.api.endpoint import Endpoint, etag_of, matches
from articles.api.operations import JSON, Operation, lists
from articles.api.presenters import keeping as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem, of_query
from articles.api.search import asked
from articles.keeping import searches
from articles.keeping.searches import News, SearchNameTakenError, SearchRefusedError
from articles.models import SavedSearch, keyset
from articles.models.access import Answer
from articles.search.engine.answers import Sort
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_FIELDS: Mapping[str, Check] = {
    "name": text(searches.NAME_CHARACTERS, pattern=VISIBLE, hint="This must hold words."),
    "query": text(searches.QUERY_CHARACTERS, about="In the language of search."),
    "sort": described(one_of(*Sort, ""), "An order; empty for the usual one."),
}
_NEW = checking.fields(_FIELDS, required=("name", "query")).schema
_CHANGES = {**checking.fields(_FIELDS).schema, "minProperties": 1}


class SearchesEndpoint(Endpoint):
    """What concerns saved searches. They are a person's own."""

    permission_classes = (IsAuthenticated,)


class SavedSearchList(SearchesEndpoint):
    """Saved searches."""

    operations: ClassVar = {
        "GET": lists("SavedSearch"),
        "POST": Operation({201: "SavedSearch"}, body={JSON: _NEW}),
    }

    def get(self, request: Request) -> Response:
        """List your saved searches, with how much is new in each since you looked."""
        params = asked.Parameters(request)
        limit, cursor = params.limit(), params.one("cursor")
        params.done()
        page = keyset.page(
            SavedSearch.objects.of(request.user), ("pk",), limit=limit, cursor=cursor
        )
        shown = [
            present.saved_search(each, Addresses(request)) for each in _news(request, page.rows)
        ]
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Save a search; all that there is now counts as seen. 409 if you have one of its name."""
        return once_found(request, lambda: _to_save(request), lambda found: _save(request, found))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the index said of a search before anything was stored: ``news`` since ``until``."""

    news: News
    until: datetime
    values: Mapping[str, Any] = field(default_factory=dict)


def _to_save(request: Request) -> _Found:
    values = checked(request.data, _FIELDS, required=("name", "query"))
    until = searches.complete_until()
    wanted = SavedSearch(query=values["query"].strip(), looked_at=until)
    return _Found(_news(request, [wanted])[0], until, values)


def _save(request: Request, found: _Found) -> Answer:
    with _refusals():
        row = searches.save(by=_asking(request), until=found.until, **found.values)
    shown = present.saved_search(replace(found.news, search=row), Addresses(request))
    return answer(201, shown, {"Location": shown["url"], "ETag": _etag(shown)})


class SavedSearchDetail(SearchesEndpoint):
    """A saved search."""

    operations: ClassVar = {
        "GET": Operation({200: "SavedSearch"}),
        "PATCH": Operation({200: "SavedSearch"}, body={JSON: _CHANGES}),
        "DELETE": Operation({204: None}),
    }

    def get(self, request: Request, pk: int) -> Response:
        """Return a saved search. Its `ETag` is that of what you can change."""
        return _sent(request, _own(request, pk))

    def patch(self, request: Request, pk: int) -> Response:
        """Change its name, query or order. Of another query, all that there is counts as seen.

        Send the `ETag` that you read as `If-Match`: 412 tells that it was changed meanwhile.
        """
        values = checked(request.data, _FIELDS)
        if not values:
            raise Problem(400, "Say what is to be changed.")
        row = _changed(request, pk, lambda row: searches.edit(row, **values))
        return _sent(request, row)

    def delete(self, request: Request, pk: int) -> HttpResponse:
        """Remove a saved search; its feed ends. `restore/` below its address brings both back."""
        _changed(request, pk, searches.remove)
        return HttpResponse(status=204)


class SavedSearchLook(SearchesEndpoint):
    """What was seen of a saved search."""

    operations: ClassVar = {"POST": Operation({200: "SavedSearch"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that you looked: what there is now is new no more."""
        return once_found(
            request, lambda: _to_look(request, pk), lambda found: _look(request, pk, found)
        )


class SavedSearchRestore(SearchesEndpoint):
    """A saved search that was removed."""

    operations: ClassVar = {"POST": Operation({200: "SavedSearch"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Bring back a search that you removed. 409 if another has its name by now."""
        return once_found(
            request,
            lambda: _news(request, [_any_own(request, pk)])[0],
            lambda news: _restore(request, pk, news),
        )


def _restore(request: Request, pk: int, news: News) -> Answer:
    row = _any_own(request, pk)
    with _refusals():
        searches.restore(row)
    shown = present.saved_search(replace(news, search=row), Addresses(request))
    return answer(200, shown)


def _any_own(request: Request, pk: int) -> SavedSearch:
    """Return one's search, one that was removed too."""
    row: SavedSearch = get_object_or_404(SavedSearch, pk=pk, by=_asking(request))
    return row


class SavedSearchFeed(SearchesEndpoint):
    """The feed of a saved search."""

    operations: ClassVar = {
        "POST": Operation({201: "Feed"}),
        "DELETE": Operation({204: None}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give a search a new address for an Atom feed; the one before ends.

        Whoever has the address reads the feed as you would, so it is told in this answer and
        nowhere else: a repeat under the same `Idempotency-Key` has null in its place.
        """
        secrets: list[str] = []

        def work() -> Answer:
            row = _own(request, pk)
            secrets.append(searches.new_feed(row))
            at = Addresses(request).of("saved-search", row.pk)
            return answer(201, {"feed": None}, {"Location": at})

        # What is kept for a repeat holds no secret.
        response = once(request, work)
        if secrets:
            address = request.build_absolute_uri(reverse("feed", args=[secrets[0]]))
            response.content = orjson.dumps({"feed": address})
        return response

    def delete(self, request: Request, pk: int) -> HttpResponse:
        """End the feed: its address leads nowhere."""
        searches.end_feed(_own(request, pk))
        return HttpResponse(status=204)


def _to_look(request: Request, pk: int) -> _Found:
    row, until = _own(request, pk), searches.complete_until()
    row.looked_at = max(row.looked_at, until)
    return _Found(_news(request, [row])[0], until)


def _look(request: Request, pk: int, found: _Found) -> Answer:
    row = _own(request, pk)
    searches.look(row, until=found.until)
    shown = present.saved_search(replace(found.news, search=row), Addresses(request))
    return answer(200, shown)


def _changed(request: Request, pk: int, do: Callable[[SavedSearch], object]) -> SavedSearch:
    """Do something to a search if it is as the client saw it; raise Problem, Http404."""
    header = request.headers.get("If-Match")
    with transaction.atomic(), _refusals():
        own = SavedSearch.objects.of(request.user).select_for_update()
        row: SavedSearch = get_object_or_404(own, pk=pk)
        is_same = header is None or matches(header, _etag_of(row))
        if is_same:
            do(row)
    # What is new in it is asked for once it is nobody's to wait for.
    if not is_same:
        raise Problem(412, "This was changed since you read it.", current=_shown(request, row))
    return row


def _own(request: Request, pk: int) -> SavedSearch:
    row: SavedSearch = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    return row


def _asking(request: Request) -> "User":
    return cast("User", request.user)


def _news(request: Request, rows: list[SavedSearch]) -> list[News]:
    """Return what is new in searches; of none that is known without an index."""
    try:
        return searches.news(rows, _asking(request))
    except IndexMissingError as fault:
        return [News(row, None, str(fault)) for row in rows]


def _shown(request: Request, row: SavedSearch) -> dict[str, Any]:
    return present.saved_search(_news(request, [row])[0], Addresses(request))


def _sent(request: Request, row: SavedSearch) -> Response:
    shown = _shown(request, row)
    page = request.build_absolute_uri(row.get_absolute_url())
    link = f'<{page}>; rel="alternate"; type="text/html"'
    return Response(shown, headers={"ETag": _etag(shown), "Link": link})


def _etag(shown: Mapping[str, Any]) -> str:
    """Return the entity tag of what its owner changes: news come by themselves."""
    return etag_of({name: shown[name] for name in ("id", "name", "query", "sort")})


def _etag_of(row: SavedSearch) -> str:
    return _etag({"id": row.pk, "name": row.name, "query": row.query, "sort": row.sort})


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except SearchNameTakenError as fault:
        raise Problem(409, str(fault), errors={"name": str(fault)}) from None
    except SearchRefusedError as fault:
        raise Problem(409, str(fault)) from None
    except QueryError as fault:
        raise of_query(fault, "query") from None
