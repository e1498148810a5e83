"""The list of articles, an article, its versions and what changed between them."""

from collections.abc import Mapping

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.export.bibtex import bibtex
from articles.export.coins import iso_date
from articles.export.csl import csl_json
from articles.export.formatted import apa, chicago, mla
from articles.export.reference import reference
from articles.export.ris import ris
from articles.models import Article, Corpus, Credit, Sighting, Version
from articles.parsed import Flag
from articles.reading.agency_table import AGENCIES
from articles.views.as_read import as_it_stood
from articles.views.editing_read import marks, tools
from articles.views.editing_versions import no_longer_standing
from articles.views.facts import facts
from articles.views.languages import language_choices
from articles.views.lists import (
    FLAG_WORDS,
    LABELS,
    ArticleList,
    address,
    as_given,
    neighbours,
    read_list,
)
from articles.views.parameters import ParameterError, read_text, refused
from articles.views.typesetting import typeset
from articles.views.withheld import check_readable, may_read, outline, without_provenance

# More fields than this of what was received stay folded.
EXTRA_SHOWN = 12


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Show a page of the list, and beside it the article that the address names."""
    found = read_list(request.GET, request.user)
    chosen = request.GET.get("article", "")
    errors = dict(found.errors)
    if chosen and not _is_id(chosen):
        errors["article"] = "This must be an article’s number."
    context = {
        "section": "articles",
        "list": found if not errors else ArticleList(errors=errors, given=as_given(request.GET)),
        "errors": {LABELS.get(name, name): sentence for name, sentence in errors.items()},
        "form": _form(request, found),
        "mended": _mended(request, errors),
        "is_empty": not errors and not found.rows and not found.pills and not found.place,
    }
    asked = [pill.name for pill in found.pills]
    if asked == ["corpus"] and not found.rows and "cursor" not in request.GET:
        context |= _empty_corpus(request, found.given["corpus"])
    if chosen and not errors:
        context["chosen"] = int(chosen)
        context |= _reading(request, int(chosen), found.place)
    return render(request, "article/list.html", context, status=400 if errors else 200)


def _empty_corpus(request: HttpRequest, slug: str) -> dict[str, object]:
    """Return what the list says of a corpus that has no articles."""
    corpora = Corpus.objects.visible_to(request.user).filter(slug=slug)
    may_import = corpora.editable_by(request.user).exists()
    return {"empty_corpus": corpora.first(), "may_import": may_import}


def _mended(request: HttpRequest, errors: Mapping[str, str]) -> str:
    """Return the list's address without the parameters at fault."""
    return address({k: v for k, v in as_given(request.GET).items() if k not in errors})


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _form(request: HttpRequest, found: ArticleList) -> dict[str, object]:
    """Return what the form of filters offers beside what was given."""
    return {
        "corpora": list(Corpus.objects.visible_to(request.user)),
        "languages": language_choices(found.given.get("language", "")),
        "agencies": [agency.name for agency in AGENCIES],
        "flags": [(flag.value, word) for flag, word in FLAG_WORDS.items() if flag != Flag.UNDATED],
    }


def _reading(request: HttpRequest, pk: int, place: str) -> dict[str, object]:
    """Return what the reading pane shows of an article; nothing if it is not there."""
    article = _known(request).filter(pk=pk).first()
    if article is None or article.version is None:
        return {}
    reads = may_read(request, article)
    return {
        "article": article,
        "version": article.version,
        "text": typeset(article.version) if reads else outline(article),
        "withheld": not reads,
        "onward": ArticleList(place=place).onward,
    }


def _known(request: HttpRequest) -> QuerySet[Article]:
    """Return the articles that the reader may see, with all that a page shows of one."""
    visible: QuerySet[Article] = Article.objects.visible_to(request.user).with_credits()
    return visible.select_related("corpus", "source", "version__capture")


@require_safe
def article_pane(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article in the list's reading pane."""
    try:
        place = read_text(request, "in")
    except ParameterError as fault:
        return refused(request, fault)
    context = _reading(request, pk, place)
    if not context:
        raise Http404
    return render(request, "article/pane.html", context)


@require_safe
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article as it stands now."""
    article = _known(request).filter(pk=pk).first()
    if article is None or article.version is None:
        return no_longer_standing(request, pk)
    return _article_page(request, article, article.version)


@require_safe
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one version of an article."""
    article = get_object_or_404(_known(request), pk=pk)
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
    try:
        place = read_text(request, "in")
    except ParameterError as fault:
        return refused(request, fault)
    reads = may_read(request, article)
    offered = tools(request.user, article)
    # Who put something right is for the members of the corpus to know.
    marked = marks(article, version, named=offered["is_member"])
    known = facts(article, version, marked)
    beside = neighbours(article, place, request.user)
    ref = reference(article, version.credits.all())
    sightings = Sighting.objects.filter(version__article=article).select_related(
        "capture", "version"
    )
    context = {
        "section": "articles",
        "article": article,
        "version": version,
        "is_current": version.pk == article.version_id,
        **offered,
        "text": typeset(version) if reads else outline(article),
        "withheld": not reads,
        "facts": known if reads else without_provenance(known),
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
