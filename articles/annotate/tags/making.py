"""Making one tag: what stands at a place is said to be of a kind, and whom it names."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, transaction

from articles.annotate.anchoring import following
from articles.annotate.entities.entities import resolve
from articles.annotate.entities.naming import check_kinds, known_entity, named_entity
from articles.annotate.tags.changing import decide
from articles.annotate.tags.layers import (
    Layer,
    Leave,
    NotAllowedError,
    layer_for,
    not_given,
)
from articles.annotate.tags.rules import (
    check_attributes,
    check_entity_use,
    kind_of,
    rules_of,
    version_of,
)
from articles.annotate.tags.tag_rows import NotGivenError, stored
from articles.annotate.tags.wanted import (
    Tagged,
    TaggingError,
    Wanted,
    around,
    check_place,
    check_words,
    short,
)
from articles.annotate.tags.writing import changing
from articles.models import (
    Anchor,
    Article,
    CodebookVersion,
    Door,
    Entity,
    Mention,
    MentionOrigin,
    MentionStatus,
    Operation,
    Task,
    Version,
)

# How often it is tried where others make or remove the same at the same moment.
_TRIES = 4


def tag(  # noqa: PLR0913 -- who tags what where, and what of it is known
    article: Article,
    wanted: Wanted,
    *,
    by: User | None,
    door: Door,
    version: Version | None = None,
    task: Task | None = None,
    layer: Layer | None = None,
    operation: Operation | None = None,
    leave: Leave | None = None,
) -> Tagged:
    """Tag words of an article, in the layer that is ``by``'s to tag in, or in ``layer``.

    ``version`` is the one whose text was looked at, the current one if none is given; in a task it
    is the task's. What is there already is returned; a suggestion of it, even a rejected one,
    counts as accepted then. Within ``operation`` if one is under way. ``leave`` as for
    :func:`articles.annotate.tags.layers.layer_for`.
    Raises NotAllowedError, TaggingError.
    """
    try:
        layer = layer or layer_for(by, article, task, leave=leave)
        new = _checked(article, wanted, layer, _version(article, layer, version), by)
        return _made_or_there(new, by=by, door=door, operation=operation)
    except (NotAllowedError, TaggingError):
        # What was made stays so, whatever holds by now: who sends it again is told of it.
        known = _by_key(wanted.key, article, by, task) if wanted.key is not None else None
        if known is not None:
            return known
        raise


@dataclass(frozen=True, slots=True)
class _New:
    """A tag that was found good."""

    article: Article
    version: Version
    layer: Layer
    codebook: CodebookVersion
    wanted: Wanted
    entity: Entity | None
    attributes: dict[str, Any]
    kind: str

    def named(self, by: User | None, door: Door, operation: Operation) -> Entity | None:
        if self.entity is not None or not self.wanted.entity_name:
            return self.entity
        return named_entity(
            self.layer,
            self.wanted.entity_name,
            self.wanted.kind,
            by=by,
            door=door,
            operation=operation,
        )

    def summary(self, entity: Entity | None) -> str:
        named = entity.name if entity is not None else self.wanted.entity_name
        what = f"{self.kind} {named}".strip()
        return f"“{short(self.wanted.quote)}” tagged as {what}"


def _checked(
    article: Article, wanted: Wanted, layer: Layer, version: Version, by: User | None
) -> _New:
    check_words(wanted)
    check_place(version.text, version.blocks, wanted.start, wanted.end, wanted.quote)
    codebook = version_of(layer)
    content = rules_of(codebook)
    kind = kind_of(content, wanted.kind)
    check_entity_use(kind, named=wanted.entity is not None or bool(wanted.entity_name.strip()))
    attributes = check_attributes(
        kind, wanted.attributes, complete=wanted.origin == MentionOrigin.PERSON
    )
    entity = known_entity(layer, wanted.entity, by) if wanted.entity is not None else None
    if entity is not None:
        check_kinds(content, kind.slug, entity)
    return _New(article, version, layer, codebook, wanted, entity, attributes, kind.name)


def _made_or_there(
    new: _New, *, by: User | None, door: Door, operation: Operation | None
) -> Tagged:
    for _ in range(_TRIES):
        try:
            return _made(new, by=by, door=door, operation=operation)
        except NotGivenError:
            raise not_given(new.layer.task) from None
        except IntegrityError:
            found = _there(new, by=by, door=door, operation=operation)
            if found is not None:
                return found
    raise TaggingError("entity", "What this names was removed just now. Try again.")


def _made(new: _New, *, by: User | None, door: Door, operation: Operation | None) -> Tagged:
    wanted, layer = new.wanted, new.layer
    with changing(
        layer.corpus,
        layer.task,
        layer.layer_of.pk if layer.layer_of is not None else None,
        by=by,
        door=door,
        summary=new.summary(new.entity),
        operation=operation,
    ) as under:
        entity = new.named(by, door, under)
        mention = Mention(
            key=wanted.key or uuid4(),
            corpus=layer.corpus,
            article=new.article,
            codebook_version=new.codebook,
            kind=wanted.kind,
            entity=entity,
            attributes=new.attributes,
            comment=wanted.comment,
            by=by,
            origin=wanted.origin,
            maker=wanted.maker,
            status=wanted.status,
            score=wanted.score,
            task=layer.task,
            layer_of=layer.layer_of,
        )
        prefix, suffix = around(new.version.text, wanted.start, wanted.end)
        anchor = Anchor(
            mention=mention,
            version=new.version,
            start=wanted.start,
            end=wanted.end,
            quote=wanted.quote,
            prefix=prefix,
            suffix=suffix,
            label=layer.label(wanted.kind, entity.pk if entity is not None else None),
        )
        stored(mention, anchor)
    if layer.task is None:
        transaction.on_commit(partial(following.note_moved, {new.article.pk: new.version.pk}))
    return Tagged(mention, anchor, under, made=True)


def _version(article: Article, layer: Layer, version: Version | None) -> Version:
    """Return the version that is tagged. Raises TaggingError for one that can't be."""
    if layer.version is not None:
        if version is not None and version.pk != layer.version.pk:
            raise TaggingError(
                "version",
                f"In this work version {layer.version.number} is tagged, not {version.number}.",
            )
        return layer.version
    chosen = version if version is not None else article.version
    if chosen is None or chosen.article_id != article.pk or not article.standing:
        raise TaggingError("version", "This article stands no more, or the version is not of it.")
    return chosen


