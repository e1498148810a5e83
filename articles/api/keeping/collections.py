"""Collections: sets of articles of one corpus, and samples drawn into them."""

from typing import ClassVar

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once_found
from articles.api.endpoint import Endpoint, detail
from articles.api.keeping import collecting
from articles.api.keeping import collection_bodies as bodies
from articles.api.keeping.collecting import visible
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import keeping as present
from articles.api.presenters.addresses import Addresses
from articles.keeping.items import items_of
from articles.models import CollectionItem


class CollectionsEndpoint(Endpoint):
    """What concerns collections. Only for people: members of their corpora."""

    permission_classes = (IsAuthenticated,)


class CollectionList(CollectionsEndpoint):
    """Collections."""

    operations: ClassVar = {
        "GET": lists("Collection", "corpus"),
        "POST": Operation({201: "Collection", 202: "CollectJob"}, body={JSON: bodies.NEW_SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List your collections and those shared with you, in corpora of which you are a member."""
        query, at = paging.read(request), Addresses(request)
        rows = visible(request)
        if query.corpus is not None:
            rows = rows.filter(corpus=query.corpus)
        standing = Q(items__article__standing=True, items__article__version__isnull=False)
        rows = rows.annotate(articles=Count("items", filter=standing))
        return paging.page(
            request,
            rows,
            ("pk",),
            lambda row: present.collection(row, vars(row)["articles"], at),
            query=query,
        )

    def post(self, request: Request) -> HttpResponse:
        """Make a collection: empty, of `articles`, of the whole answer of `q`, or of a `sample`.

        A sample is so many of the articles that a query finds in the corpus, drawn by a `seed`:
        the same seed draws the same articles of the same answer. `recipe` tells it again. Of an
        answer of more than 5,000 articles the collection is made empty and the worker fills it:
        202, and `Location` tells how far it is.
        """
        return once_found(
            request,
            lambda: collecting.wished(request),
            lambda wish: collecting.make(request, wish),
        )


class CollectionDetail(CollectionsEndpoint):
    """A collection."""

    operations: ClassVar = {
        "GET": reads("Collection"),
        "PATCH": Operation({200: "Collection"}, body={JSON: bodies.CHANGES_SCHEMA}),
        "DELETE": Operation({204: None}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a collection; its articles are at `items_url`, and `query` finds them."""
        row = get_object_or_404(visible(request), pk=pk)
        page = row.get_absolute_url()
        return detail(request, collecting.shown(row, Addresses(request)), page=page)

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Change its name or note; whether it is shared is its maker's to say.

        Send the `ETag` that you read as `If-Match`.
        """
        return collecting.edit(request, pk)

    def delete(self, request: Request, pk: int) -> HttpResponse:
        """Remove a collection, not its articles; by its maker, or an admin where it is shared."""
        return collecting.remove(request, pk)


class CollectionItems(CollectionsEndpoint):
    """The articles of a collection."""

    operations: ClassVar = {
        "GET": lists("CollectionItem"),
        "POST": Operation({200: "Collected", 202: "CollectJob"}, body={JSON: bodies.CHOSEN_SCHEMA}),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List its articles with what was noted on them, in the order in which they were added."""
        query, at = paging.read(request), Addresses(request)
        collection = get_object_or_404(visible(request), pk=pk)
        rows = items_of(collection).select_related("article")
        return paging.page(request, rows, ("pk",), lambda row: present.item(row, at), query=query)

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Add articles by their ids, or the whole answer of a query.

        Of ids `results` says what became of each; what is of another corpus is not added. Of an
        answer of more than 5,000 articles the worker does it: 202, and `Location` tells how far.
        """
        return once_found(
            request,
            lambda: collecting.to_add(request, pk),
            lambda wish: collecting.add(request, pk, wish),
        )


class CollectionRemove(CollectionsEndpoint):
    """Articles that are to leave a collection."""

    operations: ClassVar = {
        "POST": Operation({200: "Collected"}, body={JSON: bodies.CHOSEN_SCHEMA}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Take articles out by their ids, or all that a query finds."""
        return once_found(
            request,
            lambda: collecting.to_take_out(request, pk),
            lambda wish: collecting.take_out(request, pk, wish),
        )


class CollectionItemDetail(CollectionsEndpoint):
    """An article in a collection."""

    operations: ClassVar = {
        "GET": reads("CollectionItem"),
        "PATCH": Operation({200: "CollectionItem"}, body={JSON: bodies.NOTE_SCHEMA}),
        "DELETE": Operation({204: None}),
    }

    def get(self, request: Request, pk: int, article: int) -> HttpResponseBase:
        """Return an article in a collection and what was noted on it."""
        return detail(request, present.item(_item(request, pk, article), Addresses(request)))

    def patch(self, request: Request, pk: int, article: int) -> HttpResponseBase:
        """Note something on it. Send the `ETag` that you read as `If-Match`."""
        return collecting.note(request, _item(request, pk, article))

    def delete(self, request: Request, pk: int, article: int) -> HttpResponse:
        """Take it out of the collection."""
        return collecting.remove_one(request, _item(request, pk, article))


def _item(request: Request, pk: int, article: int) -> CollectionItem:
    collection = get_object_or_404(visible(request), pk=pk)
    rows = items_of(collection).select_related("article", "collection__corpus")
    item: CollectionItem = get_object_or_404(rows, article_id=article)
    return item
