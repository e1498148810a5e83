"""Collections: those one may see, one of them, a new one, its settings, and its end."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.keeping import collections
from articles.keeping.collections import CollectionRefusedError, NotYoursError, may_remove
from articles.keeping.items import items_of
from articles.models import Article, Collection, CollectionItem, Corpus, Door
from articles.models.corpora import Visitor
from articles.models.keyset import page
from articles.search.language.printing import printed
from articles.search.language.tree import Named
from articles.views.acts import tell
from articles.views.keeping.keeping import answering, known_only, person
from articles.views.keeping.keeping_forms import CollectionForm, NewCollectionForm
from articles.views.parameters import ParameterError, read_text
from articles.views.search.lists import Row, rows

ROWS = 100
ARTICLES = 50
ORDERS = {
    "": "last added first",
    "first": "first added first",
    "newest": "newest first",
    "oldest": "oldest first",
}
_KEYS: dict[str, tuple[str, ...]] = {
    "": ("-pk",),
    "first": ("pk",),
    "newest": ("-sort_at", "-pk"),
    "oldest": ("sort_at", "pk"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An article in a collection: as lists show it, and what was noted."""

    row: Row
    item: CollectionItem


def visible(user: Visitor) -> Any:
    """Return the collections that someone may see."""
    return Collection.objects.visible_to(user).select_related("corpus", "by")


def counts(found: list[Collection]) -> dict[int, int]:
    """Return how many articles collections hold."""
    held = CollectionItem.objects.filter(
        collection__in=[each.pk for each in found], article__standing=True
    )
    return dict(held.order_by().values_list("collection").annotate(Count("pk")))


@login_required
@require_safe
@answering
def collection_list(request: HttpRequest) -> HttpResponse:
    """Show one's collections and those that are shared, by name."""
    known_only(request, "q", "cursor")
    words, cursor = read_text(request, "q"), read_text(request, "cursor")
    found = visible(request.user)
    if words:
        found = found.filter(name__icontains=words)
    shown = page(found, ("name", "pk"), limit=ROWS, cursor=cursor or None)
    numbers = counts(shown.rows)
    context = {
        "section": "collections",
        "rows": [(each, numbers.get(each.pk, 0)) for each in shown.rows],
        "words": words,
        "previous": shown.previous,
        "next": shown.next,
        "is_member": Corpus.objects.with_members(request.user).exists(),
    }
    return render(request, "collection/list.html", context)


@login_required
@require_safe
@answering
def collection_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a collection: its articles, each with its note."""
    known_only(request, "sort", "cursor")
    collection = get_object_or_404(visible(request.user), pk=pk)
    sort, cursor = read_text(request, "sort"), read_text(request, "cursor")
    if sort not in ORDERS:
        raise ParameterError("sort", f"This must be one of {', '.join(filter(None, ORDERS))}.")
    total = items_of(collection).count()
    shown = _shown(collection, sort, cursor)
    context = {
        "section": "collections",
        "collection": collection,
        "total": total,
        "kept": shown.pop("kept"),
        **shown,
        "sort": sort,
        "orders": list(ORDERS.items()),
        "order": ORDERS[sort],
        "is_mine": collection.by_id == person(request).pk,
        "may_remove": may_remove(collection, person(request)),
        "query": query_of(collection, request.user),
        "recipe": collection.recipe,
    }
    return render(request, "collection/detail.html", context)


def _shown(collection: Collection, sort: str, cursor: str) -> dict[str, Any]:
    """Return a page of what a collection holds, in an order of its own or of the articles'."""
    key = _KEYS[sort]
    if len(key) == 1:
        items = page(items_of(collection), key, limit=ARTICLES, cursor=cursor or None)
        noted = {item.article_id: item for item in items.rows}
        known = Article.objects.select_related("source").in_bulk(noted)
        found = [known[pk] for pk in noted if pk in known]
        previous, onward = items.previous, items.next
    else:
        held = items_of(collection).values("article_id")
        there = Article.objects.filter(pk__in=held).select_related("source")
        articles = page(there, key, limit=ARTICLES, cursor=cursor or None)
        of_these = items_of(collection).filter(article__in=[each.pk for each in articles.rows])
        noted = {item.article_id: item for item in of_these}
        found = articles.rows
        previous, onward = articles.previous, articles.next
    kept = [Kept(row, noted[row.article.pk]) for row in rows(found) if row.article.pk in noted]
    return {"kept": kept, "previous": previous, "next": onward}


def query_of(collection: Collection, user: Visitor) -> str:
    """Return the query that finds what is in a collection, by its name if that says which."""
    name = collection.name
    namesakes = Collection.objects.visible_to(user).filter(name__iexact=name).count()
    is_plain = not set(name) & set('"“”„‟«»＂*') and not name.isdigit() and namesakes == 1
    return printed(Named("collection", name if is_plain else str(collection.pk)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def collection_new(request: HttpRequest) -> HttpResponse:
    """Make an empty collection."""
    known_only(request, "corpus")
    corpora = Corpus.objects.with_members(request.user)
    if not corpora.exists():
        raise PermissionDenied("Only members of a corpus can collect its articles.")
    form = NewCollectionForm(
        request.POST or None, corpora=corpora, initial={"corpus": read_text(request, "corpus")}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = collections.make(
                given["corpus"],
                name=given["name"],
                note=given["note"],
                shared=given["shared"],
                by=person(request),
                door=Door.PAGE,
            )
        except CollectionRefusedError as fault:
            form.add_error("name", str(fault))
        else:
            tell(request, made.operation)
            return HttpResponseRedirect(made.collection.get_absolute_url())
    context = {"section": "collections", "form": form, "corpora": list(corpora)}
    return render(request, "collection/new.html", context, status=_status(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def collection_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a collection, say what it is for, share it, copy it."""
    known_only(request)
    collection = get_object_or_404(visible(request.user), pk=pk)
    is_mine = collection.by_id == person(request).pk
    initial = {name: getattr(collection, name) for name in ("name", "note", "shared")}
    form = CollectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operation = collections.edit(
                collection,
                name=given["name"],
                note=given["note"],
                shared=given["shared"] if is_mine else None,
                by=person(request),
                door=Door.PAGE,
            )
        except CollectionRefusedError as fault:
            form.add_error("name", str(fault))
        else:
            tell(request, operation)
            return HttpResponseRedirect(collection.get_absolute_url())
    context = {
        "section": "collections",
        "form": form,
        "collection": collection,
        "is_mine": is_mine,
        "may_remove": may_remove(collection, person(request)),
    }
    return render(request, "collection/edit.html", context, status=_status(request))


@login_required
@require_POST
@answering
def collection_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a collection as one's own."""
    collection = get_object_or_404(visible(request.user), pk=pk)
    name = request.POST.get("name", "")
    if "\0" in name:
        raise ParameterError("name", "This holds a NUL character; remove it.")
    try:
        made = collections.copy(collection, name=name, by=person(request), door=Door.PAGE)
    except CollectionRefusedError as fault:
        raise ParameterError("name", str(fault)) from fault
    tell(request, made.operation)
    return HttpResponseRedirect(made.collection.get_absolute_url())


@login_required
@require_POST
def collection_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a collection, not its articles."""
    collection = get_object_or_404(visible(request.user), pk=pk)
    try:
        operation = collections.remove(collection, by=person(request), door=Door.PAGE)
    except NotYoursError as fault:
        raise PermissionDenied(str(fault)) from fault
    tell(request, operation)
    return HttpResponseRedirect(reverse("collection-list"))


def _status(request: HttpRequest) -> int:
    """Return 400 for a form that is shown again after it was sent: it was not right."""
    return HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
