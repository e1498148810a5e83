"""Long answers that the worker adds to a collection: left to it, asked for, given up."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from articles.annotate.spreading.collecting import already_in, start_collecting
from articles.annotate.spreading.spreading import COLLECT, SpreadRefusedError, cancel
from articles.annotate.tags.layers import NotAllowedError
from articles.api.answers import answer, once
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import Operation, reads
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.tagging.tag_refusals import asking
from articles.models import Collection, Door, Spread
from articles.models.access import Answer
from articles.search.asking import Question
from articles.tasks import enqueue_spread


def queued(request: Request, row: Collection, query: str, question: Question) -> Answer:
    """Leave an answer to the worker; raise Problem, CollectionRefusedError."""
    try:
        job = start_collecting(row, query, question, by=asking(request), door=Door.API)
    except SpreadRefusedError as fault:
        raise Problem(409, str(fault)) from None
    except NotAllowedError as fault:
        raise Problem(403, str(fault)) from None
    enqueue_spread(job)
    shown = _job(job, Addresses(request))
    return answer(202, shown, {"Location": shown["url"]})


class CollectJobDetail(Endpoint):
    """A long answer that the worker adds to a collection."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"GET": reads("CollectJob")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return how far the worker is with an answer that you had added to a collection."""
        page = reverse("spread-detail", args=[pk])
        return detail(request, _job(_own_job(request, pk), Addresses(request)), page=page)


class CollectJobCancel(Endpoint):
    """The end of the adding of an answer before its time."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"POST": Operation({200: "CollectJob"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give it up; what was added stays, to be undone by its operation. 409 if it is over."""
        return once(request, lambda: _cancelled(request, pk))


def _own_job(request: Request, pk: int) -> Spread:
    mine = Spread.objects.filter(by=asking(request), what=COLLECT)
    return get_object_or_404(mine.select_related("operation"), pk=pk)


def _cancelled(request: Request, pk: int) -> Answer:
    if not cancel(_own_job(request, pk)):
        raise Problem(409, "This was over already.")
    return answer(200, _job(_own_job(request, pk), Addresses(request)))


def _job(job: Spread, at: Addresses) -> dict[str, Any]:
    return {
        "id": job.pk,
        "url": at.of("collect-job", job.pk),
        "cancel_url": at.of("collect-job-cancel", job.pk),
        "collection_url": at.of("collection-detail", job.plan["collection"]),
        "query": job.plan["query"],
        "status": job.status,
        "done": job.done,
        "total": job.total,
        "added": job.made,
        "already": already_in(job),
        "problem": job.problem,
        "created_at": job.created_at,
        "ended_at": job.ended_at,
        "operation": operation_reference(job.operation, at) if job.operation else None,
    }
