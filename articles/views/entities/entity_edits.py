"""Putting one entity right: names, kind, note, ids elsewhere; and making one by hand."""

from http import HTTPStatus

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.annotate.entities import entities, entity_changes, entity_lists
from articles.annotate.entities.entities import EntityRefusedError, standing
from articles.curation.fields import StaleError
from articles.models import Act, Corpus, Door, Entity, EntityName, ExternalId
from articles.views.acts import actor, tell
from articles.views.entities.entities import kind_names, readable
from articles.views.entities.entity_forms import AliasForm, EntityForm, IdForm
from articles.views.parameters import ParameterError, read_text, refused

_CONFLICT, _BAD = HTTPStatus.CONFLICT, HTTPStatus.BAD_REQUEST


def to_edit(request: HttpRequest, pk: int, act: Act) -> tuple[Entity, User]:
    """Return the entity that stands for one, and who changes it; raise Http404 or 403."""
    entity = get_object_or_404(readable(request.user), pk=pk)
    by = actor(request, entity.corpus, act)
    return standing(entity), by


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entity_new(request: HttpRequest) -> HttpResponse:
    """Add an entity to a corpus by hand."""
    try:
        slug = read_text(request, "corpus")
    except ParameterError as fault:
        return refused(request, fault)
    corpus = get_object_or_404(Corpus.objects.readable_by(request.user), slug=slug)
    by = actor(request, corpus, Act.ENTITY)
    form = EntityForm(request.POST or None)
    known: Entity | None = None
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = entities.create(corpus, facts["name"], facts["kind"], by=by, door=Door.PAGE,
                                   another="another" in request.POST)  # fmt: skip
        except EntityRefusedError as fault:
            form.add_error(fault.field or "name", fault.message)
            known = getattr(fault, "known", None)
            status = _CONFLICT
        else:
            return HttpResponseRedirect(made.get_absolute_url())
    elif request.method == "POST":
        status = _BAD
    context = {"corpus": corpus, "form": form, "known": known, "kinds": kind_names(corpus)}
    return render(request, "entity/new.html", context | {"section": "entities"}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an entity otherwise, say what it is, and note what is known of it."""
    entity, by = to_edit(request, pk, Act.ENTITY)
    if request.method != "POST":
        return _page(request, entity)
    form = EntityForm(request.POST)
    if not form.is_valid():
        return _page(request, entity, form=form, status=_BAD)
    facts = dict(form.cleaned_data)
    state = facts.pop("state")
    try:
        operation = entity_changes.edit(
            entity, by=by, door=Door.PAGE, expected_state=state or None, **facts
        )
    except StaleError as fault:
        return _page(request, entity, wrong=str(fault), status=_CONFLICT)
    except EntityRefusedError as fault:
        form.add_error(fault.field or None, fault.message)
        return _page(request, entity, form=form, status=_CONFLICT)
    tell(request, operation)
    return _back(entity)


@login_required
@require_POST
def entity_name_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an entity be known by another name."""
    entity, by = to_edit(request, pk, Act.ENTITY)
    form = AliasForm(request.POST)
    if not form.is_valid():
        return _page(request, entity, name_form=form, status=_BAD)
    try:
        name = form.cleaned_data["name"]
        tell(request, entity_changes.add_name(entity, name, by=by, door=Door.PAGE))
    except EntityRefusedError as fault:
        form.add_error("name", fault.message)
        return _page(request, entity, name_form=form, status=_CONFLICT)
    return _back(entity)


@login_required
@require_POST
def entity_name_remove(request: HttpRequest, pk: int, name: int) -> HttpResponse:
    """Forget an alias of an entity."""
    entity, by = to_edit(request, pk, Act.ENTITY)
    ids = Entity.objects.with_merged([entity.pk])
    alias = get_object_or_404(EntityName.objects.select_related("entity"), pk=name, entity__in=ids)
    try:
        tell(request, entity_changes.remove_name(alias, by=by, door=Door.PAGE))
    except EntityRefusedError as fault:
        return _page(request, entity, wrong=fault.message, status=_CONFLICT)
    return _back(entity)


@login_required
@require_POST
def entity_id_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an entity is called elsewhere."""
    entity, by = to_edit(request, pk, Act.ENTITY)
    form = IdForm(request.POST)
    if not form.is_valid():
        return _page(request, entity, id_form=form, status=_BAD)
    facts = form.cleaned_data
    try:
        operation = entity_changes.add_id(
            entity, facts["scheme"], facts["value"], by=by, door=Door.PAGE
        )
    except EntityRefusedError as fault:
        form.add_error(fault.field or None, fault.message)
        return _page(request, entity, id_form=form, status=_CONFLICT)
    tell(request, operation)
    return _back(entity)


@login_required
@require_POST
def entity_id_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Forget what an entity is called elsewhere."""
    entity, by = to_edit(request, pk, Act.ENTITY)
    known = get_object_or_404(ExternalId, pk=number, entity=entity)
    tell(request, entity_changes.remove_id(known, by=by, door=Door.PAGE))
    return _back(entity)


def _back(entity: Entity) -> HttpResponse:
    return HttpResponseRedirect(reverse("entity-edit", args=[entity.pk]))


def _page(
    request: HttpRequest,
    entity: Entity,
    *,
    form: forms.Form | None = None,
    name_form: forms.Form | None = None,
    id_form: forms.Form | None = None,
    wrong: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    entity.refresh_from_db()
    initial = {
        "name": entity.name,
        "kind": entity.kind,
        "note": entity.note,
        "state": entity_changes.state_of(entity),
    }
    context = {
        "section": "entities",
        "entity": entity,
        "form": form or EntityForm(initial=initial),
        "name_form": name_form or AliasForm(),
        "id_form": id_form or IdForm(initial={"scheme": entity_changes.WIKIDATA}),
        "names": entity_lists.names_of(entity, request.user),
        "ids": entity.external_ids.all(),
        "kinds": kind_names(entity.corpus),
        "wrong": wrong,
    }
    return render(request, "entity/edit.html", context, status=status)
