"""Outlets: the list of them, one with its articles over time, and names as one types."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Source
from articles.views.charts import coverage
from articles.views.names.named import SOURCES, list_page, may_edit, options
from articles.views.search.lists import address, query_of, rows
from articles.views.search.searching import Place

LATEST = 20


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Show outlets by name, with their numbers of articles."""
    return list_page(request, SOURCES)


@require_safe
def source_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an outlet: its names, its articles over time, the latest of them."""
    source = get_object_or_404(SOURCES.visible(request.user), pk=pk)
    if source.merged_into is not None:
        return HttpResponseRedirect(source.merged_into.get_absolute_url())
    articles = Article.objects.filter(source=source, standing=True)
    named = {"source": source.name, "corpus": source.corpus.slug}
    context = {
        "section": "sources",
        "source": source,
        "aliases": _other_names(source),
        "filter_name": "source",
        "chart": coverage(articles),
        "total": articles.count(),
        "latest": rows(list(articles.newest_first().select_related("source")[:LATEST])),
        "whole": address(**named),
        "asked": query_of(**named),
        "onward": Place(q=query_of(**named)).onward,
        "may_edit": may_edit(request.user, source.corpus),
    }
    return render(request, "source/detail.html", context)


def _other_names(source: Source) -> list[str]:
    """Return the names under which an outlet was printed, other than its own and its domains."""
    known = {source.name, *source.domains}
    return [alias.printed for alias in source.aliases.all() if alias.printed not in known]


@require_safe
def source_options(request: HttpRequest) -> HttpResponse:
    """Return names of outlets that begin with what is being typed, for a field's list."""
    return options(request, SOURCES)
