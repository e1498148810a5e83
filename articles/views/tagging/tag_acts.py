"""Codes of an article and undo, as scripts of its pages ask for them: JSON, see ``tagging``."""

from http import HTTPStatus

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from articles.annotate.tags import tagging
from articles.history.permission import standing_of
from articles.history.row_changes import event_model
from articles.history.undo import UndoRefusedError, undo
from articles.models import Anchor, Door, Mention, Operation, Relation
from articles.views import json_bodies
from articles.views.parameters import read_number
from articles.views.tagging.desk import Desk, desk, taggable
from articles.views.tagging.json_answers import answering_json, json_problem, only
from articles.views.tagging.tagging import CODE


@answering_json
def article_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the values of a code of the whole article; none take it away. ``note`` is free text."""
    wrong = only(request, "POST")
    if wrong:
        return wrong
    leave = taggable(request, pk)
    body = json_bodies.read(request, CODE, required=("code", "values"))
    found = desk(request, leave, version=body.get("version"), task=body.get("task"))
    operation = tagging.code(
        found.article,
        body["code"],
        body["values"],
        by=found.user,
        door=Door.PAGE,
        version=found.version,
        task=found.task,
    )
    return _answer(found, operation)


def _answer(found: Desk, operation: Operation | None) -> JsonResponse:
    codes = found.tags().codes_shown
    return JsonResponse(
        {
            "codes": {each.code.slug: list(each.values) for each in codes},
            "operation": operation.pk if operation else None,
            "undo": found.undo_address(operation),
        }
    )


@answering_json
def tag_undo(request: HttpRequest, pk: int, operation: int) -> HttpResponse:
    """Take back what was done to an article's tags, or do again what was taken back."""
    wrong = only(request, "POST")
    if wrong:
        return wrong
    found = desk(
        request,
        taggable(request, pk),
        version=read_number(request, "version"),
        task=read_number(request, "task"),
    )
    by = found.user
    shown = Operation.objects.visible_to(by).select_related("corpus", "by", "undoes__undoes")
    row = shown.filter(pk=operation, corpus=found.article.corpus_id).first()
    if row is None:
        raise Http404("There is no such operation, or it is not yours to see.")
    standing = standing_of(row, by)
    if standing.why_not:
        return json_problem(HTTPStatus.FORBIDDEN, standing.why_not)
    try:
        undoing = undo(row, by=by, door=Door.PAGE)
    except UndoRefusedError as fault:
        return json_problem(HTTPStatus.CONFLICT, fault.reason, "operation")
    return found.answer(undoing, _places(found, undoing))


def _places(found: Desk, operation: Operation) -> list[tuple[int, int]]:
    """Return all places of the version where an operation changed something."""
    mentions = event_model(Mention).objects.filter(
        pgh_context_id=operation.context, article_id=found.article.pk
    )
    moved = event_model(Anchor).objects.filter(
        pgh_context_id=operation.context, version_id=found.version.pk, start__isnull=False
    )
    led = event_model(Relation).objects.filter(
        pgh_context_id=operation.context, article_id=found.article.pk
    )
    stand = Anchor.objects.filter(
        Q(mention__in=mentions.values("pgh_obj_id")) | Q(mention__in=led.values("source_id")),
        version=found.version,
        start__isnull=False,
    )
    return [*moved.values_list("start", "end"), *stand.order_by().values_list("start", "end")]
