"""Entities, as the API shows them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from articles.annotate.entities.entity_changes import page_of
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.api.presenters.tagging import reference
from articles.models import Entity, EntityName, ExternalId
from articles.models.corpora import Visitor
from articles.models.entities import EntityQuerySet
from articles.models.lookups import any_id


def entities_shown(user: Visitor) -> EntityQuerySet:
    """Return the entities that a person may see, with their corpora."""
    readable: EntityQuerySet = Entity.objects.readable_by(user)
    return readable.select_related("corpus", "merged_into", "task")


def entities(rows: Sequence[Entity], user: Visitor, at: Addresses) -> list[dict[str, Any]]:
    """Return entities with all of their names, also those of what was merged into them."""
    ids = [row.pk for row in rows]
    merged = list(Entity.objects.readable_by(user).filter(any_id("merged_into_id", ids)))
    stands = {pk: pk for pk in ids} | {row.pk: row.merged_into_id for row in merged}
    names: dict[int, list[EntityName]] = {pk: [] for pk in ids}
    for name in names_given(user).filter(any_id("entity_id", stands)):
        names[stands[name.entity_id] or 0].append(name)
    known: dict[int, list[ExternalId]] = {pk: [] for pk in ids}
    for each in ExternalId.objects.filter(any_id("entity_id", ids)):
        known[each.entity_id].append(each)
    parts: dict[int, list[Entity]] = {pk: [] for pk in ids}
    for row in sorted(merged, key=lambda each: each.pk):
        parts[row.merged_into_id or 0].append(row)
    return [_entity(row, names[row.pk], known[row.pk], parts[row.pk], at) for row in rows]


def names_given(user: Visitor) -> Any:
    """Return the names that a person may see: not those given in another's blind work."""
    shown = Q(task=None) | Q(task__blind=False)
    if user.is_authenticated:
        shown |= Q(by=user.pk)
    return EntityName.objects.filter(shown).order_by("pk")


def _entity(
    row: Entity,
    names: Sequence[EntityName],
    known: Sequence[ExternalId],
    merged: Sequence[Entity],
    at: Addresses,
) -> dict[str, Any]:
    return {
        "id": row.pk,
        "url": at.of("entity-detail", row.pk),
        "mentions_url": f"{at.of('mention-list')}?entity={row.pk}",
        "corpus": corpus_reference(row.corpus),
        "kind": row.kind,
        "name": row.name,
        "names": [
            {"id": name.pk, "name": name.name}
            for name in sorted(names, key=lambda each: (each.entity_id != row.pk, each.pk))
        ],
        "note": row.note,
        "external_ids": [
            {
                "id": each.pk,
                "scheme": each.scheme,
                "value": each.value,
                "page": page_of(each) or None,
            }
            for each in known
        ],
        "merged_into": reference("entity-detail", row.merged_into_id, at),
        "merged": [
            {"id": each.pk, "url": at.of("entity-detail", each.pk), "name": each.name}
            for each in merged
        ],
        "created_at": row.created_at,
    }
