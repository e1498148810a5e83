"""Entities that were made in blind work become the corpus's when a tag of them is settled."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User

from articles.annotate.entities.entities import create, resolve
from articles.models import Door, Entity, EntityName, Operation, Task
from articles.models.folding import fold
from articles.models.lookups import any_id


def taken_over(ids: Iterable[int], task: Task) -> dict[int, int]:
    """Return, by what settled tags name, the entities that the corpus knows from now on.

    One of blind work is joined with the corpus's of the same name, if there is one; those that
    others made in the same work under any of its names are joined with it. Within an operation.
    """
    rows = Entity.objects.filter(any_id("id", ids)).select_related("merged_into").order_by()
    stands = {entity.pk: entity.merged_into or entity for entity in rows}
    return {
        id_: stands[id_].pk if stands[id_].task_id is None else _taken_over(id_, task)
        for id_ in stands
    }


def _taken_over(entity_id: int, task: Task) -> int:
    # As it is now: to take over one may have taken over another.
    entity = Entity.objects.select_related("merged_into", "corpus").get(pk=entity_id)
    entity = entity.merged_into or entity
    if entity.task_id is None:
        return entity.pk
    known = resolve(entity.corpus, entity.name, entity.kind, AnonymousUser())
    stands = entity
    if known is not None and known.task_id is None:
        _join(entity, known)
        stands = known
    else:
        Entity.objects.filter(pk=entity.pk).update(task=None)
        EntityName.objects.filter(entity=entity).update(task=None)
    for twin in _twins(entity, task):
        _join(twin, stands)
    return stands.pk


def named_by(
    name: str, kind: str, task: Task, *, by: User, door: Door, operation: Operation
) -> int:
    """Return the entity of a name that who settles typed: the corpus's, else one of the blind work.

    Where there is neither it is made, for the corpus. Raises EntityRefusedError.
    """
    known = resolve(task.corpus, name, kind, by)
    if known is not None and known.task_id is None:
        return known.pk
    made = EntityName.objects.filter(
        corpus=task.corpus_id, folded=fold(name), entity__task=task, entity__kind=kind
    )
    first = made.order_by("entity").values_list("entity", flat=True).first()
    if first is not None:
        return _taken_over(first, task)
    return create(task.corpus, name, kind, by=by, door=door, operation=operation).pk


def _twins(entity: Entity, task: Task) -> list[Entity]:
    """Return what others made in the same blind work under a name of an entity."""
    names = EntityName.objects.filter(entity=entity).values("folded")
    named = EntityName.objects.filter(
        corpus=entity.corpus_id, folded__in=names, entity__task=task, entity__kind=entity.kind
    ).exclude(entity=entity)
    ids = named.values("entity")
    return list(Entity.objects.filter(pk__in=ids, merged_into=None).order_by("pk"))


def _join(entity: Entity, into: Entity) -> None:
    """Merge an entity into one that stands, with what was merged into it before."""
    Entity.objects.filter(merged_into=entity).update(merged_into=into)
    Entity.objects.filter(pk=entity.pk).update(merged_into=into)
