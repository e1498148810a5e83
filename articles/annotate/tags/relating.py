"""Relations: that a quotation is somebody's, that one tag belongs to another."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.annotate.tags.layers import Layer
from articles.annotate.tags.rules import relation_of, rules_of, version_of
from articles.annotate.tags.wanted import TaggingError
from articles.annotate.tags.writing import changing, held, see_to_writing
from articles.history.operations import done
from articles.models import Anchor, Door, Mention, Operation, Relation, Version
from articles.models.lookups import any_id


@dataclass(frozen=True, slots=True)
class Led:
    """That a tag leads to another: by which relation, to which, and what that one names."""

    kind: str
    source: int
    target: int
    name: str


def led_in(version: Version, sources: Collection[int]) -> list[Led]:
    """Return where some tags of a version lead to, in their order; both ends are of one layer."""
    rows = Relation.objects.filter(article=version.article_id).values_list(
        "kind", "source_id", "target_id", "target__entity__name",
        "target__entity__merged_into__name",
    )  # fmt: skip
    found = [row for row in rows.order_by("source", "pk") if row[1] in sources]
    if not found:
        return []
    targets = [target for _, _, target, _, _ in found]
    anchors = Anchor.objects.filter(any_id("mention_id", targets), version=version)
    quotes = dict(anchors.values_list("mention_id", "quote"))
    return [
        Led(kind, source, target, stands or name or quotes[target])
        for kind, source, target, name, stands in found
        if target in quotes
    ]


def relate(
    source: Mention,
    target: Mention,
    kind: str,
    *,
    by: User | None,
    door: Door,
    operation: Operation | None = None,
) -> Operation | None:
    """Lead from one tag to another of the same layer and article; None if it does already.

    Raises NotAllowedError, TaggingError.
    """
    see_to_writing([source, target], by)
    if source.pk == target.pk:
        raise TaggingError("target", "A tag is not related to itself.")
    ends = [(each.article_id, each.task_id, each.layer_of_id) for each in (source, target)]
    if ends[0] != ends[1]:
        raise TaggingError("target", "Both must be tags of one article, in one layer.")
    layer = Layer(source.corpus, source.task, source.layer_of)
    relation = relation_of(rules_of(version_of(layer)), kind, source.kind, target.kind)
    with changing(
        source.corpus,
        source.task,
        source.layer_of_id,
        by=by,
        door=door,
        summary=f"{relation.name} of a tag given",
        operation=operation,
    ) as under:
        held([source, target])
        is_new = _relate(source, target, kind, by)
        if operation is None:
            under.size = int(is_new)
    return done(under)


def unrelate(
    source: Mention,
    target: Mention,
    kind: str,
    *,
    by: User | None,
    door: Door,
    operation: Operation | None = None,
) -> Operation | None:
    """Lead from one tag to another no more; None if it does not. Raises NotAllowedError."""
    see_to_writing([source, target], by)
    with changing(
        source.corpus,
        source.task,
        source.layer_of_id,
        by=by,
        door=door,
        summary=f"{kind.capitalize()} of a tag taken away",
        operation=operation,
    ) as under:
        gone, _ = Relation.objects.filter(source=source, target=target, kind=kind).delete()
        if operation is None:
            under.size = gone
    return done(under)


def _relate(source: Mention, target: Mention, kind: str, by: User | None) -> bool:
    there = Relation.objects.filter(source=source, target=target, kind=kind)
    if there.exists():
        return False
    try:
        with transaction.atomic():
            Relation.objects.create(
                corpus=source.corpus,
                article_id=source.article_id,
                kind=kind,
                source=source,
                target=target,
                by=by,
            )
    except IntegrityError:
        return False
    return True
