"""Where prints are kept and looked up: a Tantivy index of their own, in builds.

A print is kept in 44 of its bits, mixed with its corpus: articles of two corpora never meet. Two
prints are taken for one by chance once in some hundred texts, at a million articles: that makes no
two of them, as a candidate needs.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import tantivy
from tantivy import Occur, Order, Query

from articles.models import Consumer
from articles.related.events import about
from articles.related.events.about import About
from articles.related.events.abouts import Abouts, one_of
from articles.related.events.records import Writing
from articles.related.matching.sharing import FEW_PRINTS
from articles.search.engine.faults import told_apart
from articles.search.index.alone import Alone
from articles.search.index.builds import Builds

# Raised when the fields change, or what is in them; or prints.
FORMAT = 5
BUILDS = Builds(Consumer.RELATED, "RELATED_DIR", FORMAT)
ALONE = Alone(0x4E55)
_BITS = 44
_MASK = (1 << _BITS) - 1
_MIX = 0x9E3779B97F4A7C15
_MOST_FREQUENCIES = 100_000
# Records that were replaced stay: so many bytes, or of all so many times what they need.
_SPARE, _MOST_WASTE = 64 * 1024 * 1024, 3
# The least that the engine takes: what it sets aside is cleared anew with each commit.
_MEMORY = {True: 200 * 1024 * 1024, False: 15 * 1024 * 1024}


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it is kept. ``text`` is alike for the same words, ``key`` by source and day.

    ``seal`` is alike only where all of it is: a number of 44 bits.
    """

    article_id: int
    corpus_id: int
    prints: Sequence[int]
    text: int
    key: int
    about: About | None = None
    seal: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that shares prints with one that is looked up, and how many."""

    article_id: int
    shared: int


# Prints that were looked up, and what asks for them.
type _Asked = tuple[tuple[int, tuple[int, ...]], list[tuple[Occur, Query]]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("seal", fast=True)
    builder.add_unsigned_field("text", indexed=True)
    builder.add_unsigned_field("marks", indexed=True)
    # Whether it has few prints: the corpus, mixed.
    builder.add_unsigned_field("few", indexed=True)
    about.add_fields(builder)
    return builder.build()


_SCHEMA = _schema()


def _mark(corpus_id: int, print_: int) -> int:
    return (print_ ^ (corpus_id * _MIX)) & _MASK


def _text(corpus_id: int, text: int) -> int:
    return (text ^ (corpus_id * _MIX)) & _MASK


class Prints:
    """A build, open to read and to write; for the one process that keeps it."""

    def __init__(self, build: Path, *, many: bool = False) -> None:
        """Open a build. Raises the errors of :mod:`articles.search.engine.faults`."""
        self.build = build
        with told_apart():
            self._index = tantivy.Index(_SCHEMA, path=str(build))
            self._index.config_reader("manual")
            self._writer: tantivy.IndexWriter | None = self._index.writer(_MEMORY[many], 1)
            self._index.reload()
            self._searcher = self._index.searcher()
        self._records = Writing(build)
        self.abouts = Abouts(self._searcher, _SCHEMA, self._records)
        # How large the records were when it was last looked at how many of them are in use.
        self._looked_at = 0
        self._asked: _Asked = ((0, ()), [])
        # How many articles have a mark, as far as that was asked since the last commit.
        self._frequencies: dict[int, int] = {}
        # What it is to read: another one after each commit, and when it is opened again.
        self.state = token_hex(8)
        # The one that is found though it is not committed, and its prints.
        self._held: Entry | None = None
        self._held_prints: frozenset[int] = frozenset()

    def put(self, entries: Iterable[Entry], gone: Iterable[int] = ()) -> None:
        """Put articles in place of what was known of them, and forget some; not yet committed."""
        entries = list(entries)
        stale = sorted({entry.article_id for entry in entries} | set(gone))
        with told_apart():
            if stale and (self._searcher.num_docs or self._held):
                self._open().delete_documents_by_query(one_of(_SCHEMA, "id", stale))
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> dict[int, int]:
        """Put articles of which nothing is known yet, not yet committed.

        Returns where their records are, by article.
        """
        places = {}
        for entry in entries:
            with told_apart():
                text = _text(entry.corpus_id, entry.text)
                fields: dict[str, object] = {
                    "id": entry.article_id,
                    "key": entry.key,
                    "seal": entry.seal,
                    "text": text,
                    "marks": [_mark(entry.corpus_id, print_) for print_ in entry.prints],
                }
                if len(entry.prints) <= FEW_PRINTS:
                    fields["few"] = entry.corpus_id
                if entry.about is not None:
                    place = self._records.add(about.record_of(entry.about, entry.prints, text))
                    fields |= about.fields_of(entry.about, place)
                    places[entry.article_id] = place
                self._open().add_document(tantivy.Document.from_dict(fields, _SCHEMA))
        return places

    def hold(self, entry: Entry) -> None:
        """Put an article of which nothing is known yet, and have it found before it is committed.

        One alone: a commit takes longer than all else that is done for an article that arrives. It
        stands in what is counted, among :meth:`holders` and :meth:`copies`; not among those who are
        like another one.
        """
        places = self.add([entry])
        self._held, self._held_prints = entry, frozenset(entry.prints)
        if entry.about is not None:
            self.abouts.hold(entry.about, places[entry.article_id])

    @property
    def is_owed(self) -> bool:
        """Whether a commit is owed for what is held."""
        return self._held is not None

    def seals(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Return the seals of articles, of those that it holds."""
        ids = sorted(article_ids)
        if self._held is not None and self._held.article_id in ids:
            ids.remove(self._held.article_id)
            return {self._held.article_id: self._held.seal, **self.seals(ids)}
        if not ids or not self._searcher.num_docs:
            return {}
        with told_apart():
            query = one_of(_SCHEMA, "id", ids)
            hits = self._searcher.search(query, len(ids), count=False).hits
            places = [address for _, address in hits]
            known = self._ids(places)
            seals = self._searcher.fast_field_values("seal", places) if places else []
        return {id_: int(seal or 0) for id_, seal in zip(known, seals, strict=True)}

    def commit(self) -> None:
        """Keep what was put whatever happens, and read it from now on."""
        with told_apart():
            self._records.commit()
            self._open().commit()
            self._index.reload()
            self._searcher = self._index.searcher()
        self.state = token_hex(8)
        self._held, self._held_prints = None, frozenset()
        self._frequencies.clear()
        self.abouts.follow(self._searcher)

    def close(self) -> None:
        """End, when what goes on in the background is done."""
        with told_apart():
            self._open().wait_merging_threads()
        self.drop()

    def drop(self) -> None:
        """End at once; what was not committed is lost."""
        # The records first: with the writer goes the lock, and another one may add to them.
        self._records.close()
        self._writer = None

    def articles(self) -> int:
        """Return how many articles it holds."""
        return int(self._searcher.num_docs)

    def verify(self) -> None:
        """Read what is kept beside the engine's own files. Raises BrokenIndexError."""
        self.abouts.verify()

    @property
    def is_wasteful(self) -> bool:
        """Whether most of the records on disk were replaced: then all is made anew."""
        size = self._records.size
        if size < _SPARE or size < 2 * self._looked_at:
            return False
        self._looked_at = size
        return size > _MOST_WASTE * self.abouts.bytes_in_use()

    def alike(
        self,
        corpus_id: int,
        prints: Sequence[int],
        *,
        least: int,
        limit: int,
        offset: int = 0,
        but: int | None = None,
        few: bool = False,
    ) -> list[Hit]:
        """Return who shares at least so many of ``prints``, the most first.

        ``but`` is a text whose copies are left out; ``few`` asks for those alone that have few.
        """
        if len(prints) < least:
            return []
        clauses = self._sharing(corpus_id, prints)
        if but is not None:
            clauses.append((Occur.MustNot, _term("text", _text(corpus_id, but))))
        if few:
            has_few = Query.const_score_query(_term("few", corpus_id), 0.0)
            clauses.append((Occur.Must, has_few))
        query = Query.boolean_query(clauses, minimum_number_should_match=least)
        with told_apart():
            hits = self._searcher.search(query, limit, count=False, offset=offset).hits
            ids = self._ids([address for _, address in hits])
        return [
            Hit(article_id, round(score)) for article_id, (score, _) in zip(ids, hits, strict=True)
        ]

    def _sharing(self, corpus_id: int, prints: Sequence[int]) -> list[tuple[Occur, Query]]:
        """Return what asks for each print; the same are asked for several times in a row."""
        asked = (corpus_id, tuple(prints))
        if self._asked[0] != asked:
            clauses = [
                (Occur.Should, Query.const_score_query(_term("marks", _mark(corpus_id, each)), 1.0))
                for each in prints
            ]
            self._asked = (asked, clauses)
        return list(self._asked[1])

    def copies(self, corpus_id: int, text: int, *, limit: int) -> list[int]:
        """Return who has the very same words, at most ``limit``."""
        held = self._held
        is_copy = held is not None and (held.corpus_id, held.text) == (corpus_id, text)
        return self._by_key(_term("text", _text(corpus_id, text)), limit, held if is_copy else None)

    def frequencies(self, corpus_id: int, prints: Iterable[int]) -> dict[int, int]:
        """Return how many articles have each print, those too that were replaced of late; quick."""
        if len(self._frequencies) >= _MOST_FREQUENCIES:
            self._frequencies.clear()
        known, count, found = self._frequencies, self._searcher.doc_freq, {}
        for print_ in prints:
            mark = _mark(corpus_id, print_)
            frequency = known.get(mark)
            if frequency is None:
                frequency = known[mark] = int(count("marks", mark))
            found[print_] = frequency
        held = self._held
        if held is not None and held.corpus_id == corpus_id:
            for print_ in found.keys() & self._held_prints:
                found[print_] += 1
        return found

    def holders(self, corpus_id: int, print_: int, *, limit: int) -> tuple[int, ...]:
        """Return who has a print: of many the same ``limit``, in whatever order they came."""
        held = self._held if self._holds(corpus_id, print_) else None
        return tuple(self._by_key(_term("marks", _mark(corpus_id, print_)), limit, held))

    def _holds(self, corpus_id: int, print_: int) -> bool:
        """Whether the article that is held has a print."""
        held = self._held
        return held is not None and held.corpus_id == corpus_id and print_ in self._held_prints

    def _by_key(self, query: Query, limit: int, held: Entry | None) -> list[int]:
        """Return those with the least keys, with the one that is held in its place."""
        with told_apart():
            found = self._searcher.search(
                query, limit, count=False, order_by_field="key", order=Order.Asc
            )
            places = [address for _, address in found.hits]
            ids = self._ids(places)
            if held is not None:
                keys = self._searcher.fast_field_values("key", places) if places else []
                ids.insert(bisect_right([int(key or 0) for key in keys], held.key), held.article_id)
        return ids[:limit]

    def _ids(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        found = self._searcher.fast_field_values("id", addresses) if addresses else []
        return [int(id_) for id_ in found if id_ is not None]

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise RuntimeError(self.build)
        return self._writer


def _term(field: str, value: int) -> Query:
    return Query.term_query(_SCHEMA, field, value, "basic")
