"""Imports: asked for, watched, judged and tried again."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from articles import tasks
from articles.export import import_report
from articles.formats.protocol import Origin, ReadOptions
from articles.forms import ImportForm, field_choices, read_mapping
from articles.ingest import imports
from articles.ingest.sources import reading_options
from articles.models import Corpus, Door, Import, ImportItem, Outcome, Source
from articles.models.corpora import DEFAULT_CORPUS
from articles.models.keyset import CursorError, Page, page
from articles.views.imports import import_preview as previewing
from articles.views.imports.import_progress import standing, worker_is_alive

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile

IMPORTS_PER_PAGE = 30
ITEMS_PER_PAGE = 50
INPUTS_SHOWN = 100
SOURCES_OFFERED = 500
NOT_AN_EDITOR = (
    "You may read here, but not import. Ask an administrator of the corpus to make you an editor."
)


@login_required
@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """List the imports into the corpora that one may read, the latest first."""
    found = Import.objects.readable_by(request.user).select_related("corpus", "created_by")
    cursor = request.GET.get("cursor") or None
    try:
        rows: Page[Import] = page(found, ("-pk",), limit=IMPORTS_PER_PAGE, cursor=cursor)
    except CursorError as fault:
        return _nothing_there(request, str(fault))
    context = {
        "section": "imports",
        "page": rows,
        "may_import": Corpus.objects.editable_by(request.user).exists(),
    }
    return render(request, "import/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Take files, a pasted text or addresses: whatever is given becomes one import."""
    corpora = Corpus.objects.editable_by(request.user)
    first = corpora.first()
    if first is None:
        raise PermissionDenied(NOT_AN_EDITOR)
    if request.method != "POST":
        usual = _usual_corpus(request, corpora) or first
        initial = {"corpus": request.GET.get("corpus") or usual.slug}
        return _form_page(request, ImportForm(corpora=corpora, initial=initial))
    form = ImportForm(request.POST, request.FILES, corpora=corpora)
    if form.is_valid():
        try:
            started = _start(request, form.cleaned_data)
        except (imports.ImportRefused, ValidationError) as fault:
            said = fault.messages[0] if isinstance(fault, ValidationError) else str(fault)
            form.add_error("urls" if said.startswith(("http", "file", "ftp")) else None, said)
        else:
            return HttpResponseRedirect(started.get_absolute_url())
    _refuse_what_is_not_theirs_to_edit(request)
    return _form_page(request, form, status=HTTPStatus.BAD_REQUEST)


def _usual_corpus(request: HttpRequest, corpora: QuerySet[Corpus]) -> Corpus | None:
    """Return the corpus that one imported into last, else the default one; None if neither."""
    last = Import.objects.filter(created_by_id=request.user.pk, corpus__in=corpora)
    usual = last.order_by("-pk").values("corpus")[:1]
    found: Corpus | None = corpora.filter(pk__in=usual).first()
    return found or corpora.filter(slug=DEFAULT_CORPUS).first()


def _start(request: HttpRequest, given: dict[str, Any]) -> Import:
    """Start the import that a valid form asks for. Raises ImportRefused, ValidationError."""
    inputs: list[imports.NewInput] = [
        imports.Upload(file.name or "file", file.content_type or "", _stream(file))
        for file in given["files"]
    ]
    if given["text"].strip():
        inputs.append(imports.Pasted(given["text"]))
    inputs += [imports.Address(url) for url in given["urls"]]
    with transaction.atomic():
        started = imports.start(
            corpus=given["corpus"],
            user=request.user,
            door=Door.PAGE,
            inputs=inputs,
            source_name=given["source"],
            format_name=given["format"],
            mapping=_mapping(request),
        )
        tasks.enqueue_import(started)
    return started


def _stream(file: "UploadedFile[Any]") -> Any:
    # Django's wrapper reads by chunks; what lies under it is the plain file.
    return file.file


def _mapping(request: HttpRequest) -> dict[str, str]:
    """Return the fields that a person chose for columns; guesses are left to the reader."""
    columns, fields = request.POST.getlist("column"), request.POST.getlist("field")
    chosen = read_mapping(columns, fields)
    by_hand = request.POST.getlist("given")
    if len(by_hand) != len(columns):
        return {}
    return {
        column: field
        for (column, field), given in zip(chosen.items(), by_hand, strict=False)
        if given
    }


def _refuse_what_is_not_theirs_to_edit(request: HttpRequest) -> None:
    """Answer 403, not “no such corpus”, where someone may read a corpus but not add to it."""
    slug = request.POST.get("corpus", "")
    readable = Corpus.objects.visible_to(request.user).filter(slug=slug.replace("\0", ""))
    if readable.exists() and not readable.editable_by(request.user).exists():
        raise PermissionDenied(NOT_AN_EDITOR)


def _form_page(request: HttpRequest, form: ImportForm, status: int = HTTPStatus.OK) -> HttpResponse:
    corpora = Corpus.objects.editable_by(request.user)
    sources = Source.objects.editable_by(request.user).order_by("name")
    context = {
        "section": "imports",
        "form": form,
        "corpora": corpora,
        "sources": sorted(set(sources.values_list("name", flat=True)[:SOURCES_OFFERED])),
        "preview_bytes": previewing.MAX_BYTES,
    }
    return render(request, "import/new.html", context, status=status)


