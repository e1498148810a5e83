"""Larger files of tags: left to the worker, asked for, given up."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from articles.annotate.files.importing import Report
from articles.annotate.files.importing_jobs import IMPORT, report_of, start_import
from articles.annotate.interchange.shape import Format
from articles.annotate.spreading.spreading import SpreadRefusedError, cancel
from articles.api.answers import answer, once
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import Operation, reads
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.tagging.tag_refusals import asking, refusals
from articles.models import Corpus, Spread
from articles.models.access import Answer
from articles.tasks import enqueue_spread


def queued(
    request: Request, data: bytes, form: Format, corpus: Corpus, how: Mapping[str, Any]
) -> Answer:
    """Leave a larger file to the worker; raise Problem."""
    try:
        with refusals():
            job = start_import(data, form, corpus, **how)
    except SpreadRefusedError as fault:
        raise Problem(409, str(fault)) from None
    enqueue_spread(job)
    shown = _job(job, Addresses(request))
    return answer(202, shown, {"Location": shown["url"]})


def _own_job(request: Request, pk: int) -> Spread:
    mine = Spread.objects.filter(by=asking(request), what=IMPORT)
    return get_object_or_404(mine.select_related("operation", "corpus"), pk=pk)


class TagImportDetail(Endpoint):
    """A larger file of tags that the worker takes in."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"GET": reads("TagImportJob")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return how far one of your files is, and what became of it so far."""
        job = _own_job(request, pk)
        page = reverse("spread-detail", args=[pk])
        return detail(request, _job(job, Addresses(request)), page=page)


class TagImportCancel(Endpoint):
    """The end of the taking in of a file before its time."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"POST": Operation({200: "TagImportJob"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give it up; what was made stays, to be undone by its operation. 409 if it is over."""
        return once(request, lambda: _cancelled(request, pk))


def _cancelled(request: Request, pk: int) -> Answer:
    if not cancel(_own_job(request, pk)):
        raise Problem(409, "This was over already.")
    return answer(200, _job(_own_job(request, pk), Addresses(request)))


def _job(job: Spread, at: Addresses) -> dict[str, Any]:
    return {
        "id": job.pk,
        "url": at.of("tag-import-detail", job.pk),
        "cancel_url": at.of("tag-import-cancel", job.pk),
        "corpus": corpus_reference(job.corpus),
        "status": job.status,
        "done": job.done,
        "total": job.total,
        "problem": job.problem,
        "created_at": job.created_at,
        "ended_at": job.ended_at,
        "report": report_shown(report_of(job), at),
    }


def report_shown(report: Report, at: Addresses) -> dict[str, Any]:
    """Return what became of a file."""
    return {
        "is_trial": report.is_trial,
        "articles": report.articles,
        "made": report.made,
        "known": report.known,
        "moved": report.moved,
        "codes": report.codes,
        "relations": report.relations,
        "failed": report.failed,
        "refused": [{"why": why, "times": times} for why, times in report.refused.most_common()],
        "examples": [{"where": where, "why": why} for where, why in report.examples],
        "operation": operation_reference(report.operation, at) if report.operation else None,
    }
