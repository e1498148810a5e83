"""A walk through the queue: what one did last, its undo, and the way back to what one saw."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles.history.permission import does, standing_of
from articles.history.row_changes import event_model
from articles.history.undo import UndoRefusedError, undo
from articles.models import Act, Door, Judgement, Link, LinkStatus, Operation, Verdict
from articles.models.lookups import any_id
from articles.related.links import queue
from articles.views.editing.editing import whole_number
from articles.views.parameters import ParameterError, read_number, read_text
from articles.views.related.link_asking import ALL, Asked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models.links import LinkQuerySet
    from articles.models.operations import OperationQuerySet

UNDO_PREFIX = "undo:"
# What one did in one day's work. Nobody takes back by a key what they did last week.
WITHIN = timedelta(hours=12)
# So far one goes back by key.
_SEEN = 1_000
_OF_LINKS = Q(act=Act.LINK) | Q(undoes__act=Act.LINK) | Q(undoes__undoes__act=Act.LINK)
_STANDS = Q(act=Act.LINK) | Q(undoes__undoes__act=Act.LINK)


@dataclass(frozen=True, slots=True)
class Steps:
    """How many were judged in this walk, and how many of these one has gone back over."""

    done: int = 0
    behind: int = 0

    def params(self, done: int = 0, behind: int = 0) -> dict[str, Any]:
        """Return them as an address has them, so many further on."""
        return {
            "done": max(self.done + done, 0) or None,
            "behind": max(self.behind + behind, 0) or None,
        }


def steps_of(request: HttpRequest) -> Steps:
    """Return the steps that an address tells of. Raises ParameterError."""
    done, behind = (read_number(request, name) or 0 for name in ("done", "behind"))
    return Steps(min(done, queue.COUNTED), min(behind, queue.COUNTED))


def chosen(request: HttpRequest, asked: Asked) -> Link | None:
    """Return the link to show: the one that is named, else the next. Raises CursorError.

    Who went back goes on over what they judged, too.
    """
    number = read_number(request, "link")
    if number is not None:
        visible = Link.objects.visible_to(request.user)
        link: Link = get_object_or_404(
            visible.select_related("first__source", "second__source", "corpus"), pk=number
        )
        return link
    place = read_text(request, "after") or None
    found = queue.following(asked.rows(request), place)
    if steps_of(request).behind:
        judged = queue.following(_judged(request, asked), place)
        return min((each for each in (found, judged) if each), key=_in_order, default=None)
    return found


def placed(request: HttpRequest, asked: Asked, link: Link) -> dict[str, Any]:
    """Return the number of a link that is shown, of how many, and where the ways from it lead."""
    rows, steps, place = asked.rows(request), steps_of(request), queue.place_of(link)
    is_judged = not rows.filter(pk=link.pk).exists()
    total, passed = queue.left(rows), queue.before(rows, place)
    number = max(steps.done - steps.behind + passed.count + 1, 1)
    before = [queue.previous(each, place) for each in (rows, _judged(request, asked))]
    back = max((each for each in before if each), key=_in_order, default=None)
    return {
        "number": number,
        "total": max(steps.done + total.count, number),
        "more": total.more,
        "skip": asked.address(after=place, **steps.params(behind=-is_judged)),
        "back": _back(rows, asked, steps, back) if back else "",
        "here": asked.address(link=link.pk, **steps.params()),
    }


def back_from_end(request: HttpRequest, asked: Asked) -> str:
    """Return the address of the last link that one saw, from behind it; empty if one saw none."""
    pk = whole_number(read_text(request, "after").rpartition("_")[2])
    link = Link.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
    return _back(asked.rows(request), asked, steps_of(request), link) if link else ""


def _back(rows: "LinkQuerySet", asked: Asked, steps: Steps, link: Link) -> str:
    is_judged = not rows.filter(pk=link.pk).exists()
    return asked.address(link=link.pk, **steps.params(behind=is_judged))


def _judged(request: HttpRequest, asked: Asked) -> "LinkQuerySet":
    """Return the links that one judged of late, of those that are asked for but for their status.

    Most of these are in the queue no more.
    """
    mine = Judgement.objects.filter(by_id=request.user.pk, at__gte=timezone.now() - WITHIN)
    pks = list(mine.order_by("-at").values_list("link_id", flat=True)[:_SEEN])
    return asked.but(status=ALL).rows(request).filter(any_id("id", pks))


def _in_order(link: Link) -> tuple[bool, float, int]:
    """Return what puts links in the order of the queue."""
    return link.score is not None, -(link.score or 0), link.pk


def last_done(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return what is told of the step that led here, and the last act that one can take back."""
    mine = _mine(request)
    number = read_number(request, "last")
    told = mine.filter(pk=number).first() if number is not None else None
    found = mine.filter(_STANDS, undone_by=None, at__gte=timezone.now() - WITHIN)
    if asked.corpus is not None:
        found = found.filter(corpus=asked.corpus)
    last = found.order_by("-pk").first()
    return {
        "said": _sentence(told.summary) if told is not None else "",
        "redo": told if told is not None and not does(told) else None,
        "last": last if last is not None and standing_of(last, request.user).can_undo else None,
    }


