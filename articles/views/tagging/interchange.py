"""Tags to and from other tools: chosen, looked at for what is lost, downloaded; taken in."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles import tasks as worker
from articles.annotate.files.bundling import Layers, Scope
from articles.annotate.files.exporting import TOLD_TO, TagWish, Told
from articles.annotate.files.importing import Report, take_in
from articles.annotate.files.importing_jobs import AT_ONCE_BYTES, keep_report, start_import
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import Format, UnreadableError
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.tags.layers import NotAllowedError
from articles.export.streams import BusyError, Stream
from articles.models import Corpus, Door, Spread, Task
from articles.search.asking import ask
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.views.acts import tell
from articles.views.keeping.exports import busy
from articles.views.parameters import ParameterError, refused
from articles.views.search.searching import Place, unanswered

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PARAMETERS = ("q", "task", "layers", "suggestions", "format")
# Larger files are taken in by the command, which says how far it is.
MOST_BYTES = 32 * 1024 * 1024
_LAYERS = {
    Layers.CORPUS: "The corpus’s own",
    Layers.GOLD: "What was settled",
    Layers.PEOPLE: "Each person’s",
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be exported: of which articles, which layers, in which form."""

    tags: TagWish
    query: str
    form: Format | None


@require_safe
@never_cache
def tag_export(request: HttpRequest) -> HttpResponse:
    """Offer the formats; of the one that is chosen, its size and what it can't hold."""
    try:
        wish = _wish(request)
        articles, tags = wish.tags.counted()
        told = _told(wish) if wish.form is not None and 0 < tags <= TOLD_TO else None
    except ParameterError as fault:
        return refused(request, fault)
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=request.GET.get("q", "")))
    context = {
        "section": "tags",
        "query": wish.query,
        "scope": wish.tags.scope,
        "layers": [(each.value, label) for each, label in _LAYERS.items()],
        "tasks": Task.objects.readable_by(request.user).order_by("-pk")[:200],
        "formats": FORMATS.values(),
        "form": wish.form,
        "articles": articles,
        "tags": tags,
        "told": told,
        "params": request.GET.urlencode(),
    }
    return render(request, "interchange/export.html", context)


