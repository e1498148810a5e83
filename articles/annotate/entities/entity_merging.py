"""Which entities are one, and which are not: merges, splits, and "not the same as".

A merge says of a row which one stands for it; names and mentions stay where they are, so that it
and its undo touch neither. Who is merged is merged into one that stands: never further, never
around.
"""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Q

from articles.annotate.entities.entities import EntityRefusedError, create, standing
from articles.annotate.entities.entity_changes import blind_of
from articles.curation.sources import quoted
from articles.history.operations import act, done
from articles.models import Act, Anchor, DistinctEntities, Door, Entity, Mention, Operation
from articles.models.lookups import any_id
from articles.models.mentions import label_of

MERGED_AT_ONCE = 200
MOVED_AT_ONCE = 5_000


def merge(
    entities: Sequence[Entity], into: Entity, *, by: User | None, door: Door
) -> Operation | None:
    """Make entities one, which goes by the name of ``into``. Raises EntityRefusedError.

    What was merged before leads on to what stands for it. None if they are one already.
    """
    with act(Act.MERGE_ENTITIES, corpus=into.corpus, by=by, summary="", door=door) as operation:
        target = _read([into])[0]
        found = {entity.pk: entity for entity in _read(entities) if entity.pk != target.pk}
        merged = [found[pk] for pk in sorted(found)]
        _check(merged, target)
        ids = list(found)
        Entity.objects.filter(any_id("merged_into_id", ids)).update(merged_into=target)
        Entity.objects.filter(any_id("id", ids)).update(merged_into=target)
        # That two are different was said of rows that are one now.
        said = DistinctEntities.objects.filter(Q(first__in=ids) | Q(second__in=ids))
        said.filter(Q(first=target) | Q(second=target)).delete()
        operation.size = len(merged)
        if not merged:
            return None
        operation.summary = f"{quoted([e.name for e in merged])} merged into {target.name}"
        operation.blind_task = next(filter(None, map(blind_of, [*merged, target])), None)
        if operation.blind_task is not None:
            operation.save(update_fields=["blind_task"])
    return done(operation)


def _read(entities: Sequence[Entity]) -> list[Entity]:
    """Return entities as they are now, or what stands for them."""
    ids = {entity.pk for entity in entities}
    rows = Entity.objects.filter(any_id("id", ids)).select_related("merged_into__task", "task")
    found = [standing(entity) for entity in rows.order_by("pk")]
    if len({entity.pk for entity in rows}) < len(ids):
        raise EntityRefusedError("One of these is gone. Look at the list again.")
    return found


def _check(merged: Sequence[Entity], target: Entity) -> None:
    if len(merged) > MERGED_AT_ONCE:
        raise EntityRefusedError(f"At most {MERGED_AT_ONCE} entities are merged at once.")
    for entity in merged:
        if entity.corpus_id != target.corpus_id:
            raise EntityRefusedError("Entities of two corpora can’t be merged.")
        if blind_of(target) not in {None, blind_of(entity)}:
            raise EntityRefusedError(
                f"“{target.name}” is of blind work: others could not see what “{entity.name}” "
                "would lead to. Merge the other way."
            )


def unmerge(entities: Sequence[Entity], *, by: User | None, door: Door) -> Operation | None:
    """Part merged entities again: each stands for itself. Raises EntityRefusedError."""
    if not entities:
        raise EntityRefusedError("Choose what is to stand by itself again.")
    corpus = entities[0].corpus
    with act(Act.SPLIT_ENTITY, corpus=corpus, by=by, summary="", door=door) as operation:
        ids = {entity.pk for entity in entities}
        rows = Entity.objects.filter(any_id("id", ids), corpus=corpus, merged_into__isnull=False)
        found = list(rows.select_related("merged_into").order_by("pk"))
        into = {entity.merged_into for entity in found}
        if len(found) != len(ids) or len(into) != 1:
            raise EntityRefusedError("Someone parted these in the meantime. Look at them again.")
        Entity.objects.filter(any_id("id", ids)).update(merged_into=None)
        operation.summary = f"{quoted([e.name for e in found])} parted from {into.pop()}"
        operation.size = len(found)
    return done(operation)


