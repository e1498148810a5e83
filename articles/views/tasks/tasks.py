"""Tasks: one's own and those one leads; one of them, how far its people are, and who they are."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import tasks as worker
from articles.annotate.recognisers import RecogniserUnavailableError, registry
from articles.annotate.spreading import suggesting
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tasks import task_people, tasks, work
from articles.annotate.tasks.progress import Day, Progress, progress, summaries, to_discuss
from articles.annotate.tasks.tasks import TaskRefusedError
from articles.models import AssignmentStatus, Corpus, Door, Spread, Task
from articles.models.keyset import page
from articles.views.acts import tell
from articles.views.keeping.keeping import answering, first_error, known_only, person
from articles.views.parameters import ParameterError, read_text
from articles.views.tasks.task_forms import TaskForm

ROWS = 50
# The drawing's own units; the page stretches it to its width.
WIDTH, HEIGHT = 720, 96
SHOWN_OF_SHARE = 500
JOBS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of a task: how much was done, and its rectangle."""

    day: date
    counts: tuple[int, ...]
    total: int
    x: float
    y: float
    width: float
    height: float


def readable(request: HttpRequest, pk: int) -> Task:
    """Return a task that one leads or has work of; raise Http404."""
    found = Task.objects.readable_by(request.user).select_related(
        "corpus", "codebook_version__codebook", "by"
    )
    task: Task = get_object_or_404(found, pk=pk)
    return task


@login_required
@require_safe
@answering
def task_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for one, and the tasks that one leads."""
    known_only(request, "cursor")
    led_in = Corpus.objects.editable_by(request.user)
    led = Task.objects.filter(corpus__in=led_in).select_related("corpus")
    shown = page(led, ("-pk",), limit=ROWS, cursor=read_text(request, "cursor") or None)
    context = {
        "section": "tasks",
        "queues": work.queues(person(request)),
        "led": summaries(shown.rows),
        "previous": shown.previous,
        "next": shown.next,
        "leads": led_in.exists(),
        "may_annotate": Corpus.objects.annotatable_by(request.user).exists(),
    }
    return render(request, "task/list.html", context)


@login_required
@require_safe
@answering
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task: to who leads it how far it is, to who works on it their share."""
    known_only(request)
    task = readable(request, pk)
    mine = work.queue_of(task, person(request))
    context = {
        "section": "tasks",
        "task": task,
        "queue": mine,
        "share": list(work.given(task, person(request))[:SHOWN_OF_SHARE]) if mine else [],
        "next_open": work.next_open(task, person(request)) if mine else None,
        "statuses": AssignmentStatus,
    }
    if not tasks.leads(task, person(request)):
        return render(request, "task/share.html", context)
    far = progress(task)
    there = {share.person.pk for share in far.shares if share.left_at is None}
    context |= {
        "progress": far,
        "bars": bars(far),
        "most": max((day.total for day in far.days), default=0),
        "width": WIDTH,
        "height": HEIGHT,
        "items": task.items.count(),
        "waiting": task_people.waiting(task),
        "discussed": to_discuss(task),
        "others": [
            each for each in tasks.candidates(task.corpus, person(request)) if each.pk not in there
        ],
        "recognisers": [
            (name, registry.LABELS[name], name in registry.chosen())
            for name in registry.RECOGNISERS
        ],
        "jobs": Spread.objects.filter(corpus=task.corpus, plan__task=task.pk).order_by("-pk")[
            :JOBS_SHOWN
        ],
        "form": TaskForm(initial={"name": task.name, "instructions": task.instructions}),
    }
    return render(request, "task/detail.html", context)


@login_required
@require_POST
@answering
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a task, say anew what is to be done."""
    task = led(request, pk)
    form = TaskForm(request.POST)
    if not form.is_valid():
        raise first_error(form, ("name", "instructions"))
    try:
        operation = tasks.edit(task, by=person(request), door=Door.PAGE, **form.cleaned_data)
    except TaskRefusedError as fault:
        raise ParameterError(fault.field or "task", fault.message) from fault
    tell(request, operation)
    return HttpResponseRedirect(task.get_absolute_url())


@login_required
@require_POST
@answering
def task_suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Have recognisers suggest names to all who have work in a task, in the worker."""
    task = led(request, pk)
    names = [each for each in request.POST.getlist("recogniser") if each]
    if unknown := set(names) - registry.RECOGNISERS.keys():
        raise ParameterError("recogniser", f"There is no “{min(unknown)}”.")
    try:
        with transaction.atomic():
            spread = suggesting.spread_suggestions(
                task.corpus, by=person(request), door=Door.PAGE, recognisers=names, task=task
            )
            worker.enqueue_spread(spread)
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except (SpreadRefusedError, RecogniserUnavailableError) as fault:
        messages.warning(request, str(fault))
        return HttpResponseRedirect(task.get_absolute_url())
    return HttpResponseRedirect(reverse("spread-detail", args=[spread.pk]))


@login_required
@require_http_methods(["POST"])
@answering
def task_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a task, or open it again."""
    task = led(request, pk)
    wanted = {"close": tasks.close, "reopen": tasks.reopen}.get(request.POST.get("do", ""))
    if wanted is None:
        raise ParameterError("do", "This must be close or reopen.")
    tell(request, wanted(task, by=person(request), door=Door.PAGE))
    return HttpResponseRedirect(task.get_absolute_url(), status=HTTPStatus.FOUND)


def led(request: HttpRequest, pk: int) -> Task:
    """Return a task that one leads; raise Http404, PermissionDenied."""
    task = readable(request, pk)
    if not tasks.leads(task, person(request)):
        raise PermissionDenied(f"Tasks are led by the editors of {task.corpus}.")
    return task


def bars(far: Progress) -> list[Bar]:
    """Return what was done day by day as rectangles, for the page to draw."""
    most = max((day.total for day in far.days), default=0)
    if not most:
        return []
    step = WIDTH / max(len(far.days), 14)
    return [_bar(day, number * step, step, most) for number, day in enumerate(far.days)]


def _bar(day: Day, x: float, step: float, most: int) -> Bar:
    height = HEIGHT * day.total / most
    return Bar(day.day, day.counts, day.total, x, HEIGHT - height, step * 0.8, height)
