"""A task changed by who leads it: who has work in it, who sees what, who gets which articles."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from articles import tasks as worker
from articles.annotate.tasks import task_people as people_of_tasks
from articles.annotate.tasks import task_terms, tasks
from articles.annotate.tasks.dealing import people_of
from articles.annotate.tasks.task_people import Heirs, Leaving
from articles.annotate.tasks.tasks import TaskRefusedError
from articles.models import Door, Operation, Sharing, Task
from articles.views.acts import tell
from articles.views.keeping.keeping import answering, first_error, known_only, person
from articles.views.parameters import ParameterError
from articles.views.tasks.task_forms import PeopleForm, SharingForm, TakeOutForm
from articles.views.tasks.tasks import led


@login_required
@require_POST
@answering
def task_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Give work to more people."""
    task = led(request, pk)
    form = PeopleForm(request.POST, people=tasks.candidates(task.corpus, person(request)))
    if not form.is_valid():
        raise first_error(form, ("people",))
    people = list(form.cleaned_data["people"])
    try:
        operation = people_of_tasks.add(task, people, by=person(request), door=Door.PAGE)
    except TaskRefusedError as fault:
        raise ParameterError(fault.field or "people", fault.message) from fault
    return _handed_out(request, task, operation)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def task_take_out(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """Say what becomes of someone's work if they are taken out of a task, and take them out."""
    known_only(request)
    task = led(request, pk)
    leaving = people_of_tasks.leaving(task, get_object_or_404(User, pk=user))
    if leaving is None:
        raise Http404
    others = tasks.candidates(task.corpus, person(request)).exclude(pk=user)
    form = TakeOutForm(request.POST if request.method == "POST" else None, heirs=others)
    fault = ""
    if request.method == "POST":
        if not form.is_valid():
            raise first_error(form, ("to", "heir"))
        try:
            return _taken_out(request, task, leaving, form.cleaned_data)
        except TaskRefusedError as refusal:
            fault = refusal.message
    context = {
        "section": "tasks",
        "task": task,
        "leaving": leaving,
        "heirs": list(others),
        "hands_over": task.sharing != Sharing.EVERYONE and leaving.undone,
        "fault": fault,
    }
    status = HTTPStatus.CONFLICT if fault else HTTPStatus.OK
    return render(request, "task/take_out.html", context, status=status)


def _taken_out(
    request: HttpRequest, task: Task, leaving: Leaving, given: dict[str, Any]
) -> HttpResponse:
    to = given["heir"] if given["to"] == "heir" else Heirs(given["to"] or Heirs.OTHERS)
    if to is None:
        raise ParameterError("heir", "Choose who gets the articles.")
    operation = people_of_tasks.take_out(
        task, leaving.person, by=person(request), door=Door.PAGE, to=to
    )
    return _handed_out(request, task, operation)


def _handed_out(request: HttpRequest, task: Task, operation: Operation | None) -> HttpResponse:
    """Tell what was done, and have names suggested to who got articles by it."""
    tell(request, operation)
    if operation is not None:
        why_not = worker.suggest_again(task, by=person(request), door=Door.PAGE)
        if why_not:
            messages.warning(request, why_not)
    return HttpResponseRedirect(task.get_absolute_url())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def task_terms_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a task is worked on and what changing it does, and change it."""
    known_only(request)
    task = led(request, pk)
    fault = ""
    if request.method == "POST":
        try:
            operation = _changed(request, task)
        except TaskRefusedError as refusal:
            fault = refusal.message
        else:
            if request.POST["do"] in {"show", "share"}:
                return _handed_out(request, task, operation)
            tell(request, operation)
            return HttpResponseRedirect(task.get_absolute_url())
    context = {
        "section": "tasks",
        "task": task,
        "has_work": task.has_work(),
        "people": len(people_of(task)),
        "sharings": Sharing.choices,
        "fault": fault,
    }
    status = HTTPStatus.CONFLICT if fault else HTTPStatus.OK
    return render(request, "task/terms.html", context, status=status)


def _changed(request: HttpRequest, task: Task) -> Operation | None:
    by = person(request)
    match request.POST.get("do", ""):
        case "open" | "blind" as word:
            return task_terms.set_blind(task, blind=word == "blind", by=by, door=Door.PAGE)
        case "show" | "hide" as word:
            return task_terms.set_suggestions(task, shown=word == "show", by=by, door=Door.PAGE)
        case "share":
            form = SharingForm(request.POST)
            if not form.is_valid():
                raise first_error(form, ("sharing", "overlap"))
            given = form.cleaned_data
            overlap = given["overlap"] or task.overlap
            return task_terms.share_anew(
                task, Sharing(given["sharing"]), overlap, by=by, door=Door.PAGE
            )
    raise ParameterError("do", "This must be open, blind, show, hide or share.")