@require_safe
@never_cache
def tag_export_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Hand out tags as a file, while it is made."""
    form = FORMATS.get(name)
    if form is None:
        raise Http404("There is no such format.")
    try:
        wish = _wish(request)
        stream = () if request.method == "HEAD" else Stream(wish.tags.written(form))
    except (ParameterError, UnreadableError) as fault:
        problem = (
            fault if isinstance(fault, ParameterError) else ParameterError("format", str(fault))
        )
        return refused(request, problem)
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=request.GET.get("q", "")))
    except BusyError as fault:
        return busy(request, str(fault))
    response = StreamingHttpResponse(stream, content_type=form.media_type)
    response["Content-Disposition"] = f'attachment; filename="tags-{form.name}.{form.suffix}"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tag_import(request: HttpRequest) -> HttpResponse:
    """Take in a file of tags, after a trial or at once, and say what became of it."""
    corpora = list(Corpus.objects.annotatable_by(request.user))
    if not corpora:
        raise PermissionDenied("To take in tags you need the role of annotator in a corpus.")
    context: dict[str, Any] = {
        "section": "tags",
        "corpora": corpora,
        "formats": FORMATS.values(),
        "chosen": request.POST.get("corpus") or request.GET.get("corpus", ""),
        "form": request.POST.get("format", "jsonl"),
        "kinds": request.POST.get("kinds", ""),
        "most": MOST_BYTES // 1024**2,
    }
    if request.method != "POST":
        return render(request, "interchange/import.html", context)
    try:
        report = _taken(request, corpora)
    except (ParameterError, NotAllowedError, UnreadableError, SpreadRefusedError) as fault:
        context["problem"] = str(getattr(fault, "message", fault))
        return render(request, "interchange/import.html", context, status=HTTPStatus.BAD_REQUEST)
    if isinstance(report, Spread):
        return HttpResponseRedirect(reverse("spread-detail", args=[report.pk]))
    context["report"] = report
    if report.failed:
        context["refused"] = _kept(request, corpora, report)
    if report.operation is not None:
        tell(request, report.operation)
    return render(request, "interchange/import.html", context)


def _taken(request: HttpRequest, corpora: list[Corpus]) -> Report | Spread:
    """Return what became of a file, or the job that takes a larger one in."""
    values = {name: request.POST.get(name, "") for name in ("corpus", "format", "kinds", "trial")}
    for name, value in values.items():
        if "\0" in value:
            raise ParameterError(name, "This holds a NUL character; remove it.")
    corpus = next((each for each in corpora if each.slug == values["corpus"]), None)
    if corpus is None:
        raise ParameterError("corpus", "Choose the corpus that the tags are for.")
    form = FORMATS.get(values["format"])
    if form is None:
        raise ParameterError("format", "Choose the form that the file has.")
    upload = request.FILES.get("file")
    if upload is None:
        raise ParameterError("file", "Choose a file.")
    if (upload.size or 0) > MOST_BYTES:
        raise ParameterError(
            "file",
            f"Files of more than {MOST_BYTES // 1024**2} MB are taken in by the command "
            "import_tags. Nothing of this one was.",
        )
    by, kinds, trial = cast("User", request.user), _kinds(values["kinds"]), bool(values["trial"])
    data = upload.read()
    if len(data) <= AT_ONCE_BYTES:
        return take_in(data, form, corpus, by=by, door=Door.PAGE, kinds=kinds, trial=trial)
    with transaction.atomic():
        job = start_import(data, form, corpus, by=by, door=Door.PAGE, kinds=kinds, trial=trial)
        worker.enqueue_spread(job)
    return job


def _kept(request: HttpRequest, corpora: list[Corpus], report: Report) -> int:
    """Return the number of the job under which all that was refused can be downloaded."""
    corpus = next(each for each in corpora if each.slug == request.POST["corpus"])
    form = FORMATS[request.POST["format"]]
    return keep_report(report, form, corpus, by=cast("User", request.user)).pk


def _kinds(text: str) -> dict[str, str]:
    """Return what labels mean, from lines of ``LABEL = kind``."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        label, is_pair, kind = line.partition("=")
        if not line.strip():
            continue
        if not is_pair or not label.strip() or not kind.strip():
            raise ParameterError("kinds", f"“{line.strip()[:60]}”: write LABEL = kind.")
        found[label.strip()] = kind.strip()
    return found


def _told(wish: _Wish) -> Told | dict[str, str]:
    try:
        return wish.tags.told(cast("Format", wish.form))
    except UnreadableError as fault:
        return {"problem": str(fault)}


def _wish(request: HttpRequest) -> _Wish:
    params: QueryDict = request.GET
    for name in params:
        if name not in PARAMETERS:
            raise ParameterError(name, f"There are only {', '.join(PARAMETERS)}.")
        if any("\0" in value for value in params.getlist(name)):
            raise ParameterError(name, "This holds a NUL character; remove it.")
    name, query = params.get("format", ""), params.get("q", "").strip()
    if name and name not in FORMATS:
        raise ParameterError("format", f"There are {', '.join(FORMATS)}.")
    scope = _scope(request, params)
    try:
        question = ask(query, request.user, readable=True) if query else None
    except QueryError as fault:
        raise ParameterError("q", fault.message) from fault
    return _Wish(TagWish(scope, question), query, FORMATS.get(name))


def _scope(request: HttpRequest, params: QueryDict) -> Scope:
    layers = params.get("layers", "") or Layers.CORPUS.value
    if layers not in list(Layers):
        raise ParameterError("layers", f"There are {', '.join(Layers)}.")
    number = params.get("task", "")
    task = None
    if number:
        known = Task.objects.readable_by(request.user)
        task = (
            known.filter(pk=int(number)).first()
            if number.isdecimal() and len(number) < 19
            else None
        )
        if task is None:
            raise ParameterError("task", "There is no such task.")
    if (task is None) != (layers == Layers.CORPUS):
        raise ParameterError(
            "layers", "Choose a task for what was settled or each person’s, and none otherwise."
        )
    return Scope(request.user, Layers(layers), task, suggestions=bool(params.get("suggestions")))
