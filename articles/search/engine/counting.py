"""What an index counts of an answer: values of fields, the shape over time, and how many it has.

All of it comes from one pass over the answer, and sometimes another for a field of many values.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tantivy
from tantivy import Occur, Query

from articles.search.engine.answers import aggregated
from articles.search.engine.columns import (
    COLUMNS,
    KNOWN,
    KNOWN_BITS,
    NO_NAME,
    NO_NUMBER,
)

# A facet's values are counted exactly up to so many of them.
FACET_VALUES = 65_000
# So many of a column's most frequent values are named first, and if they do not suffice.
_FIRST_SIZES = (300, 4_000)
# For them a segment hands over so many: as a rule all it has, so that those named are exact. Of
# numbers more, since the text of a value has to be looked up.
_HANDED, _HANDED_NUMBERS = 5_000, 30_000
_TIMES = 65_000
# Two columns of times are counted with the lighter half of the fields.
_TIMES_COST = 2
# So much a column of very many values costs: to put the segments' together.
_MANY = {"author": 7, "story": 7, "place": 5}
# Of which columns an article has values: in practice a few dozen combinations.
_COMBINATIONS = 1 << len(KNOWN_BITS)
_FURTHER = tuple(columns.further for columns in COLUMNS.values() if columns.further)
# Among what is filled: that there are dates of which no more than the year is known.
COARSER = "coarser"
_ALL = frozenset({*KNOWN_BITS, *_FURTHER, "corpus", COARSER})


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field with their numbers of articles, the most frequent first."""

    values: Sequence[tuple[str, int]]
    # How many more articles' values there are that are not among these.
    others: int
    # How many articles have no value, of fields that have one an article or mostly one.
    none: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of an answer: fields, times by zoom, how many it has and are undated."""

    facets: Mapping[str, Facet]
    times: Mapping[str, Mapping[int, int]]
    total: int
    undated: int


def counts(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    names: Sequence[str],
    values: int,
    zooms: Sequence[str] = (),
    filled: Collection[str] = _ALL,
) -> Counts:
    """Return the most frequent values of some fields, and numbers by time, counted exactly.

    Telling every value of every segment takes far longer than counting. So segments hand over
    what they have up to a bound, of which the most frequent are named, with a bound on what any
    other can have; those that can be among the first and are not known exactly by then are
    counted by themselves. Where the bound decides nothing, all are told. Only columns that are
    ``filled`` are looked at: in the others there is nothing.
    """
    asked = _asked(names, max(_FIRST_SIZES[0], 4 * values), filled)
    asked |= {KNOWN: _terms(KNOWN, _COMBINATIONS)}
    # Where every date is known by its month, years are told by months.
    adds_up = {"year", "month"} <= set(zooms) and COARSER not in filled
    asked |= {zoom: _terms(zoom, _TIMES) for zoom in zooms if not (adds_up and zoom == "year")}
    answered = aggregated(searcher, query, asked)
    known = _known(answered[KNOWN])
    times = {zoom: _times(answered[zoom]) for zoom in zooms if zoom in answered}
    if adds_up:
        times["year"] = _years(times["month"])
    found: dict[str, Facet] = {}
    for size in (*_FIRST_SIZES[1:], FACET_VALUES, None):
        for name in names:
            if name not in found:
                counted = _Field.read(name, answered, filled)
                exact = counted.counts if counted.is_exact or size is None else None
                if exact is None and (leaders := counted.leaders(values)):
                    exact = counted.known_exactly(leaders) or _of_leaders(
                        searcher, schema, query, name, leaders, filled
                    )
                if exact is not None:
                    found[name] = known.facet(counted, exact, values)
        if len(found) == len(names):
            break
        left = [name for name in names if name not in found]
        asked = _asked(left, max(size or 0, 4 * values), filled)
        if size == FACET_VALUES:
            # The engine has a bound on all that one answer names: each column is asked for alone.
            answered = {}
            for column, terms in asked.items():
                answered |= aggregated(searcher, query, {column: terms})
        else:
            answered = aggregated(searcher, query, asked)
    return Counts({name: found[name] for name in names}, times, known.total, known.undated)


def halves(names: Sequence[str], filled: Collection[str] = _ALL) -> list[tuple[str, ...]]:
    """Return fields in two parts that take about as long to count, the lighter one first."""
    parts: list[list[str]] = [[], []]
    costs = [_TIMES_COST, 0]
    for name in sorted(names, key=lambda name: -_cost(name, filled)):
        at = 0 if costs[0] <= costs[1] else 1
        parts[at].append(name)
        costs[at] += _cost(name, filled)
    return [tuple(part) for part in parts if part]


def _cost(name: str, filled: Collection[str]) -> int:
    """Return about how long a field takes, in columns of few values, one an article."""
    there = len(_columns(name, filled))
    return there * (_MANY.get(name, 1) + 3 * (not COLUMNS[name].single))


def facets(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    names: Sequence[str],
    values: int,
    filled: Collection[str] = _ALL,
) -> Mapping[str, Facet]:
    """Return the most frequent values of some fields, counted exactly."""
    return counts(searcher, schema, query, names, values, filled=filled).facets


def histogram(searcher: tantivy.Searcher, query: Query, zoom: str) -> Mapping[int, int]:
    """Return numbers of articles by ``day``, ``month`` or ``year`` as the index counts them."""
    return _times(aggregated(searcher, query, {zoom: _terms(zoom, _TIMES)})[zoom])


def languages(searcher: tantivy.Searcher) -> frozenset[str | None]:
    """Return the languages that there are in an index."""
    if not searcher.num_docs:
        return frozenset({None})
    found = aggregated(searcher, Query.all_query(), {"all": _terms("lang", 1_000)})["all"]
    return frozenset(str(each["key"]) or None for each in found["buckets"]) | {None}


def corpora(searcher: tantivy.Searcher) -> frozenset[int]:
    """Return the corpora that there are articles of in an index."""
    if not searcher.num_docs:
        return frozenset()
    found = aggregated(searcher, Query.all_query(), {"all": _terms("corpus", FACET_VALUES)})["all"]
    return frozenset(int(each["key"]) for each in found["buckets"])


def filled_columns(searcher: tantivy.Searcher) -> frozenset[str]:
    """Return the columns in which there is anything in an index, and :data:`COARSER`."""
    if not searcher.num_docs:
        return frozenset()
    asked = {column: {"value_count": {"field": column}} for column in _FURTHER}
    found = aggregated(searcher, Query.all_query(), asked | {KNOWN: _terms(KNOWN, _COMBINATIONS)})
    having = _known(found[KNOWN]).having
    single = {column for column, count in having.items() if count}
    if having["year"] != having["month"]:
        single.add(COARSER)
    return frozenset({*single, *(each for each in _FURTHER if found[each]["value"]), "corpus"})


def sums(searcher: tantivy.Searcher) -> tuple[int, int, int, int]:
    """Return how many articles an index holds, and the sums of their ids, lengths and edits."""
    if not searcher.num_docs:
        return 0, 0, 0, 0
    asked = {name: {"sum": {"field": name}} for name in ("id", "length", "edits")}
    found = aggregated(searcher, Query.all_query(), asked)
    ids, lengths, edits = (int(found[name]["value"]) for name in asked)
    return searcher.num_docs, ids, lengths, edits


@dataclass(frozen=True, slots=True)
class _Column:
    """What was named of a column: numbers that lack at most ``error`` articles each.

    ``others`` are articles of values that were not named; none of these has more than ``unnamed``.
    """

    counts: Mapping[str, int]
    error: int
    others: int
    unnamed: int

    def most(self, value: str) -> int:
        """Return how many articles may have a value."""
        known = self.counts.get(value)
        return self.unnamed if known is None else known + self.error

    def is_exact(self, value: str) -> bool:
        """Whether it is known how many articles have a value."""
        return not self.error if value in self.counts else not self.unnamed


@dataclass(frozen=True, slots=True)
class _Field:
    """What the segments named of a field. ``further`` is how many values its last column has."""

    single: Sequence[str]
    columns: Sequence[_Column]
    counts: Mapping[str, int]
    further: int

    @classmethod
    def read(
        cls, name: str, answered: Mapping[str, Any], filled: Collection[str] = _ALL
    ) -> "_Field":
        """Return a field from what was answered of its columns."""
        known = COLUMNS[name]
        columns = [_column(answered[each]) for each in _columns(name, filled)]
        counts: Counter[str] = Counter()
        for each in columns:
            counts.update(each.counts)
        counts.pop(str(NO_NUMBER) if known.numbers else NO_NAME, None)
        further = 0
        if known.further in filled:
            further = columns[-1].others + sum(columns[-1].counts.values())
        return cls(known.single, columns, counts, further)

    @property
    def is_exact(self) -> bool:
        """Whether the first are counted exactly: of several columns none may leave anything out."""
        there = [each for each in self.columns if each.counts]
        if len(there) > 1:
            return not any(each.error or each.others for each in there)
        return not any(each.error for each in there)

    def leaders(self, values: int) -> Sequence[str] | None:
        """Return those that may be among the first so many; None if others may be as well."""
        if len(self.counts) < values:
            return None
        needed = sorted(self.counts.values(), reverse=True)[values - 1]
        unnamed = sum(each.unnamed for each in self.columns)
        if unnamed >= needed:
            return None
        return [
            value
            for value, count in self.counts.items()
            # None lacks more in a column than what is not named in it.
            if count + unnamed >= needed
            and sum(each.most(value) for each in self.columns) >= needed
        ]

    def known_exactly(self, values: Sequence[str]) -> Mapping[str, int] | None:
        """Return the numbers of some values; None unless all are exact."""
        if all(column.is_exact(value) for column in self.columns for value in values):
            return {value: self.counts.get(value, 0) for value in values}
        return None


@dataclass(frozen=True, slots=True)
class _Known:
    """How many articles there are, and how many of them have a value in each single column."""

    total: int
    having: Mapping[str, int] = field(default_factory=dict)

    @property
    def undated(self) -> int:
        return self.total - self.having["year"]

    def facet(self, found: _Field, exact: Mapping[str, int], values: int) -> Facet:
        single = [self.having.get(column, self.total) for column in found.single]
        first = sorted(exact.items(), key=lambda row: (-row[1], row[0]))[:values]
        others = sum(single) + found.further - sum(count for _, count in first)
        return Facet(first, others, self.total - single[0] if single else 0)


def _known(answered: Mapping[str, Any]) -> _Known:
    buckets = [(int(each["key"]), int(each["doc_count"])) for each in answered["buckets"]]
    total = sum(count for _, count in buckets)
    having = {
        column: sum(count for bits, count in buckets if bits & bit)
        for column, bit in KNOWN_BITS.items()
    }
    return _Known(total, having)


def _of_leaders(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: Query,
    name: str,
    leaders: Sequence[str],
    filled: Collection[str],
) -> Mapping[str, int]:
    """Count some values of a field: only articles that have one of them are looked at."""
    numbers = name == "corpus"
    having = Query.boolean_query(
        [
            (
                Occur.Should,
                Query.term_query(schema, name, int(each) if numbers else each, "basic"),
            )
            for each in leaders
        ]
    )
    among = Query.boolean_query([(Occur.Must, query), (Occur.Must, having)])
    # Who is known to be among the first is so here too, as a rule.
    first = aggregated(searcher, among, _asked([name], 4 * len(leaders), filled))
    if known := _Field.read(name, first, filled).known_exactly(leaders):
        return known
    if COLUMNS[name].numbers and COLUMNS[name].further in filled:
        # Else all who wrote with one of them would be counted too, in several columns.
        filters = {value: {"filter": f'{name}:"{value}"'} for value in leaders}
        answered = aggregated(searcher, among, filters)
        return {value: int(answered[value]["doc_count"]) for value in leaders}
    answered = aggregated(searcher, among, _asked([name], FACET_VALUES, filled))
    exact = _Field.read(name, answered, filled)
    return {value: exact.counts.get(value, 0) for value in leaders}


def _asked(names: Sequence[str], size: int, filled: Collection[str]) -> dict[str, Any]:
    return {
        column: _terms(column, size, _HANDED_NUMBERS if COLUMNS[name].numbers else _HANDED)
        for name in names
        for column in _columns(name, filled)
    }


def _columns(name: str, filled: Collection[str]) -> list[str]:
    known = COLUMNS[name]
    return [column for column in (*known.single, known.further) if column in filled]


def _terms(column: str, size: int, handed: int = 0) -> dict[str, Any]:
    return {"terms": {"field": column, "size": size, "segment_size": max(size, handed)}}


def _column(answered: Mapping[str, Any]) -> _Column:
    counts = {_told(each["key"]): int(each["doc_count"]) for each in answered["buckets"]}
    error = int(answered.get("doc_count_error_upper_bound") or 0)
    others = int(answered.get("sum_other_doc_count") or 0)
    last = min(counts.values()) if others and counts else 0
    return _Column(counts, error, others, last + error)


def _told(key: str | float) -> str:
    return key if isinstance(key, str) else str(int(key))


def _times(answered: Mapping[str, Any]) -> Mapping[int, int]:
    found = {int(each["key"]): int(each["doc_count"]) for each in answered["buckets"]}
    found.pop(NO_NUMBER, None)
    return dict(sorted(found.items()))


def _years(months: Mapping[int, int]) -> Mapping[int, int]:
    years: Counter[int] = Counter()
    for month, count in months.items():
        years[month // 12] += count
    return dict(years)
