"""Links between two articles, what people say of them, and the prints that make no link.

What the machine finds can be thrown away and found again; what people say is kept with its
history, and outranks it. Where both meet in a row, the database itself derives the row's state
from what people say, so that an undo, which writes rows back, need not know of it.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.models.articles import Article, Version
from articles.models.changes import noting
from articles.models.corpora import Corpus, Visitor, WithinCorpusQuerySet
from articles.models.tracking import kept


class LinkKind(models.TextChoices):
    """How two articles are related; the first four follow from their aligned words."""

    SAME_TEXT = "same_text", "Same text"
    EDITED_VERSION = "edited_version", "Edited version"
    EXCERPT = "excerpt", "Excerpt"
    QUOTED_PASSAGE = "quoted_passage", "Quoted passage"
    SAME_EVENT = "same_event", "Same event"
    FOLLOW_UP = "follow_up", "Follow-up"
    BACKGROUND = "background", "Background"
    CORRECTION = "correction", "Correction"
    DISPUTES = "disputes", "Disputes"

    @property
    def is_of_text(self) -> bool:
        """Whether it says that words are shared."""
        return self in OF_TEXT

    @property
    def is_edition(self) -> bool:
        """Whether it says that both are one text, as two ran it."""
        return self in EDITIONS


OF_TEXT = (
    LinkKind.SAME_TEXT, LinkKind.EDITED_VERSION, LinkKind.EXCERPT, LinkKind.QUOTED_PASSAGE,
)  # fmt: skip
EDITIONS = (LinkKind.SAME_TEXT, LinkKind.EDITED_VERSION)


class LinkStatus(models.TextChoices):
    """What is held of a link; derived from the judgements of it by a trigger."""

    SUGGESTED = "suggested", "Suggested"
    ACCEPTED = "accepted", "Confirmed"
    REJECTED = "rejected", "Rejected"
    DISPUTED = "disputed", "Confirmed and rejected"
    # Neither does the machine suggest it (any more), nor did anybody judge it.
    WITHDRAWN = "withdrawn", "Withdrawn"


class Direction(models.TextChoices):
    """Which of two articles is from, follows, corrects or disputes the other."""

    OPEN = "", "Open"
    FIRST = "first", "The first is from the second"
    SECOND = "second", "The second is from the first"


class Verdict(models.TextChoices):
    """What a person says of a link."""

    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class LinkQuerySet(WithinCorpusQuerySet["Link"]):
    """Reads of links: of articles that stand, both of them."""

    def visible_to(self, user: Visitor) -> Self:
        """Those between articles that ``user`` may know of; their texts may not be theirs."""
        return super().visible_to(user).filter(first__standing=True, second__standing=True)

    def readable_by(self, user: Visitor) -> Self:
        """Those between articles whose texts ``user`` may read, so also their evidence."""
        return super().readable_by(user).filter(first__standing=True, second__standing=True)

    def held(self) -> Self:
        """Those that count: suggested or confirmed, and not only rejected."""
        return self.filter(status__in=HELD)

    def of(self, articles: Iterable[int]) -> Self:
        """Those on either side of which there is one of ``articles``."""
        ids = list(articles)
        return self.filter(Q(first__in=ids) | Q(second__in=ids))


HELD = (LinkStatus.SUGGESTED, LinkStatus.ACCEPTED, LinkStatus.DISPUTED)


class Link(models.Model):
    """Two articles of a corpus and how they are related: one row a pair and kind.

    ``first`` is the one with the smaller id, which says nothing else. ``suggested`` is whether the
    machine finds it so, with ``score`` and ``evidence`` (see ``related.finding.evidence``), of the
    versions named. ``status`` and ``direction`` are derived by the database from that and from the
    judgements.
    """

    corpus = models.ForeignKey(
        Corpus, on_delete=models.CASCADE, related_name="links", db_index=False
    )
    first = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    status = models.CharField(
        max_length=10, choices=LinkStatus.choices, default=LinkStatus.SUGGESTED
    )
    direction = models.CharField(max_length=6, choices=Direction.choices, blank=True)
    suggested = models.BooleanField(default=True)
    # Of how surely the machine finds it so, from 0 to 1.
    score = models.FloatField(null=True)
    evidence = models.JSONField(default=dict)
    # What byline, agency, dateline or time support; what supports it is in the evidence.
    found_direction = models.CharField(max_length=6, choices=Direction.choices, blank=True)
    first_version = models.ForeignKey(
        Version, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    second_version = models.ForeignKey(
        Version, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    found_at = models.DateTimeField(null=True)

    objects: ClassVar = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        triggers = (
            # Only what pages and queries show of it: not a score that moved.
            noting(
                "note_insert",
                "SELECT unnest(ARRAY[first_id, second_id]) FROM changed"
                " WHERE status <> 'withdrawn'",
                operation=pgtrigger.Insert,
                seen={"new": "changed"},
            ),
            noting(
                "note_update",
                "SELECT unnest(ARRAY[changed.first_id, changed.second_id]) FROM changed"
                " JOIN was ON was.id = changed.id"
                " WHERE (was.status, was.direction) IS DISTINCT FROM"
                " (changed.status, changed.direction)",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
            ),
            noting(
                "note_delete",
                "SELECT unnest(ARRAY[first_id, second_id]) FROM changed"
                " WHERE status <> 'withdrawn'",
                operation=pgtrigger.Delete,
                seen={"old": "changed"},
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["first", "second", "kind"], name="one_link_per_pair_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="linked_articles_are_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LinkKind.values), name="link_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=LinkStatus.values), name="link_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values)
                & Q(found_direction__in=Direction.values),
                name="link_direction_is_known",
            ),
        )
        indexes = (
            models.Index(fields=["corpus", "status", "-score", "id"], name="link_by_status"),
            models.Index(fields=["corpus", "kind", "id"], name="link_by_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.first_id}, {self.second_id}"

    def get_absolute_url(self) -> str:
        return reverse("link-detail", args=[self.pk])


def _deriving(name: str, operation: pgtrigger.Operation, seen: dict[str, str]) -> pgtrigger.Trigger:
    """Return the trigger that derives links' state from the judgements that changed."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**seen),  # type: ignore[no-untyped-call]  # ships none
        func="""
            UPDATE articles_link AS link
            SET status = CASE
                    WHEN held.yes AND held.no THEN 'disputed'
                    WHEN held.yes THEN 'accepted'
                    WHEN held.no THEN 'rejected'
                    WHEN link.suggested THEN 'suggested'
                    ELSE 'withdrawn' END,
                direction = CASE coalesce(held.said, '')
                    WHEN '' THEN link.found_direction
                    WHEN 'none' THEN ''
                    ELSE held.said END
            FROM (
                SELECT touched.id,
                    coalesce(bool_or(judgement.verdict = 'confirmed'), false) AS yes,
                    coalesce(bool_or(judgement.verdict = 'rejected'), false) AS no,
                    (array_agg(judgement.direction ORDER BY judgement.at DESC, judgement.id DESC)
                        FILTER (WHERE judgement.verdict = 'confirmed'
                            AND judgement.direction <> ''))[1] AS said
                FROM (SELECT DISTINCT link_id AS id FROM changed) AS touched
                LEFT JOIN articles_judgement AS judgement ON judgement.link_id = touched.id
                GROUP BY touched.id
            ) AS held
            WHERE link.id = held.id;
            INSERT INTO articles_change (article_id, consumer)
            SELECT DISTINCT unnest(ARRAY[link.first_id, link.second_id]), 'related'
            FROM articles_link AS link JOIN changed ON changed.link_id = link.id;
            RETURN NULL;
        """,
    )


