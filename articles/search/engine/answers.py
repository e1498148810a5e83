"""What an index answers: pages in an order, counts, facets, and the shape over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from articles.search.engine.index import ID_BITS, NAMES
from articles.search.engine.refusing import refusing

# A facet's values are counted exactly up to so many of them.
FACET_VALUES = 65_000
# So many of its most frequent values a segment names first, and if they do not suffice.
_FIRST_SIZES = (300, 4_000)


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


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field with their numbers of articles, the most frequent first."""

    values: Sequence[tuple[str, int]]
    # How many more articles' values there are that are not among these.
    others: int


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
    found = _searched(searcher, query, limit=limit, offset=start, count=False)
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
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    names: Sequence[str],
    values: int,
) -> Mapping[str, Facet]:
    """Return the most frequent values of some fields, counted exactly.

    Gathering every value of every segment takes far longer than counting. So each segment names
    its most frequent ones alone, with a bound on what any other can have; those that can be among
    the first are then counted by themselves. Where the bound decides nothing, all are gathered.
    """
    found: dict[str, Facet] = {}
    for size in (*_FIRST_SIZES, FACET_VALUES):
        asked = [name for name in names if name not in found]
        counts = _counted(searcher, query, asked, max(size, 4 * values))
        wanted: dict[str, set[str]] = {}
        for name, answered in counts.items():
            if not answered.error or size == FACET_VALUES:
                found[name] = answered.facet(answered.buckets, values)
            elif name in NAMES and (leaders := answered.leaders(values)):
                wanted[name] = leaders
        for name, leaders in wanted.items():
            # Only articles that have one of them are looked at.
            having = Query.boolean_query(
                [(Occur.Should, Query.term_query(schema, name, each, "basic")) for each in leaders]
            )
            among = Query.boolean_query([(Occur.Must, query), (Occur.Must, having)])
            exact = _counted(searcher, among, [name], FACET_VALUES)[name]
            theirs = [row for row in exact.buckets if row[0] in leaders]
            found[name] = counts[name].facet(theirs, values)
    return {name: found[name] for name in names}


@dataclass(frozen=True, slots=True)
class _Counts:
    """Values with numbers that lack at most ``error`` articles, and how many there are in all."""

    buckets: Sequence[tuple[str, int]]
    error: int
    articles: int

    def leaders(self, values: int) -> set[str] | None:
        """Return those that may be among the first so many; None if others may be as well."""
        if len(self.buckets) < values:
            return None
        needed = self.buckets[values - 1][1]
        # Of what was not returned, none has more than the last here, and the error.
        if self.buckets[-1][1] + self.error >= needed:
            return None
        return {value for value, count in self.buckets if count + self.error >= needed}

    def facet(self, exact: Sequence[tuple[str, int]], values: int) -> Facet:
        first = sorted(exact, key=lambda row: (-row[1], row[0]))[:values]
        return Facet(first, self.articles - sum(count for _, count in first))


def _counted(
    searcher: tantivy.Searcher,
    query: Query,
    names: Sequence[str],
    size: int,
) -> Mapping[str, _Counts]:
    """Count as many values of fields as each segment may name; in one pass."""
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": size, "segment_size": size}} for name in names}
    answered = aggregated(searcher, query, asked)
    return {name: _counts(answered[name]) for name in names}


def _counts(answered: Mapping[str, Any]) -> _Counts:
    buckets = [(str(b["key"]), int(b["doc_count"])) for b in answered["buckets"]]
    others = int(answered.get("sum_other_doc_count") or 0)
    error = int(answered.get("doc_count_error_upper_bound") or 0)
    return _Counts(buckets, error, others + sum(count for _, count in buckets))


def histogram(searcher: tantivy.Searcher, query: Query, zoom: str) -> dict[int, int]:
    """Return numbers of articles by ``day``, ``month`` or ``year`` as the index counts them."""
    asked = {"times": {"histogram": {"field": zoom, "interval": 1, "min_doc_count": 1}}}
    answered = aggregated(searcher, query, asked)
    return {int(b["key"]): int(b["doc_count"]) for b in answered["times"]["buckets"]}


def languages(searcher: tantivy.Searcher) -> frozenset[str | None]:
    """Return the languages that there are in an index."""
    if not searcher.num_docs:
        return frozenset({None})
    found = _counted(searcher, Query.all_query(), ["lang"], 200)["lang"]
    return frozenset(value for value, _ in found.buckets) | {None}


def corpora(searcher: tantivy.Searcher) -> frozenset[int]:
    """Return the corpora that there are articles of in an index."""
    if not searcher.num_docs:
        return frozenset()
    found = _counted(searcher, Query.all_query(), ["corpus"], FACET_VALUES)["corpus"]
    return frozenset(int(value) for value, _ in found.buckets)


def sums(searcher: tantivy.Searcher) -> tuple[int, int, int, int]:
    """Return how many articles an index holds, and the sums of their ids, lengths and edits."""
    if not searcher.num_docs:
        return 0, 0, 0, 0
    asked = {name: {"sum": {"field": name}} for name in ("id", "length", "edits")}
    found = aggregated(searcher, Query.all_query(), asked)
    ids, lengths, edits = (int(found[name]["value"]) for name in asked)
    return searcher.num_docs, ids, lengths, edits
