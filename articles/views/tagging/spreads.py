"""Jobs that make many tags: how far each is, and what became of it."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from articles.annotate.files import refusals
from articles.annotate.files.importing_jobs import IMPORT, report_of, tags_of
from articles.annotate.spreading import spreading
from articles.annotate.spreading.collecting import already_in
from articles.annotate.spreading.spreading import COLLECT, UNFINISHED
from articles.models import Collection, Mention, Spread
from articles.views.imports.import_progress import worker_is_alive

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TITLES = {
    "same": "Same mentions",
    "recognise": "Suggestions",
    "import": "Import of tags",
    COLLECT: "Into a collection",
}
# An import of tags belongs to where it was begun.
_SECTIONS = {"import": "tags", COLLECT: "collections"}


@login_required
@never_cache
@require_safe
def spread_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a job of one's own."""
    return render(request, "spread/detail.html", _context(_own(request, pk)))


@require_safe
def spread_moved(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 -- a view's
    """Lead from where a job's page was before, as in a bookmark."""
    return HttpResponsePermanentRedirect(reverse("spread-detail", args=[pk]))


@never_cache
@require_safe
def spread_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the part of its page that changes while it is done."""
    if not request.user.is_authenticated:
        return HttpResponseClientRefresh()
    return render(request, "spread/_progress.html", _context(_own(request, pk)))


@login_required
@never_cache
@require_safe
def spread_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out all that was not taken of a file of tags, as CSV."""
    spread = _own(request, pk)
    rows = refusals.kept(spread.pk)
    if rows is None:
        rows = refusals.table(())
    response = HttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tags-not-taken-{spread.pk}.csv"'
    return response


@login_required
@require_POST
def spread_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a job of one's own."""
    spread = _own(request, pk)
    if not spreading.cancel(spread):
        messages.warning(request, "This was over already.")
    return HttpResponseRedirect(reverse("spread-detail", args=[pk]))


def _own(request: HttpRequest, pk: int) -> Spread:
    mine = Spread.objects.select_related("corpus", "operation").filter(
        by=cast("User", request.user)
    )
    return get_object_or_404(mine, pk=pk)


def _collection(spread: Spread) -> Collection | None:
    """Return the collection that a job fills, as long as one sees it."""
    if spread.what != COLLECT:
        return None
    found: Collection | None = (
        Collection.objects.visible_to(spread.by).filter(pk=spread.plan["collection"]).first()
    )
    return found


def _context(spread: Spread) -> dict[str, Any]:
    is_over = spread.status not in UNFINISHED
    mention = Mention.objects.filter(pk=spread.plan.get("mention", 0)).first()
    undone = spread.operation is not None and hasattr(spread.operation, "undone_by")
    return {
        "section": _SECTIONS.get(spread.what, "entities"),
        "spread": spread,
        "title": TITLES.get(spread.what, spread.what),
        "name": spread.plan.get("name", ""),
        "query": spread.plan.get("query", ""),
        "recognisers": spread.plan.get("recognisers", []),
        "as_suggestions": spread.what == "recognise" or spread.plan.get("status") == "suggested",
        "mention": mention,
        "collection": _collection(spread),
        "already": already_in(spread),
        "is_over": is_over,
        "undone": undone,
        "progress": spreading.progress(spread),
        "taken": report_of(spread) if spread.what == IMPORT else None,
        "tags": tags_of(spread) if spread.what == IMPORT else None,
        "refused": spread.pk if refusals.is_kept(spread.pk) else None,
        "worker_missing": not is_over and not worker_is_alive(),
    }
