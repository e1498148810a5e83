"""Which entity a tag names: by its id, or by a name that is found or made."""

from collections.abc import Iterable
from functools import cache

from django.contrib.auth.models import AnonymousUser, User

from articles.annotate.codebooks.codebook import Content, EntityUse
from articles.annotate.entities import entities
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.wanted import TaggingError
from articles.models import Door, Entity, Operation
from articles.models.lookups import any_id
from articles.models.statements import Statement, loaded, names_of, stand_in


def known_entity(layer: Layer, id_: int, by: User | None) -> Entity:
    """Return the entity of an id, or the one it was merged into. Raises TaggingError.

    In blind work it is one that was known as the task began, or the person's own: where the one
    that stands came later, what is named is the one that is known.
    """
    blind = layer.blind_task
    # Few were merged: what one was merged into is asked for then.
    rows = _entity().ask(id_, layer.corpus.pk)
    entity = loaded(Entity, _READ, rows[0]) if rows else None
    if entity is None or not _is_shown(entity, layer, by):
        raise TaggingError("entity", f"There is no entity {id_} here.")
    stands = entities.standing(entity)
    if blind is not None and stands.pk != entity.pk and not _is_shown(stands, layer, by):
        return entity
    return stands


_READ = names_of(Entity)


@cache
def _entity() -> Statement:
    rows = Entity.objects.filter(pk=stand_in(0), corpus=stand_in(1))
    return Statement.of(rows.order_by().values_list(*_READ))


def known_entities(layer: Layer, ids: Iterable[int], by: User | None) -> dict[int, Entity | None]:
    """Return, by id, what :func:`known_entity` does of many; None where there is no such one."""
    found: dict[int, Entity | None] = dict.fromkeys(ids)
    if layer.blind_task is None:
        rows = Entity.objects.filter(any_id("id", found), corpus=layer.corpus.pk, task=None)
        rows = rows.select_related("merged_into")
        found |= {entity.pk: entities.standing(entity) for entity in rows}
    for id_, entity in found.items():
        if entity is None:
            try:
                found[id_] = known_entity(layer, id_, by)
            except TaggingError:
                continue
    return found


def named_entity(
    layer: Layer, name: str, kind: str, *, by: User | None, door: Door, operation: Operation
) -> Entity:
    """Return the entity that a name means, made where there is none. Raises TaggingError."""
    try:
        line = entities.name_line(name)
        known = entities.resolve(layer.corpus, line, kind, by or AnonymousUser(), layer.task)
        return known or entities.create(
            layer.corpus, line, kind, by=by, door=door, task=layer.task, operation=operation
        )
    except entities.EntityKnownError as fault:
        return fault.known
    except entities.EntityRefusedError as fault:
        raise TaggingError("entity_name", str(fault)) from fault


def check_kinds(content: Content, kind: str, entity: Entity) -> None:
    """Raise TaggingError for an entity of another of the codebook's kinds of entities.

    One of a kind that this codebook does not have may be named: it came by another one.
    """
    other = content.kind(entity.kind)
    if entity.kind != kind and other is not None and other.entity is EntityUse.REQUIRED:
        wanted = content.kind(kind)
        if wanted is not None and wanted.entity is EntityUse.REQUIRED:
            raise TaggingError(
                "entity", f"“{entity}” is tagged as {other.name}, not as {wanted.name}."
            )


def _is_shown(entity: Entity, layer: Layer, by: User | None) -> bool:
    if layer.blind_task is not None and by is not None:
        shown: bool = Entity.objects.known_in(layer.blind_task, by).filter(pk=entity.pk).exists()
        return shown
    if entity.task_id is None:
        return True
    readable: bool = Entity.objects.readable_by(by or AnonymousUser()).filter(pk=entity.pk).exists()
    return readable