def _by_key(key: UUID, article: Article, by: User | None, task: Task | None) -> Tagged | None:
    """Return what was made with a key before; raise TaggingError if it is something else."""
    mention = Mention.objects.filter(key=key).select_related("entity").first()
    if mention is None:
        return None
    is_same = (mention.article_id, mention.by_id, mention.task_id) == (
        article.pk,
        by.pk if by is not None else None,
        task.pk if task is not None else None,
    )
    anchor = mention.anchors.order_by("pk").first()
    if not is_same or anchor is None:
        raise TaggingError("key", "This key is that of another tag. Give each one of its own.")
    return Tagged(mention, anchor, None, made=False)


def _there(new: _New, *, by: User | None, door: Door, operation: Operation | None) -> Tagged | None:
    """Return what stands in the way of making a tag: the same one."""
    wanted, layer = new.wanted, new.layer
    if wanted.key is not None:
        known = _by_key(wanted.key, new.article, by, layer.task)
        if known is not None:
            return known
    entity = new.entity
    if entity is None and wanted.entity_name:
        entity = resolve(
            layer.corpus, wanted.entity_name, wanted.kind, by or AnonymousUser(), layer.task
        )
        if entity is None:
            return None
    anchor = (
        Anchor.objects.filter(
            version=new.version,
            start=wanted.start,
            end=wanted.end,
            label=layer.label(wanted.kind, entity.pk if entity is not None else None),
        )
        .select_related("mention__entity")
        .first()
    )
    if anchor is None:
        return None
    mention = anchor.mention
    under = None
    if wanted.status == MentionStatus.ACCEPTED and mention.status != MentionStatus.ACCEPTED:
        under = decide([mention], MentionStatus.ACCEPTED, by=by, door=door, operation=operation)
        mention.refresh_from_db(fields=["status", "decided_by"])
    return Tagged(mention, anchor, under, made=False)
