"""What people do with collections: read from a request, and done as one operation each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.annotate.spreading.collecting import start_collecting
from articles.api.answers import answer
from articles.api.articles.editing import answered, checked, invalid, operation_headers
from articles.api.endpoint import etag_of, matches
from articles.api.keeping.collect_jobs import COLLECT_JOBS
from articles.api.keeping.collection_bodies import CHANGES, CHOSEN, NEW, NOTED
from articles.api.presenters import keeping as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.ingest import storing
from articles.keeping import collections, samples
from articles.keeping.collections import (
    MOST_AT_ONCE,
    Added,
    CollectionNameTakenError,
    CollectionRefusedError,
    NotYoursError,
)
from articles.keeping.items import items_of
from articles.models import Collection, CollectionItem, Corpus, Door, Operation
from articles.models.access import Answer
from articles.models.collections import CollectionQuerySet
from articles.models.lookups import any_id
from articles.search.asking import Question, ask

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def visible(request: Request) -> CollectionQuerySet:
    """Return the collections that the client sees."""
    found: CollectionQuerySet = Collection.objects.visible_to(request.user)
    return found.select_related("corpus", "by")


def shown(row: Collection, at: Addresses) -> dict[str, Any]:
    """Return a collection as it is now."""
    return present.collection(row, items_of(row).count(), at)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with articles: by their ids, or an answer or sample that was read for it.

    ``elsewhere`` is how many of the answer are of other corpora.
    """

    values: Mapping[str, Any]
    articles: Sequence[int] = ()
    elsewhere: int = 0
    drawn: samples.Drawing | None = None
    # An answer of so many that the worker reads it.
    left: int | None = None


def wished(request: Request) -> Wish:
    """Return what kind of collection is to be made; raise Problem, QueryError, TooSlowError."""
    values = checked(request.data, NEW, required=("corpus", "name"))
    ways = [name for name in ("articles", "q", "sample") if name in values]
    if len(ways) > 1:
        raise invalid(dict.fromkeys(ways, "Send one of articles, q and sample."))
    corpus = _corpus(request, values["corpus"])
    if "q" in values:
        question = ask(values["q"], _asking(request))
        found_in = collections.found_in(question, corpus.pk)
        if collections.is_long(found_in):
            return Wish(values, left=found_in)
        return Wish(values, _answer_ids(question.within([corpus.pk])))
    if "sample" in values:
        return Wish(values, drawn=_drawn(request, corpus, values["sample"]))
    return Wish(values, values.get("articles", ()))


def _drawn(request: Request, corpus: Corpus, given: Mapping[str, Any]) -> samples.Drawing:
    with refusals():
        return samples.drawing(
            ask(given["q"], _asking(request)),
            corpus,
            size=given["size"],
            seed=given.get("seed") or samples.new_seed(),
            by=samples.By(given["by"]) if "by" in given else None,
            share=samples.Share(given.get("share", samples.Share.PROPORTIONAL)),
        )


def make(request: Request, wish: Wish) -> Answer:
    """Make a collection; raise Problem."""
    values, corpus = wish.values, _corpus(request, wish.values["corpus"])
    plain: dict[str, Any] = {
        name: values[name] for name in ("name", "note", "shared") if name in values
    }
    with refusals():
        added = _made(request, corpus, plain, wish)
        if wish.left is not None:
            return _queued(request, wish, wish.left, added.collection, added.operation)
    row, at = get_object_or_404(visible(request), pk=added.collection.pk), Addresses(request)
    told = shown(row, at)
    return answer(201, told, {"Location": told["url"], **operation_headers(added.operation, at)})


def _made(request: Request, corpus: Corpus, plain: Mapping[str, Any], wish: Wish) -> Added:
    by = _asking(request)
    if wish.drawn is not None:
        return samples.keep(wish.drawn, corpus, by_whom=by, door=Door.API, **plain)
    return collections.make(corpus, by=by, door=Door.API, articles=wish.articles, **plain)


