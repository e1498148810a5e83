"""Mentions made, changed, decided and removed as a request asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.annotate.tags import tagging
from articles.annotate.tags.layers import Leave, leave_for
from articles.annotate.tags.wanted import Tagged, Wanted
from articles.api.answers import answer
from articles.api.articles.editing import answered, checked, invalid, operation_headers
from articles.api.endpoint import etag_of
from articles.api.presenters import tagging as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.tagging import mention_bodies as bodies
from articles.api.tagging.tag_refusals import asking, check_unchanged, refusals
from articles.models import Article, Door, Mention, Operation, Task, Version
from articles.models.access import Answer
from articles.models.lookups import any_id

_PLAIN = ("attributes", "comment", "key", "status", "origin", "maker", "score", "entity")


def wanted(values: Mapping[str, Any]) -> Wanted:
    """Return what a checked body asks to be tagged."""
    more = {name: values[name] for name in _PLAIN if name in values}
    return Wanted(
        start=values["start"],
        end=values["end"],
        quote=values["quote"],
        kind=values["kind"],
        entity_name=values.get("entity_name", ""),
        **more,
    )


def make(request: Request) -> Answer:
    """Tag words of an article and answer with the mention; raise Problem."""
    values = checked(request.data, bodies.NEW, required=bodies.REQUIRED)
    leave = leave_for(request.user, values["article"])
    tagged = _made(request, values, leave)
    at = Addresses(request)
    if tagged.made and leave is not None:
        # All of it is known, and whoever may tag is a member: it need not be read.
        members = frozenset({leave.article.corpus_id})
        shown = present.mention_at(tagged.mention, tagged.anchor, (), at, members)
    else:
        shown = shown_as(request, tagged.mention.pk)
    headers = {"Location": shown["url"], "ETag": etag_of(shown)}
    return answer(
        201 if tagged.made else 200, shown, headers | operation_headers(tagged.operation, at)
    )


def _made(request: Request, values: Mapping[str, Any], leave: Leave | None) -> Tagged:
    """Tag what a checked body says, by the client's leave if they have it; raise Problem."""
    if "entity" in values and values.get("entity_name"):
        raise invalid(dict.fromkeys(("entity", "entity_name"), "Give one of the two."))
    article = leave.article if leave is not None else article_of(request, values["article"])
    with refusals():
        return tagging.tag(
            article,
            wanted(values),
            by=asking(request),
            door=Door.API,
            version=version_of(article, values),
            task=task_of(request, values),
            leave=leave,
        )


def article_of(request: Request, pk: int) -> Article:
    """Return an article that the client may know of; raise Problem 404 that names the field."""
    rows = Article.objects.visible_to(request.user).select_related("corpus", "version")
    found: Article | None = rows.filter(pk=pk).first()
    if found is None:
        raise missing("article", pk)
    return found


def version_of(article: Article, values: Mapping[str, Any]) -> Version | None:
    """Return the version that a body names, None if it names none; raise Problem 404."""
    if "version" not in values:
        return None
    if values["version"] == article.version_id:
        return article.version
    found = Version.objects.filter(pk=values["version"], article=article).first()
    if found is None:
        raise missing("version", values["version"])
    return found


def task_of(request: Request, values: Mapping[str, Any]) -> Task | None:
    """Return the task that a body names, None if it names none; raise Problem 404."""
    if "task" not in values:
        return None
    rows = Task.objects.readable_by(request.user).select_related("corpus", "codebook_version")
    found: Task | None = rows.filter(pk=values["task"]).first()
    if found is None:
        raise missing("task", values["task"])
    return found


def missing(field: str, pk: int) -> Problem:
    """Return the refusal of an id that names nothing here."""
    message = f"There is no {field} {pk} that you may see."
    return Problem(404, f"{field}: {message}", errors={field: message})


def shown_as(request: Request, pk: int) -> dict[str, Any]:
    """Return a mention as it is now; raise Http404."""
    row = get_object_or_404(present.mentions_shown(request.user), pk=pk)
    return present.mention(row, Addresses(request), present.known_people(request.user))


def held(request: Request, pk: int) -> Mention:
    """Return a mention that stays as it is until the transaction ends, if it is as the client saw.

    Raises Http404, Problem 412.
    """
    # Held before it is read: of two who saw the same only one gets through.
    if not Mention.objects.select_for_update().filter(pk=pk).exists():
        raise Http404
    row: Mention = get_object_or_404(present.mentions_shown(request.user), pk=pk)
    member_of = present.known_people(request.user)
    check_unchanged(request, present.mention(row, Addresses(request), member_of))
    return row


def change(request: Request, pk: int) -> HttpResponseBase:
    """Change a mention and answer with it; raise Problem."""
    values = checked(request.data, bodies.CHANGES)
    ways = [
        way
        for way in (bodies.SAID, bodies.STATUS, (*bodies.MOVED, "version"))
        if any(name in values for name in way)
    ]
    if len(ways) != 1:
        raise Problem(400, "Send either what it says, or its status, or where it is.")
    with transaction.atomic():
        row = held(request, pk)
        with refusals():
            operation = _changed(request, row, values)
    shown = shown_as(request, pk)
    return answered(request, shown, operation, page=row.get_absolute_url())


def _changed(request: Request, row: Mention, values: Mapping[str, Any]) -> Operation | None:
    by = asking(request)
    if "status" in values:
        return tagging.decide([row], values["status"], by=by, door=Door.API)
    if any(name in values for name in (*bodies.MOVED, "version")):
        errors = {name: "This is required." for name in bodies.MOVED if name not in values}
        if errors:
            raise invalid(errors)
        place = (values["start"], values["end"], values["quote"])
        version = version_of(row.article, values)
        return tagging.move(row, *place, by=by, door=Door.API, version=version)
    if "entity" in values and values.get("entity_name"):
        raise invalid(dict.fromkeys(("entity", "entity_name"), "Give one of the two."))
    return tagging.change(row, by=by, door=Door.API, **values)


def remove(request: Request, pk: int) -> HttpResponse:
    """Remove a mention; raise Problem."""
    with transaction.atomic():
        row = held(request, pk)
        with refusals():
            operation = tagging.remove([row], by=asking(request), door=Door.API)
    return HttpResponse(status=204, headers=operation_headers(operation, Addresses(request)))


def relate(request: Request, pk: int, *, related: bool) -> Answer:
    """Lead from a mention to another, or no more; raise Problem."""
    values = checked(request.data, bodies.RELATION, required=("kind", "target"))
    rows = present.mentions_shown(request.user)
    source = get_object_or_404(rows, pk=pk)
    target = rows.filter(pk=values["target"]).first()
    if target is None:
        raise missing("target", values["target"])
    act = tagging.relate if related else tagging.unrelate
    with refusals():
        operation = act(source, target, values["kind"], by=asking(request), door=Door.API)
    return answer(200, shown_as(request, pk), operation_headers(operation, Addresses(request)))


def mentions_of(request: Request, ids: Sequence[int]) -> dict[int, Mention]:
    """Return those of some mentions that the client may see, by id."""
    from_ids = Mention.objects.readable_by(request.user).filter(any_id("id", set(ids)))
    return {row.pk: row for row in from_ids.select_related("corpus")}