class SaidDirection(models.TextChoices):
    """What a person says of a link's direction."""

    UNSAID = "", "Nothing"
    FIRST = "first", "The first is from the second"
    SECOND = "second", "The second is from the first"
    NONE = "none", "It has none, or none that is known"


@kept()
class Judgement(models.Model):
    """What a person says of a link: that it is so or not, from which side, and why."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+", db_index=False)
    link = models.ForeignKey(
        Link, on_delete=models.CASCADE, related_name="judgements", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    direction = models.CharField(max_length=6, choices=SaidDirection.choices, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    objects: ClassVar = WithinCorpusQuerySet["Judgement"].as_manager()

    class Meta:
        ordering = ("link", "pk")
        triggers = (
            _deriving("derive_insert", pgtrigger.Insert, {"new": "changed"}),
            _deriving("derive_update", pgtrigger.Update, {"new": "changed"}),
            _deriving("derive_delete", pgtrigger.Delete, {"old": "changed"}),
        )
        constraints = (
            models.UniqueConstraint(fields=["link", "by"], name="one_judgement_per_person"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=SaidDirection.values),
                name="said_direction_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verdict}: {self.link_id}"


class Boilerplate(models.Model):
    """A print of words that recur in a corpus without meaning that articles are related; derived.

    ``articles`` is in how many the print was when that was found.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+", db_index=False)
    # A hash of five words, in the range of a signed 64-bit number.
    mark = models.BigIntegerField()
    articles = models.PositiveIntegerField()
    # False where it was looked at and found to be the finding: a text that many ran.
    stops = models.BooleanField()

    objects: ClassVar = models.Manager["Boilerplate"]()

    class Meta:
        verbose_name_plural = "boilerplate"
        constraints = (
            models.UniqueConstraint(fields=["corpus", "mark"], name="one_row_per_print"),
        )

    def __str__(self) -> str:
        return f"{self.mark} in {self.articles}"
