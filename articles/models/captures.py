"""What was received, and the runs of ingestion that received it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.corpora import Corpus, WithinCorpusQuerySet


class Capture(models.Model):
    """Bytes as they came. They lie in the captures folder under their SHA-256."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="captures")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=120)
    filename = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=4000, blank=True, help_text="where it was fetched from")
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects: ClassVar = WithinCorpusQuerySet["Capture"].as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["corpus", "sha256"], name="one_capture_per_bytes"),
        )

    def __str__(self) -> str:
        return self.filename or self.url or self.sha256[:12]

    def get_absolute_url(self) -> str:
        return reverse("capture-detail", args=[self.pk])


class ImportStatus(models.TextChoices):
    """Where a run of ingestion stands."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self in {ImportStatus.FINISHED, ImportStatus.CANCELLED}


class Outcome(models.TextChoices):
    """What became of one item of an import."""

    STORED = "stored", "Stored"
    NEW_VERSION = "new_version", "New version"
    UNCHANGED = "unchanged", "Unchanged"
    DUPLICATE = "duplicate", "Duplicate"
    FAILED = "failed", "Failed"


class Door(models.TextChoices):
    """The door through which an import came in."""

    COMMAND = "command", "Command line"
    PAGE = "page", "Page"
    API = "api", "API"


class InputKind(models.TextChoices):
    """How the bytes of an input are had."""

    BYTES = "bytes", "Received"
    ADDRESS = "address", "Address"
    PATH = "path", "Path"


class Import(models.Model):
    """One run of ingestion. Its counts are those of its items, kept in step by each batch."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="imports"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    # The last sign of life; a running import without one for long was interrupted.
    progressed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    door = models.CharField(max_length=10, choices=Door.choices)
    status = models.CharField(
        max_length=10, choices=ImportStatus.choices, default=ImportStatus.QUEUED
    )
    # What the person who ingests said.
    source_name = models.CharField(max_length=300, blank=True)
    format_name = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    # Same inputs and options give the same fingerprint: an interrupted run is found and goes on.
    fingerprint = models.CharField(max_length=64, blank=True)
    stored = models.PositiveIntegerField(default=0)
    new_version = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    objects: ClassVar = WithinCorpusQuerySet["Import"].as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values), name="import_status_is_known"
            ),
        )
        indexes = (models.Index(fields=["fingerprint"], name="import_by_fingerprint"),)

    def __str__(self) -> str:
        return f"Import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("import-detail", args=[self.pk])

    @property
    def counts(self) -> dict[str, int]:
        """The number of items by outcome."""
        return {outcome.value: getattr(self, outcome.value) for outcome in Outcome}

    @property
    def total(self) -> int:
        """The number of items so far."""
        return sum(self.counts.values())


class ImportInput(models.Model):
    """One file, address or pasted text of an import, and how far it has been read."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="inputs", db_index=False)
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=InputKind.choices, default=InputKind.BYTES)
    # Where it is to be had: an address to fetch, or a name; its bytes once they are kept.
    location = models.CharField(max_length=4000)
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, null=True, related_name="inputs")
    format_name = models.CharField(max_length=40, blank=True)
    # The checkpoint: items stored so far, and bytes read for them.
    items_done = models.PositiveIntegerField(default=0)
    bytes_done = models.BigIntegerField(default=0)
    done = models.BooleanField(default=False)
    # A retry reads again only what failed in this one.
    retry_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    # Set when the input was read in part only: where it stopped, and why.
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("run", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["run", "ordinal"], name="one_input_per_ordinal"),
        )

    def __str__(self) -> str:
        return self.location


class ImportItem(models.Model):
    """One item of an import and what became of it; a failed one keeps its reason and its bytes."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    input = models.ForeignKey(
        ImportInput, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    ordinal = models.PositiveIntegerField()
    locator = models.CharField(max_length=200)
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, related_name="import_items"
    )
    version = models.ForeignKey(
        "articles.Version", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    raw = models.TextField(blank=True)
    retried_in = models.ForeignKey(Import, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("input", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["input", "ordinal"], name="one_item_per_ordinal"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="item_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.FAILED) | ~Q(reason=""), name="failure_has_a_reason"
            ),
        )
        indexes = (
            models.Index(
                fields=["run", "id"], condition=Q(outcome=Outcome.FAILED), name="failed_items"
            ),
        )

    def __str__(self) -> str:
        return f"{self.locator}: {self.outcome}"
