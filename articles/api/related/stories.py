"""Stories: articles on one event, as the machine gathers them and as people put it right."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once
from articles.api.checking import DAY, BadValueError
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import stories as present
from articles.api.presenters.addresses import Addresses
from articles.api.related import story_bodies as bodies
from articles.api.related import storying
from articles.api.search.finding import with_dates
from articles.api.tagging.tag_lists import Asked
from articles.models import Article, Coverage, keyset
from articles.related.stories import story_reading
from articles.related.stories.story_names import within

if TYPE_CHECKING:
    from articles.models.articles import ArticleQuerySet


class StoryList(Endpoint):
    """Stories."""

    operations: ClassVar = {
        "GET": lists(
            "Story", "corpus", "article.id", "q.story", "from.story", "to.story", "order.story"
        ),
        "POST": Operation({201: "Story"}, body={JSON: bodies.NEW_SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List stories, the newest first; with `article`, the one that it is in.

        With `q`, `from`, `to` or `order=latest` by their latest article, those without any left
        out; with `order=largest` and without `q` the 100 with the most articles. Those that were
        merged into others are not listed: their own addresses say into which.
        """
        asked = Asked(request)
        corpus = asked.corpus()
        article = asked.one_of("article", Article.objects.visible_to(request.user))
        words, since, until = asked.words("q"), _day(asked, "from"), _day(asked, "to")
        order = asked.choice("order", ["newest", "latest", "largest"])
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        among = None if article is None else _story_of(article)
        if not (words or since or until) and order in {"", "newest"}:
            rows = present.stories_shown(request.user).standing()
            if corpus is not None:
                rows = rows.filter(corpus=corpus)
            if among is not None:
                rows = rows.filter(pk__in=among)
            page = keyset.page(rows, ("-pk",), limit=limit, cursor=cursor)
            shown = present.stories(page.rows, Addresses(request))
            return paging.sliced(request, shown, page.next, page.previous, is_whole=True)
        narrowed: Any = {"corpus": corpus, "since": since, "until": until, "among": among}
        if order == "largest" and not words:
            most = min(limit, story_reading.LARGEST)
            found = story_reading.largest(request.user, **narrowed, limit=most)
        else:
            found = story_reading.listed(
                request.user, **narrowed, words=words, limit=limit, cursor=cursor
            )
        shown = present.stories([row.story for row in found.rows], Addresses(request))
        return paging.sliced(request, shown, found.next, found.previous, is_whole=found.is_whole)

    def post(self, request: Request) -> HttpResponse:
        """Make a story of articles, wherever they are now; there they stay."""
        return once(request, lambda: storying.make(request))


def _story_of(article: Article) -> list[int]:
    """Return the id of the story that an article is in, if it is in one."""
    place = Coverage.objects.filter(article=article, story__isnull=False)
    story = place.select_related("story").first()
    return [story.story.merged_into_id or story.story.pk] if story and story.story else []


def _day(asked: Asked, name: str) -> date | None:
    """Return a day, None if it is not given; what is wrong with it is told by ``asked``."""
    text = asked.words(name)
    if not text:
        return None
    try:
        day: date = DAY.read(text)
    except BadValueError as fault:
        asked.params.errors[name] = str(fault)
        return None
    return day


class StoryDetail(Endpoint):
    """A story."""

    operations: ClassVar = {
        "GET": reads("Story"),
        "PATCH": Operation({200: "Story"}, body={JSON: bodies.CHANGES_SCHEMA}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a story; one that was merged says into which."""
        row = get_object_or_404(present.stories_shown(request.user), pk=pk)
        [shown] = present.stories([row], Addresses(request))
        return detail(request, shown, page=row.get_absolute_url())

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Change its name or note. Send the `ETag` that you read as `If-Match`: 412 if it changed.

        `Newsroom-Operation` names what can be undone.
        """
        return storying.change(request, pk)


class StoryArticles(Endpoint):
    """The articles of a story."""

    operations: ClassVar = {"GET": lists("StoryArticle")}

    def get(self, request: Request, pk: int) -> Response:
        """List the articles of a story, the earliest first; undated ones as they came.

        Those with the same `editions` ran the same text, edited or not.
        """
        asked = Asked(request)
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        row = get_object_or_404(present.stories_shown(request.user), pk=pk)
        there: ArticleQuerySet = Article.objects.filter(pk__in=within([row.pk]).values("pk"))
        rows = with_dates(there.for_lists().select_related("coverage"))
        page = keyset.page(rows, ("sort_at", "pk"), limit=limit, cursor=cursor)
        at = Addresses(request)
        shown = [present.article_of_story(each, at) for each in page.rows]
        return paging.sliced(request, shown, page.next, page.previous)


class StoryMerge(Endpoint):
    """The merge of stories into one."""

    operations: ClassVar = {"POST": Operation({200: "Story"}, body={JSON: bodies.MERGED_SCHEMA})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Merge other stories of the corpus into this one; no article is touched."""
        return storying.merge(request, pk)


class StorySplit(Endpoint):
    """The parting of what is not one story."""

    operations: ClassVar = {"POST": Operation({201: "Story"}, body={JSON: bodies.NEW_SCHEMA})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Make a new story of some of its articles, and answer with that one. There they stay.

        409 where nothing would be left, or an article is not in it.
        """
        return storying.split(request, pk)


class StoryMove(Endpoint):
    """Where articles belong."""

    operations: ClassVar = {
        "POST": Operation({200: "MovedArticles"}, body={JSON: bodies.MOVED_SCHEMA})
    }

    def post(self, request: Request) -> HttpResponse:
        """Put articles into a story, or with `to` null keep them out of any, for good."""
        return once(request, lambda: storying.move(request))


class StoryLetGo(Endpoint):
    """Where articles belong is the machine's to find again."""

    operations: ClassVar = {
        "POST": Operation({200: "MovedArticles"}, body={JSON: bodies.LET_GO_SCHEMA})
    }

    def post(self, request: Request) -> HttpResponse:
        """Take back what people said of where articles belong: the machine places them again."""
        return once(request, lambda: storying.let_go(request))
