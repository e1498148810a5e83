"""The queue: an article of a task after another, tagged, and said to be done."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.annotate.codebooks.codebooks import content_of
from articles.annotate.tasks import work
from articles.annotate.tasks.work import WorkRefusedError
from articles.models import Article, Assignment, Credit, Door, Operation, Task, Version
from articles.views.acts import UNDO
from articles.views.keeping.keeping import answering, first_error, known_only, person
from articles.views.parameters import read_number
from articles.views.reading.as_read import as_it_stood
from articles.views.tagging.tag_reading import tags_of
from articles.views.tasks.task_forms import WorkForm
from articles.views.tasks.tasks import readable

_SAID = {"discuss": True, "clear": False}


@login_required
@require_safe
@answering
def task_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the next article that waits; at the end, to what was done."""
    known_only(request, "after", "last")
    task = readable(request, pk)
    after, last = read_number(request, "after"), read_number(request, "last")
    place = work.next_open(task, person(request), after or 0)
    if place is None:
        if work.queue_of(task, person(request)) is not None:
            messages.success(request, f"Nothing is left to do in “{task}”.")
        return HttpResponseRedirect(task.get_absolute_url())
    return HttpResponseRedirect(_address(task, place, last))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def task_work(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Show an article of one's queue to be tagged, and take what is said of it."""
    known_only(request, "last", "tags")
    task = readable(request, pk)
    assignment = work.given(task, person(request)).filter(position=position).first()
    if assignment is None:
        raise Http404
    if request.method == "POST":
        return _take(request, task, assignment)
    return _page(request, task, assignment)


def _take(request: HttpRequest, task: Task, assignment: Assignment) -> HttpResponse:
    form = WorkForm(request.POST)
    if not form.is_valid():
        raise first_error(form, ("do", "note", "seconds"))
    try:
        operation = _said(request, assignment, form)
    except WorkRefusedError as fault:
        return _page(request, task, assignment, str(fault))
    last = {"last": operation.pk} if operation else {}
    if form.cleaned_data["do"] in {"done", "skip"}:
        way = reverse("task-next", args=[task.pk], query={"after": assignment.position, **last})
        return HttpResponseRedirect(way)
    if operation is not None:
        messages.success(request, operation.summary, extra_tags=f"{UNDO}{operation.pk}")
    return HttpResponseRedirect(_address(task, assignment.position))


def _said(request: HttpRequest, assignment: Assignment, form: WorkForm) -> Operation | None:
    given, by = form.cleaned_data, person(request)
    seconds = given["seconds"] or 0
    if given["do"] in _SAID:
        needs = _SAID[given["do"]]
        note = given["note"]
        return work.discuss(
            assignment, needs=needs, note=note, by=by, door=Door.PAGE, seconds=seconds
        )
    if given["note"].strip() != assignment.note:
        # What was noted before one went on is kept.
        note = given["note"]
        work.discuss(assignment, needs=True, note=note, by=by, door=Door.PAGE)
    verb = {"done": work.finish, "skip": work.skip, "open": work.take_up}[given["do"]]
    return verb(assignment, by=by, door=Door.PAGE, seconds=seconds)


def _page(
    request: HttpRequest, task: Task, assignment: Assignment, fault: str = ""
) -> HttpResponse:
    user = person(request)
    version = _version(assignment)
    article = _article(assignment, version)
    tags = tags_of(user, article, version, task=task, query=request.GET)
    queue = work.queue_of(task, user)
    last = read_number(request, "last")
    before, after = work.neighbours(assignment)
    context = {
        "section": "tasks",
        "task": task,
        "assignment": assignment,
        "queue": queue,
        "article": article,
        "version": version,
        "is_current": version.pk == assignment.item.article.version_id,
        "text": tags.text(),
        "tags": tags,
        "missing": work.missing(assignment) if tags.may_tag else [],
        "content": content_of(task.codebook_version),
        "before": before,
        "after": after,
        "last": _last(request, last) if last else None,
        "here": _address(task, assignment.position),
        "fault": fault,
    }
    status = HTTPStatus.CONFLICT if fault else HTTPStatus.OK
    return render(request, "task/work.html", context, status=status)


def _version(assignment: Assignment) -> Version:
    """Return the version that is tagged, whatever came after it."""
    credited = Prefetch("credits", Credit.objects.standing().select_related("person"))
    versions = Version.objects.select_related("capture").prefetch_related(credited)
    return versions.get(pk=assignment.item.version_id)


def _article(assignment: Assignment, version: Version) -> Article:
    whole = Article.objects.select_related("corpus", "source", "version").with_credits()
    article: Article = whole.get(pk=assignment.item.article_id)
    return article if version.pk == article.version_id else as_it_stood(article, version)


def _last(request: HttpRequest, pk: int) -> Operation | None:
    """Return what was done last, if it is one's own and still stands."""
    mine = Operation.objects.visible_to(request.user).filter(by=person(request))
    found: Operation | None = mine.filter(pk=pk, undone_by=None).first()
    return found


def _address(task: Task, position: int, last: int | None = None) -> str:
    query = {"last": last} if last else None
    return reverse("task-work", args=[task.pk, position], query=query)
