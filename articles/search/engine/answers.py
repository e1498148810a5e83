"""What an index answers: pages in an order, counts, facets, and the shape over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from articles.search.engine.index import ID_BITS

# A facet's values are counted exactly up to so many of them.
FACET_VALUES = 65_000


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
_ID = (1 << ID_BITS) - 1


@dataclass(frozen=True, slots=True)
class Page:
    """Ids of articles in order. ``first`` and ``last`` are the places of those at the ends.

    Of an order by a key a place is the key, of relevance how many come before. ``more`` says
    whether others follow, and ``fewer`` whether others come before.
    """

    ids: Sequence[int]
    first: int | None = None
    last: int | None = None
    more: bool = False
    fewer: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field with their numbers of articles, the most frequent first."""

    values: Sequence[tuple[str, int]]
    # How many more articles' values there are that are not among these.
    others: int


def count(searcher: tantivy.Searcher, query: Query) -> int:
    """Return how many articles an answer has."""
    return _total(searcher.search(query, limit=1, count=True))


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
    if backwards:
        order = Order.Asc if order is Order.Desc else Order.Desc
    place = before if backwards else after
    bounded = query
    if place is not None:
        low, high = (None, place - 1) if order is Order.Desc else (place + 1, None)
        if high == -1:
            return Page(())
        beyond = Query.range_query(schema, name, FieldType.Unsigned, low, high)
        bounded = Query.boolean_query([(Occur.Must, query), (Occur.Must, beyond)])
    found = searcher.search(
        bounded, limit=limit + 1, count=False, order_by_field=name, order=order
    ).hits
    keys = [int(key) for key, _ in found[:limit]]
    beyond_these = len(found) > limit
    if backwards:
        keys.reverse()
    if not keys:
        return Page(())
    fewer, more = (beyond_these, True) if backwards else (place is not None, beyond_these)
    return Page([key & _ID for key in keys], keys[0], keys[-1], more, fewer)


def ranked(
    searcher: tantivy.Searcher, query: Query, *, start: int, limit: int
) -> list[tuple[float, int, int]]:
    """Return scores, ids, and publication as the order counts it, the best first."""
    found = searcher.search(query, limit=limit, offset=start, count=False)
    places = [address for _, address in found.hits]
    ids = searcher.fast_field_values("id", places)
    keys = searcher.fast_field_values("newest", places)
    return [
        (float(score or 0.0), int(id_ or 0), int(key or 0) >> ID_BITS)
        for (score, _), id_, key in zip(found.hits, ids, keys, strict=True)
    ]


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the package's stub lacks it


def facets(
    searcher: tantivy.Searcher, query: Query, names: Sequence[str], values: int
) -> Mapping[str, Facet]:
    """Return the most frequent values of some fields, counted exactly, in one pass."""
    asked = {
        name: {"terms": {"field": name, "size": values, "segment_size": FACET_VALUES}}
        for name in names
    }
    answered = searcher.aggregate(query, asked) if asked else {}
    return {name: _facet(answered[name]) for name in names}


def _facet(answered: Mapping[str, Any]) -> Facet:
    buckets = [(str(b["key"]), int(b["doc_count"])) for b in answered["buckets"]]
    return Facet(buckets, int(answered.get("sum_other_doc_count") or 0))


def histogram(searcher: tantivy.Searcher, query: Query, zoom: str) -> dict[int, int]:
    """Return numbers of articles by ``day``, ``month`` or ``year`` as the index counts them."""
    asked = {"times": {"histogram": {"field": zoom, "interval": 1, "min_doc_count": 1}}}
    answered = searcher.aggregate(query, asked)
    return {int(b["key"]): int(b["doc_count"]) for b in answered["times"]["buckets"]}


def languages(searcher: tantivy.Searcher) -> frozenset[str | None]:
    """Return the languages that there are in an index."""
    if not searcher.num_docs:
        return frozenset({None})
    found = facets(searcher, Query.all_query(), ["lang"], 200)["lang"]
    return frozenset(value for value, _ in found.values) | {None}


def sums(searcher: tantivy.Searcher) -> tuple[int, int, int, int]:
    """Return how many articles an index holds, and the sums of their ids, lengths and edits."""
    if not searcher.num_docs:
        return 0, 0, 0, 0
    asked = {name: {"sum": {"field": name}} for name in ("id", "length", "edits")}
    found = searcher.aggregate(Query.all_query(), asked)
    ids, lengths, edits = (int(found[name]["value"]) for name in asked)
    return searcher.num_docs, ids, lengths, edits
