"""Links: how two articles are related, as the machine suggests it and as people say."""

from datetime import UTC, date, datetime, time
from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once
from articles.api.checking import DAY, MOMENT, BadValueError
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import links as present
from articles.api.presenters.addresses import Addresses
from articles.api.related import link_bodies as bodies
from articles.api.related import linking
from articles.api.tagging.tag_lists import Asked
from articles.models import Article, Link, LinkKind
from articles.related.links.link_filter import STATUSES, LinkFilter, may_be_asked_for
from articles.related.links.link_order import LinkOrder, listed

MAX_ARTICLES = 500
FILTERS = (
    "corpus", "article.id", "articles", "kind.link", "status.link", "score_min", "by.link",
    "since.link",
)  # fmt: skip


class LinkList(Endpoint):
    """Links of articles."""

    operations: ClassVar = {
        "GET": lists("Link", *FILTERS, "order.link"),
        "POST": Operation({201: "Link", 200: "Link"}, body={JSON: bodies.NEW_SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List what the machine suggests and what people say, the newest first unless told.

        One row a pair and kind; what was withdrawn is left out. By score the surest come first,
        and before them what people made, which has none; by days those least apart.
        """
        asked = Asked(request)
        wanted = narrowed(asked)
        order = asked.choice("order", list(LinkOrder)) or LinkOrder.NEWEST
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        rows = wanted.of(present.links_shown(request.user), request.user)
        page = listed(rows, LinkOrder(order), limit=limit, cursor=cursor)
        at, rights = Addresses(request), present.Rights(request.user)
        shown = [present.link(row, at, rights) for row in page.rows]
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Link two articles of a corpus, confirmed by you.

        200 with the link of this kind, if the two have one already: it is confirmed by you too.
        """
        return once(request, lambda: linking.make(request))


def narrowed(asked: Asked) -> LinkFilter:
    """Return what of links the parameters ask for; what is wrong with them is told by ``asked``."""
    corpus = asked.corpus()
    article = asked.one_of("article", Article.objects.visible_to(asked.request.user))
    return LinkFilter(
        corpus=corpus.pk if corpus is not None else None,
        article=article.pk if article is not None else None,
        among=_ids(asked, "articles"),
        kind=asked.choice("kind", list(LinkKind)),
        status=asked.choice("status", list(STATUSES)),
        score_min=_share(asked, "score_min"),
        since=_moment(asked, "since"),
        judged_by=_judge(asked),
    )


def _judge(asked: Asked) -> str:
    name = asked.words("by")
    if name and not may_be_asked_for(name, asked.request.user):
        asked.missing["by"] = f"There is nobody called {name} whose judgements you may see."
    return name


def _ids(asked: Asked, name: str) -> list[int] | None:
    text = asked.params.one(name)
    if not text:
        return None
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > MAX_ARTICLES:
        asked.params.errors[name] = f"This must have at most {MAX_ARTICLES:,} ids."
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 15 for part in parts):
        asked.params.errors[name] = "This must be ids, parted by commas."
        return None
    return [int(part) for part in parts]


def _share(asked: Asked, name: str) -> float | None:
    text = asked.words(name)
    if not text:
        return None
    try:
        share = float(text) if text.isascii() else -1.0
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        asked.params.errors[name] = "This must be a number from 0 to 1."
        return None
    return share


def _moment(asked: Asked, name: str) -> datetime | None:
    text = asked.words(name)
    if not text:
        return None
    try:
        if len(text) == 10:
            day: date = DAY.read(text)
            return datetime.combine(day, time.min, tzinfo=UTC)
        moment: datetime = MOMENT.read(text)
    except BadValueError:
        asked.params.errors[name] = (
            "This must be a day such as 2019-01-09, or an instant with its time zone."
        )
        return None
    return moment


class LinkDetail(Endpoint):
    """A link."""

    operations: ClassVar = {"GET": reads("Link")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a link; its texts may not be yours to read."""
        row = get_object_or_404(present.links_shown(request.user), pk=pk)
        shown = present.link(row, Addresses(request), present.Rights(request.user))
        return detail(request, shown, page=row.get_absolute_url())


class LinkEvidence(Endpoint):
    """What speaks for a link."""

    operations: ClassVar = {"GET": reads("LinkEvidence")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return what speaks for a link: the passages that both texts have, names, days apart.

        Where you may read the texts. Places are code points of the versions that are named.
        """
        rows = Link.objects.readable_by(request.user)
        row = get_object_or_404(rows.select_related("first_version", "second_version"), pk=pk)
        return detail(request, present.evidence(row, Addresses(request)))


class LinkJudge(Endpoint):
    """What you say of a link."""

    operations: ClassVar = {
        "POST": Operation({200: "Link"}, body={JSON: bodies.JUDGEMENT_SCHEMA}),
        "DELETE": Operation({200: "Link"}),
    }

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that a link is so or not, from which side, and why; said again it changes nothing.

        `direction` and `note` that are left out stay as you said them. With `If-Match`, only as
        you read it. `Newsroom-Operation` names what can be undone.
        """
        return linking.judge(request, pk)

    def delete(self, request: Request, pk: int) -> HttpResponse:
        """Take back what you said. What nobody says any more, neither machine, is withdrawn."""
        return linking.withdraw(request, pk)


class LinkChangeKind(Endpoint):
    """That two articles are related in another way."""

    operations: ClassVar = {"POST": Operation({200: "Link"}, body={JSON: bodies.KIND_SCHEMA})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Reject this link and confirm one of another kind, which is the answer; one operation."""
        return linking.change_kind(request, pk)


class LinkJudgeMany(Endpoint):
    """Many links at once."""

    operations: ClassVar = {
        "POST": Operation(
            {200: "JudgeResults", 207: "JudgeResults"}, body={JSON: bodies.JUDGED_SCHEMA}
        )
    }

    def post(self, request: Request) -> HttpResponse:
        """Confirm some links and reject others, with an answer for each.

        207 if some could not be judged; the others are.
        """
        return once(request, lambda: linking.judge_many(request))
