"""How two articles that are compared are linked, who may say so, and what else is linked."""

from collections.abc import Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse

from articles.history.operations import corpus_allows
from articles.models import Act, Article, Link
from articles.models.links import OF_TEXT
from articles.models.lookups import any_id
from articles.views.search.compare_asking import Place

# Editions that a third is chosen from, and links that are looked at for them.
_OFFERED, _LINKS = 20, 500


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


def further_editions(
    request: HttpRequest, pair: Sequence[Article], place: Place
) -> list[tuple[Article, str]]:
    """Return what a pair can be compared with too, earliest first, and where that is shown.

    Those are articles that share text with one of the two, by links that count; of many, those that
    are most surely linked.
    """
    pks = {article.pk for article in pair}
    if len(pks) < len(pair):
        return []
    links = Link.objects.readable_by(request.user).held().of(pks).filter(kind__in=OF_TEXT)
    ranked = links.order_by(F("score").desc(nulls_last=True), "pk").values_list("first", "second")
    found = dict.fromkeys(pk for ends in ranked[:_LINKS] for pk in ends if pk not in pks)
    if not found:
        return []
    articles = (
        Article.objects.visible_to(request.user)
        .filter(any_id("id", list(islice(found, _OFFERED))), version__isnull=False)
        .select_related("source")
        .order_by(F("published_date").asc(nulls_last=True), "pk")
    )
    return [
        (
            article,
            place.but(
                articles=(*place.articles, article.pk),
                versions=(*place.versions, None),
                start=0,
                view="",
            ).address,
        )
        for article in articles
    ]
