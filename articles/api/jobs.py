"""Jobs that requests leave to the worker: told of to who left them, and given up by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.request import Request

from articles.annotate.spreading.spreading import cancel
from articles.api.answers import answer, once
from articles.api.endpoint import detail
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.tagging.tag_refusals import asking, refusals
from articles.models import Spread
from articles.models.access import Answer
from articles.tasks import enqueue_spread


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs of one kind.

    ``what`` is what their rows say that they do; ``name`` and ``cancel_name`` are the names of
    their addresses; ``more`` returns what is told of such a job beside what is told of all.
    """

    what: str
    name: str
    cancel_name: str
    more: Callable[[Spread, Addresses], Mapping[str, Any]]

    def queued(self, request: Request, start: Callable[[], Spread]) -> Answer:
        """Start a job and leave it to the worker, within a transaction; raise Problem."""
        with refusals():
            job = start()
        enqueue_spread(job)
        told = self._told(request, job)
        return answer(202, told, {"Location": told["url"]})

    def found(self, request: Request, pk: int) -> HttpResponseBase:
        """Answer with a job; raise Http404 for one of somebody else."""
        told = self._told(request, self._own(request, pk))
        return detail(request, told, page=reverse("spread-detail", args=[pk]))

    def cancelled(self, request: Request, pk: int) -> HttpResponse:
        """Give a job up and answer with it; raise Http404, Problem 409 if it is over."""
        return once(request, lambda: self._given_up(request, pk))

    def _given_up(self, request: Request, pk: int) -> Answer:
        if not cancel(self._own(request, pk)):
            raise Problem(409, "This was over already.")
        return answer(200, self._told(request, self._own(request, pk)))

    def _own(self, request: Request, pk: int) -> Spread:
        mine = Spread.objects.filter(by=asking(request), what=self.what)
        return get_object_or_404(mine.select_related("operation", "corpus"), pk=pk)

    def _told(self, request: Request, job: Spread) -> dict[str, Any]:
        at = Addresses(request)
        return {
            "id": job.pk,
            "url": at.of(self.name, job.pk),
            "cancel_url": at.of(self.cancel_name, job.pk),
            "status": job.status,
            "done": job.done,
            "total": job.total,
            "problem": job.problem,
            "created_at": job.created_at,
            "ended_at": job.ended_at,
            **self.more(job, at),
        }
