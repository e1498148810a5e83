"""What is tagged: mentions in a text, where they are in each version, codes, relations."""

import uuid
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.articles import Article, Version
from articles.models.changes import Consumer, noting, noting_changes
from articles.models.codebooks import CodebookVersion
from articles.models.corpora import Corpus, Visitor, WithinCorpusQuerySet
from articles.models.entities import Entity
from articles.models.tracking import kept
from articles.models.work import Assignment, Task


class MentionOrigin(models.TextChoices):
    """How a mention came to be."""

    PERSON = "person", "A person"
    SAME = "same", "Same mention"
    RECOGNISER = "recogniser", "A recogniser"
    IMPORTED = "imported", "Imported"
    GOLD = "gold", "Adjudicated"


class MentionStatus(models.TextChoices):
    """Whether a mention counts."""

    SUGGESTED = "suggested", "Suggested"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


class LayeredQuerySet[M: models.Model](WithinCorpusQuerySet[M]):
    """What lies in layers: the corpus's own, one a person and task, and a task's gold layer.

    ``task`` is null in the corpus's layer; ``layer_of`` is null in it and in a gold one.
    """

    def in_corpus_layer(self) -> Self:
        """Those that were not made in a task."""
        return self.filter(task=None)

    def in_layer(self, task: Task | None, layer_of: int | None) -> Self:
        """Those of one layer."""
        return self.filter(task=task, layer_of=layer_of)

    def public(self) -> Self:
        """Those that whoever may read the corpus may see, and that search knows.

        Of the corpus's layer, of gold layers, and of tasks that are not blind.
        """
        return self.filter(Q(task=None) | Q(layer_of=None) | Q(task__blind=False))

    def readable_by(self, user: Visitor) -> Self:
        """Those that ``user`` may see: blind is blind.

        Public ones of articles that ``user`` may read, own ones, and for who leads the work all of
        it; but of an article that ``user`` has in blind work nothing that others made.
        """
        found = super().readable_by(user).filter(article__standing=True)
        if not user.is_authenticated:
            return found.public()
        if not (user.is_active and getattr(user, "is_superuser", False)):
            led = Corpus.objects.editable_by(user).values("pk")
            found = found.filter(
                Q(task=None)
                | Q(layer_of=None)
                | Q(task__blind=False)
                | Q(layer_of=user.pk)
                | Q(corpus__in=led)
            )
        blinding = Assignment.objects.blinding(user)
        blind_in = list(blinding.order_by().values_list("item__article_id", flat=True))
        if blind_in:
            found = found.exclude(~_made_by(user), article__in=blind_in)
        return found

    def beside(self, article: int, user: Visitor, task: Task | None, *, is_blind: bool) -> Self:
        """Those that stand beside an article whose text ``user`` may read: the caller saw to that.

        Without a task those that are no person's alone, in one ``user``'s own layer of it. All that
        :meth:`readable_by` asks beyond is whether they have the article in blind work.
        """
        layer = {"layer_of": None} if task is None else {"task": task, "layer_of": user.pk}
        found = self.filter(article=article, **layer)
        return found.filter(_made_by(user)) if is_blind else found


def _made_by(user: Visitor) -> Q:
    return Q(by=user.pk, by__isnull=False) | Q(layer_of=user.pk, layer_of__isnull=False)


def _noting_who() -> list[pgtrigger.Trigger]:
    """Return the triggers that note for related coverage whose article is about someone else now.

    It goes by whom people tagged for all to see; see :mod:`articles.related.events.event_facts`.
    """
    counts = (
        "({0}.entity_id IS NOT NULL AND {0}.status = 'accepted' AND ({0}.task_id IS NULL"
        " OR {0}.layer_of_id IS NULL OR EXISTS (SELECT FROM articles_task AS task"
        " WHERE task.id = {0}.task_id AND NOT task.blind)))"
    )
    now, before = counts.format("changed"), counts.format("was")
    whole = f"SELECT article_id FROM changed WHERE {now}"  # noqa: S608 -- of our own
    changed = (
        "SELECT changed.article_id FROM changed JOIN was ON was.id = changed.id"  # noqa: S608 -- likewise
        " WHERE (was.entity_id, was.status = 'accepted') IS DISTINCT FROM"
        f" (changed.entity_id, changed.status = 'accepted') AND ({before} OR {now})"
    )
    return [
        noting(name, articles, operation=operation, seen=seen, consumers=[Consumer.RELATED])
        for name, articles, operation, seen in (
            ("note_who_insert", whole, pgtrigger.Insert, {"new": "changed"}),
            ("note_who_update", changed, pgtrigger.Update, {"old": "was", "new": "changed"}),
            ("note_who_delete", whole, pgtrigger.Delete, {"old": "changed"}),
        )
    ]


