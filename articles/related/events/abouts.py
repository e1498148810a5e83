"""What articles are about, as the prints' store keeps it, and who is about the like.

Beside an article's prints stand the words and names that tell what it is about: hashed, to be
looked up, and whole, to be compared. So an article that is in the store can be found by all others,
whichever of them comes later.
"""

import heapq
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson
import tantivy
from tantivy import FieldType, Occur, Query

from articles.related.events.happenings import Manner
from articles.related.events.rough import Counted, Scale
from articles.related.events.weighing import Profile, Rarity
from articles.search.engine.faults import told_apart

TELLING, DAY, WHOLE = "telling", "day", "about"
WORDS, NAMES, ALL = "w", "n", "a"
# Of so many of its words and names that tell most an article is looked for.
_ASKED_WORDS, _ASKED_NAMES = 20, 10
# One that stands in more articles than that and in this share of a corpus tells too little.
_MOST_FREQUENT, _MOST_SHARE = 1_000, 0.04
_BITS_KEPT = (1 << 44) - 1
# Who has less of the weight of all these is not looked at: hardly one of a hundred on one event.
_LEAST_SHARE = 0.05
# By this share a larger store grows until it is looked up anew how rare words are.
_GROWN = 0.02
# In a corpus of no more articles, those that were replaced are left out of what is counted.
_COUNTED_EXACTLY = 5_000
# Articles that are kept in memory for those that are met again, some 4 kB each; and words that are
# known by number.
_MOST_KEPT, _MOST_WORDS = 20_000, 500_000


@dataclass(frozen=True, slots=True)
class About:
    """What an article is about: ``day`` is None where it is not known to the day."""

    article_id: int
    corpus_id: int
    source_id: int | None
    language: str | None
    day: date | None
    manner: Manner
    profile: Profile


@dataclass(frozen=True, slots=True)
class Kept:
    """What an article is about, as it is kept in memory: to be compared with many, nearly.

    ``text`` is alike for the same words.
    """

    article_id: int
    corpus_id: int
    text: int
    source_id: int | None
    language: str | None
    day: date | None
    manner: Manner
    words: Counted
    names: Counted
    whole: bytes

    def about(self) -> About:
        """Return all of it."""
        return _unpacked(self.whole)


def add_fields(builder: tantivy.SchemaBuilder) -> None:
    """Add what is kept of an article's matter to a schema that has an ``id``."""
    builder.add_unsigned_field(TELLING, indexed=True)
    # From 1; 0 where it is not known.
    builder.add_unsigned_field(DAY, indexed=True, fast=True)
    builder.add_bytes_field(WHOLE, stored=True)


def fill(document: tantivy.Document, about: About) -> bytes:
    """Put what an article is about into what the store keeps of it; return it as it is kept."""
    corpus, profile = about.corpus_id, about.profile
    document.add_unsigned(TELLING, _number(corpus, ALL, ""))
    for word in profile.words:
        document.add_unsigned(TELLING, _number(corpus, WORDS, word))
    for word in profile.names:
        document.add_unsigned(TELLING, _number(corpus, NAMES, word))
    document.add_unsigned(DAY, about.day.toordinal() if about.day else 0)
    whole = _packed(about)
    document.add_bytes(WHOLE, whole)
    return whole


def _packed(about: About) -> bytes:
    profile, manner = about.profile, about.manner
    return orjson.dumps(
        [
            about.article_id,
            about.corpus_id,
            about.source_id,
            about.language,
            about.day.toordinal() if about.day else 0,
            [manner.corrects, manner.looks_back, manner.comes_after],
            profile.words,
            profile.names,
            profile.printed,
        ]
    )


def _unpacked(whole: bytes) -> About:
    article, corpus, source, language, day, manner, words, names, printed = orjson.loads(whole)
    return About(
        article,
        corpus,
        source,
        language,
        date.fromordinal(day) if day else None,
        Manner(*manner),
        Profile(words, names, tuple(printed)),
    )


