"""Articles, their immutable versions, and who is behind them."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from articles.models.captures import Capture
from articles.models.changes import Consumer, noting, noting_changes
from articles.models.corpora import (
    Corpus,
    Person,
    Source,
    SourceAlias,
    Visitor,
    WithinCorpusQuerySet,
)
from articles.parsed import CreditKind, Precision
from articles.text import Span

# What lists leave in the database: kilobytes a row.
TEXT_FIELDS = ("text", "blocks", "read")


class Origin(models.TextChoices):
    """How a version came to be. Only *published* counts as a change by the outlet."""

    PUBLISHED = "published", "Published"
    REREAD = "reread", "Reread"
    CORRECTED = "corrected", "Corrected"


class ArticleQuerySet(WithinCorpusQuerySet["Article"]):
    """Reads of articles. Orders are keysets: ``sort_at`` and ``id`` together are unique."""

    def visible_to(self, user: Visitor) -> Self:
        """Those that stand, in corpora that ``user`` may know of."""
        return super().visible_to(user).filter(standing=True)

    def readable_by(self, user: Visitor) -> Self:
        """Those that stand, in corpora whose texts ``user`` may read."""
        return super().readable_by(user).filter(standing=True)

    def editable_by(self, user: Visitor) -> Self:
        """Those that stand, in corpora that ``user`` may edit."""
        return super().editable_by(user).filter(standing=True)

    def newest_first(self) -> Self:
        """By date of publication, the undated last."""
        return self.order_by("-sort_at", "-pk")

    def oldest_first(self) -> Self:
        """By date of publication, the undated first."""
        return self.order_by("sort_at", "pk")

    def most_edited(self) -> Self:
        """Those whose outlet changed the text, the most often changed first."""
        return self.filter(edits__gt=0).order_by("-edits", "-pk")

    def credited_to(self, person: Person) -> Self:
        """Those whose current version credits a person, by any of their names."""
        names = Person.objects.names_of([person.pk])
        credits_of_them = Credit.objects.standing().filter(
            version=OuterRef("version_id"), person__in=names
        )
        return self.filter(Exists(credits_of_them))

    def flagged(self, flag: str | None = None) -> Self:
        """Those with a flag, or with any."""
        found = self.exclude(flags=[])
        return found.filter(flags__contains=[flag]) if flag else found

    def with_credits(self) -> Self:
        """With the credits that stand of the current version, and their people."""
        credits_of_it = Credit.objects.standing().select_related("person")
        return self.prefetch_related(models.Prefetch("version__credits", credits_of_it))

    def for_lists(self) -> Self:
        """With what a list shows, without the texts, in a constant number of queries."""
        credits_of_it = models.Prefetch("credits", Credit.objects.standing())
        versions = Version.objects.defer(*TEXT_FIELDS).prefetch_related(credits_of_it)
        return self.select_related("corpus", "source").prefetch_related(
            models.Prefetch("version", queryset=versions)
        )


class Article(models.Model):
    """The identity of an article, and the effective values of its fields for lists.

    Effective values follow from what was read and what people put right; see
    :mod:`articles.ingest.effective`, which alone writes them once an article is stored.
    """

    # db_index=False here and below: an index of Meta begins with the same column.
    corpus = models.ForeignKey(
        Corpus, on_delete=models.CASCADE, related_name="articles", db_index=False
    )
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, related_name="articles", db_index=False
    )
    # Never null once a transaction has ended: the two rows are written together.
    version = models.ForeignKey(
        "articles.Version", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Identity rests on what the outlet says: ids and addresses as read, whatever people correct.
    read_external_id = models.CharField(max_length=500, null=True)
    read_canonical_url = models.CharField(max_length=4000, null=True)
    # The name under which the outlet was printed; its source may be another by a correction.
    source_alias = models.ForeignKey(
        SourceAlias, on_delete=models.PROTECT, null=True, related_name="articles", db_index=False
    )
    # False for an article that was joined to another, or made by a split that was undone.
    standing = models.BooleanField(default=True, db_default=True)
    joined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="joined", db_index=False
    )
    # How often the outlet changed the text, as far as one reader saw it.
    edits = models.PositiveIntegerField(default=0, db_default=0)
    external_id = models.CharField(max_length=500, null=True)
    canonical_url = models.CharField(max_length=4000, null=True)
    headline = models.TextField()
    standfirst = models.TextField(null=True)
    snippet = models.TextField(help_text="the body's first words")
    byline = models.TextField(null=True)
    published_at = models.DateTimeField(null=True)
    published_date = models.DateField(null=True, help_text="the outlet's local day")
    published_precision = models.CharField(max_length=6, null=True)
    modified_at = models.DateTimeField(null=True)
    modified_date = models.DateField(null=True)
    dateline_place = models.CharField(max_length=300, null=True)
    dateline_agency = models.CharField(max_length=200, null=True)
    section = models.CharField(max_length=300, null=True)
    page = models.CharField(max_length=100, null=True)
    edition = models.CharField(max_length=300, null=True)
    language = models.CharField(max_length=8, null=True)
    word_count = models.PositiveIntegerField(default=0)
    flags = ArrayField(models.CharField(max_length=20), default=list)
    # The instant of publication, else the day's midnight, else the year 1: never null, so that
    # (sort_at, id) is a keyset.
    sort_at = models.DateTimeField()
    created_at = models.DateTimeField()

    objects: ClassVar = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-sort_at", "-pk")
        triggers = (
            *noting_changes(),
            # What was tagged must follow the text. Whether anything is tagged is not asked: a tag
            # may be made while the import that changes the text is still under way.
            noting(
                "note_text",
                "SELECT changed.id FROM changed JOIN was ON was.id = changed.id"
                " WHERE was.version_id IS NOT NULL"
                " AND (was.version_id IS DISTINCT FROM changed.version_id"
                " OR was.standing IS DISTINCT FROM changed.standing)",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
                consumers=[Consumer.ANNOTATE],
            ),
            # What related coverage rests on: the text, the day, who ran it.
            noting(
                "note_relatable",
                "SELECT id FROM changed WHERE version_id IS NOT NULL AND standing",
                operation=pgtrigger.Insert,
                seen={"new": "changed"},
                consumers=[Consumer.RELATED],
            ),
            noting(
                "note_related",
                "SELECT changed.id FROM changed JOIN was ON was.id = changed.id"
                " WHERE (was.version_id, was.standing, was.published_date, was.source_id)"
                " IS DISTINCT FROM"
                " (changed.version_id, changed.standing, changed.published_date,"
                " changed.source_id)",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
                consumers=[Consumer.RELATED],
            ),
            # Search knows what an article is linked to, of what stands.
            noting(
                "note_standing",
                "SELECT near.id FROM changed JOIN was ON was.id = changed.id CROSS JOIN LATERAL"
                " (SELECT second_id FROM articles_link WHERE first_id = changed.id"
                " UNION ALL SELECT first_id FROM articles_link WHERE second_id = changed.id)"
                " AS near (id) WHERE was.standing <> changed.standing",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
            ),
            noting(
                "note_unrelated",
                "SELECT id FROM changed",
                operation=pgtrigger.Delete,
                seen={"old": "changed"},
                consumers=[Consumer.RELATED],
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["corpus", "read_external_id"],
                condition=Q(read_external_id__isnull=False),
                name="one_article_per_external_id",
            ),
            models.UniqueConstraint(
                fields=["corpus", "read_canonical_url"],
                condition=Q(read_canonical_url__isnull=False, read_external_id__isnull=True),
                name="one_article_per_url",
            ),
            models.CheckConstraint(
                condition=Q(published_date__isnull=True, published_precision__isnull=True)
                | Q(
                    published_date__isnull=False,
                    published_precision__in=[precision.value for precision in Precision],
                ),
                name="a_date_has_its_precision",
            ),
        )
        indexes = (
            models.Index(
                fields=["corpus", "read_canonical_url"],
                condition=Q(read_canonical_url__isnull=False),
                name="article_by_url",
            ),
            models.Index(fields=["-sort_at", "-id"], name="article_newest"),
            models.Index(fields=["corpus", "-sort_at", "-id"], name="article_newest_in_corpus"),
            models.Index(fields=["source", "-sort_at", "-id"], name="article_newest_of_source"),
            models.Index(fields=["language", "-sort_at", "-id"], name="article_newest_in_lang"),
            models.Index(
                fields=["section", "-sort_at", "-id"],
                condition=Q(section__isnull=False),
                name="article_newest_in_section",
            ),
            models.Index(
                fields=["-sort_at", "-id"], condition=~Q(flags=[]), name="article_newest_flagged"
            ),
            models.Index(
                fields=["-edits", "-id"], condition=Q(edits__gt=0), name="article_most_edited"
            ),
            models.Index(
                fields=["source_alias"],
                condition=Q(source_alias__isnull=False),
                name="article_by_source_alias",
            ),
            models.Index(
                fields=["joined_into"],
                condition=Q(joined_into__isnull=False),
                name="article_by_joined_into",
            ),
            GinIndex(fields=["flags"], condition=~Q(flags=[]), name="article_by_flag"),
        )

    def __str__(self) -> str:
        return self.headline or f"Article {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("article-detail", args=[self.pk])


class Version(models.Model):
    """An immutable text with its metadata as read.

    ``blocks`` is an ordered list of ``[kind, start, end]``, disjoint, in code points of ``text``.
    ``read`` holds every field as the reader gave it, see :func:`articles.ingest.preparing.as_read`.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PUBLISHED)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Of a reread version: the published one whose place in its capture was read anew.
    rereads = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Who made a corrected version.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    text = models.TextField()
    blocks = models.JSONField()
    sha256 = models.CharField(max_length=64)
    word_count = models.PositiveIntegerField()
    read = models.JSONField()
    reader = models.CharField(max_length=40)
    reader_version = models.CharField(max_length=20)
    capture = models.ForeignKey(
        Capture, on_delete=models.PROTECT, null=True, related_name="versions"
    )
    locator = models.CharField(max_length=200)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["capture", "locator"],
                condition=Q(origin=Origin.PUBLISHED),
                name="one_version_per_place",
            ),
        )
        indexes = (models.Index(fields=["sha256"], name="version_by_text"),)

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("version-detail", args=[self.article_id, self.number])

    @property
    def spans(self) -> list[Span]:
        """The blocks as spans."""
        return [Span(kind, start, end) for kind, start, end in self.blocks]


