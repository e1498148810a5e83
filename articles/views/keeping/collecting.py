"""Putting articles into collections: one, those one picked, or all of an answer; notes on them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from articles.annotate.spreading.collecting import start_collecting
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.tags.layers import NotAllowedError
from articles.keeping import collections
from articles.keeping.collections import Added, CollectionRefusedError
from articles.models import Article, Collection, Corpus, Door, Operation, Spread
from articles.search.asking import Question, ask
from articles.tasks import enqueue_spread
from articles.views.acts import tell
from articles.views.keeping.collections import counts, visible
from articles.views.keeping.keeping import (
    answering,
    first_error,
    known_only,
    own_page,
    person,
    read_ids,
    read_query,
    tell_added,
    way_on,
)
from articles.views.keeping.keeping_forms import NewCollectionForm, NoteForm
from articles.views.parameters import ParameterError, read_number, read_text

# More than these are found by their names.
OFFERED = 50
NO_MEMBER = "Articles are collected by the members of their corpus."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added: articles by their ids, or an answer."""

    articles: list[int]
    query: str | None
    question: Question | None

    def add(self, collection: Collection, request: HttpRequest) -> Added | Spread:
        """Add it to a collection; raise CollectionRefusedError."""
        by = person(request)
        if self.question is not None:
            found = collections.found_in(self.question, collection.corpus_id)
            if collections.is_long(found):
                return _left(collection, self.query or "", found, by)
            return collections.add_answer(collection, self.question, by=by, door=Door.PAGE)
        return collections.add(collection, self.articles, by=by, door=Door.PAGE)

    def make(self, corpus: Corpus, name: str, request: HttpRequest) -> Added | Spread:
        """Make a collection of it; raise CollectionRefusedError."""
        by = person(request)
        if self.question is not None:
            found = collections.found_in(self.question, corpus.pk)
            if collections.is_long(found):
                with transaction.atomic():
                    made = collections.make(corpus, name=name, by=by, door=Door.PAGE)
                    return _left(made.collection, self.query or "", found, by, made.operation)
            return collections.make_of_answer(
                corpus, self.question, name=name, by=by, door=Door.PAGE
            )
        return collections.make(corpus, name=name, articles=self.articles, by=by, door=Door.PAGE)


