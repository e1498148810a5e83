"""Entities made, named, merged and parted as a request asks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.annotate.entities import entities, entity_changes, entity_merging
from articles.api.answers import answer, once
from articles.api.articles.editing import answered, checked, invalid, operation_headers
from articles.api.endpoint import etag_of
from articles.api.presenters import entities as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.tagging import entity_bodies as bodies
from articles.api.tagging.mentioning import missing, task_of
from articles.api.tagging.tag_refusals import asking, check_unchanged, refusals
from articles.ingest.storing import lock
from articles.models import (
    Assignment,
    Corpus,
    Door,
    Entity,
    EntityName,
    ExternalId,
    Operation,
    Role,
)
from articles.models.access import Answer
from articles.models.lookups import any_id


def annotatable_corpus(request: Request, slug: str) -> Corpus:
    """Return a corpus that the client may tag; raise Problem 404 or 403."""
    corpus: Corpus | None = Corpus.objects.visible_to(request.user).filter(slug=slug).first()
    if corpus is None:
        message = f"There is no corpus “{slug}” that you may read."
        raise Problem(404, f"corpus: {message}", errors={"corpus": message})
    check_annotatable(request, corpus)
    return corpus


def check_annotatable(request: Request, corpus: Corpus) -> None:
    """Raise Problem 403 unless the client may tag a corpus that it may know of."""
    if not Corpus.objects.annotatable_by(request.user).filter(pk=corpus.pk).exists():
        role = Role.ANNOTATOR.label.lower()
        raise Problem(403, f"This needs the role of {role} in the corpus “{corpus.slug}”.")


def make(request: Request) -> Answer:
    """Make an entity, with all its names; raise Problem."""
    values = checked(request.data, bodies.NEW, required=bodies.NEW_REQUIRED)
    corpus, by = annotatable_corpus(request, values["corpus"]), asking(request)
    task = task_of(request, values)
    if task is not None and not (Assignment.objects.current().filter(task=task, user=by).exists()):
        raise Problem(403, f"Nothing was given to you in “{task}”.")
    if task is not None and task.corpus_id != corpus.pk:
        raise missing("task", task.pk)
    with refusals():
        entity = entities.create(
            corpus,
            values["name"],
            values["kind"],
            by=by,
            door=Door.API,
            task=task,
            another=values.get("another", False),
        )
        for alias in values.get("aliases", ()):
            entity_changes.add_name(entity, alias, by=by, door=Door.API)
        if values.get("note"):
            entity_changes.edit(entity, note=values["note"], by=by, door=Door.API)
    shown = shown_as(request, entity.pk)
    return answer(201, shown, {"Location": shown["url"], "ETag": etag_of(shown)})


def shown_as(request: Request, pk: int) -> dict[str, Any]:
    """Return an entity as it is now; raise Http404."""
    row = get_object_or_404(present.entities_shown(request.user), pk=pk)
    [shown] = present.entities([row], request.user, Addresses(request))
    return shown


def to_change(request: Request, pk: int) -> Entity:
    """Return an entity that the client may change; raise Problem 403 or Http404."""
    row = get_object_or_404(present.entities_shown(request.user), pk=pk)
    check_annotatable(request, row.corpus)
    return row


def change(request: Request, pk: int) -> HttpResponseBase:
    """Call an entity otherwise, or say otherwise what it is; raise Problem."""
    row = to_change(request, pk)
    values = checked(request.data, bodies.CHANGES)
    if not values:
        raise Problem(400, "Say what is to be changed.")
    operation = _if_unchanged(
        request,
        row,
        lambda: entity_changes.edit(row, by=asking(request), door=Door.API, **values),
    )
    return answered(request, shown_as(request, pk), operation, page=row.get_absolute_url())


def _if_unchanged(
    request: Request, row: Entity, do: Callable[[], Operation | None]
) -> Operation | None:
    """Do something to an entity if it is as the client saw it; raise Problem."""
    with transaction.atomic():
        # As acts do it: of two who saw the same only one gets through, and nobody waits in a ring.
        lock(row.corpus)
        check_unchanged(request, shown_as(request, row.pk))
        with refusals(lambda: shown_as(request, row.pk)):
            return do()


def act(
    request: Request, row: Entity, do: Callable[[], Operation | None], *, status: int = 200
) -> HttpResponse:
    """Do something to an entity once, if it is as the client saw it, and answer with it."""

    def work() -> Answer:
        operation = _if_unchanged(request, row, do)
        headers = operation_headers(operation, Addresses(request))
        return answer(status, shown_as(request, row.pk), headers)

    return once(request, work)


def add_name(request: Request, pk: int) -> HttpResponse:
    """Let an entity be known by another name; raise Problem."""
    row = to_change(request, pk)
    name = checked(request.data, bodies.NAMED, required=("name",))["name"]
    return act(
        request, row, lambda: entity_changes.add_name(row, name, by=asking(request), door=Door.API)
    )


def remove_name(request: Request, pk: int, number: int) -> HttpResponse:
    """Forget a name of an entity; raise Problem, Http404."""
    row = to_change(request, pk)
    known = present.names_given(request.user).select_related("entity__corpus", "entity__task")
    name: EntityName = get_object_or_404(known, pk=number, entity=row)
    return act(
        request, row, lambda: entity_changes.remove_name(name, by=asking(request), door=Door.API)
    )


def add_id(request: Request, pk: int) -> HttpResponse:
    """Say what an entity is called elsewhere; raise Problem."""
    row = to_change(request, pk)
    given = checked(request.data, bodies.KNOWN, required=("scheme", "value"))
    return act(
        request,
        row,
        lambda: entity_changes.add_id(
            row, given["scheme"], given["value"], by=asking(request), door=Door.API
        ),
    )


def remove_id(request: Request, pk: int, number: int) -> HttpResponse:
    """Forget what an entity is called elsewhere; raise Http404."""
    row = to_change(request, pk)
    rows = ExternalId.objects.select_related("entity__corpus", "entity__task")
    known = get_object_or_404(rows, pk=number, entity=row)
    return act(
        request, row, lambda: entity_changes.remove_id(known, by=asking(request), door=Door.API)
    )


def merge(request: Request, pk: int) -> HttpResponse:
    """Make other entities one with this one; raise Problem."""
    row = to_change(request, pk)
    ids = checked(request.data, bodies.MERGED, required=("entities",))["entities"]
    others = _found(request, row, ids, "entities")
    return act(
        request, row, lambda: entity_merging.merge(others, row, by=asking(request), door=Door.API)
    )


def split(request: Request, pk: int) -> HttpResponse:
    """Part what was merged, or move mentions to another entity; raise Problem."""
    row = to_change(request, pk)
    values = checked(request.data, bodies.SPLIT)
    if ("entities" in values) == ("mentions" in values):
        raise invalid({"entities": "Give either entities or mentions."})
    if "entities" in values:
        if "to" in values or "to_new" in values:
            raise invalid({"to": "This goes with mentions alone."})
        parts = _found(request, row, values["entities"], "entities")
        if any(part.merged_into_id != row.pk for part in parts):
            raise Problem(409, "One of these was not merged into this entity.")
        return act(
            request, row, lambda: entity_merging.unmerge(parts, by=asking(request), door=Door.API)
        )
    return once(request, lambda: _move(request, row, values))


def _move(request: Request, row: Entity, values: Mapping[str, Any]) -> Answer:
    if ("to" in values) == ("to_new" in values):
        raise invalid({"to": "Give either this or `to_new`."})
    to: Entity | str = values.get("to_new", "")
    if "to" in values:
        [to] = _found(request, row, [values["to"]], "to")
    with refusals():
        operation, target, _ = entity_merging.move_mentions(
            values["mentions"], row, to, by=asking(request), door=Door.API
        )
    headers = operation_headers(operation, Addresses(request))
    return answer(200, shown_as(request, target.pk), headers)


def tell_apart(request: Request, pk: int) -> HttpResponse:
    """Say that another entity is not this one; raise Problem."""
    row = to_change(request, pk)
    other = checked(request.data, bodies.OTHER, required=("from",))["from"]
    [different] = _found(request, row, [other], "from")
    return act(
        request,
        row,
        lambda: entity_merging.not_the_same(row, different, by=asking(request), door=Door.API),
    )


def _found(request: Request, row: Entity, ids: Sequence[int], field: str) -> list[Entity]:
    """Return entities of a corpus by their ids, all of them; raise Problem 404."""
    rows = present.entities_shown(request.user).filter(any_id("id", set(ids)), corpus=row.corpus)
    known = list(rows.order_by("pk"))
    gone = sorted(set(ids) - {each.pk for each in known})
    if gone:
        message = f"There is no entity {gone[0]} in this corpus that you may see."
        raise Problem(404, f"{field}: {message}", errors={field: message})
    return known
