"""Changes of what is tagged: what it says, where it is, whether it counts, that it is gone."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db import IntegrityError, models

from articles.annotate.entities.naming import check_kinds, known_entity, named_entity
from articles.annotate.spreading.suggested_names import give_entities, without_name
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.rules import (
    check_attributes,
    check_entity_use,
    kind_of,
    rules_of,
    version_of,
)
from articles.annotate.tags.wanted import (
    COMMENT_CHARACTERS,
    NAME_CHARACTERS,
    TaggingError,
    around,
    check_place,
    check_text,
    short,
)
from articles.annotate.tags.writing import changing, held, held_still, see_to_writing
from articles.history.operations import done
from articles.models import (
    Anchor,
    Change,
    Consumer,
    Door,
    Mention,
    MentionOrigin,
    MentionStatus,
    Operation,
    Placing,
    Relation,
    Version,
)
from articles.models.lookups import any_id
from articles.models.mentions import label_of

CHANGEABLE = frozenset({"kind", "entity", "entity_name", "attributes", "comment"})


class StaleTagError(Exception):
    """Someone changed the tag since it was read; ``mention`` is as it is now."""

    def __init__(self, mention: Mention) -> None:
        super().__init__("Someone changed this tag since you opened it. Look at what it says now.")
        self.mention = mention


def state_of(mention: Mention) -> str:
    """Return what is to be sent back with a change, so that nobody's work is overwritten."""
    return state_of_said(
        mention.kind, mention.entity_id, mention.attributes, mention.comment, mention.status
    )


def state_of_said(
    kind: str, entity: int | None, attributes: dict[str, Any], comment: str, status: str
) -> str:
    """Return the state of what says this, see :func:`state_of`."""
    said = [kind, entity, without_name(attributes), comment, status]
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def change(
    mention: Mention,
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
    operation: Operation | None = None,
    **fields: Any,
) -> Operation | None:
    """Say something else of what is tagged; None if it says so already.

    ``fields`` are some of CHANGEABLE: ``kind``, ``entity`` (an id, None for none), ``entity_name``,
    ``attributes`` (all of them), ``comment``. ``expected_state`` is :func:`state_of` as it was
    shown. ``mention`` is brought up to date. Raises NotAllowedError, StaleTagError, TaggingError.
    """
    unknown = set(fields) - CHANGEABLE
    if unknown:
        raise TaggingError(min(unknown), "This can't be changed.")
    see_to_writing([mention], by)
    try:
        with changing_of([mention], by, door, "changed", operation) as under:
            [now] = held([mention])
            if expected_state is not None and state_of(now) != expected_state:
                raise StaleTagError(now)
            before = state_of(now)
            _say(now, fields, by=by, door=door, operation=under)
            if state_of(now) == before:
                under.size = 0 if operation is None else under.size
            else:
                now.save(update_fields=["kind", "entity", "attributes", "comment"])
                Anchor.objects.filter(mention=now).exclude(label=label_of(now)).update(
                    label=label_of(now)
                )
    except IntegrityError as fault:
        raise TaggingError("kind", "These words are tagged just so already.") from fault
    mention.refresh_from_db()
    return done(under)


def remove(
    mentions: Iterable[Mention],
    *,
    by: User | None,
    door: Door,
    operation: Operation | None = None,
) -> Operation | None:
    """Remove tags, with where they are and what leads to them; None if all are gone already.

    Raises NotAllowedError.
    """
    wanted = list(mentions)
    if not wanted:
        return None
    see_to_writing(wanted, by)
    with changing_of(wanted, by, door, "removed", operation) as under:
        there = [mention.pk for mention in held_still(mention.pk for mention in wanted)]
        Relation.objects.filter(any_id("source_id", there)).delete()
        Relation.objects.filter(any_id("target_id", there)).delete()
        Anchor.objects.filter(any_id("mention_id", there)).delete()
        gone = Mention.objects.filter(any_id("id", there)).order_by()
        # What hangs on them is gone: there is nothing to collect.
        gone._raw_delete(gone.db)  # noqa: SLF001 -- Django's own for this
        if operation is None:
            under.size = len(there)
    return done(under)


def decide(
    mentions: Iterable[Mention],
    status: str,
    *,
    by: User | None,
    door: Door,
    operation: Operation | None = None,
) -> Operation | None:
    """Accept or reject what was suggested, however many; None if all were so already.

    Raises NotAllowedError, TaggingError.
    """
    if status not in MentionStatus.values:
        raise TaggingError("status", f"There is no status “{short(status)}”.")
    wanted = list(mentions)
    if not wanted:
        return None
    see_to_writing(wanted, by)
    with changing_of(wanted, by, door, MentionStatus(status).label.lower(), operation) as under:
        there = held_still(mention.pk for mention in wanted)
        changed = [mention for mention in there if mention.status != status]
        doubled: set[int] = set()
        if status == MentionStatus.ACCEPTED:
            doubled = give_entities(changed, by=by, door=door, operation=under)
        ids = {mention.pk for mention in changed}
        Mention.objects.filter(any_id("id", ids - doubled)).update(status=status, decided_by=by)
        rejected = Mention.objects.filter(any_id("id", doubled))
        rejected.update(status=MentionStatus.REJECTED, decided_by=by)
        if operation is None:
            under.size = len(ids)
    return done(under)


