"""Putting one source or author right: what it is called, the names it goes by, a split."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.curation import authors, sources
from articles.curation.authors import AuthorRefusedError
from articles.curation.fields import StaleError
from articles.curation.sources import SourceRefusedError
from articles.models import Act, Door, Person, Source, SourceAlias
from articles.models.lookups import any_id
from articles.views.acts import actor, tell
from articles.views.names.name_forms import AnotherNameForm, NameForm, SourceForm
from articles.views.names.named import AUTHORS, SOURCES, Kind
from articles.views.parameters import ParameterError, refused

MOST_IDS = 500
_CONFLICT, _BAD = HTTPStatus.CONFLICT, HTTPStatus.BAD_REQUEST


def to_edit(request: HttpRequest, kind: Kind, pk: int, act: Act) -> tuple[Any, User]:
    """Return what is to be put right, as it stands now, and by whom; raise Http404 or 403."""
    row = get_object_or_404(kind.visible(request.user), pk=pk)
    by = actor(request, row.corpus, act)
    return (row.merged_into if isinstance(row, Source) else row.same_as) or row, by


def read_ids(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers that a form sent under a name. Raises ParameterError."""
    given = request.POST.getlist(name)
    if len(given) > MOST_IDS or not all(t.isascii() and t.isdigit() and len(t) < 19 for t in given):
        raise ParameterError(name, "This must be numbers that the page offered.")
    return list(dict.fromkeys(map(int, given)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def source_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit what is known of a source."""
    source, by = to_edit(request, SOURCES, pk, Act.SOURCE)
    if request.method != "POST":
        return _source_page(request, source)
    form = SourceForm(request.POST)
    if not form.is_valid():
        return _source_page(request, source, form=form, status=_BAD)
    facts = dict(form.cleaned_data)
    state = facts.pop("state")
    try:
        operation = sources.edit(
            source, by=by, door=Door.PAGE, expected_state=state or None, **facts
        )
    except StaleError as fault:
        return _source_page(request, source, wrong=str(fault), status=_CONFLICT)
    except SourceRefusedError as fault:
        form.add_error("name", str(fault))
        return _source_page(request, source, form=form, status=_CONFLICT)
    tell(request, operation)
    return _back(SOURCES, source)


@login_required
@require_POST
def source_name_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a source be known under another name."""
    source, by = to_edit(request, SOURCES, pk, Act.SOURCE)
    form = AnotherNameForm(request.POST)
    if not form.is_valid():
        return _source_page(request, source, name_form=form, status=_BAD)
    try:
        tell(request, sources.add_name(source, form.cleaned_data["name"], by=by, door=Door.PAGE))
    except SourceRefusedError as fault:
        form.add_error("name", str(fault))
        return _source_page(request, source, name_form=form, status=_CONFLICT)
    return _back(SOURCES, source)


@login_required
@require_POST
def source_name_remove(request: HttpRequest, pk: int, name: int) -> HttpResponse:
    """Forget a name of a source."""
    source, by = to_edit(request, SOURCES, pk, Act.SOURCE)
    alias = get_object_or_404(SourceAlias, pk=name, source=source)
    try:
        tell(request, sources.remove_name(alias, by=by, door=Door.PAGE))
    except SourceRefusedError as fault:
        return _source_page(request, source, wrong=str(fault), status=_CONFLICT)
    return _back(SOURCES, source)


@login_required
@require_POST
def source_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Move names to another source, or to a new one, and their articles with them."""
    source, by = to_edit(request, SOURCES, pk, Act.MOVE_ALIASES)
    form = AnotherNameForm(request.POST, prefix="to")
    try:
        ids = read_ids(request, "names")
    except ParameterError as fault:
        return refused(request, fault)
    if not form.is_valid():
        return _source_page(request, source, split_form=form, chosen=ids, status=_BAD)
    name = form.cleaned_data["name"]
    aliases = list(SourceAlias.objects.filter(any_id("id", ids), source=source))
    # A name that is another's means that one; any other is a new source's.
    known = Source.objects.standing().filter(corpus=source.corpus, name=name).first()
    try:
        operation, _ = sources.move_names(aliases, known or name, by=by, door=Door.PAGE)
    except SourceRefusedError as fault:
        form.add_error("name", str(fault))
        return _source_page(request, source, split_form=form, chosen=ids, status=_CONFLICT)
    tell(request, operation)
    # Not to a new source's page: it is gone once this is undone there.
    return _back(SOURCES, source)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an author otherwise."""
    person, by = to_edit(request, AUTHORS, pk, Act.AUTHOR)
    if request.method != "POST":
        return _person_page(request, person)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person, form=form, status=_BAD)
    facts = form.cleaned_data
    try:
        operation = authors.edit(
            person,
            name=facts["name"],
            by=by,
            door=Door.PAGE,
            expected_state=facts["state"] or None,
        )
    except StaleError as fault:
        return _person_page(request, person, wrong=str(fault), status=_CONFLICT)
    except AuthorRefusedError as fault:
        form.add_error("name", str(fault))
        return _person_page(request, person, form=form, status=_CONFLICT)
    tell(request, operation)
    return _back(AUTHORS, person)


@login_required
@require_POST
def person_name_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an author be known under another name."""
    person, by = to_edit(request, AUTHORS, pk, Act.AUTHOR)
    form = AnotherNameForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person, name_form=form, status=_BAD)
    try:
        tell(request, authors.add_name(person, form.cleaned_data["name"], by=by, door=Door.PAGE))
    except AuthorRefusedError as fault:
        form.add_error("name", str(fault))
        return _person_page(request, person, name_form=form, status=_CONFLICT)
    return _back(AUTHORS, person)


@login_required
@require_POST
def person_name_remove(request: HttpRequest, pk: int, name: int) -> HttpResponse:
    """Forget a name of an author."""
    person, by = to_edit(request, AUTHORS, pk, Act.AUTHOR)
    other = get_object_or_404(Person, pk=name, same_as=person)
    try:
        tell(request, authors.remove_name(other, by=by, door=Door.PAGE))
    except AuthorRefusedError as fault:
        return _person_page(request, person, wrong=str(fault), status=_CONFLICT)
    return _back(AUTHORS, person)


@login_required
@require_POST
def person_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Part names from an author: each is an author of its own again."""
    person, by = to_edit(request, AUTHORS, pk, Act.SPLIT_AUTHOR)
    try:
        ids = read_ids(request, "names")
    except ParameterError as fault:
        return refused(request, fault)
    names = list(Person.objects.filter(any_id("id", ids), same_as=person).select_related("corpus"))
    try:
        tell(request, authors.split(names, by=by, door=Door.PAGE))
    except AuthorRefusedError as fault:
        return _person_page(request, person, wrong=str(fault), chosen=ids, status=_CONFLICT)
    return _back(AUTHORS, person)


def _back(kind: Kind, row: Source | Person) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"{kind.prefix}-edit", args=[row.pk]))