@kept()
class Mention(models.Model):
    """Words of an article that a person or a recogniser tagged: with an entity, a kind, a code.

    ``kind`` is a word of its codebook version: of an entity (``person``), of a span with typed
    ``attributes`` (``quote`` with stance and speaker), or of a passage. Its place is an
    :class:`Anchor` for each version it is known in. Suggestions are mentions whose ``status`` says
    so; a rejected one stays, so that it is not made again.
    """

    # Given by who makes it, so that making it again after a network fault makes one.
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    corpus = models.ForeignKey(
        Corpus, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    codebook_version = models.ForeignKey(
        CodebookVersion, on_delete=models.RESTRICT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40)
    entity = models.ForeignKey(
        Entity, on_delete=models.RESTRICT, null=True, related_name="mentions", db_index=False
    )
    attributes = models.JSONField(default=dict, blank=True)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    origin = models.CharField(
        max_length=10, choices=MentionOrigin.choices, default=MentionOrigin.PERSON
    )
    # Which recogniser, or which file it was imported from.
    maker = models.CharField(max_length=100, blank=True)
    status = models.CharField(
        max_length=10, choices=MentionStatus.choices, default=MentionStatus.ACCEPTED
    )
    # How sure its recogniser is, from 0 to 1.
    score = models.FloatField(null=True)
    # Who accepted or rejected what was suggested.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    task = models.ForeignKey(
        Task, on_delete=models.RESTRICT, null=True, related_name="mentions", db_index=False
    )
    layer_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        null=True,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = LayeredQuerySet["Mention"].as_manager()

    class Meta:
        ordering = ("pk",)
        triggers = (*noting_changes("SELECT article_id FROM changed"), *_noting_who())
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=MentionStatus.values), name="mention_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=MentionOrigin.values), name="mention_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(layer_of=None) | Q(task__isnull=False), name="a_layer_is_of_a_task"
            ),
        )
        indexes = (
            models.Index(
                fields=["entity", "id"],
                condition=Q(entity__isnull=False),
                name="mention_by_entity",
            ),
            models.Index(fields=["corpus", "status", "id"], name="mention_by_status"),
            models.Index(
                fields=["task", "layer_of", "article"],
                condition=Q(task__isnull=False),
                name="mention_by_layer",
            ),
            models.Index(fields=["by", "-created_at"], name="mention_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.kind} in {self.article_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('article-detail', args=[self.article_id])}#mention-{self.pk}"


class Placing(models.TextChoices):
    """How an anchor got where it is."""

    MADE = "made", "Where it was made"
    EXACT = "exact", "At the same words"
    CONTEXT = "context", "At the same words, by what is around them"
    FUZZY = "fuzzy", "At words that are much like them"
    PLACED = "placed", "By a person"
    ORPHAN = "orphan", "Nowhere: its words are gone"
    DROPPED = "dropped", "Given up by a person"


@kept()
class Anchor(models.Model):
    """Where a mention is in a version, in code points of its text; ``end`` is exclusive.

    ``quote`` is what stands there, ``prefix`` and ``suffix`` what stands around it. ``sure`` says
    from 0 to 1 how surely it was carried over. An orphan has the quote and no place.
    """

    mention = models.ForeignKey(
        Mention, on_delete=models.CASCADE, related_name="anchors", db_index=False
    )
    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="anchors", db_index=False
    )
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    placing = models.CharField(max_length=10, choices=Placing.choices, default=Placing.MADE)
    sure = models.FloatField(default=1.0)
    # What is tagged, in which layer: task, whose layer, kind, entity. See ``label_of``.
    label = models.CharField(max_length=120)

    objects: ClassVar = models.Manager["Anchor"]()

    class Meta:
        ordering = ("version", "start", "-end", "pk")
        constraints = (
            models.UniqueConstraint(fields=["mention", "version"], name="one_anchor_per_version"),
            models.UniqueConstraint(
                fields=["version", "start", "end", "label"],
                condition=Q(start__isnull=False),
                name="one_mention_per_place_and_label",
            ),
            models.CheckConstraint(
                condition=(
                    Q(start__isnull=False, end__isnull=False, end__gt=models.F("start"))
                    & ~Q(placing__in=["orphan", "dropped"])
                )
                | (Q(start=None, end=None) & Q(placing__in=["orphan", "dropped"])),
                name="an_anchor_has_a_place_or_says_why_not",
            ),
        )
        indexes = (
            models.Index(fields=["version"], condition=Q(placing="orphan"), name="anchor_orphaned"),
        )

    def __str__(self) -> str:
        return f"{self.quote} at {self.start}"


def label_of(mention: Mention) -> str:
    """Return what makes two mentions at one place the same: layer, kind and entity."""
    return (
        f"{mention.task_id or 0}/{mention.layer_of_id or 0}/{mention.kind}/{mention.entity_id or 0}"
    )


@kept()
class Code(models.Model):
    """A label or a note on a whole article: ``code`` is a word of its codebook version.

    ``value`` is a choice's word, a number of a scale, or free text. A code of several choices has a
    row for each. The code ``note`` is in every codebook, and its value is free text.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    corpus = models.ForeignKey(
        Corpus, on_delete=models.CASCADE, related_name="codes", db_index=False
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="codes")
    version = models.ForeignKey(
        Version, on_delete=models.RESTRICT, related_name="+", db_index=False
    )
    codebook_version = models.ForeignKey(
        CodebookVersion, on_delete=models.RESTRICT, null=True, related_name="+", db_index=False
    )
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    task = models.ForeignKey(
        Task, on_delete=models.RESTRICT, null=True, related_name="codes", db_index=False
    )
    layer_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        null=True,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = LayeredQuerySet["Code"].as_manager()

    class Meta:
        ordering = ("article", "code", "pk")
        triggers = noting_changes("SELECT article_id FROM changed")
        constraints = (
            models.UniqueConstraint(
                fields=["article", "task", "layer_of", "code", "value"],
                nulls_distinct=False,
                name="one_code_per_value",
            ),
            models.CheckConstraint(
                condition=Q(layer_of=None) | Q(task__isnull=False),
                name="a_layer_of_codes_is_of_a_task",
            ),
        )
        indexes = (
            models.Index(
                fields=["task", "layer_of", "article"],
                condition=Q(task__isnull=False),
                name="code_by_layer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.value[:40]}"


@kept()
class Relation(models.Model):
    """That one mention belongs to another: ``kind`` ``speaker``, from a quotation to who spoke."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    source = models.ForeignKey(
        Mention, on_delete=models.CASCADE, related_name="relations", db_index=False
    )
    target = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="related_from")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = models.Manager["Relation"]()

    class Meta:
        ordering = ("source", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="one_relation_per_pair"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class SpreadStatus(models.TextChoices):
    """How far the spreading of a tag is."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Spread(models.Model):
    """A job of the worker that makes many rows bit by bit: mentions, or items of a collection.

    ``what`` is ``same``, ``recognise``, ``import`` (of a file of tags) or ``collect`` (an answer);
    ``plan`` is what to do, as it was asked for. All it makes is put down to one operation, by which
    it can be undone.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="spreads")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spreads"
    )
    what = models.CharField(max_length=10)
    plan = models.JSONField(default=dict)
    status = models.CharField(
        max_length=10, choices=SpreadStatus.choices, default=SpreadStatus.QUEUED
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    made = models.PositiveIntegerField(default=0)
    # What could not be made and why, in sentences, at most some dozens.
    report = models.JSONField(default=list, blank=True)
    problem = models.TextField(blank=True)
    operation = models.ForeignKey(
        "articles.Operation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = WithinCorpusQuerySet["Spread"].as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=SpreadStatus.values), name="spread_status_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} in {self.corpus_id}"
