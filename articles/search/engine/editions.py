"""Editions in an answer: how many articles repeat a text, and lists that show each text once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import tantivy
from tantivy import Occur, Query

from articles.search.engine.answers import ID, Page, Sort, aggregated, beside, keyed
from articles.search.engine.index import EDITIONS
from articles.search.engine.kin import groups_at, one_of

# The engine tells at most so many values apart in one pass.
MOST_GROUPS = 65_000
_TOO_MANY = "bucket limit"
_BY_GROUP = {"terms": {"field": EDITIONS, "size": MOST_GROUPS, "segment_size": MOST_GROUPS}}
# A list that is folded looks at so many pages' worth of articles for one page, in batches that
# grow: where nearly all repeat what was shown, a page may have fewer rows than asked for.
_BATCHES = 6
_GROWTH = 3
_LARGEST = 2_000


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many articles of an answer repeat a text that another one of it has.

    ``exact`` unless there are more than :data:`MOST_GROUPS` such texts; then it is an estimate.
    """

    count: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class RepeatsBy:
    """The same by day, month or year, of each by itself: what ran in two is repeated in neither."""

    counts: Mapping[int, int]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Folded:
    """A page that shows each text once: by the first article in the order that has it.

    ``further`` says of those shown how many more articles of the answer have the text.
    """

    page: Page
    further: Mapping[int, int] = field(default_factory=dict)


def repeats(searcher: tantivy.Searcher, schema: tantivy.Schema, query: Query) -> Repeats:
    """Count the articles of an answer that repeat a text."""
    shared = _shared(schema, query)
    answered = aggregated(searcher, shared, {"texts": _BY_GROUP})["texts"]
    groups = answered["buckets"]
    others = int(answered.get("sum_other_doc_count") or 0)
    articles = sum(int(bucket["doc_count"]) for bucket in groups) + others
    if not others:
        return Repeats(articles - len(groups))
    about = round(searcher.cardinality(shared, EDITIONS))
    return Repeats(max(articles - about, 0), exact=False)


def repeats_by(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: Query, zoom: str
) -> RepeatsBy:
    """Count the same by ``day``, ``month`` or ``year`` as the index counts them."""
    shared = _shared(schema, query)
    try:
        return RepeatsBy(
            {
                bar: articles - len(texts["buckets"])
                for bar, articles, texts in _by_time(searcher, shared, zoom, _BY_GROUP)
            }
        )
    except ValueError as fault:
        if _TOO_MANY not in str(fault):
            raise
    about = {"cardinality": {"field": EDITIONS}}
    estimated = {
        bar: max(articles - round(texts["value"] or 0), 0)
        for bar, articles, texts in _by_time(searcher, shared, zoom, about)
    }
    return RepeatsBy(estimated, exact=False)


def _by_time(
    searcher: tantivy.Searcher, query: Query, zoom: str, within: Mapping[str, object]
) -> Iterable[tuple[int, int, dict[str, Any]]]:
    asked = {
        "times": {
            "histogram": {"field": zoom, "interval": 1, "min_doc_count": 1},
            "aggs": {"texts": within},
        }
    }
    for bucket in aggregated(searcher, query, asked)["times"]["buckets"]:
        if bar := int(bucket["key"]):
            yield bar, int(bucket["doc_count"]), bucket["texts"]


def folded(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    *,
    sort: Sort,
    limit: int,
    after: int | None = None,
    before: int | None = None,
) -> Folded:
    """Return a page of an order by a key that shows each text once; places are those of keys."""
    backwards = before is not None
    looked, leading = _gathered(searcher, schema, query, sort, limit, after, before)
    if not looked.ids:
        return Folded(looked)
    shown = leading[-limit:] if backwards else leading[:limit]
    whole = len(leading) > limit
    page = Page(
        [key & ID for key, _ in shown],
        # What was looked at and not shown repeats what is shown, here or before.
        first=shown[0][0] if shown and (whole or not backwards) else looked.first,
        last=shown[-1][0] if shown and (whole or backwards) else looked.last,
        more=looked.more or (whole and not backwards),
        fewer=looked.fewer or (whole and backwards),
        keys=[key for key, _ in shown],
    )
    return Folded(page, _further(searcher, schema, query, shown))


