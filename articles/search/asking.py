"""Asking: one question, answered in parts for one visitor, whatever door it came through."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

import tantivy
from django.utils import timezone
from tantivy import FieldType, Occur, Query

from articles.models import Article, Corpus
from articles.models.corpora import Visitor
from articles.models.keyset import CursorError
from articles.search.deadline import Asked, asked, deadline
from articles.search.engine import answers, counting, editions, kin, ranking
from articles.search.engine.answers import Sort
from articles.search.engine.compiling import Compiler
from articles.search.engine.counting import Counts, Facet
from articles.search.engine.editions import Repeats, RepeatsBy
from articles.search.engine.index import order_key, seconds
from articles.search.index import store
from articles.search.language.errors import QueryError
from articles.search.language.query import parse
from articles.search.language.refining import values_of
from articles.search.language.tree import (
    In,
    Is,
    Named,
    Near,
    Node,
    Not,
    Phrase,
    Word,
    conjunction,
    walk,
)
from articles.search.names.naming import Names
from articles.search.remembering import EVERYONES, Memory, is_lasting

# Each is looked up in the database.
MOST_NAMES = 500
# Deeper than this a page by relevance would cost more than anyone reads.
RELEVANT_DEPTH = 1_000
_FEW_CORPORA = 20
_NOT_HERE = "This cursor is not one of this list. Start at its first page."
_CURSOR = re.compile(r"([ab])(\d{1,20})(?:\.([0-9a-f]{1,40}))?")


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of an answer: ids of articles in order, and the cursors of the pages beside it.

    ``moved`` says that the index has changed since the page before, so that an order by relevance
    may repeat or lack an article; orders by date and length do neither. Of a page that is folded,
    ``further`` says how many more articles of the answer have the text of one that is shown.
    """

    ids: Sequence[int]
    sort: Sort
    next: str | None = None
    previous: str | None = None
    moved: bool = False
    further: Mapping[int, int] = field(default_factory=dict)


