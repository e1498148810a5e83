"""Outlets: the list of them, one with its articles over time, and names as one types."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Source, SourceAlias
from articles.models.folding import fold
from articles.models.keyset import CursorError, page
from articles.views.charts import coverage
from articles.views.lists import address, rows
from articles.views.parameters import ParameterError, read_text, refused

ROWS = 100
LATEST = 20
OPTIONS = 20


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Show outlets by name, with their numbers of articles."""
    try:
        words, cursor = read_text(request, "q"), read_text(request, "cursor")
        found = Source.objects.visible_to(request.user).standing().select_related("corpus")
        if words:
            named = SourceAlias.objects.filter(folded__startswith=fold(words))
            found = found.filter(pk__in=named.values("source_id"))
        shown = page(found, ("name", "pk"), limit=ROWS, cursor=cursor or None)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    counted = Article.objects.filter(source__in=[source.pk for source in shown.rows])
    counts = dict(counted.order_by().values_list("source").annotate(Count("pk")))
    context = {
        "section": "sources",
        "rows": [(source, counts.get(source.pk, 0)) for source in shown.rows],
        "page": shown,
        "words": words,
        "several_corpora": len({source.corpus_id for source in shown.rows}) > 1,
    }
    return render(request, "source/list.html", context)


@require_safe
def source_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an outlet: its names, its articles over time, the latest of them."""
    visible = Source.objects.visible_to(request.user).select_related("corpus")
    source = get_object_or_404(visible, pk=pk)
    articles = Article.objects.filter(source=source)
    context = {
        "section": "sources",
        "source": source,
        "aliases": _other_names(source),
        "filter_name": "source",
        "chart": coverage(articles),
        "total": articles.count(),
        "latest": rows(list(articles.newest_first().select_related("source")[:LATEST])),
        "whole": address({"source": str(source.pk)}),
        "onward": f"?in=source%3D{source.pk}",
    }
    return render(request, "source/detail.html", context)


def _other_names(source: Source) -> list[str]:
    """Return the names under which an outlet was printed, other than its own and its domains."""
    known = {source.name, *source.domains}
    return [alias.printed for alias in source.aliases.all() if alias.printed not in known]


@require_safe
def source_options(request: HttpRequest) -> HttpResponse:
    """Return names of outlets that begin with what is being typed, for a field's list."""
    try:
        words = fold(read_text(request, "source"))
    except ParameterError as fault:
        return refused(request, fault)
    visible = Source.objects.visible_to(request.user)
    if words:
        named = SourceAlias.objects.filter(folded__startswith=words)
        visible = visible.filter(pk__in=named.values("source_id"))
    names = visible.order_by("name").values_list("name", flat=True)[:OPTIONS]
    return render(request, "components/options.html", {"names": dict.fromkeys(names)})
