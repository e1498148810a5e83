"""Which articles tell of one event, follow up on it, or give its background.

Candidates are those that share the words and names that tell most (``abouts``); each is compared
by TF-IDF (``weighing``) and by time (``happenings``). Both articles of a pair are treated alike, so
that it does not matter which came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.related.events.abouts import Abouts, Kept
from articles.related.events.happenings import LATEST, Related, days_between, related
from articles.related.events.profiling import Profile, without
from articles.related.events.rough import OFF
from articles.related.events.weighing import (
    Weighed,
    in_common,
    likeness,
    together,
    weighed,
)

# So many of the nearest are compared.
COMPARED = 60

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
    with the same one all else is compared.
    """
    wanted = list(dict.fromkeys(article_ids))
    known = abouts.of({*wanted, *(other for others in linked.values() for other in others)})
    comparing = _Comparing(abouts, aligned, bare)
    found: list[Alike] = []
    for pk in wanted:
        if pk in known:
            others = [known[other] for other in linked.get(pk, ()) if other in known]
            found += comparing.of(known[pk], others)
    return sorted(found, key=lambda each: (-each.score, each.article_id, each.other_id))


@dataclass(slots=True)
class _Comparing:
    """Compares articles; keeps the vectors of those that are met again."""

    abouts: Abouts
    aligned: Aligned
    bare: Mapping[int, Profile]
    _vectors: dict[int, Weighed] = field(default_factory=dict)

    def of(self, article: Kept, linked: Iterable[Kept]) -> list[Alike]:
        """Return what an article is to the nearest of its corpus, and to those it is linked to."""
        near = self.abouts.near(self.abouts.about(article), days=LATEST, limit=COMPARED)
        others = {
            each.article_id: each
            for each in (*near, *linked)
            if each.corpus_id == article.corpus_id and each.article_id != article.article_id
            if not self._is_of_one_text(article, each)
        }
        likely = self._likely(article, list(others.values()))
        compared = (self._compared(article, other) for other in likely)
        return [each for each in compared if each is not None]

    def _is_of_one_text(self, article: Kept, other: Kept) -> bool:
        one, two = sorted((article.article_id, other.article_id))
        same = article.text == other.text and article.article_id not in self.bare
        return self.aligned.get((one, two), same)

    def _likely(self, article: Kept, others: Sequence[Kept]) -> list[Kept]:
        """Return those that may be related: whose score is no less, or so little, than the bar."""
        if not others:
            return []
        words, names = self.abouts.scales(article.corpus_id)
        of_words, of_names = self.abouts.rarity(article.corpus_id)
        cosines, _ = words.cosines(article.words, [each.words for each in others], of_words)
        by_names, named = names.cosines(article.names, [each.names for each in others], of_names)
        scores = (
            together(cosine, by_name, one_language=article.language == other.language, named=both)
            for other, cosine, by_name, both in zip(others, cosines, by_names, named, strict=True)
        )
        return [
            other
            for other, score in zip(others, scores, strict=True)
            if _found(article, other, score + OFF) is not None
        ]

    def _compared(self, article: Kept, other: Kept) -> Alike | None:
        one_language = article.language == other.language
        sides = self._vectors_of(article, other)
        near = likeness(*sides, one_language=one_language)
        found = _found(article, other, near.score)
        if found is None:
            return None
        names, words = in_common(*sides)
        return Alike(
            article_id=article.article_id,
            other_id=other.article_id,
            kind=found.kind,
            score=near.score,
            cosine=near.cosine,
            names_cosine=near.names_cosine,
            names=names,
            words_in_common=words,
            days=days_between(article.day, other.day),
            derived=("", "article", "other")[found.derived],
        )

    def _vectors_of(self, article: Kept, other: Kept) -> tuple[Weighed, Weighed]:
        stock = self.bare.get(article.article_id)
        if stock is None or not stock.words or article.text != other.text:
            return self._vector(article), self._vector(other)
        rarity = self.abouts.rarity(article.corpus_id)
        one, two = (without(self.abouts.about(each).profile, stock) for each in (article, other))
        return weighed(one, *rarity), weighed(two, *rarity)

    def _vector(self, kept: Kept) -> Weighed:
        vector = self._vectors.get(kept.article_id)
        if vector is None:
            rarity = self.abouts.rarity(kept.corpus_id)
            vector = self._vectors[kept.article_id] = weighed(
                self.abouts.about(kept).profile, *rarity
            )
        return vector


def _found(article: Kept, other: Kept, score: float) -> Related | None:
    """Return what an article is to another one that is so much like it."""
    days = days_between(article.day, other.day)
    one_source = article.source_id == other.source_id
    return related(score, days, article.manner, other.manner, one_source=one_source)
