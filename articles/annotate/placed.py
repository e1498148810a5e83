"""What is tagged in a version of an article, as it is shown to someone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from articles.models import (
    Anchor,
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


def placed(
    version: Version, user: Visitor, task: Task | None = None, *, suggestions: bool = True
) -> list[Placed]:
    """Return what ``user`` may see tagged in a version, in order of start, the longest first.

    In a task their own layer of it; elsewhere what is the corpus's, and in a task of the past what
    was settled. Rejected suggestions are not shown, and with ``suggestions`` off none are.
    """
    shown = _shown(Mention.objects.readable_by(user), user, task).filter(article=version.article_id)
    shown = shown.exclude(status=MentionStatus.REJECTED)
    if not suggestions:
        shown = shown.exclude(status=MentionStatus.SUGGESTED)
    anchors = (
        Anchor.objects.filter(version=version, start__isnull=False, mention__in=shown)
        .select_related("mention__entity__merged_into", "mention__by")
        .order_by("start", "-end", "mention")
    )
    return [_placed(anchor, user) for anchor in anchors]


def _shown(found: Any, user: Visitor, task: Task | None) -> Any:
    if task is None:
        return found.filter(task=None)
    return found.filter(task=task, layer_of=user.pk)


def _placed(anchor: Anchor, user: Visitor) -> Placed:
    mention = anchor.mention
    entity = mention.entity
    if entity is not None and entity.merged_into is not None:
        entity = entity.merged_into
    return Placed(
        id=mention.pk,
        key=mention.key,
        start=anchor.start or 0,
        end=anchor.end or 0,
        quote=anchor.quote,
        kind=mention.kind,
        entity_id=entity.pk if entity is not None else None,
        entity_name=entity.name if entity is not None else "",
        status=mention.status,
        origin=mention.origin,
        maker=mention.maker,
        by_name=mention.by.get_username() if mention.by is not None else "",
        is_own=mention.by_id is not None and mention.by_id == user.pk,
        comment=mention.comment,
        attributes=mention.attributes,
        placing=anchor.placing,
        sure=anchor.sure,
        score=mention.score,
    )


def codes_of(article: Article | Version, user: Visitor, task: Task | None = None) -> list[Code]:
    """Return the codes and notes of an article that ``user`` may see, by code and value."""
    id_ = article.article_id if isinstance(article, Version) else article.pk
    shown = _shown(Code.objects.readable_by(user), user, task).filter(article=id_)
    return list(shown.select_related("by").order_by("code", "pk"))