def _queued(
    request: Request,
    wish: Wish,
    found: int,
    row: Collection,
    making: Operation | None = None,
) -> Answer:
    """Leave an answer of so many articles to the worker, for a collection that ``making`` made."""
    by, query = _asking(request), wish.values["q"]
    start = partial(start_collecting, by=by, door=Door.API, making=making)
    return COLLECT_JOBS.queued(request, lambda: start(row, query, found))


def edit(request: Request, pk: int) -> HttpResponseBase:
    """Change a collection and answer with it; raise Problem."""
    values = checked(request.data, CHANGES)
    if not values:
        raise Problem(400, "Say what is to be changed.")
    operation = _if_unchanged(
        request, pk, lambda row: collections.edit(row, by=_asking(request), door=Door.API, **values)
    )
    row = get_object_or_404(visible(request), pk=pk)
    told = shown(row, Addresses(request))
    return answered(request, told, operation, page=row.get_absolute_url())


def remove(request: Request, pk: int) -> HttpResponse:
    """Remove a collection; raise Problem."""
    operation = _if_unchanged(
        request, pk, lambda row: collections.remove(row, by=_asking(request), door=Door.API)
    )
    return HttpResponse(status=204, headers=operation_headers(operation, Addresses(request)))


def _if_unchanged(
    request: Request, pk: int, do: Callable[[Collection], Operation | None]
) -> Operation | None:
    """Do something to a collection if it is as the client saw it; raise Problem, Http404."""
    with transaction.atomic(), refusals():
        # First the corpus, then its rows, as in every act: else two could wait for each other.
        storing.lock(get_object_or_404(visible(request), pk=pk).corpus)
        # Its row is held, so that of two who saw the same only one gets through.
        held = visible(request).select_for_update(of=("self",))
        row: Collection = get_object_or_404(held, pk=pk)
        _check_unchanged(request, shown(row, Addresses(request)))
        return do(row)


def to_add(request: Request, pk: int) -> Wish:
    """Return what is to be added to a collection; raise Problem, QueryError, TooSlowError."""
    row = get_object_or_404(visible(request), pk=pk)
    values = _chosen(request)
    if "q" not in values:
        return Wish(values, values["articles"])
    question = ask(values["q"], _asking(request))
    found_in = collections.found_in(question, row.corpus_id)
    if collections.is_long(found_in):
        return Wish(values, left=found_in)
    with refusals():
        found = collections.read_answer(question, row.corpus_id)
    return Wish(values, found.articles, found.elsewhere)


def add(request: Request, pk: int, wish: Wish) -> Answer:
    """Add articles to a collection; raise Problem."""
    row, by = get_object_or_404(visible(request), pk=pk), _asking(request)
    ids = wish.articles
    with refusals():
        if wish.left is not None:
            return _queued(request, wish, wish.left, row)
        if "q" in wish.values:
            added = collections.add(row, ids, by=by, door=Door.API)
            added = replace(added, elsewhere=added.elsewhere + wish.elsewhere)
            return _collected(request, added.operation, added)
        before = _inside(row, ids)
        added = collections.add(row, ids, by=by, door=Door.API)
    after = _inside(row, ids)
    outcomes = [
        "unchanged" if pk in before else "added" if pk in after else "not_there" for pk in ids
    ]
    return _collected(request, added.operation, added, _results(ids, outcomes))


def to_take_out(request: Request, pk: int) -> Wish:
    """Return what is to be taken out of a collection; raise Problem, QueryError, TooSlowError."""
    row = get_object_or_404(visible(request), pk=pk)
    values = _chosen(request)
    if "q" not in values:
        return Wish(values, values["articles"])
    inside = ask(values["q"], _asking(request)).within([row.corpus_id])
    return Wish(values, _answer_ids(inside))


def take_out(request: Request, pk: int, wish: Wish) -> Answer:
    """Take articles out of a collection; raise Problem."""
    row, by = get_object_or_404(visible(request), pk=pk), _asking(request)
    ids, values = wish.articles, wish.values
    with refusals():
        before = _inside(row, ids)
        operation = collections.take_out(row, ids, by=by, door=Door.API)
    there = set(before)
    added = Added(row, len(there), len(set(ids)) - len(there), 0, operation)
    outcomes = ["removed" if pk in there else "not_there" for pk in ids]
    results = _results(ids, outcomes) if "articles" in values else None
    return _collected(request, operation, added, results)