class _Ahead(NamedTuple):
    """What was counted ahead; repeats of few articles alone."""

    counts: Counts
    repeats: Repeats | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood, over some corpora, of the index as one commit left it."""

    tree: Node
    user: Visitor
    corpora: tuple[int, ...]
    reading: store.Reading = field(repr=False)
    compiler: Compiler = field(repr=False)
    names: Names = field(repr=False, compare=False)
    # What was asked of it in parts.
    memory: Memory = field(repr=False, compare=False, default_factory=Memory)
    # As the engine runs what was asked: each part of an answer asks for the same.
    compiled: dict[Hashable, Query] = field(repr=False, compare=False, default_factory=dict)
    # Of articles alone that came in at this moment or later.
    added_since: datetime | None = None
    # How long its parts are waited for at the least, by ``time.monotonic``.
    until: float = field(repr=False, compare=False, default_factory=deadline)

    def but(self, tree: Node) -> "Question":
        """Return another question to the same corpora and the same state of the index."""
        return replace(self, tree=tree)

    def within(self, corpora: Iterable[int]) -> "Question":
        """Return the same question to those of some corpora that it is asked of."""
        among = frozenset(corpora)
        return replace(self, corpora=tuple(pk for pk in self.corpora if pk in among))

    def since(self, moment: datetime) -> "Question":
        """Return the same question to what came in at a moment or later, to the second."""
        return replace(self, added_since=moment)

    @property
    def usual_sort(self) -> Sort:
        """The best first where words were asked for, else the newest."""
        return Sort.RELEVANCE if has_words(self.tree) else Sort.NEWEST

    def query(self) -> Query:
        """Return the question as the engine runs it; raise QueryError for what costs too much."""
        key = self.corpora, self.added_since, self.tree
        known = self.compiled.get(key)
        if known is None:
            known = self.compiled[key] = self._compiled()
        return known

    def _compiled(self) -> Query:
        if not self.corpora:
            return Query.empty_query()
        schema, bounds = self.reading.schema, []
        if not self.reading.corpora <= frozenset(self.corpora):
            bounds.append(_of_corpora(schema, self.corpora))
        if self.added_since is not None:
            first = order_key(seconds(self.added_since), 0)
            bounds.append(Query.range_query(schema, "added", FieldType.Unsigned, first, None))
        if not bounds:
            # By itself the engine passes over all that can't be among the best.
            return self.compiler.query(self.tree)
        asked = [(Occur.Must, self.compiler.query(self.tree))]
        asked += [(Occur.Must, Query.const_score_query(bound, 0.0)) for bound in bounds]
        return Query.boolean_query(asked)

    def total(self) -> int:
        """Return how many articles the answer has."""
        return self.ask_total().answer()

    def ask_total(self) -> Asked[int]:
        """Have the articles counted while one does something else."""
        return self._asked(("total",), answers.count)

    def page(
        self,
        *,
        sort: Sort | None = None,
        limit: int = 50,
        cursor: str = "",
        fold: bool = False,
    ) -> Answer:
        """Return a page of the answer; raise CursorError for a cursor of nothing here.

        With ``fold`` each text is shown once, by the first article of the whole answer that has it.
        """
        return self.ask_page(sort=sort, limit=limit, cursor=cursor, fold=fold).answer()

    def ask_page(
        self,
        *,
        sort: Sort | None = None,
        limit: int = 50,
        cursor: str = "",
        fold: bool = False,
    ) -> Asked[Answer]:
        """Have a page looked for while one does something else; raise CursorError."""
        chosen = sort or self.usual_sort
        backwards, place, state = _read(cursor)
        if chosen is Sort.RELEVANCE:
            if place is not None and place > RELEVANT_DEPTH:
                raise CursorError(_NOT_HERE)
            if fold:
                return self._folded_by_relevance(place or 0, limit, state)
            return self._by_relevance(place or 0, limit, state)
        bounds = {"after": None if backwards else place, "before": place if backwards else None}
        schema = self.reading.schema
        if fold:
            return self._begun(
                lambda searcher, query: editions.folded(
                    searcher, schema, query, sort=chosen, limit=limit, **bounds
                )
            ).part(lambda folded: _by_key(folded.page, chosen, folded.further))
        return self._begun(
            lambda searcher, query: answers.keyed(
                searcher, schema, query, sort=chosen, limit=limit, **bounds
            )
        ).part(lambda found: _by_key(found, chosen, {}))

    def editions_of(self, article_id: int, *, limit: int) -> Sequence[int]:
        """Return the articles of the answer that have one's text too, the earliest first."""
        schema = self.reading.schema

        def ask(searcher: tantivy.Searcher, query: Query) -> Sequence[int]:
            text = kin.group_of(schema, searcher, article_id)
            if text is None:
                return ()
            having = editions.of_group(schema, query, text)
            found = answers.keyed(searcher, schema, having, sort=Sort.OLDEST, limit=limit + 1)
            return [pk for pk in found.ids if pk != article_id][:limit]

        return self._run(ask)

    def repeats(self) -> Repeats:
        """Return how many articles of the answer repeat a text that another one of it has."""
        return self.ask_repeats().answer()

    def ask_repeats(self) -> Asked[Repeats]:
        """Have repeats counted while one does something else."""
        schema = self.reading.schema
        return self._asked(
            ("repeats",), lambda searcher, query: editions.repeats(searcher, schema, query)
        )

    def repeats_of_few(self, most: int) -> Repeats | None:
        """Return the same of an answer of at most so many articles; None of a larger one."""
        return self._asked(("repeats", most), self._repeating(most)).answer()

    def _repeating(self, most: int) -> Callable[[tantivy.Searcher, Query], Repeats | None]:
        schema = self.reading.schema

        def ask(searcher: tantivy.Searcher, query: Query) -> Repeats | None:
            few = answers.count(searcher, query) <= most
            return editions.repeats(searcher, schema, query) if few else None

        return ask

    def repeats_by(self, zoom: str) -> RepeatsBy:
        """Return the same of each ``day``, ``month`` or ``year`` by itself."""
        schema = self.reading.schema
        return self._asked(
            ("repeats", zoom),
            lambda searcher, query: editions.repeats_by(searcher, schema, query, zoom),
        ).answer()

    def ids(self, *, sort: Sort = Sort.NEWEST, batch: int = 1_000) -> Iterator[Sequence[int]]:
        """Yield all ids of the answer, some at a time, in an order by a key."""
        cursor: str | None = ""
        while cursor is not None:
            found = self.page(sort=sort, limit=batch, cursor=cursor)
            if found.ids:
                yield found.ids
            cursor = found.next

    def beside(self, article: Article, *, sort: Sort) -> tuple[int | None, int | None]:
        """Return the ids of the articles before and after one in the answer, as it is sorted."""
        if sort is Sort.RELEVANCE:
            return _beside(article.pk, self._best(0, RELEVANT_DEPTH))
        key = str(order_key(_value(article, sort), article.pk))
        before = self.page(sort=sort, limit=1, cursor=f"b{key}").ids
        after = self.page(sort=sort, limit=1, cursor=f"a{key}").ids
        return (before[0] if before else None), (after[0] if after else None)

    def facets(self, names: Sequence[str], *, values: int = 12) -> Mapping[str, Facet]:
        """Return the most frequent values of some fields as the index holds them, counted."""
        halves = self.ask_facets(names, values=values)
        return {name: facet for half in halves for name, facet in half.answer().items()}

    def ask_facets(
        self, names: Sequence[str], *, values: int = 12
    ) -> Sequence[Asked[Mapping[str, Facet]]]:
        """Have fields counted while one does something else: halves of them beside each other."""
        return [
            self._asked(("facets", values, *half), self._counting(half, values)).part(_facets)
            for half in counting.halves(names, self.reading.filled)
        ]

    def ask_ahead(
        self, names: Sequence[str], *, values: int, zooms: Sequence[str], few: int = 0
    ) -> None:
        """Have fields, times, and how many there are counted in two passes beside each other.

        With ``few``, what :meth:`repeats_of_few` will ask for too.
        """
        light, *heavy = counting.halves(names, self.reading.filled)
        ahead = self._asked(
            ("facets", values, *light, "times", *zooms, few),
            self._gathering(self._counting(light, values, zooms), few),
        )
        # These answer as well who asks for one of them alone.
        counted = ahead.part(lambda found: found.counts)
        self._note(("facets", values, *light), counted)
        self._note(("total",), counted.part(lambda found: found.total))
        undated = self.but(conjunction([self.tree, Is("undated")]))
        undated._note(("total",), counted.part(lambda found: found.undated))  # noqa: SLF001 -- ours
        for zoom in zooms:
            self._note(("times", zoom), counted.part(partial(_times_by, zoom)))
        if few:
            self._note(("repeats", few), ahead.part(lambda found: found.repeats))
        for half in heavy:
            self._asked(("facets", values, *half), self._counting(half, values))

    def _gathering(
        self, count: Callable[[tantivy.Searcher, Query], Counts], few: int
    ) -> Callable[[tantivy.Searcher, Query], "_Ahead"]:
        schema = self.reading.schema

        def ask(searcher: tantivy.Searcher, query: Query) -> _Ahead:
            counts = count(searcher, query)
            wanted = counts.total <= few
            return _Ahead(counts, editions.repeats(searcher, schema, query) if wanted else None)

        return ask

    def _counting(
        self, names: Sequence[str], values: int, zooms: Sequence[str] = ()
    ) -> Callable[[tantivy.Searcher, Query], Counts]:
        schema, filled = self.reading.schema, self.reading.filled
        return lambda searcher, query: counting.counts(
            searcher, schema, query, names, values, zooms, filled
        )

    def times(self, zoom: str) -> Mapping[int, int]:
        """Return numbers of articles by ``day`` (ordinal), ``month`` (12 a year) or ``year``."""
        return self.ask_times(zoom).answer()

    def ask_times(self, zoom: str) -> Asked[Mapping[int, int]]:
        """Have times counted while one does something else."""
        return self._asked(
            ("times", zoom), lambda searcher, query: counting.histogram(searcher, query, zoom)
        )

    def _asked[T](
        self, what: tuple[str | int, ...], ask: Callable[[tantivy.Searcher, Query], T]
    ) -> Asked[T]:
        """Ask something of which the answer is remembered: by this question's parts at least."""
        known = self._memory().asked(self.reading.state, self._key(what), lambda: self._begun(ask))
        # It may be another's, who has waited for it: whoever joins has all the time there is.
        return known.waited_for(self.until)

    def _note(self, what: tuple[str | int, ...], known: Asked[Any]) -> None:
        """Remember what answers something, unless that was asked already."""
        self._memory().asked(self.reading.state, self._key(what), lambda: known)

    def _memory(self) -> Memory:
        return EVERYONES if is_lasting(self.tree) else self.memory

    def _key(self, what: tuple[str | int, ...]) -> Hashable:
        return self.corpora, self.added_since, self.tree, what

    def _run[T](self, ask: Callable[[tantivy.Searcher, Query], T]) -> T:
        return self._begun(ask).answer()

    def _begun[T](self, ask: Callable[[tantivy.Searcher, Query], T]) -> Asked[T]:
        query = self.query()
        return asked(lambda: ask(self.reading.searcher, query))

    def _by_relevance(self, start: int, limit: int, state: str | None) -> Asked[Answer]:
        limit = max(min(limit, RELEVANT_DEPTH - start), 0)
        reached = start + limit

        def told(best: Sequence[int]) -> Answer:
            more = len(best) > limit and reached < RELEVANT_DEPTH
            return Answer(
                best[:limit],
                Sort.RELEVANCE,
                next=f"a{reached}.{self.reading.state}" if more else None,
                previous=f"a{max(start - limit, 0)}.{self.reading.state}" if start else None,
                moved=bool(state) and state != self.reading.state,
            )

        return self._ask_best(start, limit + 1).part(told)

    def _folded_by_relevance(self, start: int, limit: int, state: str | None) -> Asked[Answer]:
        """Fold what relevance goes through: its depth is counted in articles."""
        schema, now = self.reading.schema, seconds(timezone.now())
        stamp = self.reading.state
        return self._begun(
            lambda searcher, query: ranking.folded(
                searcher, schema, query, start=start, limit=limit, depth=RELEVANT_DEPTH, now=now
            )
        ).part(
            lambda found: Answer(
                found.ids,
                Sort.RELEVANCE,
                next=None if found.next is None else f"a{found.next}.{stamp}",
                previous=None if found.previous is None else f"a{found.previous}.{stamp}",
                moved=bool(state) and state != stamp,
                further=found.further,
            )
        )

    def _best(self, start: int, limit: int) -> list[int]:
        """Return ids by relevance."""
        return self._ask_best(start, limit).answer()

    def _ask_best(self, start: int, limit: int) -> Asked[list[int]]:
        now = seconds(timezone.now())
        return self._begun(partial(ranking.best, start=start, limit=limit, now=now))


