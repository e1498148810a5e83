"""A researcher's own sets: collections of articles, and questions to be asked again."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.access import hashed
from articles.models.articles import Article
from articles.models.changes import noting_changes
from articles.models.corpora import Corpus, Visitor, WithinCorpusQuerySet
from articles.models.tracking import kept


class CollectionQuerySet(WithinCorpusQuerySet["Collection"]):
    """Who may see and fill a collection is decided here and nowhere else."""

    def visible_to(self, user: Visitor) -> Self:
        """Return a person's own, and those shared, in corpora of which they are a member."""
        if not user.is_authenticated:
            return self.none()
        own = self.filter(corpus__in=Corpus.objects.with_members(user).values("pk"))
        return own.filter(Q(by_id=user.pk) | Q(shared=True))

    def readable_by(self, user: Visitor) -> Self:
        """Return the same: a private one is its maker's alone, whoever else may read its corpus."""
        return self.visible_to(user)

    def editable_by(self, user: Visitor) -> Self:
        """Those that ``user`` may fill and rename: the same."""
        return self.visible_to(user)


@kept()
class Collection(models.Model):
    """A set of articles of one corpus, put together by a person. Shared ones are the members'."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="collections")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="collections"
    )
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    # Of a sample: the query, the seed, how many of how many, by what it was stratified.
    recipe = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["corpus", "by", "name"], name="one_collection_per_name"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("collection-detail", args=[self.pk])


@kept()
class CollectionItem(models.Model):
    """An article in a collection, with what its collector notes on it."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="collected")
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("collection", "pk")
        triggers = noting_changes("SELECT article_id FROM changed")
        constraints = (
            models.UniqueConstraint(
                fields=["collection", "article"], name="one_item_per_collected_article"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id} in {self.collection_id}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Reads of saved searches."""

    def of(self, user: Visitor) -> Self:
        """Return a person's own that were not removed."""
        return self.filter(by_id=user.pk, removed_at=None) if user.is_authenticated else self.none()


class SavedSearch(models.Model):
    """A question that a person asks again and again, of all that they may see."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=200)
    query = models.TextField(blank=True)
    # An order of the language's, empty for the usual one.
    sort = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Up to when articles were added that count as seen.
    looked_at = models.DateTimeField()
    # Its feed is read by programs that can't log in: by an address that holds a secret, which can
    # be changed. Only the secret's hash is kept.
    feed_hash = models.CharField(max_length=64, null=True, unique=True)
    # Removed ones can be put back.
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "saved searches"
        constraints = (
            models.UniqueConstraint(
                fields=["by", "name"],
                condition=Q(removed_at=None),
                name="one_saved_search_per_name",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved-search", args=[self.pk])

    def new_feed_secret(self) -> str:
        """Give the feed a new address, saved with the row; the one before leads nowhere."""
        secret = secrets.token_urlsafe(32)
        self.feed_hash = hashed(secret)
        self.save(update_fields=["feed_hash"])
        return secret


class ExportStatus(models.TextChoices):
    """How far an export is."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Export(models.Model):
    """A file of an answer or a collection that the worker writes, to be fetched for some days."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    query = models.TextField(blank=True)
    format = models.CharField(max_length=20)
    # What else was asked for, as it was sent.
    options = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        max_length=10, choices=ExportStatus.choices, default=ExportStatus.QUEUED
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    bytes = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = models.Manager["Export"]()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ExportStatus.values), name="export_status_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.format} of {self.query or 'everything'}"
