"""Entities that may be one with another, by their names: for a person to decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from rapidfuzz.distance import OSA

from articles.annotate.entities.entities import known_in_corpus
from articles.annotate.entities.words_as_typed import beginning
from articles.models import DistinctEntities, Entity, EntityName
from articles.models.corpora import Visitor
from articles.models.lookups import any_id

MOST = 12
_LOOKED_AT = 2_000
# So many letters of a word are right where it is misspelt further on.
_SURE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """An entity that may be the same, and why, in a few words."""

    entity: Entity
    reason: str
    # Less is more likely.
    rank: int


def likely(entity: Entity, user: Visitor, *, limit: int = MOST) -> list[Likely]:
    """Return entities that stand and may be the same as one that stands, the most likely first.

    By the same name, by a surname alone, by initials, and by names that differ in a letter or two.
    Those that were found to be different are left out.
    """
    own = list(
        EntityName.objects.filter(entity__in=Entity.objects.with_merged([entity.pk]))
        .order_by()
        .values_list("folded", flat=True)
    )
    best: dict[int, tuple[int, str]] = {}
    for pk, folded in _alike(entity, own):
        for name in own:
            found = reason_for(name, folded)
            if found is not None and found < best.get(pk, (9, "")):
                best[pk] = found
    said = DistinctEntities.objects.filter(Q(first=entity) | Q(second=entity)).values_list(
        "first", "second"
    )
    apart = {pk for pair in said for pk in pair} | {entity.pk}
    rows = Entity.objects.readable_by(user).filter(any_id("id", set(best) - apart))
    rows = rows.filter(known_in_corpus(entity)).standing()
    found_rows = [Likely(row, best[row.pk][1], best[row.pk][0]) for row in rows]
    found_rows.sort(key=lambda one: (one.rank, one.entity.kind != entity.kind, one.entity.name))
    return found_rows[:limit]


def reason_for(one: str, other: str) -> tuple[int, str] | None:
    """Return how likely two folded names mean the same, and why; None if there is no reason."""
    if one == other:
        return 0, "the same name"
    words, others = one.split(), other.split()
    if sorted(words) == sorted(others):
        return 1, "the same words"
    short, long = sorted((words, others), key=len)
    if len(short) > 1 and _is_initialled(words, others):
        return 2, "the same initials and surname"
    edits = 1 if min(len(one), len(other)) < 9 else 2
    if min(len(one), len(other)) > 4 and OSA.distance(one, other, score_cutoff=edits) <= edits:
        return 3, "spelt almost the same"
    if len(short) == 1 and len(long) > 1 and len(short[0]) > 2 and short[0] == long[-1]:
        return 4, "the surname alone"
    if len(short) > 1 and len(short) < len(long) and set(short) <= set(long):
        return 5, "a shorter form of the name"
    return None


def _is_initialled(words: list[str], others: list[str]) -> bool:
    if words[-1] != others[-1] or len(words) != len(others):
        return False
    return all(
        one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
        for one, other in zip(words, others, strict=True)
    )


def _alike(entity: Entity, names: Iterable[str]) -> list[tuple[int, str]]:
    """Return the entities that stand, and names of theirs, that share the beginning of a word."""
    words = {word for name in names for word in name.split()}
    starts = {word[:_SURE_LETTERS] if len(word) > _SURE_LETTERS else word for word in words}
    if not starts:
        return []
    asked = " | ".join(map(beginning, sorted(starts)))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT COALESCE(own.merged_into_id, own.id), name.folded
            FROM articles_entityname AS name JOIN articles_entity AS own ON own.id = name.entity_id
            WHERE name.corpus_id = %(corpus)s AND name.task_id IS NOT DISTINCT FROM %(task)s
            AND array_to_tsvector(array_remove(string_to_array(name.folded, ' '), ''))
                @@ %(asked)s::tsquery
            -- Those that share more of a word come sooner.
            ORDER BY (SELECT max(length(word)) FROM unnest(string_to_array(name.folded, ' '))
                AS word WHERE word = ANY(%(words)s)) DESC NULLS LAST
            LIMIT %(most)s
            """,
            {
                "corpus": entity.corpus_id,
                "task": entity.task_id,
                "asked": asked,
                "words": sorted(words),
                "most": _LOOKED_AT,
            },
        )
        found: list[tuple[int, str]] = cursor.fetchall()
    return found
