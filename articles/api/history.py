"""History: what was done and what it changed, the lives of articles, and undo."""

from typing import TYPE_CHECKING, ClassVar, cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles import operation_filters
from articles.api import paging
from articles.api.answers import answer, once
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import Operation as Method
from articles.api.operations import lists, reads
from articles.api.presenters import history as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.history import lives
from articles.history.events import rows_of
from articles.history.permission import standing_of, standings
from articles.history.telling import tell
from articles.history.undo import UndoRefusedError, undo
from articles.models import Article, Corpus, Door, Operation, keyset
from articles.models.access import Answer

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from articles.models.operations import OperationQuerySet

CHANGES_SHOWN = 100


class HistoryEndpoint(Endpoint):
    """What concerns operations. Only for members of their corpora."""

    permission_classes = (IsAuthenticated,)


def _visible(request: Request) -> "OperationQuerySet":
    found: OperationQuerySet = Operation.objects.visible_to(request.user)
    return found.select_related("corpus", "by", "undoes")


class OperationList(HistoryEndpoint):
    """Operations: what people did, each of which can be undone."""

    operations: ClassVar = {"GET": lists("ListedOperation", *operation_filters.FILTERS)}

    def get(self, request: Request) -> Response:
        """List what was done in the corpora of which you are a member, the newest first.

        What admins do to a corpus and its members is shown to its admins.
        """
        query, at = operation_filters.read(request.query_params, request.user), Addresses(request)
        rows = query.apply(_visible(request))
        found = keyset.page(rows, ("-pk",), limit=query.limit, cursor=query.cursor)
        shown = standings(found.rows, request.user)
        return paging.sliced(
            request,
            [present.operation_listed(row, at) for row in shown],
            found.next,
            found.previous,
        )


class OperationDetail(HistoryEndpoint):
    """An operation."""

    operations: ClassVar = {"GET": reads("Operation")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an operation and what it changed: the first 100 objects, all at `changes_url`."""
        row = get_object_or_404(_visible(request), pk=pk)
        changes = tell(rows_of(row, limit=CHANGES_SHOWN).rows)
        shown = present.operation_detailed(
            standing_of(row, request.user), changes, Addresses(request)
        )
        return detail(request, shown, page=row.get_absolute_url())


class OperationChanges(HistoryEndpoint):
    """What an operation changed."""

    operations: ClassVar = {"GET": lists("OperationChange")}

    def get(self, request: Request, pk: int) -> Response:
        """List the objects that an operation changed, with each field before and after."""
        query, at = paging.read(request), Addresses(request)
        row = get_object_or_404(_visible(request), pk=pk)
        found = rows_of(row, limit=query.limit, cursor=query.cursor)
        shown = [present.change_of_object(change, at) for change in tell(found.rows)]
        return paging.sliced(request, shown, found.next, found.previous)


class OperationUndo(HistoryEndpoint):
    """The way back."""

    operations: ClassVar = {"POST": Method({201: "Operation"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Undo an operation, and answer with the operation that did so; undo that to redo.

        409 if it was undone already, or if later work touched the same: `later` names that, and
        nothing is changed.
        """
        row = get_object_or_404(_visible(request), pk=pk)
        standing = standing_of(row, request.user)
        if standing.why_not:
            raise Problem(403, standing.why_not)
        return once(request, lambda: _undo(request, row))


def _undo(request: Request, row: Operation) -> Answer:
    at = Addresses(request)
    try:
        undoing = undo(row, by=cast("User", request.user), door=Door.API)
    except UndoRefusedError as fault:
        later = [present.operation_reference(each, at) for each in fault.later]
        raise Problem(409, fault.reason, later=later) from None
    changes = tell(rows_of(undoing, limit=CHANGES_SHOWN).rows)
    shown = present.operation_detailed(standing_of(undoing, request.user), changes, at)
    return answer(201, shown, {"Location": shown["url"]})


class ArticleHistory(Endpoint):
    """The life of an article."""

    operations: ClassVar = {"GET": lists("HistoryEntry")}

    def get(self, request: Request, pk: int) -> Response:
        """List what became of an article, the latest first; of one that was joined to another too.

        Who did it is told to members of its corpus.
        """
        query, at = paging.read(request), Addresses(request)
        rows: QuerySet[Article] = lives.known_articles(request.user)
        article = get_object_or_404(rows, pk=pk)
        corpora = Corpus.objects.readable_by(request.user)
        may_read = corpora.filter(pk=article.corpus_id).exists()
        found = lives.life_of_article(article, request.user, limit=query.limit, cursor=query.cursor)
        shown = [present.entry_of_life(entry, at, reads=may_read) for entry in found.rows]
        return paging.sliced(request, shown, found.next, found.previous)