def _gathered(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    sort: Sort,
    limit: int,
    after: int | None,
    before: int | None,
) -> tuple[Page, list[tuple[int, int | None]]]:
    """Return what was looked at for a page, and the keys and texts of those that lead in it."""
    backwards = before is not None
    leading: list[tuple[int, int | None]] = []
    looked = Page(())
    size = limit + 1
    for _ in range(_BATCHES):
        batch = keyed(searcher, schema, query, sort=sort, limit=size, after=after, before=before)
        if not batch.ids:
            # Those before were the last.
            return replace(
                looked,
                fewer=looked.fewer and not backwards,
                more=looked.more and backwards,
            ), leading
        these = _leading(searcher, schema, query, sort, batch)
        leading = these + leading if backwards else leading + these
        looked = _joined(batch, looked) if backwards else _joined(looked, batch)
        if len(leading) > limit or not (batch.fewer if backwards else batch.more):
            break
        after, before = (None, batch.first) if backwards else (batch.last, None)
        size = min(size * _GROWTH, _LARGEST)
    return looked, leading


def _joined(one: Page, other: Page) -> Page:
    """Return two stretches of an order, the one before the other, as one."""
    if not one.ids or not other.ids:
        return one if one.ids else other
    return Page((*one.ids, *other.ids), one.first, other.last, other.more, one.fewer)


def _leading(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: Query, sort: Sort, batch: Page
) -> list[tuple[int, int | None]]:
    """Return the keys and texts of those of a stretch before whom nobody in the answer has them."""
    texts = groups_of(searcher, schema, batch.ids)
    seen = set(texts.values())
    if seen and batch.fewer and batch.first is not None:
        earlier = beside(schema, sort, batch.first, backwards=True)
        seen &= set(_counted(searcher, schema, _both(query, earlier), seen)) if earlier else set()
    else:
        seen = set()
    found: list[tuple[int, int | None]] = []
    for id_, key in zip(batch.ids, batch.keys, strict=True):
        text = texts.get(id_)
        if text is None or text not in seen:
            found.append((key, text))
        if text is not None:
            seen.add(text)
    return found


def groups_of(
    searcher: tantivy.Searcher, schema: tantivy.Schema, ids: Sequence[int]
) -> Mapping[int, int]:
    """Return the numbers of texts that several ran, by the ids of some articles that did."""
    known = _shared(schema, one_of(schema, "id", ids))
    found = searcher.search(known, limit=len(ids) or 1, count=False, order_by_field="id").hits
    texts = groups_at(searcher, [place for _, place in found])
    return {int(id_): text for (id_, _), text in zip(found, texts, strict=True) if text}


def of_group(schema: tantivy.Schema, query: Query, text: int) -> Query:
    """Return what finds the articles of an answer that have a text."""
    return _both(query, Query.term_query(schema, EDITIONS, text, "basic"))


def _further(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    shown: Sequence[tuple[int, int | None]],
) -> Mapping[int, int]:
    return more(searcher, schema, query, {key & ID: text for key, text in shown if text})


def more(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: Query, texts: Mapping[int, int]
) -> Mapping[int, int]:
    """Return how many more articles of an answer have each one's text, of those that share it."""
    counts = _counted(searcher, schema, query, set(texts.values()))
    return {id_: counts[text] - 1 for id_, text in texts.items() if counts.get(text, 0) > 1}


def _counted(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: Query, texts: set[int]
) -> Mapping[int, int]:
    """Return how many articles of an answer have each of some texts; none of those none has."""
    if not texts:
        return {}
    having = _both(query, one_of(schema, EDITIONS, sorted(texts)))
    answered = aggregated(searcher, having, {"texts": _BY_GROUP})["texts"]
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in answered["buckets"]}


def _shared(schema: tantivy.Schema, query: Query) -> Query:
    """Return what finds the articles of an answer whose text others ran, in it or not."""
    return _both(query, Query.term_query(schema, "has", "editions", "basic"))


def _both(query: Query, other: Query) -> Query:
    return Query.boolean_query(
        [(Occur.Must, query), (Occur.Must, Query.const_score_query(other, 0.0))]
    )
