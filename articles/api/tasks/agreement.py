"""How far the people of a task agree, over the API."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from articles.annotate.agreement import agreeing
from articles.annotate.agreement.agreement import Compared, Number, Scheme
from articles.annotate.agreement.side_by_side import StillBlindError, see_to_sight
from articles.api.endpoint import detail
from articles.api.operations import reads
from articles.api.problems import Problem
from articles.api.tagging.tag_refusals import asking
from articles.api.tasks import tasking
from articles.api.tasks.tasks import TasksEndpoint


class TaskAgreement(TasksEndpoint):
    """How far the people of a task agree."""

    operations: ClassVar = {"GET": reads("TaskAgreement")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return how far people agree, over the articles that several are done with.

        For who leads the task, and has no blind work in it that is still open.
        """
        task = tasking.led(request, pk)
        try:
            see_to_sight(task, asking(request))
        except StillBlindError as fault:
            raise Problem(403, str(fault)) from fault
        shown = _agreement(agreeing.agreement(task))
        return detail(request, shown, page=reverse("task-agreement", args=[task.pk]))


def _agreement(found: agreeing.Agreement) -> dict[str, Any]:
    return {
        "articles": found.total,
        "overlap": found.overlap,
        "counted": found.read,
        "tags": found.tags,
        "suggested": found.suggested,
        "blind": found.task.blind,
        "blind_until": found.task.blind_until,
        "seen": found.seen,
        "suggestions": found.task.suggestions,
        "readings": found.readings,
        "showed_suggestions": found.showed_suggestions,
        "spans": _spans(found.spans),
        "fleiss_kappa": _number(found.kappa),
        "pairs": [
            {
                "people": [pair.first.get_username(), pair.second.get_username()],
                "articles": pair.articles,
                "spans": _spans(pair.spans),
                "cohen_kappa": _number(pair.kappa),
            }
            for pair in found.pairs
        ],
        "kinds": [
            {
                "kind": each.kind.slug,
                "tags": each.tags,
                "spans": _spans(each.spans),
                "fleiss_kappa": _number(each.kappa),
            }
            for each in found.kinds
        ],
        "codes": [
            {
                "code": each.code.slug,
                "value": each.value or None,
                "level": each.level or None,
                "alpha": _number(each.alpha),
            }
            for each in found.codes
        ],
    }


def _spans(spans: Compared) -> dict[str, Any]:
    counted = {scheme.value: _number(spans.f1(scheme)) for scheme in Scheme}
    return counted | {"kinds": _number(spans.kinds), "entities": _number(spans.entities)}


def _number(number: Number) -> dict[str, Any]:
    return {
        "value": number.value,
        "agreed": number.agreed,
        "of": number.of,
        "why_not": number.why,
    }