def move_mentions(
    mentions: Sequence[int],
    source: Entity,
    to: Entity | str,
    *,
    by: User,
    door: Door,
) -> tuple[Operation | None, Entity, int]:
    """Move some mentions of an entity to another one, or to a new one of a name.

    Mentions of the corpus's own layer alone, those that ``by`` may read. Return the operation,
    where they are now, and how many stayed because their words are tagged with it already. Raises
    EntityRefusedError.
    """
    if not mentions:
        raise EntityRefusedError("Choose the mentions that mean someone or something else.")
    if len(mentions) > MOVED_AT_ONCE:
        raise EntityRefusedError(f"At most {MOVED_AT_ONCE:,} mentions are moved at once.")
    with act(Act.SPLIT_ENTITY, corpus=source.corpus, by=by, summary="", door=door) as operation:
        if isinstance(to, str):
            target = create(
                source.corpus, to, source.kind, by=by, door=door, operation=operation, another=True
            )
        else:
            target = _read([to])[0]
            _check([source], target)
        ids = Entity.objects.with_merged([standing(source).pk])
        readable = Mention.objects.readable_by(by).in_corpus_layer()
        among = readable.filter(any_id("id", mentions), any_id("entity_id", ids))
        chosen = list(among.order_by("pk"))
        moved = _move(chosen, target)
        stayed = len(chosen) - len(moved)
        operation.summary = f"{len(moved):,} mentions of {source.name} moved to {target.name}"
        operation.size = len(moved)
        if not moved:
            raise EntityRefusedError(
                "None of these could be moved: they are gone, or tagged with it already."
            )
    return done(operation), target, stayed


def _move(mentions: Sequence[Mention], target: Entity) -> list[Mention]:
    """Move mentions whose places are free under their new label; return them."""
    ids = [mention.pk for mention in mentions]
    anchors = list(Anchor.objects.filter(any_id("mention_id", ids)))
    by_id = {mention.pk: mention for mention in mentions}
    for mention in mentions:
        mention.entity = target
    taken = set(
        Anchor.objects.filter(
            any_id("version_id", {anchor.version_id for anchor in anchors}),
            start__isnull=False,
            label__in={label_of(mention) for mention in mentions},
        ).values_list("version_id", "start", "end", "label")
    )
    free = set(ids)
    for anchor in anchors:
        anchor.label = label_of(by_id[anchor.mention_id])
        place = (anchor.version_id, anchor.start, anchor.end, anchor.label)
        if anchor.start is not None and place in taken:
            free.discard(anchor.mention_id)
        taken.add(place)
    Mention.objects.filter(any_id("id", free)).update(entity=target)
    going = [anchor for anchor in anchors if anchor.mention_id in free]
    Anchor.objects.bulk_update(going, ["label"], batch_size=1_000)
    return [mention for mention in mentions if mention.pk in free]


def not_the_same(one: Entity, other: Entity, *, by: User | None, door: Door) -> Operation | None:
    """Say that two are different: they are not suggested for merging. None if it was said before.

    Raises EntityRefusedError.
    """
    if one.corpus_id != other.corpus_id or standing(one).pk == standing(other).pk:
        raise EntityRefusedError("Choose two that stand in one corpus.")
    first, second = sorted((standing(one).pk, standing(other).pk))
    summary = f"“{one.name}” and “{other.name}” are different"
    with act(Act.ENTITY, corpus=one.corpus, by=by, summary=summary, door=door) as operation:
        _, made = DistinctEntities.objects.get_or_create(
            corpus=one.corpus, first_id=first, second_id=second
        )
        operation.size = int(made)
    return done(operation)
