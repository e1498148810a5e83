"""Two texts side by side, as data: what was kept, cut, added, moved and respelled, by offset."""

from typing import Any, ClassVar

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.request import Request

from articles.api.endpoint import Endpoint, detail
from articles.api.operations import Operation
from articles.api.presenters import links as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging.tag_lists import Asked
from articles.models import Article, Version
from articles.related.comparing.compared import Text, as_data
from articles.related.comparing.comparison import compare
from articles.related.comparing.left_out import LeftOut, left_out


class ArticleCompare(Endpoint):
    """Two articles side by side."""

    operations: ClassVar = {
        "GET": Operation({200: "ComparedTexts", 304: None}, ("first_version", "second_version"))
    }

    def get(self, request: Request, pk: int, other: int) -> HttpResponseBase:
        """Return what became of each word from one text to another, where you may read both.

        Offsets are code points of each side's text. The two may be versions of one article.
        """
        asked = Asked(request)
        numbers = asked.id("first_version"), asked.id("second_version")
        asked.done()
        articles = [_article(request, each) for each in (pk, other)]
        versions = [
            _version(article, number) for article, number in zip(articles, numbers, strict=True)
        ]
        first, second = (_text(version) for version in versions)
        found = compare(first, second)
        ours, theirs = (
            _credited(article, version) for article, version in zip(articles, versions, strict=True)
        )
        languages = (articles[0].language, articles[1].language)
        missing = left_out(first, second, found, languages, credited=(ours, theirs))
        at = Addresses(request)
        sides = {
            name: {
                **present.side(article, version, at),
                "blocks": _blocks(version),
                "left_out": _left_out(lacks),
            }
            for name, article, version, lacks in zip(
                present.SIDES, articles, versions, missing, strict=True
            )
        }
        page = reverse("edition-compare", args=[pk, other])
        if request.query_params:
            page += f"?{request.query_params.urlencode()}"
        whole = request.build_absolute_uri(page)
        return detail(request, {"page": whole, **sides, **as_data(found)}, page=page)


def _left_out(lacks: LeftOut) -> dict[str, Any]:
    return {
        "names": list(lacks.names),
        "quotations": [
            {"start": each.start, "end": each.end, "quote": each.text} for each in lacks.quotations
        ],
    }


def _article(request: Request, pk: int) -> Article:
    rows = Article.objects.readable_by(request.user).select_related("source", "version")
    article: Article = get_object_or_404(rows, pk=pk)
    return article


def _version(article: Article, number: int | None) -> Version:
    if number is not None:
        return get_object_or_404(Version.objects.filter(article=article), number=number)
    if article.version is None:
        raise Http404
    return article.version


def _credited(article: Article, version: Version) -> list[str]:
    """Return the byline of a text, and the names of all who are credited."""
    stands = version.pk == article.version_id
    byline = article.byline if stands else version.read.get("byline")
    return [byline or "", *(each.name for each in version.credits.standing())]


def _text(version: Version) -> Text:
    return Text(version.text, version.spans)


def _blocks(version: Version) -> list[dict[str, Any]]:
    return [{"kind": kind, "start": start, "end": end} for kind, start, end in version.blocks]