def note(request: Request, item: CollectionItem) -> HttpResponseBase:
    """Note something on an article in a collection; raise Problem."""
    values = checked(request.data, NOTED, required=("note",))
    at = Addresses(request)
    with transaction.atomic(), refusals():
        storing.lock(item.collection.corpus)
        rows = CollectionItem.objects.select_for_update(of=("self",)).select_related("article")
        held = get_object_or_404(rows, pk=item.pk)
        _check_unchanged(request, present.item(held, at))
        operation = collections.annotate(
            item.collection, item.article_id, values["note"], by=_asking(request), door=Door.API
        )
    told = present.item(get_object_or_404(rows_of(item), pk=item.pk), at)
    return answered(request, told, operation, page=item.collection.get_absolute_url())


def rows_of(item: CollectionItem) -> Any:
    """Return the items of an item's collection, as they are shown."""
    return items_of(item.collection).select_related("article")


def remove_one(request: Request, item: CollectionItem) -> HttpResponse:
    """Take one article out; raise Problem."""
    with transaction.atomic(), refusals():
        _check_unchanged(request, present.item(item, Addresses(request)))
        operation = collections.take_out(
            item.collection, [item.article_id], by=_asking(request), door=Door.API
        )
    return HttpResponse(status=204, headers=operation_headers(operation, Addresses(request)))


def _chosen(request: Request) -> dict[str, Any]:
    values = checked(request.data, CHOSEN)
    if len(values) != 1:
        raise invalid(dict.fromkeys(CHOSEN, "Send either articles or q."))
    if "articles" in values:
        values["articles"] = list(dict.fromkeys(values["articles"]))
    return values


def _answer_ids(question: Question) -> list[int]:
    total = question.total()
    if total > MOST_AT_ONCE:
        raise Problem(
            409, f"These are {total:,} articles; at most {MOST_AT_ONCE:,} are taken at once."
        )
    return [pk for some in question.ids(batch=20_000) for pk in some]


def _inside(row: Collection, ids: Sequence[int]) -> set[int]:
    held = CollectionItem.objects.filter(any_id("article_id", ids), collection=row)
    return set(held.order_by().values_list("article_id", flat=True))


def _results(ids: Sequence[int], outcomes: Sequence[str]) -> list[dict[str, Any]]:
    return [{"id": pk, "outcome": outcome} for pk, outcome in zip(ids, outcomes, strict=True)]


def _collected(
    request: Request,
    operation: Operation | None,
    added: Added,
    results: list[dict[str, Any]] | None = None,
) -> Answer:
    told = {
        "done": added.added,
        "already": added.already,
        "elsewhere": added.elsewhere,
        "results": results,
    }
    return answer(200, told, operation_headers(operation, Addresses(request)))


def _corpus(request: Request, slug: str) -> Corpus:
    """Return a corpus of which the client is a member; raise Problem 404 or 403."""
    corpus: Corpus | None = Corpus.objects.visible_to(request.user).filter(slug=slug).first()
    if corpus is None:
        message = f"There is no corpus “{slug}” that you may read."
        raise Problem(404, message, errors={"corpus": message})
    if not Corpus.objects.with_members(request.user).filter(pk=corpus.pk).exists():
        raise Problem(403, f"Only members of {corpus} can collect its articles.")
    return corpus


def _check_unchanged(request: Request, current: Mapping[str, Any]) -> None:
    header = request.headers.get("If-Match")
    if header is not None and not matches(header, etag_of(current)):
        raise Problem(412, "Someone changed this since you read it.", current=current)


def _asking(request: Request) -> "User":
    return cast("User", request.user)


@contextmanager
def refusals() -> Iterator[None]:
    """Put what the domain refuses as problems."""
    try:
        yield
    except CollectionNameTakenError as fault:
        raise Problem(409, str(fault), errors={"name": str(fault)}) from None
    except NotYoursError as fault:
        raise Problem(403, str(fault)) from None
    except CollectionRefusedError as fault:
        raise Problem(409, str(fault)) from None
