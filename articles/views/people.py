"""Authors: the list of them, one with their articles over time, and names as one types."""

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Credit, Person
from articles.models.folding import fold
from articles.models.keyset import CursorError, page
from articles.views.charts import coverage
from articles.views.lists import address, rows
from articles.views.parameters import ParameterError, read_text, refused

ROWS = 100
LATEST = 20
OPTIONS = 20


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Show authors by name, with their numbers of articles."""
    try:
        words, cursor = read_text(request, "q"), read_text(request, "cursor")
        found = Person.objects.visible_to(request.user).standing().select_related("corpus")
        if words:
            found = found.filter(folded__contains=fold(words))
        shown = page(found, ("name", "pk"), limit=ROWS, cursor=cursor or None)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    counts = _counts([person.pk for person in shown.rows])
    context = {
        "section": "people",
        "rows": [(person, counts.get(person.pk, 0)) for person in shown.rows],
        "page": shown,
        "words": words,
        "several_corpora": len({person.corpus_id for person in shown.rows}) > 1,
    }
    return render(request, "person/list.html", context)


def _counts(people: list[int]) -> dict[int, int]:
    """Return the numbers of articles that credit people, by any of their names."""
    named = Q(person__in=people) | Q(person__same_as__in=people)
    credited = Credit.objects.standing().filter(named, version__pk=F("version__article__version"))
    counted = credited.filter(version__article__standing=True).order_by()
    who = Coalesce("person__same_as", "person")
    rows_ = counted.values_list(who).annotate(Count("version__article", distinct=True))
    return dict(rows_)


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an author: their articles over time, the latest of them, and for whom."""
    visible = Person.objects.visible_to(request.user).select_related("corpus")
    person = get_object_or_404(visible, pk=pk)
    articles = Article.objects.credited_to(person)
    outlets = articles.filter(source__isnull=False).order_by()
    printed = Credit.objects.filter(person=person).exclude(name=person.name)
    context = {
        "section": "people",
        "person": person,
        "aliases": list(printed.order_by("name").values_list("name", flat=True).distinct()[:20]),
        "outlets": list(
            outlets.values("source", "source__name")
            .annotate(count=Count("pk"))
            .order_by("-count", "source__name")[:12]
        ),
        "filter_name": "author",
        "chart": coverage(articles),
        "total": articles.count(),
        "latest": rows(list(articles.newest_first().select_related("source")[:LATEST])),
        "whole": address({"author": str(person.pk)}),
        "onward": f"?in=author%3D{person.pk}",
    }
    return render(request, "person/detail.html", context)


@require_safe
def person_options(request: HttpRequest) -> HttpResponse:
    """Return names of authors that hold what is being typed, for a field's list."""
    try:
        words = fold(read_text(request, "author"))
    except ParameterError as fault:
        return refused(request, fault)
    visible = Person.objects.visible_to(request.user)
    if words:
        visible = visible.filter(folded__contains=words)
    names = visible.order_by("name").values_list("name", flat=True)[:OPTIONS]
    return render(request, "components/options.html", {"names": dict.fromkeys(names)})
