"""What is to be known of articles so that their events can be compared: read from the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from articles.annotate.recognisers.capitals import Capitals
from articles.models import Article, Mention, MentionStatus
from articles.models.lookups import any_id
from articles.parsed import Precision
from articles.related.happenings import Manner, manner
from articles.related.weighing import Profile, profile

_CAPITALS = Capitals()
_TO_THE_DAY = frozenset({Precision.MINUTE.value, Precision.DAY.value})
# Of a longer text its beginning says what it is about: characters.
LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class Facts:
    """An article as events are compared: ``day`` is None where it is not known to the day."""

    article_id: int
    corpus_id: int
    version_id: int
    day: date | None
    profile: Profile
    manner: Manner


def facts(article_ids: Iterable[int]) -> dict[int, Facts]:
    """Return the facts of the articles that stand, by id. Two queries."""
    rows = (
        Article.objects.filter(any_id("id", article_ids), standing=True, version__isnull=False)
        .order_by()
        .values_list(
            "id", "corpus_id", "version_id", "published_date", "published_precision",
            "language", "version__text", "version__blocks",
        )
    )  # fmt: skip
    found = list(rows)
    tagged = _tagged([row[0] for row in found])
    made = {}
    for pk, corpus, version, printed, precision, language, whole, placed in found:
        day = printed if precision in _TO_THE_DAY else None
        text, blocks = _beginning(whole, placed)
        names = tagged.get(pk)
        if not names:
            names = [each.name for each in _CAPITALS.find(text, blocks, language)]
        made[pk] = Facts(
            article_id=pk,
            corpus_id=corpus,
            version_id=version,
            day=day,
            profile=profile(text, blocks, names, language),
            manner=manner(text, blocks, day),
        )
    return made


def _beginning(
    text: str, blocks: list[tuple[str, int, int]]
) -> tuple[str, list[tuple[str, int, int]]]:
    if len(text) <= LONGEST:
        return text, blocks
    kept = [(kind, start, min(end, LONGEST)) for kind, start, end in blocks if start < LONGEST]
    return text[:LONGEST], kept


def _tagged(article_ids: list[int]) -> Mapping[int, list[str]]:
    """Return the names of who is tagged in articles, once for each accepted mention."""
    found: dict[int, list[str]] = {}
    rows = Mention.objects.public().filter(
        any_id("article_id", article_ids), status=MentionStatus.ACCEPTED, entity__isnull=False
    )
    named = rows.order_by("pk").values_list(
        "article_id", "entity__name", "entity__merged_into__name"
    )
    for article, name, whole in named:
        found.setdefault(article, []).append(whole or name)
    return found
