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
from operator import itemgetter
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from articles.related.events.about import (
    ALL,
    DAY,
    NAMES,
    TELLING,
    WHOLE,
    WORDS,
    About,
    number_in,
    unpacked,
)
from articles.related.events.happenings import Manner
from articles.related.events.rough import Counted, Scale
from articles.related.events.weighing import Rarity
from articles.search.engine.faults import told_apart

# Of so many of its words and names that tell most an article is looked for.
_ASKED_WORDS, _ASKED_NAMES = 20, 10
# One that stands in more articles than that and in this share of a corpus tells too little.
_MOST_FREQUENT, _MOST_SHARE = 1_000, 0.04
# Who has less of the weight of all these is not looked at: hardly one of a hundred on one event.
_LEAST_SHARE = 0.05
# Of those that weigh as much as the last one so many are looked at; digits after the point of it.
_MOST_EQUAL, _DIGITS = 4_000, 2
# By this share a larger store grows until it is looked up anew how rare words are.
_GROWN = 0.02
# In a corpus of no more articles, those that were replaced are left out of what is counted.
_COUNTED_EXACTLY = 5_000
# Articles that are kept in memory for those that are met again, some 1.5 kB each, and the last of
# them wholly, some 2 kB more; and words that are known by number.
_MOST_KEPT, _MOST_WHOLE, _MOST_WORDS = 60_000, 4_000, 500_000
# Corpora whose words are known by number: of more, those that were met last stay, half as many.
_MOST_CORPORA = 64


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


