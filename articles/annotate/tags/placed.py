"""What is tagged in a version of an article, as it is shown to someone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from articles.annotate.spreading.suggested_names import SUGGESTED_NAME, without_name
from articles.annotate.tags.changing import state_of_said
from articles.models import (
    Article,
    Code,
    Mention,
    MentionStatus,
    Task,
    Version,
)
from articles.models.corpora import Visitor


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag where it stands in a version: code points of its text, ``end`` exclusive.

    ``placing`` says how it got there (``models.Placing``), ``sure`` from 0 to 1 how surely. The
    entity is the one that stands, where it was merged. ``by_name`` is "" for nobody.
    """

    id: int
    key: UUID
    start: int
    end: int
    quote: str
    kind: str
    entity_id: int | None
    entity_name: str
    status: str
    origin: str
    maker: str
    by_name: str
    is_own: bool
    comment: str
    attributes: dict[str, Any]
    placing: str
    sure: float
    score: float | None
    # The entity that was named, before it was merged.
    named_id: int | None = None

    @property
    def state(self) -> str:
        """What a change is sent with, as ``changing.state_of``."""
        return state_of_said(self.kind, self.named_id, self.attributes, self.comment, self.status)


# What is read of an anchor and its mention, in one row: a long article has thousands of them.
_READ = (
    "pk",
    "key",
    "anchors__start",
    "anchors__end",
    "anchors__quote",
    "kind",
    "entity_id",
    "entity__name",
    "entity__merged_into_id",
    "entity__merged_into__name",
    "status",
    "origin",
    "maker",
    "by_id",
    "by__username",
    "comment",
    "attributes",
    "anchors__placing",
    "anchors__sure",
    "score",
)
_NOT_ACCEPTED = [MentionStatus.REJECTED, MentionStatus.SUGGESTED]


def placed(
    version: Version,
    user: Visitor,
    task: Task | None = None,
    *,
    suggestions: bool = True,
    within: Sequence[tuple[int, int]] | None = None,
    is_blind: bool | None = None,
) -> list[Placed]:
    """Return what ``user`` may see tagged in a version that they may read: the caller saw to that.

    In order of start, the longest first. In a task their own layer of it; elsewhere what is the
    corpus's, and of what was settled in tasks that which the corpus's layer does not say just so.
    Rejected suggestions are not shown, and with ``suggestions`` off none are. ``within`` are places
    of the text; with it only what overlaps one of them is returned. ``is_blind`` says whether they
    have the article in blind work, if that was just read.
    """
    here = Q(anchors__version=version, anchors__start__isnull=False)
    if within is not None:
        touched = Q(pk__in=[])
        for start, end in within:
            touched |= Q(anchors__start__lt=end, anchors__end__gt=start)
        here &= touched
    hidden = [MentionStatus.REJECTED] if suggestions else _NOT_ACCEPTED
    shown = Mention.objects.beside(version.article_id, user, task, is_blind=is_blind)
    shown = shown.filter(here).exclude(status__in=hidden)
    by_layer = F("task").asc(nulls_first=True)
    ordered = shown.order_by("anchors__start", "-anchors__end", by_layer, "pk")
    rows = ordered.values_list(*_READ)
    found: dict[tuple[Any, ...], Placed] = {}
    for row in rows:
        each = _placed(row, user)
        found.setdefault((each.start, each.end, each.kind, each.named_id), each)
    return list(found.values())


def _placed(row: tuple[Any, ...], user: Visitor) -> Placed:
    (id_, key, start, end, quote, kind, named, name, stands, stands_name) = row[:10]
    (status, origin, maker, by, by_name, comment, attributes, placing, sure, score) = row[10:]
    return Placed(
        id=id_,
        key=key,
        start=start,
        end=end,
        quote=quote,
        kind=kind,
        entity_id=stands or named,
        entity_name=(stands_name if stands else name) or attributes.get(SUGGESTED_NAME, ""),
        status=status,
        origin=origin,
        maker=maker,
        by_name=by_name or "",
        is_own=by is not None and by == user.pk,
        comment=comment,
        attributes=without_name(attributes),
        placing=placing,
        sure=sure,
        score=score,
        named_id=named,
    )


def codes_of(article: Article | Version, user: Visitor, task: Task | None = None) -> list[Code]:
    """Return the codes and notes of an article that ``user`` may see, by code and value."""
    id_ = article.article_id if isinstance(article, Version) else article.pk
    layer = {"task": None} if task is None else {"task": task, "layer_of": user.pk}
    shown = Code.objects.readable_by(user).filter(article=id_, **layer)
    return list(shown.select_related("by").order_by("code", "pk"))
