"""Which articles tell of one event, follow up on it, or give its background.

Candidates are those that share the words and names that tell most (``abouts``); each is compared
by TF-IDF (``weighing``) and by time (``happenings``). Both articles of a pair are treated alike, so
that it does not matter which came first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.related.events.about import MANNERS
from articles.related.events.abouts import Abouts
from articles.related.events.happenings import LATEST, LEAST, related
from articles.related.events.numbers import NAMES, WORDS, counted
from articles.related.events.profiling import Profile, without
from articles.related.events.weighing import (
    Flags,
    Likeness,
    lengths_of,
    likeness,
    names_among,
    names_in_common,
    telling,
    words_in_common,
)
from articles.related.store.records import Several

# So many of the nearest are compared.
COMPARED = 60
_SHOWN = 12

# Whether two have much of a text in common, of pairs that were looked at.
type Aligned = Mapping[tuple[int, int], bool]


class _Side(NamedTuple):
    """What of an article's head says how it is related to another."""

    article: int
    source: int
    day: int
    manner: int


class Kept(NamedTuple):
    """What two articles are to each other, as it is kept with a link."""

    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Alike:
    """An article and another, what the one is to the other, and by what that was found.

    ``kind`` is a kind of link that is not of the text. ``derived`` says which of both is the one
    that follows, explains or corrects: ``article``, ``other``, or "". ``days`` are from the
    article to the other, None where one is undated. ``score`` and the cosines are from 0 to 1.
    Where that was ``told`` before, what it rests on is not told again.
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
    is_told: bool = False

    @property
    def evidence(self) -> dict[str, object]:
        """Return what the link keeps as its evidence; its ``days`` depend on which is first."""
        return {
            "cosine": round(self.cosine, 4),
            "names_cosine": round(self.names_cosine, 4),
            "names": list(self.names),
            "words_in_common": list(self.words_in_common),
        }


@dataclass(frozen=True, slots=True)
class Comparing:
    """An article that is to be compared with others of its corpus.

    What it is ``linked`` to by event already is compared anew, so that a link that was found from
    its other side stays; where it is what was ``told``, and nothing changed since, what that rests
    on is not told again. Of pairs that were ``aligned`` and have their text in common it goes
    without saying; and so of those that have the very same words, but are more than are aligned.
    One that is ``bare`` has no words of its own in the body, whose profile this is, but a stock
    sentence at most: of two with the same one all else is compared.
    """

    article_id: int
    linked: Collection[int] = ()
    aligned: Aligned = field(default_factory=dict)
    bare: Profile | None = None
    told: Mapping[int, Kept] = field(default_factory=dict)

    def alike(self, abouts: Abouts) -> list[Alike]:
        """Return all that it is to others by event, the most alike first.

        ``abouts`` is what the store holds, the article among it: else nothing is found.
        """
        places = abouts.places({self.article_id, *self.linked})
        own = places.pop(self.article_id, None)
        if own is None:
            return []
        article = (self.article_id, own)
        one = abouts.read([article])
        others = dict(abouts.near(one, days=LATEST, limit=COMPARED)) | places
        if not others:
            return []
        some = abouts.read([article, *others.items()])
        are_apart = self._are_apart(some)
        near = self._likeness(some, [own, *others.values()], abouts, are_apart)
        likely = (are_apart & (near.scores >= LEAST)).nonzero()[0]
        fresh, shown = list[Alike](), list[Alike]()
        for each in _found(some, near, likely) if len(likely) else ():
            if self.told.get(each.other_id) == Kept(each.kind, kept_score(each.score)):
                shown.append(replace(each, is_told=True))
            else:
                fresh.append(each)
        if fresh:
            shown += _shown(fresh, abouts, int(some.heads["corpus"][0]))
        return sorted(shown, key=lambda each: (-each.score, each.other_id))

    def _are_apart(self, some: Several) -> Flags:
        """Return which of several are of the corpus of the first, and not of one text with it."""
        heads = some.heads
        ids = heads["article"].tolist()
        apart: Flags = heads["corpus"] == heads["corpus"][0]
        if self.bare is None:
            apart &= heads["text"] != heads["text"][0]
        for row, other in enumerate(ids):
            is_one = self.aligned.get(_pair(ids[0], other))
            if is_one is not None:
                apart[row] = not is_one
        apart[0] = False
        return apart

    def _likeness(
        self, some: Several, places: Sequence[int], abouts: Abouts, are_apart: Flags
    ) -> Likeness:
        """Return how alike the first of several is to each."""
        heads = some.heads
        one_language: Flags = heads["language"] == heads["language"][0]
        article, corpus = int(heads["article"][0]), int(heads["corpus"][0])
        rarity, lengths = abouts.rarities.of(corpus), abouts.rarities.lengths(some, places)
        found = likeness(some.counted, lengths, rarity, one_language)
        stock = self.bare
        if stock is not None and stock.words:
            rows = (are_apart & (heads["text"] == heads["text"][0])).nonzero()[0].tolist()
            profiles = abouts.told([article, *(int(heads["article"][row]) for row in rows)])
            for row in rows:
                two = [without(profiles[int(heads["article"][each])], stock) for each in (0, row)]
                both = counted(corpus, *((each.words, each.names) for each in two))
                lengths = lengths_of(both, rarity, np.arange(2))
                found.put(row, likeness(both, lengths, rarity, one_language[[0, row]]), 1)
        return found


def _found(some: Several, near: Likeness, rows: npt.NDArray[np.intp]) -> Iterator[Alike]:
    """Yield what the first of several is to those in some rows, but not on what that rests."""
    one, *others = _sides(some, np.append(0, rows))
    measured = (each[rows].tolist() for each in (near.scores, near.cosines, near.by_names))
    for other, score, cosine, by_names in zip(others, *measured, strict=True):
        days = other.day - one.day if one.day and other.day else None
        manners = MANNERS[one.manner], MANNERS[other.manner]
        kind = related(score, days, *manners, one_source=one.source == other.source)
        if kind is not None:
            derived = ("", "article", "other")[kind.derived]
            yield Alike(
                one.article,
                other.article,
                kind.kind,
                score,
                cosine,
                by_names,
                (),
                (),
                days,
                derived,
            )


def _sides(some: Several, rows: npt.NDArray[np.intp]) -> list[_Side]:
    columns = (some.heads[field][rows].tolist() for field in _Side._fields)
    return list(map(_Side, *columns))


def _shown(found: Sequence[Alike], abouts: Abouts, corpus_id: int) -> Iterator[Alike]:
    """Yield what an article is to others of its corpus, with what it rests on."""
    article_id, rarity = found[0].article_id, abouts.rarities.of(corpus_id)
    profiles = abouts.told([article_id, *(each.other_id for each in found)])
    own = profiles[article_id]
    others = [profiles[each.other_id] for each in found]
    words = telling(corpus_id, WORDS, own.words, [other.words for other in others], rarity)
    names = telling(corpus_id, NAMES, own.names, [other.names for other in others], rarity)
    printed = names_among(own.printed, names)
    for each, other in zip(found, others, strict=True):
        named = words_in_common(names, other.names)
        yield replace(
            each,
            names=tuple(names_in_common(printed, other.printed, named)[:_SHOWN]),
            words_in_common=tuple(words_in_common(words, other.words)[:_SHOWN]),
        )


def kept_score(score: float) -> float:
    """Return how alike two articles are as it is kept with a link."""
    return round(score, 4)


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