def _mine(request: HttpRequest) -> "OperationQuerySet":
    if not request.user.is_authenticated:
        return Operation.objects.none()
    visible = Operation.objects.visible_to(request.user).filter(_OF_LINKS, by_id=request.user.pk)
    return visible.select_related("corpus", "undoes__undoes")


def _sentence(summary: str) -> str:
    """Return what was done with the verdict first: a narrow line cuts its end."""
    pair, parted, verdict = summary.rpartition("”: ")
    if not parted:
        return summary
    undone, _, names = pair.partition("“")
    said = f"{undone}{verdict}"
    return f"{said[:1].upper()}{said[1:]}: “{names}”"


def take_back(request: HttpRequest, asked: Asked, number: str) -> HttpResponse:
    """Undo what one did, and go back to it; where that is refused, say why and stay.

    Raises Http404, ParameterError, PermissionDenied.
    """
    pk = whole_number(number)
    if pk is None:
        raise ParameterError("do", "This must be undo:<the number of what you did>.")
    operation: Operation = get_object_or_404(_mine(request), pk=pk)
    standing = standing_of(operation, request.user)
    if standing.why_not:
        raise PermissionDenied(standing.why_not)
    steps = steps_of(request)
    link = _link_of(request, operation)
    try:
        undoing = undo(operation, by=cast("User", request.user), door=Door.PAGE)
    except UndoRefusedError as fault:
        messages.error(request, f"This was not undone. {fault.reason}")
        return HttpResponseRedirect(_stay(request, asked, steps))
    if link is None or not _still_there(request, link):
        return HttpResponseRedirect(_stay(request, asked, steps, undoing))
    if does(undoing):
        place = queue.place_of(link)
        onward = asked.address(after=place, last=undoing.pk, **steps.params(done=1))
        return HttpResponseRedirect(onward)
    back = steps.params(done=-1, behind=-steps.behind)
    return HttpResponseRedirect(asked.address(link=link.pk, last=undoing.pk, **back))


def _stay(
    request: HttpRequest, asked: Asked, steps: Steps, undoing: Operation | None = None
) -> str:
    here = {name: read_text(request, name) for name in ("after", "link")}
    return asked.address(**here, last=undoing.pk if undoing else None, **steps.params())


def _link_of(request: HttpRequest, operation: Operation) -> Link | None:
    """Return the link of which something was said, None of many.

    Where another kind was said these are two: the one that was rejected was in view.
    """
    events = event_model(Judgement).objects.filter(pgh_context_id=operation.context)
    said = list(events.order_by().values_list("link_id", "verdict").distinct()[:3])
    rejected = [pk for pk, verdict in said if verdict == Verdict.REJECTED]
    pks = {pk for pk, _ in said}
    pk = next(iter(pks)) if len(pks) == 1 else None
    if len(said) == len(pks) == 2 and len(rejected) == 1:
        pk = rejected[0]
    if pk is None:
        return None
    found: Link | None = Link.objects.visible_to(request.user).filter(pk=pk).first()
    return found


def _still_there(request: HttpRequest, link: Link) -> bool:
    there = Link.objects.visible_to(request.user).exclude(status=LinkStatus.WITHDRAWN)
    return bool(there.filter(pk=link.pk).exists())
