"""Codebooks: what annotators tag, and how, in versions that never change once they are in use."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.corpora import Corpus, WithinCorpusQuerySet
from articles.models.tracking import kept


@kept()
class Codebook(models.Model):
    """What is tagged in a corpus; ``is_main`` is the one of the reading view, one a corpus."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="codebooks")
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    is_main = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = WithinCorpusQuerySet["Codebook"].as_manager()

    class Meta:
        ordering = ("-is_main", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["corpus", "name"], name="one_codebook_per_name"),
            models.UniqueConstraint(
                fields=["corpus"], condition=Q(is_main=True), name="one_main_codebook"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("codebook-detail", args=[self.pk])


@kept()
class CodebookVersion(models.Model):
    """One version of a codebook: a draft until ``published_at``, and from then on unchanging.

    ``content`` is what :mod:`articles.annotate.codebooks.codebook` reads: kinds and codes.
    """

    codebook = models.ForeignKey(
        Codebook, on_delete=models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    # What changed in it, in a sentence.
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    objects: ClassVar = models.Manager["CodebookVersion"]()

    class Meta:
        ordering = ("codebook", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["codebook", "number"], name="one_codebook_version_per_number"
            ),
            models.UniqueConstraint(
                fields=["codebook"], condition=Q(published_at=None), name="one_draft_per_codebook"
            ),
        )

    def __str__(self) -> str:
        return f"{self.codebook_id} v{self.number}"
