"""Atom feeds of articles: what any of them says of an article, and never its text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, override

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date

from articles.views.search.lists import Row

ENTRIES = 50
SUMMARY_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is of: ``link`` is a whole address, ``key`` its own for ever, ``since`` its age.

    ``has_readable`` are the corpora whose texts the reader may read.
    """

    title: str
    link: str
    about: str
    key: str
    since: datetime
    has_readable: frozenset[int]


class _Feed(Atom1Feed):
    """A feed whose newest moment is that of what came in last, and not of what was published."""

    newest: datetime

    @override
    def latest_post_date(self) -> datetime:
        return self.newest


def atom(request: HttpRequest, channel: Channel, rows: Sequence[Row]) -> HttpResponse:
    """Return a feed of rows, in their order; not sent again while it is the same."""
    body = _body(request, channel, rows)
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    modified = int(_newest(channel, rows).timestamp())
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    found = get_conditional_response(request, etag, modified, response) or response
    found.headers["ETag"] = etag
    found.headers["Last-Modified"] = http_date(modified)
    found.headers["Cache-Control"] = "private, max-age=60"
    return found


def _body(request: HttpRequest, channel: Channel, rows: Sequence[Row]) -> str:
    made = _Feed(
        title=_plain(channel.title),
        link=channel.link,
        description=_plain(channel.about),
        author_name="Newsroom",
        feed_guid=f"tag:{_site(request)},{channel.since:%Y-%m-%d}:{channel.key}",
    )
    made.newest = _newest(channel, rows)
    for row in rows:
        is_readable = row.article.corpus_id in channel.has_readable
        made.add_item(**_entry(request, row, is_readable=is_readable))
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


def _newest(channel: Channel, rows: Sequence[Row]) -> datetime:
    return max([channel.since, *(row.article.created_at for row in rows)]).astimezone(UTC)


def _site(request: HttpRequest) -> str:
    """Return the host's name, as ids hold it: without a port."""
    return request.get_host().rsplit(":", 1)[0].strip("[]")


def _plain(text: str) -> str:
    """Return text without what XML can't hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
