"""History: what was done, by whom, what it changed, and the way back."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from articles.history.permission import standing_of, standings
from articles.history.undo import UndoRefusedError, undo
from articles.models import Door, Operation
from articles.models.keyset import CursorError, page
from articles.views.acts import tell_undone
from articles.views.parameters import ParameterError, read_text, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OPERATIONS_PER_PAGE = 50


def _visible(request: HttpRequest) -> QuerySet[Operation]:
    found: QuerySet[Operation] = Operation.objects.visible_to(request.user)
    return found.select_related("corpus", "by", "undoes")


@login_required
@require_safe
def operation_list(request: HttpRequest) -> HttpResponse:
    """Show what was done, the latest first."""
    try:
        cursor = read_text(request, "cursor")
        found = page(_visible(request), ("-pk",), limit=OPERATIONS_PER_PAGE, cursor=cursor or None)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    context = {
        "section": "history",
        "page": found,
        "rows": standings(found.rows, request.user),
    }
    return render(request, "history/list.html", context)


@login_required
@require_safe
def operation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one operation and what it changed."""
    operation = get_object_or_404(_visible(request), pk=pk)
    context = {"section": "history", "row": standing_of(operation, request.user)}
    return render(request, "history/detail.html", context)


@login_required
@require_POST
def operation_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an operation back, and go to where one was; if that is refused, say why."""
    operation = get_object_or_404(_visible(request), pk=pk)
    standing = standing_of(operation, request.user)
    if standing.why_not:
        raise PermissionDenied(standing.why_not)
    try:
        undoing = undo(operation, by=cast("User", request.user), door=Door.PAGE)
    except UndoRefusedError as fault:
        context = {
            "section": "history",
            "row": standing_of(operation, request.user),
            "reason": fault.reason,
            "later": standings(fault.later, request.user),
        }
        return render(request, "history/refused.html", context, status=409)
    tell_undone(request, undoing)
    return HttpResponseRedirect(_onwards(request, undoing))


def _onwards(request: HttpRequest, undoing: Operation) -> str:
    onwards = request.POST.get("next", "")
    if "\0" not in onwards and url_has_allowed_host_and_scheme(onwards, allowed_hosts=None):
        return onwards
    return undoing.get_absolute_url()


def article_history(request: HttpRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


source_history = person_history = article_history
