"""Any answer or collection as a file: chosen, downloaded as it is made, or left to the worker."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from articles import tasks
from articles.export import answers, batches, jobs
from articles.export.answers import ENDINGS, FORMATS, Format, OptionError, Options, Size
from articles.export.fields import ALWAYS, COLLECTION, FIELDS, TEXT
from articles.export.streams import BusyError, Stream
from articles.models import Export, ExportStatus
from articles.search.asking import Question, ask
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.views.imports.import_progress import worker_is_alive
from articles.views.parameters import ParameterError, refused
from articles.views.search.searching import RETRY_SECONDS, Place, pointed_at, unanswered

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# How many articles an answer has, told before the first of them is written.
ARTICLES_HEADER = "Newsroom-Articles"
PARAMETERS = ("q", "sort", "text", "columns", "format")
WITHOUT = "no"
EXPORTS_SHOWN = 10
# Larger ones are better left to the worker.
LARGE = 50_000
_NAME_CHARACTERS = 60
_CHOOSABLE = {
    key: field.label for key, field in FIELDS.items() if key not in {*ALWAYS, *TEXT, COLLECTION}
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that one may choose, and how large it would be."""

    form: Format
    size: Size
    without_text: Size | None


@require_safe
def answer_export(request: HttpRequest) -> HttpResponse:
    """Offer the forms of an export, each with its size."""
    try:
        query, given = _read(request.GET, base="")
        question = ask(query, request.user)
        context = _offered(question, given)
    except ParameterError as fault:
        return refused(request, fault)
    except QueryError as fault:
        place = Place(q=request.GET.get("q", ""))
        context = {"fault": pointed_at(fault, place), "query": place.q}
        return _page(request, context, HTTPStatus.BAD_REQUEST)
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=request.GET.get("q", "")))
    return _page(request, {"query": query, "given": given, **context, **_jobs(request)})


@require_safe
@never_cache
def answer_export_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Hand out an answer as a file, while it is made."""
    form = ENDINGS.get(ending)
    if form is None:
        raise Http404("There is no such format.")
    try:
        query, given = _read(request.GET, base=_base(request))
        question = ask(query, request.user)
        articles = batches.total(question)
        # What can't be had is told before the answer has begun.
        is_head = request.method == "HEAD"
        stream = () if is_head else Stream(answers.write(question, form.name, given))
    except ParameterError as fault:
        return refused(request, fault)
    except QueryError as fault:
        return refused(request, ParameterError("q", fault.message))
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=request.GET.get("q", "")))
    except BusyError as fault:
        return busy(request, str(fault))
    response = StreamingHttpResponse(stream, content_type=form.media_type)
    response[ARTICLES_HEADER] = str(articles)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(query, ending)}"'
    return response


@login_required
@require_POST
def export_start(request: HttpRequest) -> HttpResponse:
    """Leave an export to the worker."""
    try:
        query, given = _read(request.POST, base=_base(request))
        form = request.POST.get("format", "")
        with transaction.atomic():
            started = jobs.start(query=query, form=form, given=given, by=cast("User", request.user))
            tasks.enqueue_export(started)
    except ParameterError as fault:
        return refused(request, fault)
    except OptionError as fault:
        return refused(request, ParameterError(fault.name, str(fault)))
    except QueryError as fault:
        return refused(request, ParameterError("q", fault.message))
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=request.POST.get("q", "")))
    except jobs.ExportRefusedError as fault:
        messages.warning(request, str(fault))
    return _back(request)


@require_GET
@never_cache
def export_jobs(request: HttpRequest) -> HttpResponse:
    """Show the part of the page that changes while the worker writes."""
    if not request.user.is_authenticated:
        return HttpResponseClientRefresh()
    return render(request, "export/_jobs.html", {"query": _query(request.GET), **_jobs(request)})


@login_required
@require_safe
@never_cache
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the file of an export of one's own."""
    export = _own(request, pk)
    form = FORMATS[export.format]
    try:
        path = jobs.file(export)
        return FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=_file_name(export.query, form.ending),
            content_type=form.media_type,
        )
    except (jobs.ExportRefusedError, FileNotFoundError) as fault:
        said = "This file is no longer there." if isinstance(fault, OSError) else str(fault)
        messages.warning(request, said)
        return _back(request)


