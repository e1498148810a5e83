"""Settling over the API: the articles of a task side by side, and what is decided of them."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.agreement import settling
from articles.annotate.agreement.settling_many import FAILED, Outcome, settle_many
from articles.annotate.agreement.settling_queue import items_of, standings
from articles.annotate.agreement.side_by_side import LEAST_PEOPLE, StillBlindError, see_to_sight
from articles.api import paging
from articles.api.answers import answer, once
from articles.api.articles.editing import checked, invalid
from articles.api.checking import BadValueError
from articles.api.endpoint import detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import settling as present
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.tagging.tag_lists import Asked
from articles.api.tagging.tag_refusals import asking, refusals
from articles.api.tasks import settling_bodies as bodies
from articles.api.tasks import tasking
from articles.api.tasks.tasks import TasksEndpoint
from articles.models import Door, Task, TaskItem, keyset
from articles.models.access import Answer


class TaskSettling(TasksEndpoint):
    """The articles of a task that are to be settled."""

    operations: ClassVar = {
        "GET": lists("SettlingItem"),
        "POST": Operation(
            {200: "SettlingResults", 207: "SettlingResults"}, body={JSON: bodies.BODY_SCHEMA}
        ),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List the articles of a task, in its order, and how far each is settled.

        For who leads the task, and has no blind work in it that is still open.
        """
        task = seen(request, pk)
        asked = Asked(request)
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        rows = items_of(task).select_related("article")
        page = keyset.page(rows, ("position", "pk"), limit=limit, cursor=cursor)
        at = Addresses(request)
        shown = [present.item(each, at) for each in standings(task, page.rows)]
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Settle articles: take what all agree on, decide cases, say that one is settled.

        Each step is answered by itself, and is undone by itself. What was decided so already is
        unchanged, so sending it again does no harm; 207 if a step failed.
        """
        return once(request, lambda: _settle(request, pk))


class TaskSettlingItem(TasksEndpoint):
    """An article of a task, with what people did side by side."""

    operations: ClassVar = {"GET": reads("SettlingArticle")}

    def get(self, request: Request, pk: int, position: int) -> HttpResponseBase:
        """Return the cases of an article: each with what whom of the people did, and the decision.

        Of those who are done with it; two at least must be before it can be settled.
        """
        task = seen(request, pk)
        chosen = TaskItem.objects.filter(task=task, article__standing=True)
        item = get_object_or_404(chosen.select_related("article", "version"), position=position)
        now = settling.settling(task, item)
        shown = present.article(
            now, Addresses(request), is_ready=len(now.sides.sides) >= LEAST_PEOPLE
        )
        return detail(request, shown, page=reverse("task-settle-item", args=[task.pk, position]))


def seen(request: Request, pk: int) -> Task:
    """Return a task that the client leads and may see the others' work of; raise Problem."""
    task = tasking.led(request, pk)
    try:
        see_to_sight(task, asking(request))
    except StillBlindError as fault:
        raise Problem(403, str(fault)) from fault
    return task


def _settle(request: Request, pk: int) -> Answer:
    task = seen(request, pk)
    items = checked(request.data, bodies.BODY, required=("items",))["items"]
    if not isinstance(items, list) or not 1 <= len(items) <= bodies.MAX_ITEMS:
        raise invalid({"items": f"This must be an array of 1 to {bodies.MAX_ITEMS:,}."})
    wanted, errors = [], {}
    for index, each in enumerate(items):
        try:
            wanted.append(bodies.read_item(each))
        except BadValueError as fault:
            errors[f"items.{index}"] = str(fault)
    if not errors and sum(len(each.decisions) for each in wanted) > bodies.MAX_DECISIONS:
        errors["items"] = f"At most {bodies.MAX_DECISIONS:,} decisions in a request."
    if errors:
        raise invalid(errors)
    with refusals():
        outcomes = settle_many(task, wanted, by=asking(request), door=Door.API)
    at = Addresses(request)
    told = {
        "results": [_line(index, each) for index, each in enumerate(outcomes)],
        "operations": [
            operation_reference(each.operation, at) for each in outcomes if each.operation
        ],
    }
    return answer(207 if any(each.outcome == FAILED for each in outcomes) else 200, told)


def _line(index: int, each: Outcome) -> dict[str, Any]:
    return {
        "index": index,
        "position": each.position,
        "step": each.step,
        "case": each.case or None,
        "outcome": each.outcome,
        "errors": {each.field: each.error} if each.error else {},
    }
