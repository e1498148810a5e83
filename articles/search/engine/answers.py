"""What an index answers: pages in an order, and counts; what it counts by is in counting.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from articles.search.engine.index import ID_BITS
from articles.search.engine.refusing import refusing


class Sort(StrEnum):
    """The orders of an answer."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    SHORTEST = "shortest"
    # By when the corpus got it, the last first.
    ADDED = "added"


_KEYS = {
    Sort.NEWEST: ("newest", Order.Desc),
    Sort.OLDEST: ("newest", Order.Asc),
    Sort.LONGEST: ("longest", Order.Desc),
    Sort.SHORTEST: ("longest", Order.Asc),
    Sort.ADDED: ("added", Order.Desc),
}
# The part of a key that is the article's id.
ID = (1 << ID_BITS) - 1


@dataclass(frozen=True, slots=True)
class Page:
    """Ids of articles in order. ``first`` and ``last`` are the places of those at the ends.

    Of an order by a key a place is the key, of relevance how many come before. ``more`` says
    whether others follow, and ``fewer`` whether others come before. ``keys`` are those of the ids.
    """

    ids: Sequence[int]
    first: int | None = None
    last: int | None = None
    more: bool = False
    fewer: bool = False
    keys: Sequence[int] = ()


def _searched(searcher: tantivy.Searcher, query: Query, **how: Any) -> tantivy.SearchResult:
    with refusing():
        return searcher.search(query, **how)


def aggregated(
    searcher: tantivy.Searcher, query: Query, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the engine gathers over an answer."""
    with refusing():
        return searcher.aggregate(query, dict(asked))


def count(searcher: tantivy.Searcher, query: Query) -> int:
    """Return how many articles an answer has."""
    return _total(_searched(searcher, query, limit=1, count=True))


def keyed(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    *,
    sort: Sort,
    limit: int,
    after: int | None = None,
    before: int | None = None,
) -> Page:
    """Return the page of an order by a key that follows a place, or that ends before one."""
    name, order = _KEYS[sort]
    backwards = before is not None
    place = before if backwards else after
    bounded = query
    if place is not None:
        beyond = beside(schema, sort, place, backwards=backwards)
        if beyond is None:
            return Page(())
        bounded = Query.boolean_query([(Occur.Must, query), (Occur.Must, beyond)])
    if backwards:
        order = _opposite(order)
    found = _searched(
        searcher, bounded, limit=limit + 1, count=False, order_by_field=name, order=order
    ).hits
    keys = [int(key) for key, _ in found[:limit]]
    beyond_these = len(found) > limit
    if backwards:
        keys.reverse()
    if not keys:
        return Page(())
    fewer, more = (beyond_these, True) if backwards else (place is not None, beyond_these)
    return Page([key & ID for key in keys], keys[0], keys[-1], more, fewer, keys)


def beside(
    schema: tantivy.Schema, sort: Sort, place: int, *, backwards: bool = False
) -> Query | None:
    """Return what finds all behind a place of an order, or before it; None for what is nothing."""
    name, order = _KEYS[sort]
    if backwards:
        order = _opposite(order)
    low, high = (None, place - 1) if order is Order.Desc else (place + 1, None)
    if high == -1 or low == 1 << 64:
        return None
    return Query.range_query(schema, name, FieldType.Unsigned, low, high)


def _opposite(order: Order) -> Order:
    return Order.Asc if order is Order.Desc else Order.Desc


def ranked(
    searcher: tantivy.Searcher, query: Query, *, start: int, limit: int
) -> list[tuple[float, int, int]]:
    """Return scores, ids, and publication as the order counts it, the best first."""
    return ranked_at(searcher, query, start=start, limit=limit)[0]


def ranked_at(
    searcher: tantivy.Searcher, query: Query, *, start: int, limit: int
) -> tuple[list[tuple[float, int, int]], list[tantivy.DocAddress]]:
    """Return the same, and where the engine has each."""
    found = _searched(searcher, query, limit=limit, offset=start, count=False)
    places = [address for _, address in found.hits]
    ids = searcher.fast_field_values("id", places)
    keys = searcher.fast_field_values("newest", places)
    rows = [
        (float(score or 0.0), int(id_ or 0), int(key or 0) >> ID_BITS)
        for (score, _), id_, key in zip(found.hits, ids, keys, strict=True)
    ]
    return rows, places


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the package's stub lacks it