def _left(
    collection: Collection, query: str, found: int, by: User, making: Operation | None = None
) -> Spread:
    """Leave an answer to the worker; return the job."""
    job = start_collecting(collection, query, found, by=by, door=Door.PAGE, making=making)
    enqueue_spread(job)
    return job


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def collection_add(request: HttpRequest) -> HttpResponse:
    """Choose a collection, or make one, for articles or for an answer; and add them."""
    known_only(request, "articles", "q", "collection", "find", "next")
    wanted = _wanted(request)
    corpora = _corpora(request, wanted)
    if request.method == "POST":
        return _add(request, wanted)
    chosen = read_number(request, "collection")
    if chosen is not None and wanted.question is not None:
        return _preview(request, wanted.question, chosen)
    words = read_text(request, "find")
    found = visible(request.user).filter(corpus__in=[corpus.pk for corpus, _ in corpora])
    if words:
        found = found.filter(name__icontains=words)
    offered = list(found.order_by("-pk")[: OFFERED + 1])
    numbers = counts(offered)
    context = {
        "section": "collections",
        "wanted": wanted,
        "given": request.GET.get("articles", ""),
        "headline": _headline(request, wanted),
        "total": sum(count for _, count in corpora),
        "corpora": corpora,
        "offered": [(each, numbers.get(each.pk, 0)) for each in offered[:OFFERED]],
        "has_more": len(offered) > OFFERED,
        "words": words,
        "next": own_page(request.GET.get("next", "")),
    }
    return render(request, "collection/add.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    given = request.GET.get("articles", "")
    articles = read_ids(given, "articles") if given else []
    if articles:
        return Wanted(articles, None, None)
    if "q" not in request.GET:
        raise ParameterError("articles", "Say which articles, or the query whose answer is meant.")
    if not Corpus.objects.with_members(request.user).exists():
        raise PermissionDenied(NO_MEMBER)
    query = read_query(request)
    return Wanted([], query, ask(query, request.user))


def _corpora(request: HttpRequest, wanted: Wanted) -> list[tuple[Corpus, int]]:
    """Return the corpora of what is wanted that one may collect of, with numbers of articles."""
    mine = Corpus.objects.with_members(request.user)
    if wanted.question is not None:
        corpora = [(each, wanted.question.within([each.pk]).total()) for each in mine]
        return [(each, count) for each, count in corpora if count]
    there = Article.objects.visible_to(request.user).filter(pk__in=wanted.articles)
    found = list(there.order_by().values_list("corpus_id", flat=True))
    if not found:
        raise Http404
    corpora = [(each, found.count(each.pk)) for each in mine if each.pk in found]
    if not corpora:
        raise PermissionDenied(NO_MEMBER)
    return corpora


def _headline(request: HttpRequest, wanted: Wanted) -> str:
    """Return the headline of the one article that is to be added."""
    if len(wanted.articles) != 1:
        return ""
    there = Article.objects.visible_to(request.user).filter(pk=wanted.articles[0])
    return there.values_list("headline", flat=True).first() or "Untitled"


def _preview(request: HttpRequest, question: Question, chosen: int) -> HttpResponse:
    collection = get_object_or_404(visible(request.user), pk=chosen)
    context = {
        "section": "collections",
        "collection": collection,
        "query": read_query(request),
        "preview": collections.preview(collection, question),
        "most": collections.MOST_BY_JOB,
        "next": own_page(request.GET.get("next", "")),
    }
    return render(request, "collection/preview.html", context)


def _add(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    try:
        if "collection" in request.POST:
            [pk, *_] = [*read_ids(request.POST["collection"], "collection"), 0]
            added = wanted.add(get_object_or_404(visible(request.user), pk=pk), request)
        else:
            corpora = Corpus.objects.with_members(request.user)
            form = NewCollectionForm(request.POST, corpora=corpora)
            if not form.is_valid():
                raise first_error(form, ["name", "corpus"])
            added = wanted.make(form.cleaned_data["corpus"], form.cleaned_data["name"], request)
    except (CollectionRefusedError, SpreadRefusedError) as fault:
        raise ParameterError("collection", str(fault)) from fault
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    if isinstance(added, Spread):
        return HttpResponseRedirect(reverse("spread-detail", args=[added.pk]))
    tell_added(request, added)
    return HttpResponseRedirect(way_on(request, added.collection.get_absolute_url()))


@login_required
@require_POST
@answering
def collection_item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take articles out of a collection."""
    collection = get_object_or_404(visible(request.user), pk=pk)
    articles = read_ids(",".join(request.POST.getlist("articles")), "articles")
    tell(request, collections.take_out(collection, articles, by=person(request), door=Door.PAGE))
    return HttpResponseRedirect(way_on(request, collection.get_absolute_url()))


@login_required
@require_POST
@answering
def collection_item_note(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """Note something on an article in a collection."""
    collection = get_object_or_404(visible(request.user), pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise first_error(form, ["note"])
    try:
        operation = collections.annotate(
            collection, article, form.cleaned_data["note"], by=person(request), door=Door.PAGE
        )
    except CollectionRefusedError as fault:
        raise ParameterError("note", str(fault)) from fault
    if request.headers.get("HX-Request"):
        item = collection.items.get(article_id=article)
        context: dict[str, Any] = {"collection": collection, "item": item, "saved": operation}
        return render(request, "collection/_note.html", context)
    tell(request, operation)
    return HttpResponseRedirect(way_on(request, collection.get_absolute_url()))
