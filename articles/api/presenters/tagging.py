"""Mentions and codes, as the API shows them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.models import Anchor, Code, Corpus, Entity, Mention, Placing, Relation, Version
from articles.models.corpora import Visitor

_RELATED = ("corpus", "article", "entity__merged_into", "by", "decided_by", "layer_of", "task")


def mentions_shown(user: Visitor) -> Any:
    """Return the mentions that a person may see, with what is shown of them."""
    anchors = Anchor.objects.order_by("-pk").select_related("version")
    numbered = anchors.defer(*(f"version__{name}" for name in _HEAVY))
    relations = Relation.objects.select_related("target").order_by("pk")
    return (
        Mention.objects.readable_by(user)
        .select_related(*_RELATED)
        .prefetch_related(Prefetch("anchors", numbered), Prefetch("relations", relations))
    )


# Of a version only its number is shown here.
_HEAVY = [
    field.attname
    for field in Version._meta.concrete_fields  # noqa: SLF001 -- Django's public name for it
    if field.attname not in {"id", "number", "article_id"}
]


def known_people(user: Visitor) -> frozenset[int]:
    """Return the corpora of which a person is a member: to members it is told who did what."""
    return frozenset(Corpus.objects.with_members(user).order_by().values_list("pk", flat=True))


def place_of(row: Mention) -> Anchor | None:
    """Return where a mention is: in its article's current version, in a task in the pinned one.

    Where it is in neither, where it was last.
    """
    anchors: list[Anchor] = list(row.anchors.all())
    if row.task_id is not None:
        return anchors[-1] if anchors else None
    here = (anchor for anchor in anchors if anchor.version_id == row.article.version_id)
    return next(here, anchors[0] if anchors else None)


def mention(row: Mention, at: Addresses, member_of: frozenset[int]) -> dict[str, Any]:
    """Return a mention, loaded by :func:`mentions_shown`."""
    return mention_at(row, place_of(row), row.relations.all(), at, member_of)


def mention_at(
    row: Mention,
    place: Anchor | None,
    relations: Iterable[Relation],
    at: Addresses,
    member_of: frozenset[int],
) -> dict[str, Any]:
    """Return a mention of which it is known where it is and where it leads to."""
    told = row.corpus_id in member_of
    return {
        "id": row.pk,
        "url": at.of("mention-detail", row.pk),
        "key": str(row.key),
        "corpus": corpus_reference(row.corpus),
        "article": {"id": row.article_id, "url": at.of("article-detail", row.article_id)},
        **_place(place, at),
        "kind": row.kind,
        "entity": entity_reference(row.entity, at),
        "attributes": row.attributes,
        "comment": row.comment,
        "status": row.status,
        "origin": row.origin,
        "maker": row.maker or None,
        "score": row.score,
        "task": reference("task-detail", row.task_id, at),
        "layer_of": _name(row.layer_of, told=told),
        "by": _name(row.by, told=told),
        "decided_by": _name(row.decided_by, told=told),
        "created_at": row.created_at,
        "relations": [
            {"kind": each.kind, "target": reference("mention-detail", each.target_id, at)}
            for each in relations
        ],
    }


def _place(anchor: Anchor | None, at: Addresses) -> dict[str, Any]:
    if anchor is None:
        nowhere: dict[str, Any] = dict.fromkeys(("version", "start", "end"))
        words = dict.fromkeys(("quote", "prefix", "suffix"), "")
        return {**nowhere, **words, "placing": Placing.ORPHAN.value, "sure": 0.0}
    version = anchor.version
    return {
        "version": {
            "id": version.pk,
            "number": version.number,
            "url": at.of("version-detail", version.article_id, version.number),
        },
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "placing": anchor.placing,
        "sure": anchor.sure,
    }


def entity_reference(entity: Entity | None, at: Addresses) -> dict[str, Any] | None:
    """Return what a mention says of whom it names: of the entity that stands for it."""
    if entity is None:
        return None
    stands = entity.merged_into or entity
    return {
        "id": stands.pk,
        "url": at.of("entity-detail", stands.pk),
        "name": stands.name,
        "kind": stands.kind,
    }


def reference(address: str, pk: int | None, at: Addresses) -> dict[str, Any] | None:
    """Return what another object says of one; None for none."""
    return None if pk is None else {"id": pk, "url": at.of(address, pk)}


def _name(person: Any, *, told: bool) -> str | None:
    return person.get_username() if told and person is not None else None


def codes_shown(user: Visitor) -> Any:
    """Return the codes that a person may see, with what is shown of them."""
    return (
        Code.objects.readable_by(user)
        .select_related("corpus", "by", "layer_of", "version")
        .defer(*(f"version__{name}" for name in _HEAVY))
    )


def code(row: Code, at: Addresses, member_of: frozenset[int]) -> dict[str, Any]:
    """Return a code of an article, loaded by :func:`codes_shown`."""
    told = row.corpus_id in member_of
    return {
        "id": row.pk,
        "key": str(row.key),
        "corpus": corpus_reference(row.corpus),
        "article": {"id": row.article_id, "url": at.of("article-detail", row.article_id)},
        "version": {
            "id": row.version_id,
            "number": row.version.number,
            "url": at.of("version-detail", row.article_id, row.version.number),
        },
        "code": row.code,
        "value": row.value,
        "task": reference("task-detail", row.task_id, at),
        "layer_of": _name(row.layer_of, told=told),
        "by": _name(row.by, told=told),
        "created_at": row.created_at,
    }
