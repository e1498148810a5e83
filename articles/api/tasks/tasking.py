"""Tasks made and changed, and work done in them, as a request asks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles import tasks as worker
from articles.annotate.tasks import task_people, task_terms, tasks, work
from articles.annotate.tasks.choosing import Chosen
from articles.annotate.tasks.task_people import Heirs
from articles.api.answers import answer
from articles.api.articles.editing import answered, checked, invalid, operation_headers
from articles.api.endpoint import etag_of
from articles.api.permitting import editable_corpus
from articles.api.presenters import work as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.tagging.mentioning import missing
from articles.api.tagging.tag_refusals import asking, check_unchanged, refusals
from articles.api.tasks import task_bodies as bodies
from articles.ingest.storing import lock
from articles.keeping.samples import new_seed
from articles.models import (
    Assignment,
    AssignmentStatus,
    CodebookVersion,
    Collection,
    Corpus,
    Door,
    Operation,
    Sharing,
    Task,
)
from articles.models.access import Answer
from articles.search.asking import ask

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_RELATED = ("corpus", "codebook_version", "by")
_PLAIN = ("overlap", "blind", "suggestions", "instructions")


def visible(request: Request) -> Any:
    """Return the tasks that the client leads or has work in."""
    return Task.objects.readable_by(request.user).select_related(*_RELATED)


def shown(row: Task, request: Request) -> dict[str, Any]:
    """Return a task as it is shown to the client."""
    by = asking(request)
    return present.task(row, work.queue_of(row, by), Addresses(request), leads=tasks.leads(row, by))


def shown_as(request: Request, pk: int) -> dict[str, Any]:
    """Return a task as it is now; raise Http404."""
    return shown(get_object_or_404(visible(request), pk=pk), request)


def led(request: Request, pk: int) -> Task:
    """Return a task that the client leads; raise Http404 or Problem 403."""
    row: Task = get_object_or_404(visible(request), pk=pk)
    if not tasks.leads(row, asking(request)):
        raise Problem(403, f"This is for who leads “{row}”: the editors of {row.corpus}.")
    return row


def make(request: Request) -> Answer:
    """Make a task; raise Problem."""
    values = checked(request.data, bodies.NEW, required=("corpus", "name", "people"))
    ways = [name for name in bodies.WAYS if name in values]
    if len(ways) != 1:
        raise invalid(dict.fromkeys(bodies.WAYS, "Send one of articles, q and collection."))
    if "size" in values and "articles" in values:
        raise invalid({"size": "This goes with q and collection."})
    corpus = editable_corpus(request, values["corpus"])
    seed = values.get("seed") or new_seed()
    size = values.get("size")
    terms = {name: values[name] for name in _PLAIN if name in values}
    people = people_of(values["people"])
    version = _version(corpus, values)
    with refusals():
        if "articles" in values:
            articles: Sequence[int] = values["articles"]
            recipe: Mapping[str, Any] = {"articles": len(articles)}
        else:
            chosen = _chosen(request, corpus, values)
            articles, recipe = chosen.articles(size, seed), chosen.recipe(size, seed)
        made = tasks.make(
            corpus,
            articles,
            tasks.Terms(
                name=values["name"],
                people=people,
                sharing=Sharing(values.get("sharing", Sharing.EVERYONE)),
                codebook_version=version,
                seed=seed,
                recipe=recipe,
                **terms,
            ),
            by=asking(request),
            door=Door.API,
        )
    told = shown_as(request, made.task.pk)
    headers = {"Location": told["url"], "ETag": etag_of(told)}
    return answer(201, told, headers | operation_headers(made.operation, Addresses(request)))


def _chosen(request: Request, corpus: Corpus, values: Mapping[str, Any]) -> Chosen:
    if "q" in values:
        return Chosen(corpus, question=ask(values["q"], request.user))
    mine = Collection.objects.visible_to(request.user).filter(corpus=corpus)
    collection = mine.filter(pk=values["collection"]).first()
    if collection is None:
        raise missing("collection", values["collection"])
    return Chosen(corpus, collection=collection)


def _version(corpus: Corpus, values: Mapping[str, Any]) -> CodebookVersion | None:
    if "codebook_version" not in values:
        return None
    published = CodebookVersion.objects.filter(codebook__corpus=corpus, published_at__isnull=False)
    found = published.filter(pk=values["codebook_version"]).first()
    if found is None:
        raise missing("codebook_version", values["codebook_version"])
    return found


def people_of(names: Sequence[str], field: str = "people") -> list["User"]:
    """Return people by their usernames, all of them; raise Problem 404."""
    known = {
        person.get_username(): person
        for person in get_user_model().objects.filter(username__in=names)
        if person.is_active or field == "person"
    }
    for name in names:
        if name not in known:
            message = f"There is nobody called “{name}” who could be given work."
            raise Problem(404, f"{field}: {message}", errors={field: message})
    return [known[name] for name in dict.fromkeys(names)]


def change(request: Request, pk: int) -> HttpResponseBase:
    """Rename a task, say what is to be done, close or open it; raise Problem."""
    row = led(request, pk)
    values = checked(request.data, bodies.CHANGES)
    if not values:
        raise Problem(400, "Say what is to be changed.")
    with transaction.atomic():
        # As acts do it: whoever holds a task and then waits for its corpus would wait in a ring.
        lock(row.corpus)
        check_unchanged(request, shown_as(request, pk))
        with refusals():
            operation, problem = _changed(request, row, values)
    now = shown_as(request, pk)
    told = _changed_task(now, problem)
    sent = answered(request, told, operation, page=row.get_absolute_url())
    # What is to be sent back unchanged is the task, of which the problem is no part.
    sent.headers["ETag"] = etag_of(now)
    return sent


def _changed_task(now: Mapping[str, Any], problem: str) -> dict[str, Any]:
    return {**now, "names_problem": problem or None}


def _changed(
    request: Request, row: Task, values: Mapping[str, Any]
) -> tuple[Operation | None, str]:
    """Return the last operation, and why names are not looked for in what it handed out."""
    by, operation = asking(request), None
    said = {name: values[name] for name in ("name", "instructions") if name in values}
    if said:
        operation = tasks.edit(row, by=by, door=Door.API, **said)
    terms, problem = _terms(row, values, by)
    operation = terms or operation
    if "closed" in values:
        act = tasks.close if values["closed"] else tasks.reopen
        operation = act(row, by=by, door=Door.API) or operation
    return operation, problem


def _terms(row: Task, values: Mapping[str, Any], by: "User") -> tuple[Operation | None, str]:
    operation = None
    if "blind" in values:
        operation = task_terms.set_blind(row, blind=values["blind"], by=by, door=Door.API)
    if "suggestions" in values:
        shown = values["suggestions"]
        operation = task_terms.set_suggestions(row, shown=shown, by=by, door=Door.API) or operation
    if "sharing" in values or "overlap" in values:
        sharing = Sharing(values.get("sharing", row.sharing))
        overlap = values.get("overlap", row.overlap)
        operation = task_terms.share_anew(row, sharing, overlap, by=by, door=Door.API) or operation
    if values.keys() & {"suggestions", "sharing", "overlap"}:
        return operation, _suggest_again(row, operation, by)
    return operation, ""


def _suggest_again(row: Task, operation: Operation | None, by: "User") -> str:
    """Have names looked for in what an operation handed out; return why they can't be, or ""."""
    return worker.suggest_again(row, by=by, door=Door.API) if operation is not None else ""


