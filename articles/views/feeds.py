"""Atom feeds of saved searches: for programs, by an address that holds a secret; for oneself."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, override

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from articles.keeping import searches
from articles.models import Corpus, SavedSearch, attempts
from articles.search.engine.answers import Sort
from articles.views.keeping import answering, known_only
from articles.views.lists import Row
from articles.views.saved_searches import found_rows, mine, whole

ENTRIES = 50
SUMMARY_CHARACTERS = 500


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
    readable = set(
        Corpus.objects.readable_by(search.by)
        .filter(pk__in={row.article.corpus_id for row in rows})
        .values_list("pk", flat=True)
    )
    body = _atom(request, search, rows, readable)
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    modified = int(_newest(search, rows).timestamp())
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    found = get_conditional_response(request, etag, modified, response) or response
    found.headers["ETag"] = etag
    found.headers["Last-Modified"] = http_date(modified)
    found.headers["Cache-Control"] = "private, max-age=60"
    return found


class _Feed(Atom1Feed):
    """A feed whose newest moment is that of what came in last, and not of what was published."""

    newest: datetime

    @override
    def latest_post_date(self) -> datetime:
        return self.newest


def _atom(
    request: HttpRequest, search: SavedSearch, rows: Sequence[Row], readable: set[int]
) -> str:
    made = _Feed(
        title=_plain(search.name),
        link=request.build_absolute_uri(whole(search)),
        description=_plain(search.query or "All articles"),
        author_name="Newsroom",
        feed_guid=f"tag:{_site(request)},{search.created_at:%Y-%m-%d}:searches/{search.pk}",
    )
    made.newest = _newest(search, rows)
    for row in rows:
        made.add_item(**_entry(request, row, is_readable=row.article.corpus_id in readable))
    return str(made.writeString("utf-8"))


def _entry(request: HttpRequest, row: Row, *, is_readable: bool) -> dict[str, Any]:
    article = row.article
    added = article.created_at
    source = article.source.name if article.source else ""
    authors = ", ".join(part for part in (row.credited, source) if part)
    return {
        "title": _plain(article.headline or "Untitled"),
        "link": request.build_absolute_uri(reverse("article-detail", args=[article.pk])),
        # A summary is taken for HTML.
        "description": escape(_plain(_summary(row, is_readable=is_readable))),
        "author_name": _plain(authors) or None,
        "pubdate": article.published_at or added,
        "updateddate": added,
        "unique_id": f"tag:{_site(request)},{added:%Y-%m-%d}:articles/{article.pk}",
        "categories": [_plain(article.section)] if article.section else [],
    }


def _summary(row: Row, *, is_readable: bool) -> str:
    """Return one piece of an article, never its text: of a licensed one, what a list shows."""
    found = [piece.text for line in (row.found.lines if row.found else []) for piece in line]
    words = "".join(found) or row.article.snippet
    if is_readable and row.article.standfirst and not found:
        words = row.article.standfirst
    return words if len(words) <= SUMMARY_CHARACTERS else f"{words[:SUMMARY_CHARACTERS]}…"


def _newest(search: SavedSearch, rows: Sequence[Row]) -> datetime:
    return max([search.created_at, *(row.article.created_at for row in rows)]).astimezone(UTC)


def _site(request: HttpRequest) -> str:
    """Return the host's name, as ids hold it: without a port."""
    return request.get_host().rsplit(":", 1)[0].strip("[]")


def _plain(text: str) -> str:
    """Return text without what XML can't hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