@login_required
@require_POST
def import_preview(request: HttpRequest) -> HttpResponse:
    """Show how the start of a file, or a pasted text, would be read. Keep nothing."""
    if not Corpus.objects.editable_by(request.user).exists():
        raise PermissionDenied(NOT_AN_EDITOR)
    upload = request.FILES.get("head")
    if upload is not None:
        head = upload.read(previewing.MAX_BYTES)
        origin = Origin(upload.name or "", upload.content_type or "")
    else:
        head = request.POST.get("text", "").encode("utf-8", "replace")[: previewing.MAX_BYTES]
        origin = Origin("", "text/plain; charset=utf-8")
    try:
        mapping = _mapping(request)
    except ValidationError as fault:
        found = previewing.Preview(problem=fault.messages[0])
    else:
        found = previewing.preview(
            head,
            origin,
            _reading_options(request, mapping),
            whole=request.POST.get("whole") == "1",
            format_name=request.POST.get("format", ""),
        )
    context = {"preview": found, "fields": field_choices(), "filename": origin.filename}
    return render(request, "import/_preview.html", context)


def _reading_options(request: HttpRequest, mapping: Mapping[str, str]) -> ReadOptions:
    """Return what the chosen corpus knows, if one may import into it."""
    slug = request.POST.get("corpus", "").replace("\0", "")
    corpus = Corpus.objects.editable_by(request.user).filter(slug=slug).first()
    return reading_options(corpus, mapping) if corpus else ReadOptions(mapping=mapping)


@login_required
@require_GET
@never_cache
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an import is, and its report."""
    run = _visible(request, pk)
    try:
        context = _detail(request, run)
    except CursorError as fault:
        return _nothing_there(request, str(fault))
    return render(request, "import/detail.html", context)


@require_GET
@never_cache
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the part of an import's page that changes while it runs."""
    if not request.user.is_authenticated:
        # The login page would be put in the middle of this one: load the whole again instead.
        return HttpResponseClientRefresh()
    run = _visible(request, pk)
    stands = standing(run)
    if not stands.is_over:
        return render(request, "import/_progress.html", {"run": run, "stands": stands})
    return render(request, "import/_finished.html", _detail(request, run))


def _detail(request: HttpRequest, run: Import) -> dict[str, Any]:
    """Return what an import's page shows. Raises CursorError, Http404."""
    outcome = request.GET.get("outcome", "")
    if outcome not in ("", "all", *Outcome.values):
        raise Http404(f"There is no outcome “{outcome}”.")
    stands = standing(run)
    chosen = outcome or (Outcome.FAILED.value if run.failed else "all")
    items = run.items.select_related("article__source", "version", "input__capture", "retried_in")
    if chosen != "all":
        items = items.filter(outcome=chosen)
    rows: Page[ImportItem] = page(
        items, ("pk",), limit=ITEMS_PER_PAGE, cursor=request.GET.get("cursor") or None
    )
    unread = Exists(
        ImportItem.objects.filter(
            input=OuterRef("pk"), outcome=Outcome.FAILED, locator="whole file"
        )
    )
    return {
        "section": "imports",
        "run": run,
        "stands": stands,
        "inputs": run.inputs.select_related("capture").annotate(is_unread=unread)[:INPUTS_SHOWN],
        "outcome": chosen,
        "page": rows,
        "may_edit": Import.objects.editable_by(request.user).filter(pk=run.pk).exists(),
        "worker_is_alive": stands.is_over or worker_is_alive(),
    }


@login_required
@require_POST
def import_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read again what failed, as an import of its own."""
    run = _editable(request, pk)
    try:
        with transaction.atomic():
            again = imports.retry(run, user=request.user, door=Door.PAGE)
            tasks.enqueue_import(again)
    except imports.ImportRefused as fault:
        messages.warning(request, str(fault))
        return HttpResponseRedirect(run.get_absolute_url())
    return HttpResponseRedirect(again.get_absolute_url())


@login_required
@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import; what it stored stays."""
    run = _editable(request, pk)
    if imports.cancel(run):
        messages.success(request, "Cancelled. What was stored until now stays in the corpus.")
    else:
        messages.warning(request, "This import was over already.")
    return HttpResponseRedirect(run.get_absolute_url())


@login_required
@require_GET
def import_report_file(request: HttpRequest, pk: int, ending: str) -> StreamingHttpResponse:
    """Hand out the report to take away: ``csv`` or ``json``."""
    run = _visible(request, pk)
    outcome = request.GET.get("outcome", "")
    if outcome not in ("", *Outcome.values) or ending not in ("csv", "json"):
        raise Http404("There is no such report.")
    items = import_report.rows(run, outcome)
    link = request.build_absolute_uri
    if ending == "csv":
        response = StreamingHttpResponse(
            import_report.as_csv(items, link), content_type="text/csv; charset=utf-8"
        )
    else:
        response = StreamingHttpResponse(
            import_report.as_json(run, items, link), content_type="application/json"
        )
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.{ending}"'
    return response


def _visible(request: HttpRequest, pk: int) -> Import:
    found = Import.objects.readable_by(request.user).select_related("corpus", "created_by")
    return get_object_or_404(found, pk=pk)


def _editable(request: HttpRequest, pk: int) -> Import:
    run = _visible(request, pk)
    if not Import.objects.editable_by(cast("User", request.user)).filter(pk=pk).exists():
        raise PermissionDenied(NOT_AN_EDITOR)
    return run


def _nothing_there(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"section": "imports", "reason": reason}
    return render(request, "import/bad_page.html", context, status=HTTPStatus.BAD_REQUEST)
