"""An article as a reference, to download."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.export.bibtex import bibtex
from articles.export.csl import csl_json
from articles.export.reference import reference
from articles.export.ris import ris
from articles.models import Article, Credit

FORMS = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "json": (csl_json, "application/vnd.citationstyles.csl+json"),
}


@require_safe
def cite(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Return an article's reference as BibTeX, RIS or CSL-JSON."""
    if ending not in FORMS:
        raise Http404
    visible = Article.objects.visible_to(request.user).select_related("source")
    article = get_object_or_404(visible, pk=pk)
    write, media_type = FORMS[ending]
    credited = Credit.objects.standing().filter(version=article.version_id)
    ref = reference(article, credited.order_by("position"))
    headers = {"Content-Disposition": f'attachment; filename="{ref.identifier}.{ending}"'}
    return HttpResponse(
        write(ref).encode(), content_type=f"{media_type}; charset=utf-8", headers=headers
    )
