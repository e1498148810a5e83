"""Atom feeds of saved searches: for programs, by an address that holds a secret; for oneself."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from articles.keeping import searches
from articles.models import Corpus, SavedSearch, attempts
from articles.search.engine.answers import Sort
from articles.views.atom import ENTRIES, Channel, atom
from articles.views.keeping.keeping import answering, known_only
from articles.views.keeping.saved_searches import found_rows, mine, whole


@sensitive_variables("secret")
@require_safe
@answering
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a feed to whoever holds its address. Guesses are counted."""
    response = _by_secret(request, secret)
    # The address is the key: it must not stand in any referrer, nor in any index.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@sensitive_variables("secret")
def _by_secret(request: HttpRequest, secret: str) -> HttpResponse:
    if wait := attempts.retry_after(request):
        response = HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(wait)
        return response
    search = searches.of_feed(secret)
    if search is None:
        attempts.failed(request)
        return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
    return _answer(request, search)


@login_required
@require_safe
@answering
def saved_search_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the feed of one's own search, logged in."""
    known_only(request)
    return _answer(request, get_object_or_404(mine(request), pk=pk))


def _answer(request: HttpRequest, search: SavedSearch) -> HttpResponse:
    if search.by is None or not search.by.is_active:
        raise Http404
    question = searches.question(search, search.by)
    ids = list(question.page(sort=Sort.ADDED, limit=ENTRIES).ids)
    rows = found_rows(question, ids)
    readable = frozenset(
        Corpus.objects.readable_by(search.by)
        .filter(pk__in={row.article.corpus_id for row in rows})
        .values_list("pk", flat=True)
    )
    channel = Channel(
        title=search.name,
        link=request.build_absolute_uri(whole(search)),
        about=search.query or "All articles",
        key=f"searches/{search.pk}",
        since=search.created_at,
        has_readable=readable,
    )
    return atom(request, channel, rows)