def take_out(request: Request, pk: int) -> Answer:
    """Take someone out of a task; raise Problem."""
    row = led(request, pk)
    values = checked(request.data, bodies.TAKE_OUT, required=("person",))
    if "to" in values and "heir" in values:
        raise invalid({"heir": "Send one of to and heir."})
    person = people_of([values["person"]], "person")[0]
    heir: User | Heirs = Heirs(values.get("to", Heirs.OTHERS))
    if "heir" in values:
        heir = people_of([values["heir"]], "heir")[0]
    with refusals():
        operation = task_people.take_out(row, person, by=asking(request), door=Door.API, to=heir)
        problem = _suggest_again(row, operation, asking(request))
    told = _changed_task(shown_as(request, pk), problem)
    return answer(200, told, operation_headers(operation, Addresses(request)))


def add_people(request: Request, pk: int) -> Answer:
    """Give work to more people; raise Problem."""
    row = led(request, pk)
    names = checked(request.data, bodies.PEOPLE, required=("people",))["people"]
    with refusals():
        operation = task_people.add(row, people_of(names), by=asking(request), door=Door.API)
        problem = _suggest_again(row, operation, asking(request))
    told = _changed_task(shown_as(request, pk), problem)
    return answer(200, told, operation_headers(operation, Addresses(request)))


def assignments(request: Request, pk: int) -> Any:
    """Return what is given to people in a task: all of it to who leads it, else one's own."""
    row: Task = get_object_or_404(visible(request), pk=pk)
    rows = Assignment.objects.counted().filter(task=row)
    if not tasks.leads(row, asking(request)):
        rows = rows.current().filter(user=asking(request))
    return rows.select_related("user", "task", "item__article", "item__version").defer(
        "item__version__text", "item__version__blocks", "item__version__read"
    )


def do(request: Request, pk: int, number: int) -> HttpResponseBase:
    """Say how far one is with an article; raise Problem, Http404."""
    row: Assignment = get_object_or_404(assignments(request, pk), pk=number)
    if row.user_id != asking(request).pk:
        raise Problem(403, f"This was given to {row.user.get_username()}.")
    values = checked(request.data, bodies.WORK)
    if not values:
        raise Problem(400, "Say what is to be changed.")
    at = Addresses(request)
    with transaction.atomic():
        get_object_or_404(Assignment.objects.select_for_update(), pk=row.pk)
        row = get_object_or_404(assignments(request, pk), pk=number)
        check_unchanged(request, present.assignment(row, at))
        with refusals():
            operation = _do(request, row, values)
    told = present.assignment(get_object_or_404(assignments(request, pk), pk=number), at)
    return answered(request, told, operation, page=row.task.get_absolute_url())


def _do(request: Request, row: Assignment, values: Mapping[str, Any]) -> Operation | None:
    by, operation = asking(request), None
    seconds = values.get("seconds", 0)
    if "note" in values or "needs_discussion" in values:
        operation = work.discuss(
            row,
            needs=values.get("needs_discussion", row.needs_discussion),
            note=values.get("note", row.note),
            by=by,
            door=Door.API,
            seconds=0 if "status" in values else seconds,
        )
    if "status" in values or operation is None:
        acts = {
            AssignmentStatus.OPEN.value: work.take_up,
            AssignmentStatus.DONE.value: work.finish,
            AssignmentStatus.SKIPPED.value: work.skip,
        }
        act = acts[values.get("status", row.status)]
        operation = act(row, by=by, door=Door.API, seconds=seconds) or operation
    return operation
