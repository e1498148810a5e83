"""Articles and their versions."""

from typing import ClassVar

from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles import filters
from articles.api import paging
from articles.api.endpoint import Endpoint, detail
from articles.api.presenters import articles as present
from articles.api.presenters.addresses import Addresses
from articles.models import Article, Version

_NEWEST = ("-sort_at", "-pk")
_HEAVY = ("text", "blocks", "read")


class ArticleList(Endpoint):
    """Articles."""

    parameters: ClassVar = {"GET": (*filters.FILTERS, *paging.PAGING)}

    def get(self, request: Request) -> Response:
        """List articles without their text, newest first, the undated last."""
        query, at = paging.read(request), Addresses(request)
        versions = Version.objects.defer(*_HEAVY).prefetch_related("credits")
        rows = query.apply(Article.objects.visible_to(request.user))
        rows = rows.select_related("corpus", "source")
        rows = rows.prefetch_related(Prefetch("version", queryset=versions))
        return paging.page(request, rows, _NEWEST, lambda row: present.listed(row, at), query=query)


class ArticleDetail(Endpoint):
    """An article."""

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an article whole: its effective fields, its text, and where it was read."""
        rows = Article.objects.visible_to(request.user).select_related("corpus", "source")
        row = get_object_or_404(rows, pk=pk)
        version = get_object_or_404(row.versions.prefetch_related("credits"), pk=row.version_id)
        shown = present.detailed(row, version, Addresses(request))
        return detail(request, shown, page=row.get_absolute_url())


class VersionList(Endpoint):
    """The versions of an article."""

    parameters: ClassVar = {"GET": paging.PAGING}

    def get(self, request: Request, pk: int) -> Response:
        """List the versions of an article without their text, the first one first."""
        query, at = paging.read(request), Addresses(request)
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        return paging.page(
            request,
            article.versions.defer(*_HEAVY),
            ("number",),
            lambda row: present.version_listed(row, at),
            query=query,
        )


class VersionDetail(Endpoint):
    """A version of an article."""

    def get(self, request: Request, pk: int, number: int) -> HttpResponseBase:
        """Return a version whole: its text, and its metadata as they were read."""
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        rows = article.versions.prefetch_related("credits")
        row = get_object_or_404(rows, number=number)
        shown = present.version_detailed(row, Addresses(request))
        return detail(request, shown, page=row.get_absolute_url())