class Abouts:
    """What the store holds, as its last commit left it."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher, self._schema = searcher, schema
        self._rarity: dict[int, tuple[Rarity, Rarity]] = {}
        self._scales: OrderedDict[int, tuple[Scale, Scale]] = OrderedDict()
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._whole: OrderedDict[int, bytes] = OrderedDict()
        # Of how many articles the store was when it was looked up how rare words are.
        self._counted_of = searcher.num_docs
        # One that counts though it is not committed.
        self._held: About | None = None

    def hold(self, about: About | None) -> None:
        """Count an article, too, that is put and not yet committed: until :meth:`follow`."""
        self._held = about
        self._count_anew()

    def follow(self, searcher: tantivy.Searcher) -> None:
        """Go on with what another commit left; how rare words are is looked up anew if it grew."""
        self._searcher, self._held = searcher, None
        self._count_anew()

    @property
    def _articles(self) -> int:
        return int(self._searcher.num_docs) + (self._held is not None)

    def _count_anew(self) -> None:
        articles = self._articles
        grown = abs(articles - self._counted_of)
        if articles <= _COUNTED_EXACTLY or grown > _GROWN * self._counted_of:
            self._rarity.clear()
            for scales in self._scales.values():
                for scale in scales:
                    scale.forget()
            self._counted_of = articles

    def forget(self, article_ids: Iterable[int]) -> None:
        """Forget articles that are put anew, or are gone."""
        for id_ in article_ids:
            self._kept.pop(id_, None)
            self._whole.pop(id_, None)

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
        )
        self._kept[about.article_id] = kept
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self._keep_whole(about.article_id, whole)
        return kept

    def _keep_whole(self, article_id: int, whole: bytes) -> None:
        self._whole[article_id] = whole
        if len(self._whole) > _MOST_WHOLE:
            self._whole.popitem(last=False)

    def about(self, kept: Kept) -> About:
        """Return all that an article is about, which was met before."""
        whole = self._whole.get(kept.article_id)
        if whole is None:
            query = Query.term_query(self._schema, "id", kept.article_id, "basic")
            with told_apart():
                [(_, address)] = self._searcher.search(query, 1, count=False).hits
                whole = self._stored(address)
            self._keep_whole(kept.article_id, whole)
        return unpacked(whole)

    def of(self, article_ids: Iterable[int]) -> dict[int, Kept]:
        """Return what articles are about, of those that the store has."""
        self._make_room()
        found = {id_: kept for id_ in article_ids if (kept := self._known(id_)) is not None}
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
        self._scales.move_to_end(corpus_id)
        return self._scales[corpus_id]

    def _make_room(self) -> None:
        """Forget all that is known by number, once it is very much; never half-way."""
        if sum(len(scale) for scales in self._scales.values() for scale in scales) > _MOST_WORDS:
            self._scales.clear()
            self._kept.clear()
        if len(self._scales) > _MOST_CORPORA:
            gone = set(list(self._scales)[: -_MOST_CORPORA // 2])
            for corpus_id in gone:
                del self._scales[corpus_id]
                self._rarity.pop(corpus_id, None)
            for id_ in [id_ for id_, kept in self._kept.items() if kept.corpus_id in gone]:
                del self._kept[id_]

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
            near = self._nearest(query, limit + 1, least)
            places = [address for _, address in near]
            texts = self._searcher.fast_field_values("text", places) if places else []
            found = [
                self._known(id_) or self._read(address, text)
                for (id_, address), text in zip(near, texts, strict=True)
                if id_ != about.article_id
            ]
        return [each for each in found if each is not None][:limit]

    def _nearest(
        self, query: Query, number: int, least: float
    ) -> list[tuple[int, tantivy.DocAddress]]:
        """Return the ids and places of so many that weigh the most, and no less than ``least``.

        Of equals those with the lowest ids, or it would hang on how the store lies on disk.
        """
        wanted = number + 1
        hits = self._searcher.search(query, wanted, count=False).hits
        while len(hits) == wanted <= _MOST_EQUAL and _equal(hits[number - 1][0], hits[-1][0]):
            wanted *= 4
            hits = self._searcher.search(query, wanted, count=False).hits
        heavy = [(score, address) for score, address in hits if score >= least]
        places = [address for _, address in heavy]
        ids = self._searcher.fast_field_values("id", places) if places else []
        found = [
            (-round(score, _DIGITS), int(id_), address)
            for (score, address), id_ in zip(heavy, ids, strict=True)
            if id_ is not None
        ]
        found.sort(key=itemgetter(0, 1))
        return [(id_, address) for _, id_, address in found[:number]]

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
        number = number_in(corpus_id, what, word)
        frequency = int(self._searcher.doc_freq(TELLING, number))
        if frequency and self._articles <= _COUNTED_EXACTLY:
            term = self._term(corpus_id, what, word)
            found: Any = self._searcher.search(term, 1, count=True)
            frequency = int(found.count or 0)
        return frequency + self._holds(corpus_id, what, word)

    def _holds(self, corpus_id: int, what: str, word: str) -> bool:
        """Whether the article that is held is one of those that a word is counted of."""
        held = self._held
        if held is None or held.corpus_id != corpus_id:
            return False
        return what == ALL or word in (held.profile.words if what == WORDS else held.profile.names)

    def _within(self, day: date, days: int) -> Query:
        middle = day.toordinal()
        window = Query.range_query(
            self._schema, DAY, FieldType.Unsigned, max(middle - days, 1), middle + days
        )
        undated = Query.term_query(self._schema, DAY, 0, "basic")
        return Query.boolean_query([(Occur.Should, window), (Occur.Should, undated)])

    def _term(self, corpus_id: int, what: str, word: str) -> Query:
        number = number_in(corpus_id, what, word)
        return Query.term_query(self._schema, TELLING, number, "basic")

    def _read(self, address: tantivy.DocAddress, text: float | None) -> Kept | None:
        """Return an article from the store, and keep it."""
        whole = self._stored(address)
        return self.keep(unpacked(whole), int(text or 0), whole) if whole else None

    def _stored(self, address: tantivy.DocAddress) -> bytes:
        """Return what the store keeps of what an article is about; nothing if it has none of it."""
        found: Any = self._searcher.doc(address).get_first(WHOLE)
        return bytes(found or b"")

    def _known(self, article_id: int) -> Kept | None:
        """Return an article that was met before; who is met again stays longer."""
        kept = self._kept.get(article_id)
        if kept is not None:
            self._kept.move_to_end(article_id)
        return kept


def _equal(score: float, other: float) -> bool:
    """Whether two weigh the same; their sums are not made in one order."""
    return round(score, _DIGITS) == round(other, _DIGITS)


def _weighted(query: Query, weight: float) -> Query:
    return Query.const_score_query(query, weight)
