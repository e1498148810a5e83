"""Mentions: words of articles that are tagged, and what is suggested to be."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.parsing import MentionsParser
from articles.api.presenters import tagging as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging import mention_bodies as bodies
from articles.api.tagging import mentioning, mentioning_many, tag_lists
from articles.api.tagging.tag_lists import Asked
from articles.models import Article, MentionOrigin, MentionStatus, keyset

_WITHIN = (
    "entity.id", "kind.tag", "status.mention", "task.layer", "by.tag", "origin.mention",
    "key.mention",
)  # fmt: skip


class MentionList(Endpoint):
    """Mentions."""

    operations: ClassVar = {
        "GET": lists("Mention", "corpus", "article.id", *_WITHIN),
        "POST": Operation({201: "Mention", 200: "Mention"}, body={JSON: bodies.NEW_SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List what is tagged and suggested, as far as you may see it, in the order it was made.

        Blind is blind: of an article that you have in open blind work you see your own alone.
        """
        return _listed(request, present.mentions_shown(request.user))

    def post(self, request: Request) -> HttpResponse:
        """Tag words of an article: in the corpus's layer, or in your own one of a `task`.

        A `quote` that does not stand there is refused. What is tagged just so already is answered
        with 200; so is the same `key`, however often it is sent.
        """
        return once(request, lambda: mentioning.make(request))


class ArticleMentions(Endpoint):
    """What is tagged in an article."""

    operations: ClassVar = {"GET": lists("Mention", *_WITHIN)}

    def get(self, request: Request, pk: int) -> Response:
        """List what is tagged and suggested in an article, as far as you may see it."""
        article = get_object_or_404(Article.objects.readable_by(request.user), pk=pk)
        return _listed(request, present.mentions_shown(request.user).filter(article=article))


class MentionBulk(Endpoint):
    """Many mentions at once."""

    parser_classes = (MentionsParser,)
    operations: ClassVar = {
        "POST": Operation(
            {200: "MentionResults", 207: "MentionResults"}, body={JSON: bodies.BULK_SCHEMA}
        )
    }

    def post(self, request: Request) -> HttpResponse:
        """Tag words of many articles at once: one operation a corpus, an answer for each.

        207 if some could not be made; the others are.
        """
        return once(request, lambda: mentioning_many.make_many(request))


class MentionDecide(Endpoint):
    """Suggestions that are accepted or rejected."""

    operations: ClassVar = {
        "POST": Operation(
            {200: "DecisionResults", 207: "DecisionResults"}, body={JSON: bodies.DECISIONS_SCHEMA}
        )
    }

    def post(self, request: Request) -> HttpResponse:
        """Accept some mentions and reject others, with an answer for each.

        A rejected one stays, so that it is not suggested again.
        """
        return once(request, lambda: mentioning_many.decide_many(request))


class MentionDetail(Endpoint):
    """A mention."""

    operations: ClassVar = {
        "GET": reads("Mention"),
        "PATCH": Operation({200: "Mention"}, body={JSON: bodies.CHANGES_SCHEMA}),
        "DELETE": Operation({204: None}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a mention; where it is, is told of the current version, in a task of its own."""
        row = get_object_or_404(present.mentions_shown(request.user), pk=pk)
        shown = present.mention(row, Addresses(request), present.known_people(request.user))
        return detail(request, shown, page=row.get_absolute_url())

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Change what it says, or its `status`, or where it is (`start`, `end`, `quote`).

        Send the `ETag` that you read as `If-Match`: 412 tells that someone was faster, with the
        `current` state. `Newsroom-Operation` names what can be undone.
        """
        return mentioning.change(request, pk)

    def delete(self, request: Request, pk: int) -> HttpResponse:
        """Remove a mention. With `If-Match`, only as you read it."""
        return mentioning.remove(request, pk)


class MentionRelate(Endpoint):
    """What a mention leads to."""

    operations: ClassVar = {
        "POST": Operation({200: "Mention"}, body={JSON: bodies.RELATION_SCHEMA}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Lead from a mention to another of its article, such as from a quotation to who spoke."""
        return once(request, lambda: mentioning.relate(request, pk, related=True))


class MentionUnrelate(Endpoint):
    """What a mention led to."""

    operations: ClassVar = MentionRelate.operations

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Lead from a mention to another no more."""
        return once(request, lambda: mentioning.relate(request, pk, related=False))


def _listed(request: Request, rows: Any) -> Response:
    asked = Asked(request)
    rows = tag_lists.of_entity(asked, tag_lists.tagged(asked, rows))
    rows = tag_lists.plain(
        rows,
        {
            "kind": asked.words,
            "status": lambda name: asked.choice(name, list(MentionStatus)),
            "origin": lambda name: asked.choice(name, list(MentionOrigin)),
            "key": asked.key,
        },
    )
    limit, cursor = asked.limit(), asked.cursor()
    asked.done()
    page = keyset.page(rows, ("pk",), limit=limit, cursor=cursor)
    at, member_of = Addresses(request), present.known_people(request.user)
    shown = [present.mention(row, at, member_of) for row in page.rows]
    return paging.sliced(request, shown, page.next, page.previous)