def move(
    mention: Mention,
    start: int,
    end: int,
    quote: str,
    *,
    by: User | None,
    door: Door,
    version: Version | None = None,
    expected_state: str | None = None,
) -> Operation | None:
    """Put a tag to other words of a version: of the task's, else of the current one.

    Where it is in other versions followed from where it was: it is carried over anew. An orphan is
    found a place, and is elsewhere where it was. None if it is there already. Raises
    NotAllowedError, StaleTagError, TaggingError.
    """
    see_to_writing([mention], by)
    chosen = version or _own_version(mention)
    if chosen is None or chosen.article_id != mention.article_id:
        raise TaggingError("version", "This version is not one of the article's.")
    check_place(chosen.text, chosen.blocks, start, end, quote)
    try:
        with changing_of([mention], by, door, "moved") as under:
            [now] = held([mention])
            if expected_state is not None and state_of(now) != expected_state:
                raise StaleTagError(now)
            is_moved = _put(now, chosen, start, end, quote)
            under.size = int(is_moved)
    except IntegrityError as fault:
        raise TaggingError("start", "These words are tagged just so already.") from fault
    return done(under)


def _put(mention: Mention, version: Version, start: int, end: int, quote: str) -> bool:
    there = Anchor.objects.filter(mention=mention, version=version).first()
    if there is not None and (there.start, there.end) == (start, end):
        return False
    prefix, suffix = around(version.text, start, end)
    Anchor.objects.update_or_create(
        mention=mention,
        version=version,
        defaults={
            "start": start,
            "end": end,
            "quote": quote,
            "prefix": prefix,
            "suffix": suffix,
            "placing": Placing.PLACED,
            "sure": 1.0,
            "label": label_of(mention),
        },
    )
    if there is None or there.start is not None:
        Anchor.objects.filter(mention=mention).exclude(version=version).delete()
    # Of tags the index learns by their own rows; of places it has to be told.
    Change.objects.bulk_create(
        Change(article_id=mention.article_id, consumer=consumer) for consumer in Consumer
    )
    return True


def _own_version(mention: Mention) -> Version | None:
    """Return the version in which a tag is worked on: of a task the one that is tagged in it."""
    if mention.task is None:
        current: Version | None = mention.article.version
        return current
    item = mention.task.items.filter(article=mention.article_id).select_related("version").first()
    return item.version if item is not None else None


def _say(
    mention: Mention,
    fields: dict[str, Any],
    *,
    by: User | None,
    door: Door,
    operation: Operation,
) -> None:
    """Set what a tag says, as far as its codebook lets it be said."""
    layer = Layer(mention.corpus, mention.task, mention.layer_of)
    codebook = version_of(layer)
    content = rules_of(codebook)
    mention.kind = fields.get("kind", mention.kind)
    kind = kind_of(content, mention.kind)
    if fields.get("entity_name"):
        check_text("entity_name", fields["entity_name"], NAME_CHARACTERS)
        mention.entity = named_entity(
            layer, fields["entity_name"], kind.slug, by=by, door=door, operation=operation
        )
    elif "entity" in fields:
        id_ = fields["entity"]
        mention.entity = known_entity(layer, id_, by) if id_ is not None else None
    check_entity_use(kind, named=mention.entity_id is not None)
    if mention.entity is not None:
        check_kinds(content, kind.slug, mention.entity)
    if "attributes" in fields or "kind" in fields:
        mention.attributes = check_attributes(
            kind,
            without_name(fields.get("attributes", mention.attributes)),
            complete=mention.origin == MentionOrigin.PERSON,
        )
    if "comment" in fields:
        check_text("comment", fields["comment"], COMMENT_CHARACTERS)
        mention.comment = fields["comment"]


def changing_of(
    mentions: list[Mention],
    by: User | None,
    door: Door,
    word: str,
    operation: Operation | None = None,
) -> AbstractContextManager[Operation]:
    """Change mentions of one layer, or of one corpus, as one operation."""
    first = mentions[0]
    if any(mention.corpus_id != first.corpus_id for mention in mentions):
        raise TaggingError("mention", "Tags of several corpora are not changed at once.")
    if any(
        (mention.task_id, mention.layer_of_id) != (first.task_id, first.layer_of_id)
        for mention in mentions
    ):
        raise TaggingError("mention", "Tags of several layers are not changed at once.")
    what = f"{len(mentions):,} tags"
    if len(mentions) == 1:
        [what] = _quotes(first) or ["a tag"]
    return changing(
        first.corpus,
        first.task,
        first.layer_of_id,
        by=by,
        door=door,
        summary=f"{what[:1].upper()}{what[1:]} {word}",
        operation=operation,
    )


def _quotes(mention: Mention) -> list[str]:
    found: models.QuerySet[Anchor] = mention.anchors.order_by("-version__number")
    quotes = found.values_list("quote", flat=True)[:1]
    return [f"tag of “{short(quote)}”" for quote in quotes]
