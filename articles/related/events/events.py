"""Which articles tell of one event, follow up on it, or give its background.

Candidates are those that share the words and names that tell most (``abouts``); each is compared
by TF-IDF (``weighing``) and by time (``happenings``). Both articles of a pair are treated alike, so
that it does not matter which came first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from articles.related.events.about import MANNERS
from articles.related.events.abouts import Abouts, Near
from articles.related.events.happenings import LATEST, LEAST, Related, related
from articles.related.events.numbers import NAMES, WORDS, counted, number_in
from articles.related.events.profiling import Profile, without
from articles.related.events.records import Several
from articles.related.events.weighing import (
    Flags,
    Likeness,
    Rarity,
    likeness,
    names_in_common,
    words_in_common,
)

# So many of the nearest are compared.
COMPARED = 60
_SHOWN = 12

# Whether two have much of a text in common, of pairs that were looked at.
type Aligned = Mapping[tuple[int, int], bool]


@dataclass(frozen=True, slots=True)
class Alike:
    """An article and another, what the one is to the other, and by what that was found.

    ``kind`` is a kind of link that is not of the text. ``derived`` says which of both is the one
    that follows, explains or corrects: ``article``, ``other``, or "". ``days`` are from the
    article to the other, None where one is undated. ``score`` and the cosines are from 0 to 1.
    """

    article_id: int
    other_id: int
    kind: str
    score: float
    cosine: float
    names_cosine: float
    names: tuple[str, ...]
    words_in_common: tuple[str, ...]
    days: int | None
    derived: str = ""

    @property
    def evidence(self) -> dict[str, object]:
        """Return what the link keeps as its evidence; its ``days`` depend on which is first."""
        return {
            "cosine": round(self.cosine, 4),
            "names_cosine": round(self.names_cosine, 4),
            "names": list(self.names),
            "words_in_common": list(self.words_in_common),
        }


def alike(
    article_ids: Iterable[int],
    abouts: Abouts,
    linked: Mapping[int, set[int]],
    aligned: Aligned,
    bare: Mapping[int, Profile],
) -> list[Alike]:
    """Return all that articles are to others of their corpora by event, the most alike first.

    ``abouts`` is what the store holds, these articles among it. What an article is ``linked`` to by
    event already is compared anew, so that a link that was found from its other side stays. Of
    pairs that were ``aligned`` and have their text in common it goes without saying; and so of
    those that have the very same words, but are more than are aligned. Those that are ``bare`` have
    no words of their own in the body, whose profile it tells, but a stock sentence at most: of two
    with the same one all else is compared. Each pair is told once.
    """
    wanted = list(dict.fromkeys(article_ids))
    places = abouts.places({*wanted, *(other for others in linked.values() for other in others)})
    comparing = _Comparing(abouts, aligned, bare)
    found: list[Alike] = []
    for pk in wanted:
        if pk in places:
            others = [(other, places[other]) for other in linked.get(pk, ()) if other in places]
            found += comparing.of((pk, places[pk]), others)
    return sorted(found, key=lambda each: (-each.score, each.article_id, each.other_id))


@dataclass(slots=True)
class _Comparing:
    """Compares articles; remembers which pairs it told of."""

    abouts: Abouts
    aligned: Aligned
    bare: Mapping[int, Profile]
    _told: set[tuple[int, int]] = field(default_factory=set)

    def of(self, article: Near, linked: Iterable[Near]) -> list[Alike]:
        """Return what an article is to the nearest of its corpus, and to those it is linked to."""
        one = self.abouts.read([article])
        others = dict([*self.abouts.near(one, days=LATEST, limit=COMPARED), *linked])
        others.pop(article[0], None)
        if not others:
            return []
        some = self.abouts.read([article, *others.items()])
        rarity = self.abouts.rarity(int(some.heads["corpus"][0]))
        are_apart = self._are_apart(some)
        near = self._likeness(some, rarity, are_apart)
        likely = (are_apart & (near.scores >= LEAST)).nonzero()[0].tolist()
        found = [(row, kind) for row in likely if (kind := _related(some, row, near)) is not None]
        ids = some.heads["article"].tolist()
        fresh = [(row, kind) for row, kind in found if _pair(ids[0], ids[row]) not in self._told]
        self._told |= {_pair(ids[0], ids[row]) for row, _ in fresh}
        return list(self._shown(some, fresh, near, rarity))

    def _are_apart(self, some: Several) -> Flags:
        """Return which of several are of the corpus of the first, and not of one text with it."""
        heads = some.heads
        ids = heads["article"].tolist()
        apart: Flags = heads["corpus"] == heads["corpus"][0]
        if ids[0] not in self.bare:
            apart &= heads["text"] != heads["text"][0]
        for row, other in enumerate(ids):
            is_one = self.aligned.get(_pair(ids[0], other))
            if is_one is not None:
                apart[row] = not is_one
        apart[0] = False
        return apart

    def _likeness(self, some: Several, rarity: Rarity, are_apart: Flags) -> Likeness:
        """Return how alike the first of several is to each."""
        heads = some.heads
        one_language: Flags = heads["language"] == heads["language"][0]
        found = likeness(some.words, some.names, rarity, one_language)
        article, corpus = int(heads["article"][0]), int(heads["corpus"][0])
        stock = self.bare.get(article)
        if stock is not None and stock.words:
            rows = (are_apart & (heads["text"] == heads["text"][0])).nonzero()[0].tolist()
            profiles = self.abouts.told([article, *(int(heads["article"][row]) for row in rows)])
            for row in rows:
                two = [without(profiles[int(heads["article"][each])], stock) for each in (0, row)]
                words = counted(corpus, WORDS, *(each.words for each in two))
                names = counted(corpus, NAMES, *(each.names for each in two))
                found.put(row, likeness(words, names, rarity, one_language[[0, row]]), 1)
        return found

    def _shown(
        self, some: Several, found: list[tuple[int, Related]], near: Likeness, rarity: Rarity
    ) -> Iterator[Alike]:
        """Yield what the first of several is to others, with what it rests on."""
        if not found:
            return
        ids, corpus = some.heads["article"].tolist(), int(some.heads["corpus"][0])
        profiles = self.abouts.told([ids[0], *(ids[row] for row, _ in found)])
        own = profiles[ids[0]]
        for row, kind in found:
            other = profiles[ids[row]]
            names = words_in_common(
                own.names, other.names, rarity, lambda name: number_in(corpus, NAMES, name)
            )
            words = words_in_common(
                own.words, other.words, rarity, lambda word: number_in(corpus, WORDS, word)
            )
            yield Alike(
                article_id=ids[0],
                other_id=ids[row],
                kind=kind.kind,
                score=float(near.scores[row]),
                cosine=float(near.cosines[row]),
                names_cosine=float(near.by_names[row]),
                names=tuple(names_in_common(own.printed, other.printed, names)[:_SHOWN]),
                words_in_common=tuple(words[:_SHOWN]),
                days=_days(some, row),
                derived=("", "article", "other")[kind.derived],
            )


def _related(some: Several, row: int, near: Likeness) -> Related | None:
    """Return what the first of several is to another one."""
    one, other = some.heads[0], some.heads[row]
    return related(
        float(near.scores[row]),
        _days(some, row),
        MANNERS[one["manner"]],
        MANNERS[other["manner"]],
        one_source=bool(one["source"] == other["source"]),
    )


def _days(some: Several, row: int) -> int | None:
    """Return the days from the first of several to another, None where one is undated."""
    first, other = int(some.heads["day"][0]), int(some.heads["day"][row])
    return other - first if first and other else None


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
