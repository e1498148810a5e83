"""Long answers that the worker adds to a collection: how far it is, and given up."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from articles.annotate.spreading.collecting import already_in
from articles.annotate.spreading.spreading import COLLECT
from articles.api.endpoint import Endpoint
from articles.api.jobs import Jobs
from articles.api.operations import Operation, reads
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.models import Spread


def _more(job: Spread, at: Addresses) -> dict[str, Any]:
    return {
        "collection_url": at.of("collection-detail", job.plan["collection"]),
        "query": job.plan["query"],
        "added": job.made,
        "already": already_in(job),
        "operation": operation_reference(job.operation, at) if job.operation else None,
    }


COLLECT_JOBS = Jobs(COLLECT, "collect-job", "collect-job-cancel", _more)


class CollectJobDetail(Endpoint):
    """A long answer that the worker adds to a collection."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"GET": reads("CollectJob")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return how far the worker is with an answer that you had added to a collection."""
        return COLLECT_JOBS.found(request, pk)


class CollectJobCancel(Endpoint):
    """The end of the adding of an answer before its time."""

    permission_classes = (IsAuthenticated,)
    operations: ClassVar = {"POST": Operation({200: "CollectJob"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give it up; what was added stays, to be undone by its operation. 409 if it is over."""
        return COLLECT_JOBS.cancelled(request, pk)
