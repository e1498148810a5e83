"""Entities: people, organisations, places, events, by all of their names."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import entities as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging import entity_bodies as bodies
from articles.api.tagging import entity_changing
from articles.api.tagging.tag_lists import Asked
from articles.models import Entity, ExternalId, keyset
from articles.models.folding import fold

_BY_NAME = ("name", "pk")


def _takes(schema: Any) -> Operation:
    return Operation({200: "Entity"}, body={JSON: schema})


class EntityList(Endpoint):
    """Entities."""

    operations: ClassVar = {
        "GET": lists("Entity", "corpus", "kind.tag", "name.entity", "external_id"),
        "POST": Operation({201: "Entity"}, body={JSON: bodies.NEW_SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List entities by name, of one corpus or of all that you may read.

        Those that were merged into others are not listed: their own addresses say into which.
        """
        asked = Asked(request)
        rows = present.entities_shown(request.user).standing()
        corpus, kind, name = asked.corpus(), asked.words("kind"), asked.words("name")
        known = asked.words("external_id")
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        if corpus is not None:
            rows = rows.filter(corpus=corpus)
        if kind:
            rows = rows.filter(kind=kind)
        if name:
            rows = rows.filter(_is_called(request, name))
        if known:
            scheme, _, value = known.partition(":")
            ids = ExternalId.objects.filter(scheme=scheme, value=value)
            rows = rows.filter(pk__in=ids.values("entity_id"))
        page = keyset.page(rows, _BY_NAME, limit=limit, cursor=cursor)
        shown = present.entities(page.rows, request.user, Addresses(request))
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Make an entity. 409 if one of its kind is known by this name, unless it is `another`."""
        return once(request, lambda: entity_changing.make(request))


def _is_called(request: Request, name: str) -> Exists:
    """Return the condition that one of an entity's names begins so, however it is written."""
    names = present.names_given(request.user).filter(
        entity=OuterRef("pk"), corpus=OuterRef("corpus"), folded__startswith=fold(name)
    )
    return Exists(names)


class EntityDetail(Endpoint):
    """An entity."""

    operations: ClassVar = {
        "GET": reads("Entity"),
        "PATCH": _takes(bodies.CHANGES_SCHEMA),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an entity; one that was merged says into which."""
        row: Entity = get_object_or_404(present.entities_shown(request.user), pk=pk)
        [shown] = present.entities([row], request.user, Addresses(request))
        return detail(request, shown, page=row.get_absolute_url())

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Change its name, kind or note. The old name stays one that it goes by.

        Send the `ETag` that you read as `If-Match`: 412 tells that someone was faster, with the
        `current` state.
        """
        return entity_changing.change(request, pk)


class EntityNames(Endpoint):
    """The names of an entity."""

    operations: ClassVar = {"POST": _takes(bodies.NAMED_SCHEMA)}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Let an entity be known by another name."""
        return entity_changing.add_name(request, pk)


class EntityNameDetail(Endpoint):
    """A name of an entity."""

    operations: ClassVar = {"DELETE": Operation({200: "Entity"})}

    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Forget a name; what was tagged under it stays tagged. 409 for the one it goes by."""
        return entity_changing.remove_name(request, pk, number)


class EntityIds(Endpoint):
    """What an entity is called elsewhere."""

    operations: ClassVar = {"POST": _takes(bodies.KNOWN_SCHEMA)}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say what an entity is called elsewhere. 409 if that is another one's id."""
        return entity_changing.add_id(request, pk)


class EntityIdDetail(Endpoint):
    """An id of an entity elsewhere."""

    operations: ClassVar = {"DELETE": Operation({200: "Entity"})}

    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Forget what an entity is called elsewhere."""
        return entity_changing.remove_id(request, pk, number)


class EntityMerge(Endpoint):
    """The merge of entities into one."""

    operations: ClassVar = {"POST": _takes(bodies.MERGED_SCHEMA)}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Merge other entities of the corpus into this one; no mention is touched."""
        return entity_changing.merge(request, pk)


class EntitySplit(Endpoint):
    """The parting of what is not one."""

    operations: ClassVar = {"POST": _takes(bodies.SPLIT_SCHEMA)}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Part `entities` that were merged, or move `mentions` to another one or a new one.

        Of mentions the answer is the entity that they name now.
        """
        return entity_changing.split(request, pk)


class EntityDifferent(Endpoint):
    """That two entities are not one."""

    operations: ClassVar = {"POST": _takes(bodies.OTHER_SCHEMA)}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that another entity is not this one: the two are not suggested for merging."""
        return entity_changing.tell_apart(request, pk)
