"""What is tagged in a version of an article, as it is shown to someone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from articles.annotate.spreading.suggested_names import SUGGESTED_NAME, without_name
from articles.annotate.tags.changing import state_of_said
from articles.annotate.tags.layers import is_blind_to
from articles.models import (
    Code,
    Mention,
    MentionStatus,
    Relation,
    Task,
    Version,
)
from articles.models.corpora import Visitor
from articles.models.statements import Statement, stand_in


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
    # False if it is known to lead to no other tag.
    may_lead: bool = True

    @property
    def state(self) -> str:
        """What a change is sent with, as ``changing.state_of``."""
        return state_of_said(self.kind, self.named_id, self.attributes, self.comment, self.status)


@dataclass(frozen=True, slots=True)
class Coded:
    """What a code of an article says; ``by_name`` is "" for nobody."""

    code: str
    value: str
    by_name: str


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
    if within is not None and not within:
        return []
    if is_blind is None:
        # Their own layer of a task holds nothing else.
        is_blind = task is None and is_blind_to(user, version.article_id)
    question = _question(
        is_part=within is not None,
        in_task=task is not None,
        is_someone=user.is_authenticated,
        suggestions=suggestions,
        is_blind=is_blind,
    )
    borders = (min(within)[0], max(last for _, last in within)) if within else (0, 0)
    rows = question.ask(version.pk, version.article_id, user.pk, task and task.pk, *borders)
    found: dict[tuple[Any, ...], Placed] = {}
    for row in rows:
        each = _placed(row, user)
        if within is not None and not any(s < each.end and e > each.start for s, e in within):
            continue
        found.setdefault((each.start, each.end, each.kind, each.named_id), each)
    return list(found.values())


@cache
def _question(
    *, is_part: bool, in_task: bool, is_someone: bool, suggestions: bool, is_blind: bool
) -> Statement:
    """Return what is asked of a whole text, or of a part of it; the values as it is asked."""
    here = Q(anchors__version=stand_in(0), anchors__start__isnull=False)
    if is_part:
        here &= Q(anchors__end__gt=stand_in(4), anchors__start__lt=stand_in(5))
    hidden = [MentionStatus.REJECTED] if suggestions else _NOT_ACCEPTED
    shown = Mention.objects.beside(
        stand_in(1),
        User(pk=stand_in(2)) if is_someone else AnonymousUser(),
        Task(pk=stand_in(3)) if in_task else None,
        is_blind=is_blind,
    )
    shown = shown.filter(here).exclude(status__in=hidden)
    by_layer = F("task").asc(nulls_first=True)
    ordered = shown.order_by("anchors__start", "-anchors__end", by_layer, "pk")
    # Of a whole text it is quicker to ask for all that leads somewhere.
    leads = Exists(Relation.objects.filter(source=OuterRef("pk"))) if is_part else Value(value=True)
    return Statement.of(ordered.values_list(*_READ, leads))


def _placed(row: Sequence[Any], user: Visitor) -> Placed:
    (id_, key, start, end, quote, kind, named, name, stands, stands_name) = row[:10]
    (status, origin, maker, by, by_name, comment, attributes, placing, sure) = row[10:19]
    score, may_lead = row[19:]
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
        may_lead=may_lead,
    )


def codes_of(
    article: int, user: Visitor, task: Task | None = None, *, is_blind: bool | None = None
) -> list[Coded]:
    """Return the codes and notes of an article that ``user`` may read, in the order of their code.

    In a task their own, elsewhere the corpus's; ``is_blind`` as of :func:`placed`.
    """
    if is_blind is None:
        is_blind = task is None and is_blind_to(user, article)
    question = _codes(in_task=task is not None, is_someone=user.is_authenticated, is_blind=is_blind)
    return [Coded(*row) for row in question.ask(article, user.pk, task and task.pk)]


@cache
def _codes(*, in_task: bool, is_someone: bool, is_blind: bool) -> Statement:
    shown = Code.objects.beside(
        stand_in(0),
        User(pk=stand_in(1)) if is_someone else AnonymousUser(),
        Task(pk=stand_in(2)) if in_task else None,
        is_blind=is_blind,
    )
    if not in_task:
        shown = shown.in_corpus_layer()
    rows = shown.order_by("code", "pk")
    return Statement.of(rows.values_list("code", "value", Coalesce("by__username", Value(""))))
