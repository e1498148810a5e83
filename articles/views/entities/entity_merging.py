"""Which entities are one and which are not: merging, splitting, telling apart."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.annotate.entities import (
    entity_lists,
    entity_mentions,
    entity_merging,
    likely_entities,
)
from articles.annotate.entities.entities import EntityRefusedError
from articles.annotate.entities.likely_entities import Likely
from articles.history import lives
from articles.models import Act, Door, Entity, MentionStatus
from articles.models.keyset import CursorError
from articles.models.lookups import any_id
from articles.views.acts import actor, tell
from articles.views.entities.entities import kind_names, readable
from articles.views.entities.entity_edits import to_edit
from articles.views.names.name_edits import read_ids
from articles.views.parameters import ParameterError, read_text, refused

FOUND = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entity_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which entities are the same as one, and which name stands; then merge them."""
    entity, by = to_edit(request, pk, Act.MERGE_ENTITIES)
    if request.method != "POST":
        return _merge_page(request, entity)
    try:
        others, stands = read_ids(request, "others"), read_ids(request, "stands")
    except ParameterError as fault:
        return refused(request, fault)
    into = stands[0] if stands else entity.pk
    among = readable(by).filter(any_id("id", {*others, entity.pk}), corpus=entity.corpus)
    found = {row.pk: row for row in among}
    if into not in found or len(found) < 2:
        wrong = "Tick who is the same, and choose which name of the ticked ones stands."
        return _merge_page(request, entity, wrong=wrong, chosen=others)
    target = found.pop(into)
    try:
        operation = entity_merging.merge(list(found.values()), target, by=by, door=Door.PAGE)
    except EntityRefusedError as fault:
        return _merge_page(request, entity, wrong=fault.message, chosen=others)
    tell(request, operation)
    return HttpResponseRedirect(target.get_absolute_url())


def _merge_page(
    request: HttpRequest, entity: Entity, *, wrong: str = "", chosen: list[int] | None = None
) -> HttpResponse:
    try:
        words = read_text(request, "q")
    except ParameterError as fault:
        return refused(request, fault)
    if words:
        named = entity_lists.listed(entity.corpus, request.user, text=words)
        rows = named.exclude(pk=entity.pk).order_by("name", "pk")[:FOUND]
        found = [Likely(row, "", 0) for row in rows]
    else:
        found = likely_entities.likely(entity, request.user)
    ids = [entity.pk, *(one.entity.pk for one in found)]
    counts = entity_lists.counts(entity.corpus, request.user, ids)
    context = {
        "section": "entities",
        "entity": entity,
        "total": counts.get(entity.pk, 0),
        "found": [(one.entity, counts.get(one.entity.pk, 0), one.reason) for one in found],
        "words": words,
        "chosen": chosen or [],
        "kind_names": kind_names(entity.corpus),
        "wrong": wrong,
    }
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "entity/merge.html", context, status=status)


@login_required
@require_POST
def entity_different(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that two entities are different, so that they are not suggested again."""
    entity, by = to_edit(request, pk, Act.ENTITY)
    try:
        ids = read_ids(request, "different")
    except ParameterError as fault:
        return refused(request, fault)
    other = readable(by).filter(any_id("id", ids), corpus=entity.corpus).first()
    if other is None:
        return _merge_page(request, entity, wrong="Choose who is different.")
    try:
        tell(request, entity_merging.not_the_same(entity, other, by=by, door=Door.PAGE))
    except EntityRefusedError as fault:
        return _merge_page(request, entity, wrong=fault.message)
    return HttpResponseRedirect(reverse("entity-merge", args=[entity.pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entity_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Part what was merged into an entity, or move mentions of it to another one."""
    entity, by = to_edit(request, pk, Act.SPLIT_ENTITY)
    if request.method != "POST":
        return _split_page(request, entity)
    try:
        merged, mentions = read_ids(request, "merged"), read_ids(request, "mentions")
    except ParameterError as fault:
        return refused(request, fault)
    try:
        if merged:
            rows = list(readable(by).filter(any_id("id", merged), merged_into=entity))
            tell(request, entity_merging.unmerge(rows, by=by, door=Door.PAGE))
            return HttpResponseRedirect(entity.get_absolute_url())
        to = request.POST.get("to", "").strip()
        if not to or "\0" in to or len(to) > 300:
            raise EntityRefusedError("Say who or what is meant: a name of up to 300 characters.")  # noqa: TRY301 -- as the domain refuses
        known = _named(request, entity, to)
        operation, _, stayed = entity_merging.move_mentions(
            mentions, entity, known or to, by=by, door=Door.PAGE
        )
    except EntityRefusedError as fault:
        return _split_page(request, entity, wrong=fault.message, chosen=mentions)
    if operation is not None and stayed:
        operation.summary += f" ({stayed} stayed: tagged with it already)"
    tell(request, operation)
    return HttpResponseRedirect(reverse("entity-split", args=[entity.pk]))


def _named(request: HttpRequest, entity: Entity, name: str) -> Entity | None:
    """Return the one entity that goes by a name beside one: that is meant, not a new one."""
    found = readable(request.user).standing().filter(corpus=entity.corpus, name=name)
    other: Entity | None = found.exclude(pk=entity.pk).order_by("pk").first()
    return other


def _split_page(
    request: HttpRequest, entity: Entity, *, wrong: str = "", chosen: list[int] | None = None
) -> HttpResponse:
    try:
        words = read_text(request, "q")
        lines = entity_mentions.lines(
            entity,
            request.user,
            status=MentionStatus.ACCEPTED,
            text=words,
            cursor=read_text(request, "cursor") or None,
        )
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    context = {
        "section": "entities",
        "entity": entity,
        "merged": readable(request.user).filter(merged_into=entity).order_by("name", "pk"),
        "lines": lines,
        "words": words,
        "to": request.POST.get("to", ""),
        "chosen": chosen or [],
        "wrong": wrong,
    }
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "entity/split.html", context, status=status)


@login_required
@require_safe
def entity_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of an entity, its names, and those merged into it: for members."""
    entity = get_object_or_404(readable(request.user), pk=pk)
    actor(request, entity.corpus, Act.COLLECT)
    try:
        found = lives.life_of_entity(
            entity, request.user, cursor=read_text(request, "cursor") or None
        )
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    context = {
        "section": "entities",
        "own_kind": "entity",
        "own_id": pk,
        "name": entity.name,
        "back": entity.get_absolute_url(),
        "back_name": "The entity",
        "page": found,
    }
    return render(request, "history/life.html", context)
