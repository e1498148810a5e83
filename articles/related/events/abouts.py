"""What articles are about, as the prints' store keeps it, and who is about the like.

Beside an article's prints stand the words and names that tell what it is about: as numbers, to be
looked up and to be compared, and as they are, to say why. So an article that is in the store can be
found by all others, whichever of them comes later.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import batched
from typing import Any

import numpy as np
import tantivy
from tantivy import FieldType, Occur, Query

from articles.related.events.about import DAY, PLACE, TELLING, TOLD, About, numbers_of
from articles.related.events.matter import profile_of
from articles.related.events.numbers import ALL, Counted, Numbers, number_in
from articles.related.events.often import Often
from articles.related.events.profiling import Profile
from articles.related.events.records import Records, Several
from articles.related.events.weighing import Rarity
from articles.related.matching.boilerplate import Holder
from articles.search.engine.faults import BrokenIndexError, told_apart

# Of so many of its words and names that tell most an article is looked for.
_ASKED_WORDS, _ASKED_NAMES = 20, 10
# One that stands in more articles than that and in this share of a corpus tells too little; and in
# so many it does in any: of a million articles it costs much, and hardly finds another relation.
_MOST_FREQUENT, _MOST_SHARE, _TOO_FREQUENT = 1_000, 0.04, 3_000
# Who has less of the weight of all these is not looked at: hardly one of a hundred on one event.
_LEAST_SHARE = 0.05
# Of those that weigh as much as the last one no more are asked for once there are so many; digits
# after the point of it.
_MOST_EQUAL, _DIGITS = 4_000, 2
_AHEAD = 4
# By this share a larger store grows until it is looked up anew how rare words are.
_GROWN = 0.02
# In a corpus of no more articles, those that were replaced are left out of what is counted.
_COUNTED_EXACTLY = 5_000
# Articles of which the words and names are kept in memory, some 2 kB each.
_MOST_TOLD = 4_000
# Records that are verified at once.
_AT_ONCE = 1_000

# Who is near: the id of an article, and where its record is.
type Near = tuple[int, int]


class Abouts:
    """What the store holds, as its last commit left it."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, records: Records
    ) -> None:
        self._searcher, self._schema, self._records = searcher, schema, records
        self._often = Often(self._counted)
        self._told: OrderedDict[int, Profile] = OrderedDict()
        # Of how many articles the store was when it was looked up how rare words are.
        self._counted_of = searcher.num_docs
        # One that counts though it is not committed, its record, and its numbers, in order.
        self._held: tuple[About, int, Numbers] | None = None

    def hold(self, about: About, place: int) -> None:
        """Count an article, too, that is put and not yet committed: until :meth:`follow`."""
        self._held = (about, place, numbers_of(about))
        self._count_anew()

    def follow(self, searcher: tantivy.Searcher) -> None:
        """Go on with what another commit left; how rare words are is looked up anew if it grew."""
        self._searcher, self._held = searcher, None
        self._told.clear()
        self._count_anew()

    def places(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Return where the records of articles are, of those that the store has."""
        ids = sorted(set(article_ids))
        found = {}
        if self._held is not None and self._held[0].article_id in ids:
            about, place, _ = self._held
            ids.remove(about.article_id)
            found[about.article_id] = place
        if ids:
            with told_apart():
                hits = self._searcher.search(self._with_ids(ids), len(ids), count=False).hits
                found |= dict(self._read_at([address for _, address in hits]))
        return found

    def read(self, near: Sequence[Near]) -> Several:
        """Return articles as they are compared. Raises BrokenIndexError."""
        some = self._records.at([place for _, place in near])
        if some.heads["article"].tolist() != [id_ for id_, _ in near]:
            raise BrokenIndexError("The record of an article is another one's.")
        return some

    def told(self, article_ids: Collection[int]) -> dict[int, Profile]:
        """Return the words and names of articles that the store has."""
        found = {id_: self._told[id_] for id_ in article_ids if id_ in self._told}
        for id_ in found:
            self._told.move_to_end(id_)
        if self._held is not None and self._held[0].article_id in article_ids:
            found[self._held[0].article_id] = profile_of(self._held[0].matter.told)
        ids = sorted(set(article_ids) - found.keys())
        if ids:
            with told_apart():
                hits = self._searcher.search(self._with_ids(ids), len(ids), count=False).hits
                places = [address for _, address in hits]
                known = self._searcher.fast_field_values("id", places) if places else []
                read = {
                    int(id_ or 0): self._profile(at) for id_, at in zip(known, places, strict=True)
                }
            found |= read
            self._told |= read
            while len(self._told) > _MOST_TOLD:
                self._told.popitem(last=False)
        return found

    def verify(self) -> None:
        """Read all records that the store has. Raises BrokenIndexError."""
        for some in batched(self._all(), _AT_ONCE, strict=False):
            if faults := self._records.faults([place for _, place in some]):
                raise BrokenIndexError(f"{faults} records of articles are damaged.")
            self.read(some)

    def bytes_in_use(self) -> int:
        """Return how many bytes the records take that the store has."""
        return sum(
            self._records.bytes_of([place for _, place in some])
            for some in batched(self._all(), _AT_ONCE, strict=False)
        )

    def _all(self) -> list[Near]:
        with told_apart():
            hits = self._searcher.search(Query.all_query(), max(self._searcher.num_docs, 1)).hits
            return self._read_at([address for _, address in hits])

    def holders(self, article_ids: Collection[int]) -> dict[int, Holder]:
        """Return by what articles are judged that have a print, of those that the store has.

        Of their prints the last 32 bits. Raises BrokenIndexError.
        """
        found = {}
        for head, prints, long in self._records.marks([*self.places(article_ids).values()]):
            day = int(head["day"])
            found[int(head["article"])] = Holder(
                prints, long, int(head["source"]) or None, date.fromordinal(day) if day else None
            )
        return found

    def rarity(self, corpus_id: int) -> Rarity:
        """Return how much words and names tell in a corpus, as it is now."""
        (articles,) = self._frequencies(np.array([number_in(corpus_id, ALL, "")], np.uint32))
        return Rarity(int(articles), self._frequencies)

    def near(self, one: Several, *, days: int, limit: int) -> list[Near]:
        """Return who shares the most telling words and names with an article, the nearest first.

        Of an article with a day, those of no more ``days`` before and after, and the undated.
        """
        own, day = int(one.heads["article"][0]), int(one.heads["day"][0])
        asked = self._asked(one)
        clauses = [
            (Occur.Should, _weighted(self._term(number), weight)) for number, weight in asked
        ]
        if not clauses:
            return []
        least = _LEAST_SHARE * sum(weight for _, weight in asked)
        least_words = min(2, len(clauses))
        if day:
            clauses += [(Occur.MustNot, query) for query in self._outside(day, days)]
        query = Query.boolean_query(clauses, minimum_number_should_match=least_words)
        with told_apart():
            found = self._nearest(query, limit + 1, least)
        return [near for near in found if near[0] != own][:limit]

    def _nearest(self, query: Query, number: int, least: float) -> list[Near]:
        """Return so many that weigh the most, and no less than ``least``.

        Of equals those with the lowest ids, or it would hang on how the store lies on disk.
        """
        # So many more cost hardly anything, and of few articles all that are equal are more.
        wanted = _AHEAD * number
        hits = self._searcher.search(query, wanted, count=False).hits
        while len(hits) == wanted <= _MOST_EQUAL and _equal(hits[number - 1][0], hits[-1][0]):
            wanted *= _AHEAD
            hits = self._searcher.search(query, wanted, count=False).hits
        if len(hits) > number:
            least = max(least, hits[number - 1][0] - 10**-_DIGITS)
        heavy = [(score, address) for score, address in hits if score >= least]
        at = [address for _, address in heavy]
        found = [
            (-round(score, _DIGITS), id_, place)
            for (score, _), (id_, place) in zip(heavy, self._read_at(at), strict=True)
        ]
        found.sort()
        return [(id_, place) for _, id_, place in found[:number]]

    def _read_at(self, addresses: list[tantivy.DocAddress]) -> list[Near]:
        """Return whose articles they are that stand somewhere, and where their records are."""
        if not addresses:
            return []
        ids = self._searcher.fast_field_values("id", addresses)
        places = self._searcher.fast_field_values(PLACE, addresses)
        return [(int(id_ or 0), int(place or 0)) for id_, place in zip(ids, places, strict=True)]

    def _asked(self, one: Several) -> list[tuple[int, float]]:
        """Return the words and names of an article that tell most, with their weights."""
        rarity = self.rarity(int(one.heads["corpus"][0]))
        # What more articles have tells too little.
        most = min(max(_MOST_FREQUENT, int(_MOST_SHARE * rarity.articles)), _TOO_FREQUENT)
        words = _most(one.words, rarity, _ASKED_WORDS, most)
        return words + _most(one.names, rarity, _ASKED_NAMES, most)

    def _frequencies(self, numbers: Numbers) -> Any:
        """Return how many articles have words, of which the one that is held is one."""
        held = self._held
        return self._often.of(numbers) if held is None else self._often.with_one(numbers, held[2])

    def _counted(self, number: int) -> int:
        frequency = int(self._searcher.doc_freq(TELLING, number))
        if frequency and self._articles <= _COUNTED_EXACTLY:
            found: Any = self._searcher.search(self._term(number), 1, count=True)
            frequency = int(found.count or 0)
        return frequency

    @property
    def _articles(self) -> int:
        return int(self._searcher.num_docs) + (self._held is not None)

    def _count_anew(self) -> None:
        articles = self._articles
        grown = abs(articles - self._counted_of)
        if articles <= _COUNTED_EXACTLY or grown > _GROWN * self._counted_of:
            self._often.forget()
            self._counted_of = articles

    def _outside(self, day: int, days: int) -> list[Query]:
        """Return what asks for the dated articles that are so many days off.

        To leave these out takes half as long as to ask for those within and the undated.
        """
        return [
            Query.range_query(self._schema, DAY, FieldType.Unsigned, first, last)
            for first, last in ((1, day - days - 1), (day + days + 1, date.max.toordinal()))
            if first <= last
        ]

    def _term(self, number: int) -> Query:
        return Query.term_query(self._schema, TELLING, number, "basic")

    def _with_ids(self, article_ids: list[int]) -> Query:
        return one_of(self._schema, "id", article_ids)

    def _profile(self, address: tantivy.DocAddress) -> Profile:
        """Return the words and names of an article; none if the store has none of it."""
        found: Any = self._searcher.doc(address).get_first(TOLD)
        return profile_of(bytes(found)) if found else Profile({}, {}, ())


def one_of(schema: tantivy.Schema, field: str, values: Iterable[int]) -> Query:
    """Return what asks for documents with one of some values.

    The engine's own way goes through all terms of the field, and takes ten times as long.
    """
    terms = (Query.term_query(schema, field, value, "basic") for value in values)
    return Query.boolean_query([(Occur.Should, _weighted(term, 1.0)) for term in terms])


def _most(counted: Counted, rarity: Rarity, wanted: int, most: int) -> list[tuple[int, float]]:
    """Return so many words that tell most, of those that no more than ``most`` articles have."""
    frequencies = rarity.frequencies(counted.numbers)
    weights = rarity.weights_of(frequencies)
    # Of equals the first by number, whichever came first.
    order = np.lexsort((counted.numbers, -weights * counted.times))
    chosen = order[frequencies[order] <= most][:wanted]
    numbers, squares = counted.numbers[chosen].tolist(), (weights[chosen] ** 2).tolist()
    return list(zip(numbers, squares, strict=True))


def _equal(score: float, other: float) -> bool:
    """Whether two weigh the same; their sums are not made in one order."""
    return round(score, _DIGITS) == round(other, _DIGITS)


def _weighted(query: Query, weight: float) -> Query:
    return Query.const_score_query(query, weight)
