"""Changing codebooks: a new one, the draft of the next version, what is tagged brought up to it."""

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.annotate.codebooks import codebooks, migrating
from articles.annotate.codebooks.codebook import (
    COLOURS,
    DEFAULT,
    RESERVED_KEYS,
    CodebookError,
    Content,
    as_json,
    read,
)
from articles.annotate.codebooks.codebooks import (
    NAME_CHARACTERS,
    NOTE_CHARACTERS,
    CodebookRefusedError,
    content_of,
    draft_of,
    newest,
    state_of,
)
from articles.models import Codebook, Corpus, Door
from articles.views.acts import tell
from articles.views.keeping.keeping import answering, first_error, known_only, person
from articles.views.parameters import ParameterError, read_number
from articles.views.tasks import codebook_form
from articles.views.tasks.codebook_form import Typed
from articles.views.tasks.codebooks import leads, readable

if TYPE_CHECKING:
    from articles.models import CodebookVersion

MOST_JSON = 2_000_000
_REMOVE = "-"


class NewCodebookForm(forms.Form):
    """A codebook that is to be made."""

    corpus = forms.ModelChoiceField(Corpus.objects.none(), to_field_name="slug")
    name = forms.CharField(max_length=NAME_CHARACTERS)
    note = forms.CharField(max_length=NOTE_CHARACTERS, required=False)
    start = forms.ChoiceField(choices=[(each, each) for each in ("usual", "nothing", "json")])
    json = forms.CharField(max_length=MOST_JSON, required=False)

    def __init__(self, *args: Any, corpora: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["corpus"].queryset = corpora  # type: ignore[attr-defined]  # of this field

    def clean_json(self) -> Content | None:
        """Return the codebook that was pasted or chosen as a file; None for another start."""
        if self.cleaned_data.get("start") != "json":
            return None
        try:
            return read(json.loads(self.cleaned_data["json"]))
        except CodebookError as fault:
            raise forms.ValidationError(str(fault)) from fault
        except (ValueError, RecursionError) as fault:
            raise forms.ValidationError("This is no JSON. Paste all of the file.") from fault


class AboutForm(forms.Form):
    """What a codebook and its draft are called and said to be."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
    note = forms.CharField(max_length=NOTE_CHARACTERS, required=False)
    changes = forms.CharField(max_length=NOTE_CHARACTERS, required=False)
    base = forms.CharField(max_length=100, required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def codebook_new(request: HttpRequest) -> HttpResponse:
    """Make a codebook: as every corpus begins, with nothing, or of a file."""
    known_only(request)
    led = Corpus.objects.editable_by(request.user)
    if not led.exists():
        raise PermissionDenied("Codebooks are made by the editors of a corpus.")
    form = NewCodebookForm(
        _with_file(request) if request.method == "POST" else None,
        corpora=led,
        initial={"start": "usual"},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        content = {"usual": DEFAULT, "nothing": Content()}.get(given["start"]) or given["json"]
        try:
            codebook, operation = codebooks.make(
                given["corpus"],
                content or Content(),
                name=given["name"],
                note=given["note"],
                by=person(request),
                door=Door.PAGE,
            )
        except CodebookRefusedError as fault:
            form.add_error(fault.field or None, fault.message)
        else:
            tell(request, operation)
            return HttpResponseRedirect(reverse("codebook-edit", args=[codebook.pk]))
    context = {"section": "tasks", "form": form, "corpora": list(led)}
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "codebook/new.html", context, status=status)


def _with_file(request: HttpRequest) -> Any:
    """Return what was sent, a file that was chosen in the place of what is pasted."""
    given = request.POST.copy()
    chosen = request.FILES.get("file")
    if chosen is not None and chosen.size and chosen.size <= MOST_JSON:
        given["json"] = chosen.read().decode("utf-8-sig", "replace")
    return given


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def codebook_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a codebook: what is saved is a draft until it is published."""
    known_only(request)
    codebook = _led(request, pk)
    there = draft_of(codebook) or newest(codebook)
    if request.method != "POST":
        content = content_of(there) if there else Content()
        return _form(request, codebook, there, codebook_form.typed_of(content))
    do = request.POST.get("do", "save")
    if do == "discard":
        return _discard(request, codebook)
    try:
        typed = codebook_form.typed_in(request.POST)
    except CodebookError as fault:
        raise ParameterError("do", fault.message) from fault
    if do not in {"save", "publish"}:
        typed.act(do)
        return _form(request, codebook, there, typed)
    return _save(request, codebook, there, typed, publishes=do == "publish")


def _save(
    request: HttpRequest,
    codebook: Codebook,
    there: "CodebookVersion | None",
    typed: Typed,
    *,
    publishes: bool,
) -> HttpResponse:
    about = AboutForm(request.POST)
    if not about.is_valid():
        raise first_error(about, ("name", "note", "changes", "base"))
    given: dict[str, Any] = {"by": person(request), "door": Door.PAGE}
    said = about.cleaned_data
    try:
        content = typed.content()
        told = codebooks.describe(codebook, name=said["name"], note=said["note"], **given)
        drafted = codebooks.save_draft(
            codebook, content, note=said["changes"], base=said["base"] or None, **given
        )
        if publishes:
            told = codebooks.publish(codebook, **given)
    except CodebookError as fault:
        typed.blame(fault)
        return _form(request, codebook, there, typed, HTTPStatus.BAD_REQUEST)
    except CodebookRefusedError as fault:
        typed.fault = fault.message
        return _form(request, codebook, there, typed, HTTPStatus.CONFLICT)
    tell(request, told if publishes else drafted or told)
    if not publishes:
        return HttpResponseRedirect(reverse("codebook-edit", args=[codebook.pk]))
    if migrating.preview(codebook, {}).touched:
        return HttpResponseRedirect(reverse("codebook-migrate", args=[codebook.pk]))
    return HttpResponseRedirect(codebook.get_absolute_url())


def _discard(request: HttpRequest, codebook: Codebook) -> HttpResponse:
    try:
        operation = codebooks.discard_draft(codebook, by=person(request), door=Door.PAGE)
    except CodebookRefusedError as fault:
        raise ParameterError("do", fault.message) from fault
    tell(request, operation)
    return HttpResponseRedirect(codebook.get_absolute_url())


def _form(
    request: HttpRequest,
    codebook: Codebook,
    there: "CodebookVersion | None",
    typed: Typed,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    sent = request.POST
    context = {
        "section": "tasks",
        "codebook": codebook,
        "version": there,
        "is_draft": there is not None and there.published_at is None,
        "is_published": newest(codebook) is not None,
        "typed": typed,
        "group": typed.place[0],
        "row": typed.place[1],
        "at": typed.place[2],
        "name": sent.get("name", codebook.name),
        "note": sent.get("note", codebook.note),
        "changes": sent.get("changes", there.note if there and not there.published_at else ""),
        "base": sent.get("base", state_of(there) if there else ""),
        "whats": codebook_form.WHATS,
        "types": codebook_form.CODE_TYPES,
        "colours": range(COLOURS),
        "reserved": " ".join(sorted(RESERVED_KEYS)),
        "blank_kind": codebook_form.blank_kind(len(typed.kinds)),
        "blank_code": codebook_form.blank_code(),
    }
    return render(request, "codebook/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def codebook_migrate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what bringing tags up to the newest version would do; do it when it is sent."""
    known_only(request)
    codebook = _led(request, pk)
    decisions = {
        name: "" if value == _REMOVE else value
        for name, value in request.POST.items()
        if isinstance(value, str) and name.startswith(("kind-", "code-")) and value
    }
    with_tasks = request.POST.get("with_tasks") == "yes"
    fault, status = "", HTTPStatus.OK
    try:
        if request.POST.get("do") == "migrate":
            operation = migrating.migrate(
                codebook, decisions, with_tasks=with_tasks, by=person(request), door=Door.PAGE
            )
            tell(request, operation)
            return HttpResponseRedirect(codebook.get_absolute_url())
    except CodebookRefusedError as refusal:
        fault, status = refusal.message, HTTPStatus.BAD_REQUEST
        decisions = {} if refusal.field else decisions
    try:
        shown = request.POST.get("show", "")
        planned = migrating.preview(codebook, decisions, with_tasks=with_tasks, shown=shown)
    except CodebookRefusedError as refusal:
        raise ParameterError(refusal.field or "codebook", refusal.message) from refusal
    context = {
        "section": "tasks",
        "codebook": codebook,
        "planned": planned,
        "shown": shown,
        "with_tasks": with_tasks,
        "fault": fault,
    }
    return render(request, "codebook/migrate.html", context, status=status)


@login_required
@require_POST
@answering
def codebook_main(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a codebook the one of the reading view."""
    codebook = _led(request, pk)
    try:
        operation = codebooks.make_main(codebook, by=person(request), door=Door.PAGE)
    except CodebookRefusedError as fault:
        raise ParameterError("codebook", fault.message) from fault
    tell(request, operation)
    return HttpResponseRedirect(codebook.get_absolute_url())


@require_safe
@answering
def codebook_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a version of a codebook as JSON: what a new codebook can be made of."""
    known_only(request, "version")
    codebook = readable(request, pk)
    number = read_number(request, "version")
    versions = codebook.versions.all()
    if not leads(request, codebook.corpus):
        versions = versions.filter(published_at__isnull=False)
    if number is not None:
        versions = versions.filter(number=number)
    version = get_object_or_404(versions.order_by("-number")[:1])
    words = json.dumps(as_json(content_of(version)), ensure_ascii=False, indent=2)
    response = HttpResponse(f"{words}\n", content_type="application/json")
    name = f"codebook-{codebook.pk}-v{version.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _led(request: HttpRequest, pk: int) -> Codebook:
    codebook = readable(request, pk)
    if not leads(request, codebook.corpus):
        raise PermissionDenied(f"Codebooks are changed by the editors of {codebook.corpus}.")
    return codebook
