"""Tasks: articles given to people to be tagged, and how far they are."""

from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.tasks import progress, task_people, work
from articles.api import paging
from articles.api.answers import once
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import work as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging.tag_lists import Asked
from articles.api.tagging.tag_refusals import asking
from articles.api.tasks import task_bodies as bodies
from articles.api.tasks import tasking
from articles.models import AssignmentStatus, Corpus, keyset


class TasksEndpoint(Endpoint):
    """What concerns tasks. Only for people: those who lead them, and those given work."""

    permission_classes = (IsAuthenticated,)


class TaskList(TasksEndpoint):
    """Tasks."""

    operations: ClassVar = {
        "GET": lists("Task", "corpus", "state.task"),
        "POST": Operation({201: "Task"}, body={JSON: bodies.NEW_SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List the tasks that you lead or have work in, the newest first; `own` is your share."""
        asked = Asked(request)
        corpus, state = asked.corpus(), asked.choice("state", ["open", "closed"])
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        rows = tasking.visible(request)
        if corpus is not None:
            rows = rows.filter(corpus=corpus)
        if state:
            rows = rows.filter(closed_at__isnull=state == "open")
        page = keyset.page(rows, ("-pk",), limit=limit, cursor=cursor)
        own = {queue.task.pk: queue for queue in work.queues(asking(request))}
        led = set(Corpus.objects.editable_by(request.user).values_list("pk", flat=True))
        at = Addresses(request)
        shown = [
            present.task(row, own.get(row.pk), at, leads=row.corpus_id in led) for row in page.rows
        ]
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Make a task of `articles`, of the answer of `q`, or of a `collection`; for editors.

        Each article is pinned at the version it has now.
        """
        return once(request, lambda: tasking.make(request))


class TaskDetail(TasksEndpoint):
    """A task."""

    operations: ClassVar = {
        "GET": reads("Task"),
        "PATCH": Operation({200: "ChangedTask"}, body={JSON: bodies.CHANGES_SCHEMA}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a task, and how far you are with your share."""
        row = get_object_or_404(tasking.visible(request), pk=pk)
        return detail(request, tasking.shown(row, request), page=row.get_absolute_url())

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Rename it, close or open it, change what people see or get; for who leads it.

        409 if it is to be blind after someone began: what was seen can't be unseen.
        """
        return tasking.change(request, pk)


class TaskProgress(TasksEndpoint):
    """How far a task is."""

    operations: ClassVar = {"GET": reads("TaskProgress")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return how far people are, by person and day; for who leads the task."""
        row = tasking.led(request, pk)
        return detail(request, present.progress(progress.progress(row), task_people.waiting(row)))


class TaskPeople(TasksEndpoint):
    """Who has work in a task."""

    operations: ClassVar = {
        "POST": Operation({200: "ChangedTask"}, body={JSON: bodies.PEOPLE_SCHEMA})
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give work to more people: all of it, or what others have not begun.

        Where names were looked for they are again; `names_problem` says why if they are not.
        """
        return once(request, lambda: tasking.add_people(request, pk))


class TaskTakeOut(TasksEndpoint):
    """Someone who is taken out of a task."""

    operations: ClassVar = {
        "POST": Operation({200: "ChangedTask"}, body={JSON: bodies.TAKE_OUT_SCHEMA})
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Take someone out: what they are done with stays theirs, the rest goes to others.

        Giving them work again puts them in again.
        """
        return once(request, lambda: tasking.take_out(request, pk))


class TaskAssignments(TasksEndpoint):
    """What is given to whom."""

    operations: ClassVar = {"GET": lists("Assignment", "status.assignment", "person.name")}

    def get(self, request: Request, pk: int) -> Response:
        """List what is given to people: all of it to who leads the task, to others their own.

        `person=me` is your own queue, in the order in which it is to be done.
        """
        asked = Asked(request)
        status = asked.choice("status", list(AssignmentStatus))
        person, limit, cursor = asked.words("person"), asked.limit(), asked.cursor()
        asked.done()
        rows = tasking.assignments(request, pk)
        if status:
            rows = rows.filter(status=status)
        if person == "me":
            rows = rows.filter(user=asking(request))
        elif person:
            rows = rows.filter(user__username=person)
        at = Addresses(request)
        page = keyset.page(rows, ("position", "pk"), limit=limit, cursor=cursor)
        shown = [present.assignment(row, at) for row in page.rows]
        return paging.sliced(request, shown, page.next, page.previous)


class TaskAssignment(TasksEndpoint):
    """An article that is given to someone."""

    operations: ClassVar = {
        "GET": reads("Assignment"),
        "PATCH": Operation({200: "Assignment"}, body={JSON: bodies.WORK_SCHEMA}),
    }

    def get(self, request: Request, pk: int, number: int) -> HttpResponseBase:
        """Return an article that is given to someone."""
        row = get_object_or_404(tasking.assignments(request, pk), pk=number)
        shown = present.assignment(row, Addresses(request))
        return detail(request, shown, page=row.task.get_absolute_url())

    def patch(self, request: Request, pk: int, number: int) -> HttpResponseBase:
        """Say that your article is done, skipped or open, or that it needs to be discussed.

        409 if its codebook wants more of it before it is done.
        """
        return tasking.do(request, pk, number)
