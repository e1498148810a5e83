"""Texts, borders, flags and many articles at once, put right by editors."""

from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request

from articles.api.answers import answer, once
from articles.api.articles import correcting, correcting_many, retexting
from articles.api.endpoint import Endpoint
from articles.api.operations import JSON, Operation
from articles.api.presenters.addresses import Addresses
from articles.models.access import Answer


class ArticleText(Endpoint):
    """The text of an article."""

    operations: ClassVar = {
        "PUT": Operation({200: "Article"}, body={JSON: retexting.TEXT_SCHEMA}),
    }

    def put(self, request: Request, pk: int) -> HttpResponseBase:
        """Put the text right: the whole of it, as blocks, or as headline and body.

        What is left out is not there. The corrected text is a version of its own, beside the
        outlet's, and stands until the outlet publishes another. Send the `ETag` of the article
        that you read as `If-Match`.
        """
        return correcting.sent(request, pk, retexting.correct_text(request, pk))


class ArticleSplit(Endpoint):
    """An article that is several."""

    operations: ClassVar = {
        "POST": Operation({201: "SplitArticle"}, body={JSON: retexting.SPLIT_SCHEMA}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Split an article: say where others begin (`at`), or what blocks each has (`parts`).

        The first part stays with the article; each other becomes an article of its own, with the
        same values until someone corrects them.
        """
        return once(request, lambda: _split(request, pk))


def _split(request: Request, pk: int) -> Answer:
    done, made = retexting.split(request, pk)
    shown = retexting.split_shown(done, made, Addresses(request))
    return answer(201, shown, {**done.headers, "Location": shown["made"][0]["url"]})


class ArticleJoin(Endpoint):
    """Articles that are one."""

    operations: ClassVar = {
        "POST": Operation({200: "Article"}, body={JSON: retexting.JOIN_SCHEMA}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Let the texts of other articles follow this one's; their addresses lead here then."""
        return once(request, lambda: correcting.answered(retexting.join(request, pk)))


class VersionStand(Endpoint):
    """The version that stands."""

    operations: ClassVar = {"POST": Operation({200: "Article"})}

    def post(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Let this version stand, until the outlet publishes another text."""
        return once(request, lambda: correcting.answered(retexting.let_stand(request, pk, number)))


class ArticleFlags(Endpoint):
    """The flags of an article."""

    operations: ClassVar = {
        "POST": Operation({200: "Article"}, body={JSON: retexting.FLAGS_SCHEMA}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say of flags that you looked and found no fault: they are shown no more."""
        return once(request, lambda: correcting.answered(retexting.look_at(request, pk)))


class ArticleCorrect(Endpoint):
    """One correction of many articles."""

    operations: ClassVar = {
        "POST": Operation({200: "CorrectedArticles"}, body={JSON: correcting_many.MANY_SCHEMA}),
    }

    def post(self, request: Request) -> HttpResponse:
        """Correct up to 20,000 articles as one operation, which one undo takes back.

        With `dry_run`, nothing is changed, and `preview` says what would be.
        """
        return once(request, lambda: correcting_many.correct_many(request))
