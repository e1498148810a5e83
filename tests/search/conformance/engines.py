"""What an engine must be able to do to be held to the suite, and those that are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tantivy import Occur, Query, Searcher

from articles.search.engine import answers, counting
from articles.search.engine import index as tantivy_index
from articles.search.engine.answers import Page, Sort
from articles.search.engine.compiling import Compiler
from articles.search.engine.counting import Facet
from articles.search.index.documents import Document
from articles.search.language.query import parse


class Engine(Protocol):
    """An index of articles. Queries are text; ``corpora`` are those that one may know of."""

    def write(self, documents: Sequence[Document], gone: Iterable[int] = ()) -> None:
        """Put articles in place of what was known of them, forget some; seen when it returns."""

    def count(self, query: str, *, corpora: Sequence[int] | None = None) -> int:
        """Return how many articles an answer has; raise QueryError for what costs too much."""

    def page(
        self,
        query: str,
        *,
        sort: Sort,
        limit: int,
        after: int | None = None,
        before: int | None = None,
        corpora: Sequence[int] | None = None,
    ) -> Page:
        """Return a page of an order by a key, behind a place or before one."""

    def best(self, query: str, *, corpora: Sequence[int] | None = None) -> list[int]:
        """Return ids, the best first, at most 1,000."""

    def facets(
        self, query: str, names: Sequence[str], values: int, *, corpora: Sequence[int] | None = None
    ) -> Mapping[str, Facet]:
        """Return the most frequent values of some fields, counted exactly."""

    def times(self, query: str, zoom: str) -> Mapping[int, int]:
        """Return numbers of articles by day, month or year."""


class Tantivy:
    """The embedded engine, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy_index.opened(folder)
        self._writer = self._index.writer(30_000_000, 1)

    def write(self, documents: Sequence[Document], gone: Iterable[int] = ()) -> None:
        stale = [document.id for document in documents]
        tantivy_index.forget(self._writer, [*stale, *gone])
        tantivy_index.add(self._writer, documents)
        self._writer.commit()
        self._index.reload()

    def count(self, query: str, *, corpora: Sequence[int] | None = None) -> int:
        return answers.count(*self._asked(query, corpora))

    def page(
        self,
        query: str,
        *,
        sort: Sort,
        limit: int,
        after: int | None = None,
        before: int | None = None,
        corpora: Sequence[int] | None = None,
    ) -> Page:
        searcher, compiled = self._asked(query, corpora)
        return answers.keyed(
            searcher, self._index.schema, compiled,
            sort=sort, limit=limit, after=after, before=before,
        )  # fmt: skip

    def best(self, query: str, *, corpora: Sequence[int] | None = None) -> list[int]:
        searcher, compiled = self._asked(query, corpora)
        rows = answers.ranked(searcher, compiled, start=0, limit=1_000)
        return [id_ for _, id_, _ in sorted(rows, key=lambda row: (-row[0], -row[2], row[1]))]

    def facets(
        self, query: str, names: Sequence[str], values: int, *, corpora: Sequence[int] | None = None
    ) -> Mapping[str, Facet]:
        searcher, compiled = self._asked(query, corpora)
        filled = counting.filled_columns(searcher)
        return counting.facets(searcher, self._index.schema, compiled, names, values, filled)

    def times(self, query: str, zoom: str) -> Mapping[int, int]:
        searcher, compiled = self._asked(query, None)
        return counting.histogram(searcher, compiled, zoom)

    def _asked(self, query: str, corpora: Sequence[int] | None) -> tuple[Searcher, Query]:
        searcher = self._index.searcher()
        compiler = Compiler(self._index.schema, searcher, counting.languages(searcher))
        return searcher, self._within(compiler.query(parse(query)), corpora)

    def _within(self, query: Query, corpora: Sequence[int] | None) -> Query:
        if corpora is None:
            return query
        scope = Query.term_set_query(self._index.schema, "corpus", list(corpora))
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, scope)])


type Making = Callable[[Path], Engine]

# Another engine is held to the same suite by a line here.
ENGINES: Mapping[str, Making] = {"tantivy": Tantivy}


def listed(
    engine: Engine,
    query: str,
    *,
    sort: Sort = Sort.OLDEST,
    limit: int = 7,
    corpora: Sequence[int] | None = None,
) -> list[int]:
    """Return all ids of an answer, page by page."""
    if sort is Sort.RELEVANCE:
        return engine.best(query, corpora=corpora)
    found: list[int] = []
    after = None
    while True:
        page = engine.page(query, sort=sort, limit=limit, after=after, corpora=corpora)
        found += page.ids
        after = page.last
        if not page.more:
            return found
