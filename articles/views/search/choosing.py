"""Pages that act on the articles of an answer, which they then take from the database."""

from collections.abc import Callable
from functools import wraps
from itertools import chain, islice
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles.filters import FilterError
from articles.models.articles import ArticleQuerySet
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.search.asking import ask
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.tree import Everything, Node
from articles.views.parameters import ParameterError, refused
from articles.views.search import old_filters
from articles.views.search.searching import LABELS, Place, unanswered

_BATCH = 5_000

type View = Callable[..., HttpResponse]


def chosen(
    articles: ArticleQuerySet, tree: Node, user: Visitor, *, most: int | None = None
) -> ArticleQuerySet:
    """Return those of ``articles`` that a query finds, all without one; of its newest ``most``.

    Raises QueryError, IndexMissingError, TooSlowError.
    """
    if isinstance(tree, Everything):
        return articles
    ids = chain.from_iterable(ask(tree, user).ids(batch=_BATCH))
    return articles.filter(any_id("id", islice(ids, most)))


def asks(view: View) -> View:
    """Let a view ask: what can't be asked or answered gets its page, and old addresses their way.

    A query that can't be read and a parameter that there is none of answer 400, an index that is
    not there 503.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if old_filters.is_old(request.GET) and request.method in {"GET", "HEAD"}:
                query = old_filters.translated(request.GET, keep_place=True)
                return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
            return view(request, *args, **kwargs)
        except FilterError as fault:
            name, sentence = next(iter(fault.fields.items()))
            return refused(request, ParameterError(LABELS.get(name, name), sentence))
        except QueryError as fault:
            at = f"{fault.message} At character {fault.position + 1}."
            return refused(request, ParameterError(LABELS["q"], at))
        except (IndexMissingError, TooSlowError) as fault:
            return unanswered(request, fault, Place(q=request.GET.get("q", "")))

    return asking