class CreditQuerySet(models.QuerySet["Credit"]):
    """Reads of credits."""

    def standing(self) -> Self:
        """Those that count: as read, or as a person put them right."""
        return self.filter(standing=True)


class Credit(models.Model):
    """Who is behind a version, in order: a person or an agency, with role and place as printed.

    Where a person corrected the credits of an article, those of its standing version as read stand
    no more, and the corrected ones follow them by position.
    """

    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="credits", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=6, choices=[(kind.value, kind.name.title()) for kind in CreditKind]
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="credits", db_index=False
    )
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=200, null=True)
    place = models.CharField(max_length=300, null=True)
    standing = models.BooleanField(default=True, db_default=True)
    corrected = models.BooleanField(default=False, db_default=False)

    objects: ClassVar = CreditQuerySet.as_manager()

    class Meta:
        ordering = ("version", "position")
        triggers = noting_changes(
            "SELECT article_id FROM articles_version JOIN changed"
            " ON articles_version.id = changed.version_id"
        )
        constraints = (
            models.UniqueConstraint(fields=["version", "position"], name="one_credit_per_position"),
            models.CheckConstraint(
                condition=Q(kind="person", person__isnull=False)
                | Q(kind="agency", person__isnull=True),
                name="a_credited_person_is_known",
            ),
        )
        indexes = (
            models.Index(
                fields=["name", "version"], condition=Q(kind="agency"), name="credit_by_agency"
            ),
            models.Index(fields=["person", "version"], name="credit_by_person"),
        )

    def __str__(self) -> str:
        return self.name


class Sighting(models.Model):
    """A known article seen again in another capture: a duplicate, or unchanged.

    ``differences`` holds metadata that was read otherwise than before, by field; the text of a
    sighting is that of its version.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sightings")
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="sightings")
    locator = models.CharField(max_length=200)
    seen_at = models.DateTimeField()
    differences = models.JSONField(default=dict)

    class Meta:
        ordering = ("seen_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["capture", "locator"], name="one_sighting_per_place"),
        )

    def __str__(self) -> str:
        return f"{self.version} in {self.capture}"
