"""How two articles that are compared are linked, and whether one may say so."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from articles.history.operations import corpus_allows
from articles.models import Act, Article, Link


def links_between(
    request: HttpRequest, first: Article, second: Article, here: str
) -> dict[str, Any]:
    """Return the links of a pair that count, and where one may make another; empty if neither."""
    if first.pk == second.pk or first.corpus_id != second.corpus_id:
        return {}
    low, high = sorted((first.pk, second.pk))
    links = Link.objects.visible_to(request.user).held().filter(first=low, second=high)
    params = urlencode({"first": first.pk, "second": second.pk, "next": here})
    may_link = request.user.is_authenticated and corpus_allows(
        first.corpus, request.user, Act.LINK.role
    )
    return {
        "links": list(links.order_by("kind")),
        "link_new": f"{reverse('link-new')}?{params}" if may_link else "",
    }