@lru_cache(maxsize=500_000)
def _number(corpus: int, what: str, word: str) -> int:
    """Return a word as it is looked up, within its corpus: alike in any process."""
    made = blake2b(f"{corpus}/{what}/{word}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(made, "little") & _BITS_KEPT


class Abouts:
    """What the store holds, as its last commit left it."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher, self._schema = searcher, schema
        self._rarity: dict[int, tuple[Rarity, Rarity]] = {}
        self._scales: dict[int, tuple[Scale, Scale]] = {}
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        # Of how many articles the store was when it was looked up how rare words are.
        self._counted_of = searcher.num_docs

    def follow(self, searcher: tantivy.Searcher) -> None:
        """Go on with what another commit left; how rare words are is looked up anew if it grew."""
        self._searcher = searcher
        grown = abs(searcher.num_docs - self._counted_of)
        if searcher.num_docs <= _COUNTED_EXACTLY or grown > _GROWN * self._counted_of:
            self._rarity.clear()
            for scales in self._scales.values():
                for scale in scales:
                    scale.forget()
            self._counted_of = searcher.num_docs

    def forget(self, article_ids: Iterable[int]) -> None:
        """Forget articles that are put anew, or are gone."""
        for id_ in article_ids:
            self._kept.pop(id_, None)

    def keep(self, about: About, text: int, whole: bytes) -> Kept:
        """Keep in memory what an article is about, which is ``whole`` in the store."""
        words, names = self.scales(about.corpus_id)
        kept = Kept(
            about.article_id,
            about.corpus_id,
            text,
            about.source_id,
            about.language,
            about.day,
            about.manner,
            words.counted(about.profile.words),
            names.counted(about.profile.names),
            whole,
        )
        self._kept[about.article_id] = kept
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return kept

    def of(self, article_ids: Iterable[int]) -> dict[int, Kept]:
        """Return what articles are about, of those that the store has."""
        self._make_room()
        found = {id_: self._kept[id_] for id_ in article_ids if id_ in self._kept}
        ids = sorted(set(article_ids) - found.keys())
        if not ids:
            return found
        query = Query.term_set_query(self._schema, "id", ids)
        with told_apart():
            hits = self._searcher.search(query, len(ids), count=False).hits
            places = [address for _, address in hits]
            texts = self._searcher.fast_field_values("text", places) if places else []
            read = list(map(self._read, places, texts))
        return found | {kept.article_id: kept for kept in read if kept is not None}

    def scales(self, corpus_id: int) -> tuple[Scale, Scale]:
        """Return the numbers of words and of names in a corpus, by which many are compared."""
        if corpus_id not in self._scales:
            self._scales[corpus_id] = (Scale(), Scale())
        return self._scales[corpus_id]

    def _make_room(self) -> None:
        """Forget all that is known by number, once it is very much; never half-way."""
        if sum(len(scale) for scales in self._scales.values() for scale in scales) > _MOST_WORDS:
            self._scales.clear()
            self._kept.clear()

    def rarity(self, corpus_id: int) -> tuple[Rarity, Rarity]:
        """Return how much words and names tell in a corpus, as it is now."""
        known = self._rarity.get(corpus_id)
        if known is None:
            articles = self._frequency(corpus_id, ALL, "")
            known = (
                Rarity(articles, lambda word: self._frequency(corpus_id, WORDS, word)),
                Rarity(articles, lambda word: self._frequency(corpus_id, NAMES, word)),
            )
            self._rarity[corpus_id] = known
        return known

    def near(self, about: About, *, days: int, limit: int) -> list[Kept]:
        """Return who shares the most telling words and names, the nearest first.

        Of an article with a day, those of no more ``days`` before and after, and the undated.
        """
        asked = self._asked(about)
        clauses = [
            (Occur.Should, _weighted(self._term(about.corpus_id, what, word), weight))
            for what, word, weight in asked
        ]
        if not clauses:
            return []
        least = _LEAST_SHARE * sum(weight for _, _, weight in asked)
        query = Query.boolean_query(clauses, minimum_number_should_match=min(2, len(clauses)))
        if about.day is not None:
            window = (Occur.Must, _weighted(self._within(about.day, days), 0.0))
            query = Query.boolean_query([(Occur.Must, query), window])
        with told_apart():
            hits = self._searcher.search(query, limit + 1, count=False).hits
            places = [address for score, address in hits if score >= least]
            ids = self._searcher.fast_field_values("id", places) if places else []
            texts = self._searcher.fast_field_values("text", places) if places else []
            found = [
                self._kept.get(int(id_)) or self._read(address, text)
                for id_, text, address in zip(ids, texts, places, strict=True)
                if id_ is not None and id_ != about.article_id
            ]
        return [each for each in found if each is not None][:limit]

    def _asked(self, about: About) -> Sequence[tuple[str, str, float]]:
        """Return the words and names that tell most, with their weights."""
        words, names = self.rarity(about.corpus_id)
        most = max(_MOST_FREQUENT, int(_MOST_SHARE * words.articles))
        asked = []
        for what, counts, rarity, wanted in (
            (WORDS, about.profile.words, words, _ASKED_WORDS),
            (NAMES, about.profile.names, names, _ASKED_NAMES),
        ):
            # What more articles have weighs less: no need to count them again.
            bound = rarity.weight_of(most)
            telling = [
                (times * weight, word)
                for word, times in counts.items()
                if (weight := rarity.of(word)) >= bound
            ]
            # Of equals the first in the alphabet, whichever came first.
            chosen = heapq.nsmallest(wanted, telling, key=lambda each: (-each[0], each[1]))
            asked += [(what, word, rarity.of(word) ** 2) for _, word in chosen]
        return asked

    def _frequency(self, corpus_id: int, what: str, word: str) -> int:
        number = _number(corpus_id, what, word)
        frequency = int(self._searcher.doc_freq(TELLING, number))
        if frequency and self._searcher.num_docs <= _COUNTED_EXACTLY:
            term = self._term(corpus_id, what, word)
            found: Any = self._searcher.search(term, 1, count=True)
            return int(found.count or 0)
        return frequency

    def _within(self, day: date, days: int) -> Query:
        middle = day.toordinal()
        window = Query.range_query(
            self._schema, DAY, FieldType.Unsigned, max(middle - days, 1), middle + days
        )
        undated = Query.term_query(self._schema, DAY, 0, "basic")
        return Query.boolean_query([(Occur.Should, window), (Occur.Should, undated)])

    def _term(self, corpus_id: int, what: str, word: str) -> Query:
        number = _number(corpus_id, what, word)
        return Query.term_query(self._schema, TELLING, number, "basic")

    def _read(self, address: tantivy.DocAddress, text: float | None) -> Kept | None:
        """Return an article from the store, and keep it."""
        found: Any = self._searcher.doc(address).get_first(WHOLE)
        if found is None:
            return None
        whole = bytes(found)
        return self.keep(_unpacked(whole), int(text or 0), whole)


def _weighted(query: Query, weight: float) -> Query:
    return Query.const_score_query(query, weight)
