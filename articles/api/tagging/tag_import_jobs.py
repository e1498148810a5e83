"""Larger files of tags that the worker takes in: how far it is, and given up."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from articles.annotate.files.importing import Report
from articles.annotate.files.importing_jobs import IMPORT, report_of
from articles.api.endpoint import Endpoint
from articles.api.jobs import Jobs
from articles.api.operations import Operation, reads
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.api.presenters.history import operation_reference
from articles.models import Spread


def _more(job: Spread, at: Addresses) -> dict[str, Any]:
    return {
        "corpus": corpus_reference(job.corpus),
        "report": report_shown(report_of(job), at),
    }


TAG_IMPORTS = Jobs(IMPORT, "tag-import-detail", "tag-import-cancel", _more)


class TagImportDetail(Endpoint):
    """A larger file of tags that the worker takes in."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"GET": reads("TagImportJob")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return how far one of your files is, and what became of it so far."""
        return TAG_IMPORTS.found(request, pk)


class TagImportCancel(Endpoint):
    """The end of the taking in of a file before its time."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"POST": Operation({200: "TagImportJob"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give it up; what was made stays, to be undone by its operation. 409 if it is over."""
        return TAG_IMPORTS.cancelled(request, pk)


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