def _source_page(
    request: HttpRequest,
    source: Source,
    *,
    form: SourceForm | None = None,
    name_form: AnotherNameForm | None = None,
    split_form: AnotherNameForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **more: object,
) -> HttpResponse:
    source.refresh_from_db()
    initial = {
        "name": source.name,
        "domains": "\n".join(source.domains),
        "country": source.country,
        "languages": " ".join(source.languages),
        "state": sources.state_of(source),
    }
    context = {
        "kind": SOURCES,
        "section": SOURCES.section,
        "row": source,
        "form": form or SourceForm(initial=initial),
        "name_form": name_form or AnotherNameForm(),
        "split_form": split_form or AnotherNameForm(prefix="to"),
        "names": sources.names_of(source),
        **more,
    }
    return render(request, "source/edit.html", context, status=status)


def _person_page(
    request: HttpRequest,
    person: Person,
    *,
    form: NameForm | None = None,
    name_form: AnotherNameForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **more: object,
) -> HttpResponse:
    person.refresh_from_db()
    context = {
        "kind": AUTHORS,
        "section": AUTHORS.section,
        "row": person,
        "form": form or NameForm(initial={"name": person.name, "state": authors.state_of(person)}),
        "name_form": name_form or AnotherNameForm(),
        "names": authors.names_of(person),
        **more,
    }
    return render(request, "person/edit.html", context, status=status)
