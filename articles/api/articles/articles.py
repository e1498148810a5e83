"""Articles and their versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once
from articles.api.articles import correcting, writing
from articles.api.articles.narrowing import FILTERS, narrowed
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.parsing import ArticlesParser
from articles.api.presenters import articles as present
from articles.api.presenters.addresses import Addresses
from articles.api.reading import joined_into, may_read, whole_article
from articles.api.schemas.types import ref
from articles.api.search import asked, finding
from articles.api.search.asked import Parameters
from articles.models import Article, keyset
from articles.models.articles import TEXT_FIELDS
from articles.search.asking import ask
from articles.search.engine.answers import Sort

_NEWEST = ("-sort_at", "-pk")


class ArticleList(Endpoint):
    """Articles."""

    operations: ClassVar = {
        "GET": lists("ListedArticle", "q", *FILTERS, "sort"),
        "POST": Operation({200: "Article", 201: "Article"}, body={JSON: ref("NewArticle")}),
    }

    def get(self, request: Request) -> Response:
        """List articles without their text, newest first, the undated last.

        `q` is a query; the other filters say the same under names of their own. All articles, or
        all of a corpus, newest first, come from the database: what was stored a moment ago is
        among them, and `index` is null. What else is asked is answered by the search index;
        `index` says whether it is behind.
        """
        given = asked.read(request, _read)
        wanted = narrowed(given.filters, request.user, query=given.q)
        at = Addresses(request)
        if wanted.is_plain and given.sort in {None, Sort.NEWEST}:
            rows = Article.objects.visible_to(request.user).for_lists()
            if wanted.corpus is not None:
                rows = rows.filter(corpus=wanted.corpus)
            page = keyset.page(
                finding.with_dates(rows), _NEWEST, limit=given.limit, cursor=given.cursor
            )
            shown = [present.listed(row, at) for row in page.rows]
            return paging.sliced(request, shown, page.next, page.previous, index=None)
        found = ask(wanted.whole, request.user).page(
            sort=given.sort or Sort.NEWEST, limit=given.limit, cursor=given.cursor
        )
        shown = finding.listed(found.ids, at)
        state = finding.index_state(request.user)
        return paging.sliced(request, shown, found.next, found.previous, index=state)

    def post(self, request: Request) -> HttpResponse:
        """Store one article; the same again changes nothing.

        201 if it is new or has a new text, 200 if it was known.
        """
        return once(request, lambda: writing.store_one(request))


@dataclass(frozen=True, slots=True)
class _Given:
    """The parameters of the list."""

    q: str
    filters: Mapping[str, str]
    sort: Sort | None
    limit: int
    cursor: str


def _read(params: Parameters) -> _Given:
    return _Given(
        q=params.query(),
        filters={name: params.one(name) for name in FILTERS if params.all(name)},
        sort=params.sort(),
        limit=params.limit(),
        cursor=params.one("cursor"),
    )


class ArticleBulk(Endpoint):
    """Many articles at once."""

    parser_classes = (ArticlesParser,)
    operations: ClassVar = {
        "POST": Operation({200: "BulkResults", 207: "BulkResults"}, body={JSON: writing.BULK}),
    }

    def post(self, request: Request) -> HttpResponse:
        """Store up to 1,000 articles and say of each what became of it.

        Those without errors are stored together, or none of them is. Again changes nothing, so
        that a request whose answer was lost can be sent again. 200 if none failed, else 207.
        """
        return once(request, lambda: writing.store_many(request))


class ArticleDetail(Endpoint):
    """An article."""

    operations: ClassVar = {
        "GET": Operation({200: "Article", 304: None, 307: None}),
        "PATCH": Operation({200: "Article"}, body={JSON: correcting.SCHEMA}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an article whole: its effective fields, its text, and where it was read.

        The address of an article that was joined to another leads there (307).

        Of a licensed corpus, only its members get the text: to others `text_available` is false,
        and what holds the text or parts of it is null.
        """
        at = Addresses(request)
        if (joined := joined_into(pk, request.user)) is not None:
            return HttpResponse(status=307, headers={"Location": at.of("article-detail", joined)})
        shown = whole_article(Article.objects.visible_to(request.user), pk, at)
        return detail(request, shown, page=reverse("article-detail", args=[pk]))

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Correct fields of an article; null says that there is none.

        A correction is laid over what was read, whatever is read later; `as_read` names fields
        that are to say again what was read. Send the `ETag` that you read as `If-Match`: 412
        tells that someone was faster, with the `current` state. `Newsroom-Operation` in the answer
        names the operation, to undo it; it is missing if all said so already.
        """
        return correcting.correct_fields(request, pk)


class VersionList(Endpoint):
    """The versions of an article."""

    operations: ClassVar = {"GET": lists("ListedVersion")}

    def get(self, request: Request, pk: int) -> Response:
        """List the versions of an article without their text, the first one first."""
        query, at = paging.read(request), Addresses(request)
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        reads = may_read(article, request.user)
        return paging.page(
            request,
            article.versions.defer(*TEXT_FIELDS),
            ("number",),
            lambda row: present.version_listed(row, at, reads=reads),
            query=query,
        )


class VersionDetail(Endpoint):
    """A version of an article."""

    operations: ClassVar = {"GET": reads("Version")}

    def get(self, request: Request, pk: int, number: int) -> HttpResponseBase:
        """Return a version whole: its text, and its metadata as they were read."""
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        rows = article.versions.prefetch_related("credits")
        row = get_object_or_404(rows, number=number)
        reads = may_read(article, request.user)
        shown = present.version_detailed(row, Addresses(request), reads=reads)
        return detail(request, shown, page=row.get_absolute_url())
