"""A new task: of an answer, a collection, or a sample of either."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from articles.annotate.tasks import tasks
from articles.annotate.tasks.choosing import Chosen
from articles.annotate.tasks.tasks import MOST_ARTICLES, TaskRefusedError, Terms
from articles.keeping.samples import new_seed
from articles.models import CodebookVersion, Collection, Corpus, Door, Sharing
from articles.search.asking import ask
from articles.views.acts import UNDO
from articles.views.keeping.keeping import answering, known_only, person, read_query
from articles.views.parameters import read_number, read_text
from articles.views.tasks.task_forms import NewTaskForm

_USUAL_SAMPLE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def task_new(request: HttpRequest) -> HttpResponse:
    """Make a task; without anything to make it of, ask for what."""
    known_only(request, "q", "collection", "corpus")
    led = Corpus.objects.editable_by(request.user)
    if not led.exists():
        raise PermissionDenied("Tasks are made by the editors of a corpus.")
    chosen = _chosen(request, led)
    if chosen is None:
        return render(request, "task/choose.html", {"section": "tasks", "corpora": list(led)})
    total = chosen.total()
    versions = CodebookVersion.objects.filter(
        codebook__corpus=chosen.corpus, published_at__isnull=False
    )
    versions = versions.select_related("codebook").order_by(
        "-codebook__is_main", "codebook__name", "-number"
    )
    main = next((each for each in versions if each.codebook.is_main), None)
    is_too_much = total > MOST_ARTICLES
    initial = {
        "sharing": Sharing.EVERYONE,
        "overlap": 2,
        "blind": True,
        "codebook_version": main.pk if main else None,
        "seed": new_seed(),
        "size": _USUAL_SAMPLE if is_too_much else None,
    }
    form = NewTaskForm(
        request.POST or None,
        initial=initial,
        people=tasks.candidates(chosen.corpus, person(request)),
        versions=versions,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _make(request, chosen, form.cleaned_data)
        except TaskRefusedError as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.message)
    context = {
        "section": "tasks",
        "form": form,
        "chosen": chosen,
        "query": read_query(request) if chosen.collection is None else "",
        "total": total,
        "most": MOST_ARTICLES,
        "is_too_much": is_too_much,
        "people": list(tasks.candidates(chosen.corpus, person(request))),
        "picked": set(request.POST.getlist("people")),
        "versions": versions,
        "sharings": Sharing.choices,
        "address": request.get_full_path(),
    }
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "task/new.html", context, status=status)


def _chosen(request: HttpRequest, led: Any) -> Chosen | None:
    """Return of what a task is to be made; None where the address does not say."""
    number = read_number(request, "collection")
    if number is not None:
        mine = Collection.objects.visible_to(request.user).filter(corpus__in=led)
        collection = get_object_or_404(mine.select_related("corpus"), pk=number)
        return Chosen(collection.corpus, collection=collection)
    if "q" not in request.GET:
        return None
    question = ask(read_query(request), request.user)
    slug = read_text(request, "corpus")
    if slug:
        return Chosen(get_object_or_404(led, slug=slug), question)
    corpora = sorted(led, key=lambda each: -question.within([each.pk]).total())
    return Chosen(corpora[0], question)


def _make(request: HttpRequest, chosen: Chosen, given: dict[str, Any]) -> HttpResponse:
    size, seed = given["size"], given["seed"].strip()
    terms = Terms(
        name=given["name"],
        people=list(given["people"]),
        sharing=Sharing(given["sharing"]),
        overlap=given["overlap"] or 2,
        blind=given["blind"],
        suggestions=given["suggestions"],
        instructions=given["instructions"],
        codebook_version=given["codebook_version"],
        seed=seed,
        recipe=chosen.recipe(size, seed),
    )
    made = tasks.make(
        chosen.corpus, chosen.articles(size, seed), terms, by=person(request), door=Door.PAGE
    )
    said = f"{made.operation.summary}."
    if made.left_out:
        said += f" {made.left_out:,} left out: they have no text here, or stand elsewhere."
    messages.success(request, said, extra_tags=f"{UNDO}{made.operation.pk}")
    return HttpResponseRedirect(made.task.get_absolute_url())
