"""What articles are about, as the prints' store keeps it, and who is about the like.

Beside an article's prints stand the words and names that tell what it is about: as numbers, to be
looked up and to be compared, and as they are, to say why. So an article that is in the store can be
found by all others, whichever of them comes later.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import numpy as np

from articles.related.events.matter import profile_of
from articles.related.events.numbers import Numbers
from articles.related.events.profiling import Profile
from articles.related.events.rarities import Rarities
from articles.related.events.weighing import Values
from articles.related.matching.boilerplate import Holder
from articles.related.store.lookup import Lookup
from articles.related.store.nearest import Asked
from articles.related.store.records import Records, Several
from articles.search.engine.faults import BrokenIndexError

# Of so many of its words and names that tell most an article is looked for.
_ASKED_WORDS, _ASKED_NAMES = 20, 10
# One that stands in more articles than that and in this share of a corpus tells too little; and in
# so many it does in any: it costs much, and finds few relations.
_MOST_FREQUENT, _MOST_SHARE, _TOO_FREQUENT = 1_000, 0.04, 40_000
# Who has less of the weight of all these is not looked at: hardly one of a hundred on one event.
_LEAST_SHARE = 0.05
# Articles of which the words and names are kept in memory, some 16 kB each.
_MOST_TOLD = 2_000

# Who is near: the id of an article, and where its record is.
type Near = tuple[int, int]


class Abouts:
    """What the store holds, as far as its articles are looked up."""

    def __init__(self, lookup: Lookup, records: Records) -> None:
        self._lookup, self._records = lookup, records
        self.rarities = Rarities(lookup)
        self._told: OrderedDict[int, Profile] = OrderedDict()

    def follow(self) -> None:
        """Go on with what is looked up by now."""
        self.rarities.follow()

    def places(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Return where the records of articles are, of those that the store has."""
        known = self._lookup.find(article_ids)
        return dict(zip(known["article"].tolist(), known["place"].tolist(), strict=True))

    def read(self, near: Sequence[Near]) -> Several:
        """Return articles as they are compared. Raises BrokenIndexError."""
        some = self._records.at([place for _, place in near])
        if some.heads["article"].tolist() != [id_ for id_, _ in near]:
            raise BrokenIndexError("The record of an article is another one's.")
        return some

    def told(self, article_ids: Collection[int]) -> dict[int, Profile]:
        """Return the words and names of articles that the store has."""
        places = self.places(article_ids)
        unread = [place for place in places.values() if place not in self._told]
        read = map(_profile, self._records.told(unread) if unread else ())
        # What was put anew has another place.
        self._told |= zip(unread, read, strict=True)
        found = {}
        for id_, place in places.items():
            found[id_] = self._told[place]
            self._told.move_to_end(place)
        while len(self._told) > _MOST_TOLD:
            self._told.popitem(last=False)
        return found

    def holders(self, article_ids: Collection[int]) -> dict[int, Holder]:
        """Return by what articles are judged that have a print, of those that the store has.

        Raises BrokenIndexError.
        """
        found = {}
        for head, prints, long in self._records.marks([*self.places(article_ids).values()]):
            day = int(head["day"])
            found[int(head["article"])] = Holder(
                prints, long, int(head["source"]) or None, date.fromordinal(day) if day else None
            )
        return found

    def near(self, one: Several, *, days: int, limit: int) -> list[Near]:
        """Return who shares the most telling words and names with an article, the nearest first.

        Of an article with a day, those of no more ``days`` before and after, and the undated.
        """
        own, day = int(one.heads["article"][0]), int(one.heads["day"][0])
        numbers, weights = self._asked(one)
        if not len(numbers):
            return []
        known = self._lookup.near(
            Asked(numbers, weights, day, days),
            least=_LEAST_SHARE * float(weights.sum()),
            least_words=min(2, len(numbers)),
            limit=limit + 1,
        )
        near = zip(known["article"].tolist(), known["place"].tolist(), strict=True)
        return [each for each in near if each[0] != own][:limit]

    def _asked(self, one: Several) -> tuple[Numbers, Values]:
        """Return the words and names of an article that tell most, with their weights."""
        rarity = self.rarities.of(int(one.heads["corpus"][0]))
        numbers, times = one.counted.numbers, one.counted.times
        frequencies = rarity.frequencies(numbers)
        weights = rarity.weights_of(frequencies)
        # What more articles have tells too little.
        most = min(max(_MOST_FREQUENT, int(_MOST_SHARE * rarity.articles)), _TOO_FREQUENT)
        order = (-weights * times).argsort(kind="stable")
        order = order[frequencies[order] <= most]
        of_words = order < one.counted.sizes[0, 0]
        # Of equals the first by number, whichever came first: numbers are in order.
        chosen = np.concatenate((order[of_words][:_ASKED_WORDS], order[~of_words][:_ASKED_NAMES]))
        return numbers[chosen], weights[chosen] ** 2


def _profile(told: bytes) -> Profile:
    try:
        return profile_of(told)
    except ValueError as fault:
        raise BrokenIndexError(f"A record is damaged: {fault}") from fault