def ask(query: str | Node, user: Visitor, *, readable: bool = False) -> Question:
    """Return what a visitor asks, over the corpora that they may know of.

    With ``readable``, over those alone whose texts they may read. Raises QueryError,
    :class:`articles.search.index.store.IndexMissingError`.
    """
    tree = parse(query) if isinstance(query, str) else query
    check_names(tree)
    names = Names(user)
    _check_told(tree, names)
    ids = names.visible
    if readable:
        allowed = Corpus.objects.readable_by(user).order_by("pk")
        ids = tuple(allowed.values_list("pk", flat=True))
    reading = store.reading()
    # A question is put in many parts: what its names mean is looked up once.
    compiler = Compiler(reading.schema, reading.searcher, reading.languages, cache(names.mean))
    return Question(tree, user, ids, reading, compiler, names)


def check_names(tree: Node) -> None:
    """Raise QueryError for more names than can be looked up while someone waits."""
    if len({node for node in walk(tree) if isinstance(node, Named)}) > MOST_NAMES:
        raise QueryError(
            f"A query has at most {MOST_NAMES} names of outlets, authors and the like. Put the "
            "articles that you mean in a collection.",
            position=0,
        )


def _check_told(tree: Node, names: Names) -> None:
    """Raise QueryError for what is not told to who works blind; see TagNames.check_told."""
    named, _ = values_of(tree, "corpus")
    within = frozenset(pk for name in named for pk in names.corpora(name)) if named else None
    names.tags.check_told(tree, within)


