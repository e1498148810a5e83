"""Settling: the articles of a task that several people tagged, and one of them, case by case."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.annotate.agreement import settling
from articles.annotate.agreement.settling import Edited, SettlingError, StaleCaseError
from articles.annotate.agreement.settling_queue import far, items_of, next_to_settle, standings
from articles.annotate.agreement.side_by_side import LEAST_PEOPLE
from articles.annotate.tags.layers import NotAllowedError
from articles.models import Article, Door, Operation, Task, TaskItem
from articles.views.acts import UNDO
from articles.views.keeping.keeping import answering, first_error, known_only, person
from articles.views.parameters import ParameterError, read_number
from articles.views.reading.as_read import as_it_stood
from articles.views.tasks.agreement import led
from articles.views.tasks.settling_cases import Shown

ROWS = 100
_MOST_TYPED = 20_000


class SettlingForm(forms.Form):
    """What is decided of an article, or of a case of it."""

    do = forms.ChoiceField(
        choices=[(word, word) for word in ("agreed", "choose", "edit", "finish")]
    )
    case = forms.CharField(required=False, max_length=16)
    state = forms.CharField(required=False, max_length=80)
    option = forms.IntegerField(required=False, min_value=-1, max_value=200)
    quote = forms.CharField(required=False, max_length=_MOST_TYPED, strip=True)
    kind = forms.CharField(required=False, max_length=40)
    entity_name = forms.CharField(required=False, max_length=300)


@never_cache
@login_required
@require_safe
@answering
def task_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which articles of a task are to be settled, and how far that is."""
    known_only(request, "page")
    task = led(request, pk)
    number = max(read_number(request, "page") or 1, 1)
    first = (number - 1) * ROWS
    items = list(items_of(task).select_related("article__source")[first : first + ROWS + 1])
    context = {
        "section": "tasks",
        "task": task,
        "far": far(task),
        "rows": standings(task, items[:ROWS]),
        "next_open": next_to_settle(task),
        "before": number - 1,
        "after": number + 1 if len(items) > ROWS else 0,
    }
    return render(request, "settle/list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def task_settle_item(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Show what people tagged in an article side by side, and take what is decided of it."""
    known_only(request, "last")
    task = led(request, pk)
    chosen = TaskItem.objects.filter(task=task, article__standing=True)
    item = get_object_or_404(chosen.select_related("article", "version"), position=position)
    if request.method == "POST":
        return _take(request, task, item)
    return _page(request, task, item)


def _take(request: HttpRequest, task: Task, item: TaskItem) -> HttpResponse:
    form = SettlingForm(request.POST)
    if not form.is_valid():
        raise first_error(form, tuple(form.fields))
    given = form.cleaned_data
    try:
        operation = _decided(request, task, item, given)
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except StaleCaseError as fault:
        return _page(request, task, item, fault, status=HTTPStatus.CONFLICT)
    except SettlingError as fault:
        return _page(request, task, item, fault, form, status=HTTPStatus.BAD_REQUEST)
    last = {"last": operation.pk} if operation else {}
    if given["do"] == "finish":
        place = next_to_settle(task, item.position)
        if place is None:
            if operation is not None:
                messages.success(request, operation.summary, extra_tags=f"{UNDO}{operation.pk}")
            return HttpResponseRedirect(reverse("task-settle", args=[task.pk]))
        way = reverse("task-settle-item", args=[task.pk, place], query=last)
        return HttpResponseRedirect(way)
    way = reverse("task-settle-item", args=[task.pk, item.position], query=last)
    return HttpResponseRedirect(f"{way}#{_next_case(task, item, given['case'])}")


def _decided(
    request: HttpRequest, task: Task, item: TaskItem, given: dict[str, object]
) -> Operation | None:
    by, door = person(request), Door.PAGE
    key, state = str(given["case"]), str(given["state"])
    match given["do"]:
        case "agreed":
            return settling.take_agreed(task, item, by=by, door=door)
        case "finish":
            return settling.finish(task, item, by=by, door=door)
        case "edit":
            edited = Edited(str(given["quote"]), str(given["kind"]), str(given["entity_name"]))
            return settling.edit(task, item, key, edited, by=by, door=door, state=state)
        case _:
            option = given["option"]
            if not isinstance(option, int):
                raise ParameterError("option", "Say what is chosen.")
            return settling.choose(task, item, key, option, by=by, door=door, state=state)


def _next_case(task: Task, item: TaskItem, key: str) -> str:
    """Return the id of the case to go on with: the next open one behind a case, else the first."""
    now = settling.settling(task, item)
    keys = [case.key for case in now.every]
    open_ = [case.key for case in now.open]
    behind = keys[keys.index(key) + 1 :] if key in keys else []
    found = next((each for each in behind if each in open_), open_[0] if open_ else "")
    return f"case-{found}" if found else "settle-bar"


def _page(
    request: HttpRequest,
    task: Task,
    item: TaskItem,
    fault: SettlingError | None = None,
    form: SettlingForm | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    now = settling.settling(task, item)
    whole = Article.objects.select_related("corpus", "source", "version").with_credits()
    article: Article = whole.get(pk=item.article_id)
    if item.version_id != article.version_id:
        article = as_it_stood(article, item.version)
    shown = Shown(now)
    last = read_number(request, "last")
    positions = TaskItem.objects.filter(task=task, article__standing=True).order_by("position")
    context = {
        "section": "tasks",
        "task": task,
        "item": item,
        "article": article,
        "now": now,
        "is_ready": len(now.sides.sides) >= LEAST_PEOPLE,
        "shown": shown,
        "text": shown.text(),
        "far": far(task),
        "fault": fault,
        "form": form,
        "last": _last(request, last) if last else None,
        "here": reverse("task-settle-item", args=[task.pk, item.position]),
        "before": positions.filter(position__lt=item.position).last(),
        "after": positions.filter(position__gt=item.position).first(),
    }
    return render(request, "settle/item.html", context, status=status)


def _last(request: HttpRequest, pk: int) -> Operation | None:
    mine = Operation.objects.visible_to(request.user).filter(by=person(request))
    found: Operation | None = mine.filter(pk=pk, undone_by=None).first()
    return found
