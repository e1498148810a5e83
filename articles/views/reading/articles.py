"""An article: beside the list, on its own page, in each of its versions."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.export.bibtex import bibtex
from articles.export.coins import iso_date
from articles.export.csl import csl_json
from articles.export.formatted import apa, chicago, mla
from articles.export.reference import reference
from articles.export.ris import ris
from articles.models import Article, Credit, Sighting, Version
from articles.views.editing.editing_read import marks, tools
from articles.views.editing.editing_versions import no_longer_standing
from articles.views.parameters import ParameterError, refused
from articles.views.reading.as_read import as_it_stood
from articles.views.reading.facts import facts
from articles.views.reading.reading import known, marks_of, place_in, reading
from articles.views.reading.withheld import check_readable, may_read, outline, without_provenance
from articles.views.related.link_panel import panel
from articles.views.search.neighbours import neighbours
from articles.views.tagging.tag_reading import tags_of

# More fields than this of what was received stay folded.
EXTRA_SHOWN = 12


@require_safe
def article_pane(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article in the list's reading pane."""
    try:
        place = place_in(request)
    except ParameterError as fault:
        return refused(request, fault)
    context = reading(request, pk, place)
    if "article" not in context:
        raise Http404
    return render(request, "article/pane.html", context)


@require_safe
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article as it stands now."""
    article = known(request).filter(pk=pk).first()
    if article is None or article.version is None:
        return no_longer_standing(request, pk)
    return _article_page(request, article, article.version)


@require_safe
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one version of an article."""
    article = get_object_or_404(known(request), pk=pk)
    check_readable(request, article)
    version = get_object_or_404(
        Version.objects.select_related("capture").prefetch_related(
            Prefetch("credits", Credit.objects.standing().select_related("person"))
        ),
        article=article,
        number=number,
    )
    if version.pk != article.version_id:
        article = as_it_stood(article, version)
    return _article_page(request, article, version)


def _article_page(request: HttpRequest, article: Article, version: Version) -> HttpResponse:
    reads = may_read(request, article)
    try:
        place = place_in(request)
        tags = tags_of(request.user, article, version, query=request.GET) if reads else None
    except ParameterError as fault:
        return refused(request, fault)
    offered = tools(request.user, article)
    # Who put something right is for the members of the corpus to know.
    marked = marks(article, version, named=offered["is_member"])
    told = facts(article, version, marked)
    beside = neighbours(article, place, request.user)
    found = marks_of(version, article.language, place) if reads else ()
    ref = reference(article, version.credits.all())
    sightings = Sighting.objects.filter(version__article=article).select_related(
        "capture", "version"
    )
    context = {
        "section": "articles",
        "version": version,
        "is_current": version.pk == article.version_id,
        **offered,
        **panel(request, article),
        "text": tags.text(found) if tags else outline(article),
        "tags": tags,
        "withheld": not reads,
        "hits": max((mark.hit for mark in found), default=0),
        "facts": told if reads else without_provenance(told),
        "extra": _extra(version) if reads else {},
        "dropped": (version.read.get("dropped") or []) if reads else [],
        "sightings": list(sightings[:50]) if reads else [],
        "beside": beside,
        "back": beside.back(article),
        "onward": beside.onward,
        "reference": ref,
        "issued": iso_date(ref.issued),
        "machine_forms": [
            ("BibTeX", "bib", bibtex(ref)),
            ("RIS", "ris", ris(ref).replace("\r\n", "\n")),
            ("CSL-JSON", "json", csl_json(ref)),
        ],
        "citations": [("Chicago", chicago(ref)), ("APA", apa(ref)), ("MLA", mla(ref))],
    }
    return render(request, "article/detail.html", context)


def _extra(version: Version) -> dict[str, str]:
    """Return the fields we have no name for, each as text."""
    extra = version.read.get("extra") or {}
    return {str(name): str(value) for name, value in extra.items()}