def has_words(tree: Node) -> bool:
    """Whether a query asks for words, so that some articles answer it better than others."""
    match tree:
        case Not():
            return False
        case Word() | Phrase() | Near() | In():
            return True
        case _:
            return any(has_words(child) for child in getattr(tree, "children", ()))


def _by_key(found: answers.Page, sort: Sort, further: Mapping[int, int]) -> Answer:
    return Answer(
        found.ids,
        sort,
        next=f"a{found.last}" if found.more else None,
        previous=f"b{found.first}" if found.fewer else None,
        further=further,
    )


def _facets(counted: Counts) -> Mapping[str, Facet]:
    return counted.facets


def _times_by(zoom: str, counted: Counts) -> Mapping[int, int]:
    return counted.times[zoom]


def _of_corpora(schema: tantivy.Schema, corpora: Sequence[int]) -> Query:
    """Return what finds the articles of some corpora; never of none."""
    if len(corpora) > _FEW_CORPORA:
        return Query.term_set_query(schema, "corpus", list(corpora))
    # A set is gathered whole before anything is looked at.
    each = [Query.term_query(schema, "corpus", pk, "basic") for pk in corpora]
    return Query.boolean_query([(Occur.Should, query) for query in each])


def _value(article: Article, sort: Sort) -> int:
    match sort:
        case Sort.LONGEST | Sort.SHORTEST:
            return article.word_count
        case Sort.ADDED:
            return seconds(article.created_at)
        case _:
            return seconds(article.sort_at)


def _beside(pk: int, ids: Sequence[int]) -> tuple[int | None, int | None]:
    if pk not in ids:
        return None, None
    at = ids.index(pk)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def _read(cursor: str) -> tuple[bool, int | None, str | None]:
    """Return whether a cursor reads backwards, its place, and of which state of the index."""
    if not cursor:
        return False, None, None
    found = _CURSOR.fullmatch(cursor)
    if found is None or int(found[2]) >= (1 << 64) - 1:
        raise CursorError(_NOT_HERE)
    return found[1] == "b", int(found[2]), found[3]
