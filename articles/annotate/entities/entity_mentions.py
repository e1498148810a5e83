"""Where an entity is mentioned: lines of a concordance, and articles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest, Least, Substr

from articles.models import Anchor, Article, Entity, Mention, MentionStatus
from articles.models.corpora import Visitor
from articles.models.keyset import page
from articles.models.lookups import any_id
from articles.models.mentions import LayeredQuerySet

LINES = 50
# So many characters of a text are shown on either side of a mention.
AROUND = 90
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A mention with what stands around it; ``placed`` is false where its words are gone."""

    mention: Mention
    left: str
    quote: str
    right: str
    placed: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of lines, the latest mention first, and the cursors of the pages beside it."""

    rows: list[Line]
    next: str | None
    previous: str | None


def of_entity(entity: Entity, user: Visitor) -> LayeredQuerySet[Mention]:
    """Return the mentions of an entity, and of what was merged into it, that ``user`` may see."""
    ids = Entity.objects.with_merged([entity.pk])
    found: LayeredQuerySet[Mention] = Mention.objects.readable_by(user)
    return found.filter(corpus=entity.corpus_id, entity__in=ids)


def statuses(entity: Entity, user: Visitor) -> dict[str, int]:
    """Return how many mentions of an entity there are of each status."""
    found = of_entity(entity, user).order_by().values_list("status")
    counted = dict(found.annotate(Count("pk")))
    return {status.value: counted.get(status.value, 0) for status in MentionStatus}


def lines(
    entity: Entity,
    user: Visitor,
    *,
    status: str = MentionStatus.ACCEPTED,
    text: str = "",
    cursor: str | None = None,
    limit: int = LINES,
) -> Lines:
    """Return a page of an entity's mentions in context.

    ``text`` is looked for in their words and what is around them, and in headlines. Raises
    CursorError.
    """
    found = of_entity(entity, user).filter(status=status)
    if text:
        placed = Anchor.objects.filter(
            Q(quote__icontains=text) | Q(prefix__icontains=text) | Q(suffix__icontains=text)
        )
        found = found.filter(
            Q(pk__in=placed.order_by().values("mention")) | Q(article__headline__icontains=text)
        )
    shown = page(
        found.select_related("article__source", "by", "task"), ("-pk",), limit=limit, cursor=cursor
    )
    return Lines(_in_context(shown.rows), shown.next, shown.previous)


def _in_context(mentions: Sequence[Mention]) -> list[Line]:
    """Return mentions with their words where they stand now, or where they stood last."""
    anchors: dict[int, Anchor] = {}
    current = {mention.pk: mention.article.version_id for mention in mentions}
    start, end = F("start"), F("end")
    found = Anchor.objects.filter(any_id("mention_id", current)).annotate(
        before=Substr("version__text", Greatest(start - AROUND, 0) + 1, Least(start, AROUND)),
        after=Substr("version__text", end + 1, AROUND),
    )
    for anchor in found.order_by("version__number"):
        known = anchors.get(anchor.mention_id)
        if known is None or known.version_id != current[anchor.mention_id]:
            anchors[anchor.mention_id] = anchor
    return [_line(mention, anchors.get(mention.pk)) for mention in mentions]


def _line(mention: Mention, anchor: Any) -> Line:
    if anchor is None:
        return Line(mention, "", "", "", placed=False)
    placed = anchor.start is not None
    around = (anchor.before, anchor.after) if placed else (anchor.prefix, anchor.suffix)
    left, quote, right = (_WHITE.sub(" ", part) for part in (around[0], anchor.quote, around[1]))
    return Line(mention, left, quote, right, placed=placed)


def articles_of(entity: Entity, user: Visitor) -> QuerySet[Mention, Any]:
    """Return a query for the ids of the articles in which an entity is tagged, accepted."""
    accepted = of_entity(entity, user).filter(status=MentionStatus.ACCEPTED)
    return accepted.order_by().values("article")


def articles(entity: Entity, user: Visitor) -> QuerySet[Article]:
    """Return the articles in which an entity is tagged, accepted."""
    return Article.objects.filter(pk__in=articles_of(entity, user), standing=True)
