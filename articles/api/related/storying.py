"""Stories named, merged, parted, and articles put where they belong, as a request asks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api.answers import answer, once
from articles.api.articles.editing import answered, checked, operation_headers
from articles.api.endpoint import etag_of
from articles.api.presenters import stories as present
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.tagging import reference
from articles.api.problems import Problem
from articles.api.related import story_bodies as bodies
from articles.api.tagging.entity_changing import check_annotatable
from articles.api.tagging.tag_refusals import asking, check_unchanged
from articles.curation.fields import StaleError
from articles.models import Article, Coverage, Door, Operation, Story
from articles.models.access import Answer
from articles.models.lookups import any_id
from articles.related.stories import story_acts

# What the domain calls the fields that we call otherwise.
_OUR_NAMES = {"others": "stories"}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what can't be done with stories into Problems."""
    try:
        yield
    except StaleError as fault:
        raise Problem(412, str(fault)) from None
    except story_acts.StoryError as fault:
        field = _OUR_NAMES.get(fault.field, fault.field)
        told = f"{field}: {fault.message}" if field else fault.message
        raise Problem(409, told, errors={field: fault.message} if field else None) from None


def shown_as(request: Request, pk: int) -> dict[str, Any]:
    """Return a story as it is now; raise Http404."""
    row = get_object_or_404(present.stories_shown(request.user), pk=pk)
    return present.stories([row], Addresses(request))[0]


def to_change(request: Request, pk: int) -> Story:
    """Return a story that the client may change; raise Problem 403 or Http404."""
    row: Story = get_object_or_404(present.stories_shown(request.user), pk=pk)
    check_annotatable(request, row.corpus)
    return row


def change(request: Request, pk: int) -> HttpResponseBase:
    """Call a story otherwise, or note something of it; raise Problem."""
    row = to_change(request, pk)
    values = checked(request.data, bodies.CHANGES)
    if not values:
        raise Problem(400, "Say what is to be changed.")
    by, operation = asking(request), None
    with _held(request, pk), refusals():
        if "name" in values:
            operation = story_acts.rename(row, values["name"], by=by, door=Door.API)
        if "note" in values:
            noted = story_acts.write_note(row, values["note"], by=by, door=Door.API)
            operation = noted or operation
    return answered(request, shown_as(request, pk), operation, page=row.get_absolute_url())


@contextmanager
def _held(request: Request, pk: int) -> Iterator[None]:
    """Hold a story until the transaction ends, if it is as the client saw it; raise Problem."""
    with transaction.atomic():
        list(Story.objects.select_for_update().filter(pk=pk).values_list("pk"))
        check_unchanged(request, shown_as(request, pk))
        yield


def _act(
    request: Request, pk: int, do: Callable[[], tuple[int, Operation | None]], *, status: int = 200
) -> HttpResponse:
    """Do something with a story once, and answer with the one that came of it."""

    def work() -> Answer:
        with _held(request, pk), refusals():
            made, operation = do()
        return _answer(request, made, operation, status=status)

    return once(request, work)


def _answer(request: Request, pk: int, operation: Operation | None, *, status: int) -> Answer:
    shown = shown_as(request, pk)
    headers = {"ETag": etag_of(shown)} | operation_headers(operation, Addresses(request))
    if status == 201:
        headers["Location"] = shown["url"]
    return answer(status, shown, headers)


def make(request: Request) -> Answer:
    """Make a story of articles; raise Problem."""
    values = checked(request.data, bodies.NEW, required=("articles",))
    _check_articles(request, values["articles"])
    with refusals():
        made = story_acts.split(
            None, values["articles"], by=asking(request), door=Door.API,
            name=values.get("name", ""),
        )  # fmt: skip
    return _answer(request, made.pk, story_acts.made_in(made), status=201)


def merge(request: Request, pk: int) -> HttpResponse:
    """Make other stories one with this one; raise Problem."""
    row = to_change(request, pk)
    ids = checked(request.data, bodies.MERGED, required=("stories",))["stories"]
    others = _stories(request, ids, row)

    def do() -> tuple[int, Operation | None]:
        return row.pk, story_acts.merge(row, others, by=asking(request), door=Door.API)

    return _act(request, pk, do)


def _stories(request: Request, ids: Sequence[int], row: Story) -> list[Story]:
    rows = present.stories_shown(request.user).filter(any_id("id", set(ids)), corpus=row.corpus)
    known = list(rows.order_by("pk"))
    gone = sorted(set(ids) - {each.pk for each in known})
    if gone:
        message = f"There is no story {gone[0]} in this corpus that you may see."
        raise Problem(404, f"stories: {message}", errors={"stories": message})
    return known


def split(request: Request, pk: int) -> HttpResponse:
    """Make a new story of some articles of one; raise Problem."""
    row = to_change(request, pk)
    values = checked(request.data, bodies.NEW, required=("articles",))
    _check_articles(request, values["articles"])

    def do() -> tuple[int, Operation | None]:
        made = story_acts.split(
            row, values["articles"], by=asking(request), door=Door.API,
            name=values.get("name", ""),
        )  # fmt: skip
        return made.pk, story_acts.made_in(made)

    return _act(request, pk, do, status=201)


def move(request: Request) -> Answer:
    """Put articles into a story, or keep them out of any; raise Problem."""
    values = checked(request.data, bodies.MOVED, required=("articles", "to"))
    _check_articles(request, values["articles"])
    target: Story | None = None
    if values["to"] is not None:
        target = present.stories_shown(request.user).filter(pk=values["to"]).first()
        if target is None:
            message = f"There is no story {values['to']} that you may see."
            raise Problem(404, f"to: {message}", errors={"to": message})
    with refusals():
        operation = story_acts.move(values["articles"], target, by=asking(request), door=Door.API)
    return _moved(request, values["articles"], operation)


def let_go(request: Request) -> Answer:
    """Let the machine place articles again; raise Problem."""
    ids = checked(request.data, bodies.LET_GO, required=("articles",))["articles"]
    _check_articles(request, ids)
    with refusals():
        operation = story_acts.let_go(ids, by=asking(request), door=Door.API)
    return _moved(request, ids, operation)


def _check_articles(request: Request, ids: Sequence[int]) -> None:
    """Raise Problem unless the client may know of articles, and say where they belong."""
    rows = Article.objects.visible_to(request.user).filter(any_id("id", set(ids)))
    known = {row.pk: row for row in rows.select_related("corpus").order_by()}
    gone = sorted(set(ids) - known.keys())
    if gone:
        message = f"There is no article {gone[0]} that you may see."
        raise Problem(404, f"articles: {message}", errors={"articles": message})
    for corpus in {row.corpus_id: row.corpus for row in known.values()}.values():
        check_annotatable(request, corpus)


def _moved(request: Request, ids: Sequence[int], operation: Operation | None) -> Answer:
    at = Addresses(request)
    rows = Coverage.objects.filter(any_id("article_id", set(ids))).select_related("story")
    known = {row.article_id: row for row in rows}
    results = []
    for pk in dict.fromkeys(ids):
        row = known.get(pk)
        story = row.story if row else None
        stands = (story.merged_into_id or story.pk) if story else None
        results.append(
            {
                "article": reference("article-detail", pk, at),
                "story": reference("story-detail", stands, at),
                "pinned": row.pinned if row else False,
            }
        )
    return answer(200, {"results": results}, operation_headers(operation, at))
