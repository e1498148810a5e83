"""Entities of a corpus as lists: by name, by how often they are tagged, of a kind, as one types."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.db.models.expressions import RawSQL

from articles.annotate.entities.entity_counts import (
    is_blinded,
    often_tagged,
    own_counts,
    public_counts,
)
from articles.annotate.entities.words_as_typed import as_tsquery
from articles.models import Corpus, Entity, EntityName
from articles.models.corpora import Visitor
from articles.models.entities import EntityQuerySet
from articles.models.lookups import any_id


def listed(corpus: Corpus, user: Visitor, *, text: str = "", kind: str = "") -> EntityQuerySet:
    """Return the entities of a corpus that stand and that ``user`` may see.

    With ``text`` those of which it may begin a name, by any of their names; the caller has seen to
    it that ``user`` may read the corpus.
    """
    found: EntityQuerySet = Entity.objects.readable_by(user).filter(corpus=corpus).standing()
    if kind:
        found = found.filter(kind=kind)
    asked = as_tsquery(text)
    if asked:
        named = RawSQL(
            """
            SELECT COALESCE(own.merged_into_id, own.id)
            FROM articles_entityname AS name JOIN articles_entity AS own ON own.id = name.entity_id
            LEFT JOIN articles_task AS task ON task.id = name.task_id
            WHERE name.corpus_id = %s AND array_to_tsvector(
                array_remove(string_to_array(name.folded, ' '), '')) @@ %s::tsquery
            AND (task.id IS NULL OR NOT task.blind OR name.by_id = %s)
            """,
            (corpus.pk, asked, user.pk or 0),
        )
        found = found.filter(pk__in=named)
    return found


def most_tagged(corpus: Corpus, user: Visitor, *, text: str = "", kind: str = "") -> list[Entity]:
    """Return the entities of :func:`listed` that are tagged most, the most tagged first.

    None for who has blind work in the corpus: what others tag is not told to them.
    """
    if is_blinded(corpus, user):
        return []
    order = {pk: place for place, pk in enumerate(often_tagged(corpus))}
    found = listed(corpus, user, text=text, kind=kind).filter(any_id("id", order))
    return sorted(found.select_related("corpus"), key=lambda entity: order[entity.pk])


def counts(corpus: Corpus, user: Visitor, ids: Sequence[int]) -> dict[int, int]:
    """Return how often entities are tagged, as far as it is told: see ``offering.suggest``."""
    if is_blinded(corpus, user):
        return own_counts(corpus, ids, user=user)
    return public_counts(ids)


def kinds(corpus: Corpus, user: Visitor) -> list[tuple[str, int]]:
    """Return the kinds of the entities of a corpus, with their numbers, the most frequent first."""
    found = listed(corpus, user).order_by().values_list("kind").annotate(number=Count("pk"))
    return list(found.order_by("-number", "kind"))


def names_of(entity: Entity, user: Visitor) -> list[EntityName]:
    """Return the names of an entity and of all that was merged into it, its own first."""
    found = EntityName.objects.filter(entity__in=Entity.objects.with_merged([entity.pk]))
    shown = Q(task=None) | Q(task__blind=False)
    if user.is_authenticated:
        shown |= Q(by=user.pk)
    rows = list(found.filter(shown).select_related("entity").order_by("pk"))
    rows.sort(key=lambda row: (row.name != entity.name, row.entity_id != entity.pk, row.pk))
    return rows