@login_required
@require_POST
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up an export of one's own."""
    if not jobs.cancel(_own(request, pk)):
        messages.warning(request, "This export was over already.")
    return _back(request)


@login_required
@require_POST
def export_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an export of one's own, with its file."""
    jobs.remove(_own(request, pk))
    return _back(request)


def _read(params: QueryDict, *, base: str) -> tuple[str, Options]:
    """Return the query and the options that were asked for; raise ParameterError."""
    for name in params:
        if name not in PARAMETERS and name != "csrfmiddlewaretoken":
            raise ParameterError(name, f"There are only {', '.join(PARAMETERS)}.")
        if any("\0" in value for value in params.getlist(name)):
            raise ParameterError(name, "This holds a NUL character; remove it.")
        if name != "columns" and len(params.getlist(name)) > 1:
            raise ParameterError(name, "Give this once.")
    text = params.get("text", "")
    if text not in {"", "yes", WITHOUT}:
        raise ParameterError("text", "This must be yes or no.")
    columns = [name for given in params.getlist("columns") for name in given.split(",") if name]
    try:
        options = answers.options(
            text=text != WITHOUT, columns=columns, sort=params.get("sort", ""), base=base
        )
    except OptionError as fault:
        raise ParameterError(fault.name, str(fault)) from fault
    return _query(params), options


def _query(params: QueryDict) -> str:
    return params.get("q", "").strip()


def _offered(question: Question, given: Options) -> dict[str, Any]:
    total = batches.total(question)
    offers = []
    if total:
        for name, form in FORMATS.items():
            full = answers.size(question, name)
            bare = answers.size(question, name, Options(text=False)) if form.has_text else None
            offers.append(Offer(form, full, bare))
    return {
        "total": total,
        "offers": offers,
        "exact": all(offer.size.exact for offer in offers),
        "is_large": total > LARGE,
        "collection": batches.collection_asked(question),
        "columns": [(key, label, key in given.columns) for key, label in _CHOOSABLE.items()],
    }


def _jobs(request: HttpRequest) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    rows = list(Export.objects.filter(by=request.user)[:EXPORTS_SHOWN])
    unfinished = [row for row in rows if row.status in {ExportStatus.QUEUED, ExportStatus.RUNNING}]
    return {
        "exports": [(row, FORMATS[row.format]) for row in rows],
        "is_busy": bool(unfinished),
        "worker_missing": bool(unfinished) and not worker_is_alive(),
        "days_kept": jobs.KEPT.days,
    }


def _page(
    request: HttpRequest, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "export/page.html", {"section": "articles", **context}, status=status)


def _own(request: HttpRequest, pk: int) -> Export:
    mine = Export.objects.select_related("by").filter(by=cast("User", request.user))
    return get_object_or_404(mine, pk=pk)


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the page of the query that the form came with."""
    query = QueryDict(mutable=True)
    if _query(request.POST):
        query["q"] = _query(request.POST)
    return HttpResponseRedirect(f"{reverse('answer-export')}?{query.urlencode()}#exports")


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _file_name(query: str, ending: str) -> str:
    words = slugify(query)[:_NAME_CHARACTERS].strip("-") or "articles"
    return f"newsroom-{words}-{timezone.now():%Y-%m-%d}.{ending}"


def busy(request: HttpRequest, sentence: str) -> HttpResponse:
    """Return the page for a file that can't be sent now: 503, and what to do."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    failure = {"status": status, "title": "Busy for a moment", "detail": sentence}
    response = render(request, "503.html", {"failure": failure}, status=status)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
