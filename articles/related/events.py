"""Which articles tell of one event, follow up on it, or give its background.

Candidates are those that share the words and names that tell most; each is compared by TF-IDF (see
:mod:`articles.related.weighing`) and by time (:mod:`articles.related.happenings`). Both articles of
a pair are treated alike, so that it does not matter which came first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from articles.models import Article
from articles.related.event_facts import Facts, facts
from articles.related.happenings import days_between, related, window
from articles.related.weighing import Rarity, likeness, weighed

_MOST_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Alike:
    """An article and another, what the other is to it, and by what that was found.

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


def alike(article_ids: Iterable[int] | int) -> list[Alike]:
    """Return all that articles are to others of their corpora by event, the most alike first."""
    wanted = [article_ids] if isinstance(article_ids, int) else list(article_ids)
    known = facts(wanted)
    found = [each for pk in wanted if pk in known for each in _alike(known[pk])]
    return sorted(found, key=lambda each: (-each.score, each.article_id, each.other_id))


def _alike(article: Facts) -> list[Alike]:
    others = facts(_candidates(article))
    everyone = [article, *others.values()]
    words = Counter(word for each in everyone for word in each.profile.words)
    names = Counter(word for each in everyone for word in each.profile.names)
    of_words = Rarity(len(everyone), lambda word: words[word])
    of_names = Rarity(len(everyone), lambda word: names[word])
    mine = weighed(article.profile, of_words, of_names)
    found = []
    for other in others.values():
        near = likeness(mine, weighed(other.profile, of_words, of_names))
        days = days_between(article.day, other.day)
        kind = related(near, days, article.manner, other.manner)
        if kind is not None:
            found.append(
                Alike(
                    article.article_id,
                    other.article_id,
                    kind.kind,
                    near.score,
                    near.cosine,
                    near.names_cosine,
                    near.names,
                    near.words_in_common,
                    days,
                    ("", "article", "other")[kind.later],
                )
            )
    return found


def _candidates(article: Facts) -> list[int]:
    others = Article.objects.filter(corpus=article.corpus_id, standing=True).exclude(
        pk=article.article_id
    )
    if article.day is not None:
        span = timedelta(days=window())
        others = others.filter(
            Q(published_date=None)
            | Q(published_date__range=(article.day - span, article.day + span))
        )
    return list(others.order_by("-pk").values_list("pk", flat=True)[:_MOST_COMPARED])
