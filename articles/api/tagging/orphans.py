"""Orphans: tags whose words are gone from the text that stands, placed or given up."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.anchoring import orphans
from articles.api import checking, paging
from articles.api.answers import answer, once
from articles.api.articles.editing import checked, operation_headers
from articles.api.endpoint import Endpoint
from articles.api.operations import JSON, Operation, lists
from articles.api.presenters import tagging as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging import mention_bodies as bodies
from articles.api.tagging.mentioning import held, shown_as
from articles.api.tagging.tag_lists import Asked
from articles.api.tagging.tag_refusals import asking, refusals
from articles.models import Anchor, Article, Door, Mention, keyset
from articles.models.access import Answer
from articles.models.lookups import any_id

_PLACE = {name: bodies.NEW[name] for name in bodies.MOVED}
_PLACE_SCHEMA: Mapping[str, Any] = checking.fields(_PLACE, required=bodies.MOVED).schema


class OrphanList(Endpoint):
    """Orphans."""

    operations: ClassVar = {"GET": lists("Orphan", "corpus", "article.id", "kind.tag")}

    def get(self, request: Request) -> Response:
        """List tags that are nowhere in the text that stands, and where they may be in it.

        Places are code points of the text that stands, the likeliest first, at most five.
        """
        asked = Asked(request)
        corpus, kind = asked.corpus(), asked.words("kind")
        article = asked.one_of("article", Article.objects.visible_to(request.user))
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        rows = orphans.orphans(request.user, corpus)
        if article is not None:
            rows = rows.filter(mention__article=article)
        if kind:
            rows = rows.filter(mention__kind=kind)
        page = keyset.page(rows, ("pk",), limit=limit, cursor=cursor)
        shown = _shown(request, page.rows)
        return paging.sliced(request, shown, page.next, page.previous)


def _shown(request: Request, anchors: list[Anchor]) -> list[dict[str, Any]]:
    ids = [anchor.mention_id for anchor in anchors]
    rows = present.mentions_shown(request.user).filter(any_id("id", ids))
    mentions: dict[int, Mention] = {row.pk: row for row in rows}
    at, member_of = Addresses(request), present.known_people(request.user)
    return [
        {
            "mention": present.mention(mentions[anchor.mention_id], at, member_of),
            "place_url": at.of("orphan-place", anchor.mention_id),
            "drop_url": at.of("orphan-drop", anchor.mention_id),
            "places": [
                {
                    "start": place.start,
                    "end": place.end,
                    "quote": place.quote,
                    "before": place.before,
                    "after": place.after,
                    "score": place.score,
                }
                for place in orphans.places_of(anchor)
            ],
        }
        for anchor in anchors
        if anchor.mention_id in mentions
    ]


class OrphanPlace(Endpoint):
    """Where an orphan is."""

    operations: ClassVar = {"POST": Operation({200: "Mention"}, body={JSON: _PLACE_SCHEMA})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say where an orphan, by the id of its mention, is in the text that stands.

        In other versions it is where it was. With `If-Match`, only as you read the mention.
        """
        values = checked(request.data, _PLACE, required=bodies.MOVED)

        def work() -> Answer:
            with transaction.atomic():
                row = held(request, pk)
                with refusals():
                    operation = orphans.place(row, **values, by=asking(request), door=Door.API)
            headers = operation_headers(operation, Addresses(request))
            return answer(200, shown_as(request, pk), headers)

        return once(request, work)


class OrphanDrop(Endpoint):
    """That an orphan is nowhere."""

    operations: ClassVar = {"POST": Operation({200: "Mention"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Give an orphan up in the text that stands and in those to come; it can be undone."""

        def work() -> Answer:
            with transaction.atomic():
                row = held(request, pk)
                with refusals():
                    operation = orphans.drop(row, by=asking(request), door=Door.API)
            headers = operation_headers(operation, Addresses(request))
            return answer(200, shown_as(request, pk), headers)

        return once(request, work)
