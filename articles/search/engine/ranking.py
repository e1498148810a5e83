"""The best of an answer: by how well they answer it, and somewhat by how recent they are."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice

import tantivy
from tantivy import Query

from articles.search.engine import editions
from articles.search.engine.answers import ranked_at
from articles.search.engine.kin import groups_at

# The best are taken so many at a time, and of equals the more recent come first.
_BLOCK = 200
# How much better, at most, what is from today is than what is old; and the age of half as much.
_FRESHNESS = 0.1
_HALF_LIFE_SECONDS = 3 * 365.25 * 86_400


@dataclass(frozen=True, slots=True)
class FoldedBest:
    """A page of the best that shows each text once; places count articles of the whole answer.

    ``next`` and ``previous`` are where the pages beside it begin. ``further`` says of those shown
    how many more articles of the answer have the text.
    """

    ids: Sequence[int]
    next: int | None = None
    previous: int | None = None
    further: Mapping[int, int] = field(default_factory=dict)


def best(
    searcher: tantivy.Searcher, query: Query, *, start: int, limit: int, now: int
) -> list[int]:
    """Return ids, the best first; ``now`` is in seconds as orders count them."""
    first = start // _BLOCK
    blocks = (start + limit - 1) // _BLOCK + 1 - first
    found = _blocks(searcher, query, first, blocks, now)
    return [article for article, _ in found[start % _BLOCK :][:limit]]


def folded(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    *,
    start: int,
    limit: int,
    depth: int,
    now: int,
) -> FoldedBest:
    """Return a page of the best, as many as ``depth``, with each text by the first that has it."""
    seen: set[int] = set()
    places: list[int] = []
    leading: list[tuple[int, int | None]] = []
    for place, (article, text) in enumerate(islice(_all(searcher, query, now), depth)):
        if text is None or text not in seen:
            places.append(place)
            leading.append((article, text))
            # One more tells that there is a page after this one.
            if len(places) > limit and places[-limit - 1] >= start:
                break
        if text is not None:
            seen.add(text)
    first = bisect_left(places, start)
    shown = leading[first : first + limit]
    after = places[first + limit : first + limit + 1]
    before = places[max(first - limit, 0) : first]
    return FoldedBest(
        [article for article, _ in shown],
        after[0] if after else None,
        before[0] if before else None,
        editions.more(searcher, schema, query, {pk: text for pk, text in shown if text}),
    )


def _all(searcher: tantivy.Searcher, query: Query, now: int) -> Iterator[tuple[int, int | None]]:
    """Yield ids and texts, the best first, as many as are asked for."""
    for block in count():
        found = _blocks(searcher, query, block, 1, now)
        yield from found
        if len(found) < _BLOCK:
            break


def _blocks(
    searcher: tantivy.Searcher, query: Query, first: int, blocks: int, now: int
) -> list[tuple[int, int | None]]:
    """Return ids and texts of some blocks, each in its order: a place is the same on any page."""
    rows, places = ranked_at(searcher, query, start=first * _BLOCK, limit=blocks * _BLOCK)
    found = list(zip(rows, groups_at(searcher, places), strict=True))
    in_order: list[tuple[int, int | None]] = []
    for at in range(0, len(found), _BLOCK):
        block = found[at : at + _BLOCK]
        block.sort(key=lambda each: _order(each[0], now))
        in_order += [(article, text) for (_, article, _), text in block]
    return in_order


def _order(row: tuple[float, int, int], now: int) -> tuple[float, int, int]:
    score, article, published = row
    return -score * _freshness(now - published), -published, article


def _freshness(age_seconds: int) -> float:
    return 1 + _FRESHNESS * 2 ** (-max(age_seconds, 0) / _HALF_LIFE_SECONDS)
