"""The rows of many tags: those that are there, and those that are written all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Json

from articles.annotate.bulk_checks import Checking, Fit
from articles.annotate.wanted import TaggingError
from articles.ingest.copying import copy_rows, next_ids
from articles.models import Anchor, Mention
from articles.models.lookups import any_id

type Row = tuple[Mention, Anchor]

_MENTION = (
    "id", "key", "corpus_id", "article_id", "codebook_version_id", "kind", "entity_id",
    "attributes", "comment", "by_id", "origin", "maker", "status", "score", "task_id",
    "layer_of_id", "created_at",
)  # fmt: skip
_ANCHOR = (
    "id", "mention_id", "version_id", "start", "end", "quote", "prefix", "suffix", "placing",
    "sure", "label",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """Tags that are there already, by their keys and by their places."""

    by: int | None
    task: int | None
    keys: dict[UUID, Row] = field(default_factory=dict)
    places: dict[tuple[int, int, int, str], Row] = field(default_factory=dict)

    def of(self, fit: Fit) -> Row | TaggingError | None:
        """Return what is there of a tag, or that its key is another's."""
        key = fit.wanted.key
        if key is not None and key in self.keys:
            mention, anchor = self.keys[key]
            if (mention.article_id, mention.by_id, mention.task_id) != (
                fit.article,
                self.by,
                self.task,
            ):
                return TaggingError("key", "This key is that of another tag.")
            return mention, anchor
        return self.places.get(fit.place)


def known_of(fits: Sequence[Fit], checking: Checking) -> Known:
    """Return what is there already of some tags."""
    layer, by = checking.layer, checking.by
    known = Known(by.pk if by is not None else None, layer.task.pk if layer.task else None)
    keys = [fit.wanted.key for fit in fits if fit.wanted.key is not None]
    if keys:
        anchors = Anchor.objects.filter(mention__key__in=keys).select_related("mention__entity")
        for anchor in anchors.order_by("-pk"):
            known.keys[anchor.mention.key] = anchor.mention, anchor
    ids = _at(fits)
    if ids:
        anchors = Anchor.objects.filter(any_id("id", ids)).select_related("mention__entity")
        for anchor in anchors:
            place = anchor.version_id, anchor.start or 0, anchor.end or 0, anchor.label
            known.places[place] = anchor.mention, anchor
    return known


def _at(fits: Sequence[Fit]) -> list[int]:
    """Return the ids of the anchors at the places of some tags."""
    versions, starts, ends, labels = (
        list(each) for each in zip(*(fit.place for fit in fits), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT anchor.id FROM articles_anchor AS anchor
            JOIN unnest(%s::bigint[], %s::int[], %s::int[], %s::text[])
                AS given (version_id, start, "end", label)
            ON anchor.version_id = given.version_id AND anchor.start = given.start
                AND anchor."end" = given."end" AND anchor.label = given.label
            """,
            [versions, starts, ends, labels],
        )
        return [pk for (pk,) in cursor.fetchall()]


def copied(fits: Sequence[Fit], checking: Checking) -> list[Row]:
    """Write tags; raises IntegrityError where someone made one of them just now."""
    if not fits:
        return []
    layer, now = checking.layer, timezone.now()
    ids = zip(next_ids(Mention, len(fits)), next_ids(Anchor, len(fits)), strict=True)
    rows: list[Row] = []
    for fit, (mention_id, anchor_id) in zip(fits, ids, strict=True):
        wanted = fit.wanted
        mention = Mention(
            pk=mention_id,
            key=wanted.key or uuid4(),
            corpus=layer.corpus,
            article_id=fit.article,
            codebook_version=checking.codebook,
            kind=wanted.kind,
            entity=fit.entity,
            attributes=fit.attributes,
            comment=wanted.comment,
            by=checking.by,
            origin=wanted.origin,
            maker=wanted.maker,
            status=wanted.status,
            score=wanted.score,
            task=layer.task,
            layer_of=layer.layer_of,
            created_at=now,
        )
        anchor = Anchor(
            pk=anchor_id,
            mention=mention,
            version_id=fit.version,
            start=wanted.start,
            end=wanted.end,
            quote=wanted.quote,
            prefix=fit.prefix,
            suffix=fit.suffix,
            label=fit.label,
        )
        rows.append((mention, anchor))
    _copy(rows)
    return rows


def _copy(rows: Iterable[Row]) -> None:
    rows = list(rows)
    copy_rows(
        Mention,
        _MENTION,
        (
            [
                Json(mention.attributes) if name == "attributes" else getattr(mention, name)
                for name in _MENTION
            ]
            for mention, _ in rows
        ),
    )
    copy_rows(Anchor, _ANCHOR, ([getattr(anchor, name) for name in _ANCHOR] for _, anchor in rows))
