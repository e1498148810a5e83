"""Drawing a sample of an answer: looked at first, then drawn into a collection."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from articles.keeping import samples
from articles.keeping.collections import CollectionRefusedError
from articles.models import Corpus, Door
from articles.search.asking import Question, ask
from articles.views.keeping.keeping import (
    answering,
    known_only,
    person,
    read_query,
    tell_added,
)
from articles.views.keeping.keeping_forms import NewCollectionForm, SampleForm
from articles.views.parameters import ParameterError

USUAL_SIZE = 100
STRATA_SHOWN = 100
_ASKED = ("size", "seed", "by", "share", "corpus")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def collection_sample(request: HttpRequest) -> HttpResponse:
    """Show what a sample of an answer would be; draw it when it is sent."""
    known_only(request, "q", *_ASKED)
    mine = Corpus.objects.with_members(request.user)
    if not mine.exists():
        raise PermissionDenied("Only members of a corpus can draw samples of its articles.")
    query = read_query(request)
    question = ask(query, request.user)
    corpora = [(each, question.within([each.pk]).total()) for each in mine]
    corpora.sort(key=lambda row: -row[1])
    is_asked = request.method == "POST" or "size" in request.GET
    usual = {"size": str(USUAL_SIZE), "corpus": corpora[0][0].slug, "seed": samples.new_seed()}
    given = {name: request.GET.get(name, usual.get(name, "")) for name in _ASKED}
    given["seed"] = given["seed"].strip() or samples.new_seed()
    form = SampleForm(given if is_asked else None, initial=usual, corpora=mine)
    context = {
        "section": "collections",
        "form": form,
        "query": query,
        "corpora": corpora,
        "is_asked": is_asked,
    }
    status = HTTPStatus.OK
    if is_asked and form.is_valid():
        try:
            if request.method == "POST":
                return _draw(request, question, form)
            by, share = form.chosen
            size, corpus = form.cleaned_data["size"], form.cleaned_data["corpus"]
            planned = samples.plan(question, corpus, size=size, by=by, share=share)
            context |= {
                "plan": planned,
                "strata": planned.strata[:STRATA_SHOWN],
                "more": max(len(planned.strata) - STRATA_SHOWN, 0),
                "chosen": given,
                "corpus": corpus,
            }
        except CollectionRefusedError as fault:
            form.add_error(None, str(fault))
    if is_asked and form.errors:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "collection/sample.html", context, status=status)


def _draw(request: HttpRequest, question: Question, form: SampleForm) -> HttpResponse:
    new = NewCollectionForm(
        {**request.POST.dict(), "corpus": form.cleaned_data["corpus"].slug},
        corpora=Corpus.objects.with_members(request.user),
    )
    if not new.is_valid():
        name = next(iter(new.errors))
        raise ParameterError(name, str(new.errors[name][0]))
    by, share = form.chosen
    added = samples.draw(
        question,
        form.cleaned_data["corpus"],
        name=new.cleaned_data["name"],
        size=form.cleaned_data["size"],
        seed=form.cleaned_data["seed"],
        by=by,
        share=share,
        by_whom=person(request),
        door=Door.PAGE,
    )
    tell_added(request, added)
    return HttpResponseRedirect(added.collection.get_absolute_url())
