"""Imports: asked for, watched, retried, cancelled, reported."""

from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import answer, once
from articles.api.articles.captures import SAFE_HEADERS, AnyAccepted
from articles.api.endpoint import Endpoint, detail
from articles.api.imports import asking
from articles.api.operations import Operation, lists, reads
from articles.api.parsing import JsonParser, MultiPartParser
from articles.api.permitting import check_editable
from articles.api.presenters import imports as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.export.import_report import as_csv, rows
from articles.ingest import imports
from articles.models import Door, Import, Outcome
from articles.models.access import Answer
from articles.models.corpora import WithinCorpusQuerySet
from articles.tasks import enqueue_import


class ImportEndpoint(Endpoint):
    """What concerns an import. Only for people: of open corpora too, not for anyone."""

    permission_classes = (IsAuthenticated,)


def _visible(request: Request) -> WithinCorpusQuerySet[Import]:
    found: WithinCorpusQuerySet[Import] = Import.objects.readable_by(request.user)
    return found.select_related("corpus")


class ImportList(ImportEndpoint):
    """Imports."""

    parser_classes = (JsonParser, MultiPartParser)
    operations: ClassVar = {
        "GET": lists("ListedImport", "corpus"),
        "POST": Operation({202: "Import"}, body=asking.BODIES),
    }

    def get(self, request: Request) -> Response:
        """List imports, the newest first."""
        query, at = paging.read(request), Addresses(request)
        rows = _visible(request)
        if query.corpus is not None:
            rows = rows.filter(corpus=query.corpus)
        return paging.page(
            request, rows, ("-pk",), lambda row: present.import_listed(row, at), query=query
        )

    def post(self, request: Request) -> HttpResponse:
        """Import files, addresses or pasted text. Ask at `Location` how far it is."""
        return once(request, lambda: _start(request))


def _start(request: Request) -> Answer:
    wish = asking.read_wish(request)
    try:
        run = imports.start(
            corpus=wish.corpus,
            user=request.user,
            door=Door.API,
            inputs=wish.inputs,
            source_name=wish.source,
            format_name=wish.format,
            mapping=wish.mapping,
        )
    except imports.ImportRefused as fault:
        raise Problem(400, str(fault)) from None
    return _queued(request, run)


def _queued(request: Request, run: Import) -> Answer:
    enqueue_import(run)
    shown = present.import_detailed(run, Addresses(request))
    return answer(202, shown, {"Location": shown["url"]})


class ImportDetail(ImportEndpoint):
    """An import and how far it is."""

    operations: ClassVar = {"GET": reads("Import")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an import, its counts and its inputs."""
        rows = _visible(request).prefetch_related("inputs__capture")
        run = get_object_or_404(rows, pk=pk)
        page = run.get_absolute_url()
        return detail(request, present.import_detailed(run, Addresses(request)), page=page)


class ImportItems(ImportEndpoint):
    """The items of an import."""

    operations: ClassVar = {"GET": lists("ImportItem", "outcome")}

    def get(self, request: Request, pk: int) -> Response:
        """List what became of each item, in order; of all or of one outcome."""
        query, at = paging.read(request, also=("outcome",)), Addresses(request)
        run = get_object_or_404(_visible(request), pk=pk)
        rows = run.items.select_related("input")
        if outcome := _outcome(request):
            rows = rows.filter(outcome=outcome)
        return paging.page(request, rows, ("pk",), lambda row: present.item(row, at), query=query)


def _outcome(request: Request) -> str:
    given = request.query_params.getlist("outcome")
    if given and (len(given) > 1 or given[0] not in Outcome.values):
        message = f"This must be one of {', '.join(Outcome.values)}."
        raise Problem(400, f"outcome: {message}", errors={"outcome": message})
    return str(given[0]) if given else ""


class ImportRetry(ImportEndpoint):
    """Another try of what failed."""

    operations: ClassVar = {"POST": Operation({202: "Import"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Import again what failed, as a new import. 409 if nothing is left to try."""
        run = get_object_or_404(_visible(request), pk=pk)
        check_editable(request, run.corpus)
        return once(request, lambda: _retry(request, run))


def _retry(request: Request, run: Import) -> Answer:
    try:
        again = imports.retry(run, user=request.user, door=Door.API)
    except imports.ImportRefused as fault:
        raise Problem(409, str(fault)) from None
    return _queued(request, again)


class ImportCancel(ImportEndpoint):
    """The end of an import before its time."""

    operations: ClassVar = {"POST": Operation({200: "Import"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Stop an import; what it stored stays. 409 if it is over."""
        run = get_object_or_404(_visible(request), pk=pk)
        check_editable(request, run.corpus)
        return once(request, lambda: _cancel(request, run))


def _cancel(request: Request, run: Import) -> Answer:
    if not imports.cancel(run):
        raise Problem(409, "This import is over already.")
    run.refresh_from_db()
    return answer(200, present.import_detailed(run, Addresses(request)))


class ImportReport(ImportEndpoint):
    """The report of an import."""

    operations: ClassVar = {"GET": Operation({200: "The report."}, media_type="text/csv")}

    content_negotiation_class = AnyAccepted

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return what became of each item as CSV in UTF-8, a row each."""
        run = get_object_or_404(_visible(request), pk=pk)
        name = f'attachment; filename="import-{run.pk}.csv"'
        return StreamingHttpResponse(
            as_csv(rows(run), request.build_absolute_uri),
            content_type="text/csv; charset=utf-8",
            headers={**SAFE_HEADERS, "Content-Disposition": name},
        )
