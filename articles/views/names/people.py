"""Authors: the list of them, one with their articles over time, and names as one types."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Credit, Person
from articles.views.charts import coverage
from articles.views.names.named import AUTHORS, list_page, may_edit, options
from articles.views.search.lists import address, query_of, rows
from articles.views.search.searching import Place

LATEST = 20
OUTLETS = 12
NAMES = 20


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Show authors by name, with their numbers of articles."""
    return list_page(request, AUTHORS)


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an author: their articles over time, the latest of them, and for whom."""
    person = get_object_or_404(AUTHORS.visible(request.user), pk=pk)
    if person.same_as is not None:
        return HttpResponseRedirect(person.same_as.get_absolute_url())
    articles = Article.objects.credited_to(person).filter(standing=True)
    named = {"author": person.name, "corpus": person.corpus.slug}
    context = {
        "section": "people",
        "person": person,
        "aliases": _other_names(person),
        "outlets": outlets_of(person),
        "filter_name": "author",
        "chart": coverage(articles),
        "total": articles.count(),
        "latest": rows(list(articles.newest_first().select_related("source")[:LATEST])),
        "whole": address(**named),
        "onward": Place(q=query_of(**named)).onward,
        "may_edit": may_edit(request.user, person.corpus),
    }
    return render(request, "person/detail.html", context)


def outlets_of(person: Person) -> list[Any]:
    """Return the outlets that printed an author most often, with their numbers of articles."""
    printed = Article.objects.credited_to(person).filter(source__isnull=False, standing=True)
    counted = printed.order_by().values("source", "source__name").annotate(count=Count("pk"))
    return list(counted.order_by("-count", "source__name")[:OUTLETS])


def _other_names(person: Person) -> list[str]:
    """Return the names under which an author is known or was printed, other than their own."""
    theirs = Credit.objects.filter(person__in=Person.objects.names_of([person.pk]))
    printed = theirs.order_by("name").values_list("name", flat=True)
    names = [
        *person.other_names.values_list("name", flat=True)[:NAMES],
        *printed.distinct()[:NAMES],
    ]
    return sorted(set(names) - {person.name})


@require_safe
def person_options(request: HttpRequest) -> HttpResponse:
    """Return names of authors that hold what is being typed, for a field's list."""
    return options(request, AUTHORS)
