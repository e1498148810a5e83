"""Work: articles given to annotators at a version, and what is settled between them."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.articles import Article, Version
from articles.models.changes import Consumer, noting
from articles.models.codebooks import CodebookVersion
from articles.models.corpora import Corpus, Visitor, WithinCorpusQuerySet
from articles.models.tracking import kept


class Sharing(models.TextChoices):
    """Who gets which articles of a task."""

    EVERYONE = "everyone", "Everyone gets every article"
    SPLIT = "split", "Each article goes to one person"
    OVERLAP = "overlap", "Each article goes to several people"


class TaskQuerySet(WithinCorpusQuerySet["Task"]):
    """Reads of tasks: those who lead the work see all, annotators those given to them."""

    def readable_by(self, user: Visitor) -> Self:
        """Those that ``user`` leads or was given work of."""
        if not user.is_authenticated:
            return self.none()
        if user.is_active and getattr(user, "is_superuser", False):
            return self
        led = Corpus.objects.editable_by(user).values("pk")
        member = Corpus.objects.with_members(user).values("pk")
        given = Assignment.objects.current().filter(user_id=user.pk).values("task_id")
        return self.filter(Q(corpus__in=led) | Q(corpus__in=member, pk__in=given))

    def visible_to(self, user: Visitor) -> Self:
        """Return the same: nobody else knows of a task."""
        return self.readable_by(user)

    def open(self) -> Self:
        """Those that were not closed."""
        return self.filter(closed_at=None)


@kept()
class Task(models.Model):
    """Articles to be tagged by some people, by one version of a codebook.

    Each person tags in a layer of their own. In a ``blind`` one nobody sees another's, and what is
    offered stems from before it and from one's own work; ``suggestions`` says whether recognisers'
    suggestions are shown. ``blind_until`` is when one that was blind was opened, with work in it.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="tasks")
    name = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    codebook_version = models.ForeignKey(
        CodebookVersion, on_delete=models.RESTRICT, related_name="tasks"
    )
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.EVERYONE)
    # How many people get each article, where several do.
    overlap = models.PositiveSmallIntegerField(default=2)
    blind = models.BooleanField(default=True)
    blind_until = models.DateTimeField(null=True)
    suggestions = models.BooleanField(default=False)
    # Of what it was made: a query, a collection, a sample with its seed.
    recipe = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        # What was blind is public once it is open: search and related coverage learn of it.
        triggers = (
            noting(
                "note_blind",
                "SELECT tagged.article_id FROM changed JOIN was ON was.id = changed.id"
                " CROSS JOIN LATERAL (SELECT article_id FROM articles_mention"
                " WHERE articles_mention.task_id = changed.id"
                " UNION SELECT article_id FROM articles_code"
                " WHERE articles_code.task_id = changed.id) AS tagged"
                " WHERE was.blind <> changed.blind",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
                consumers=[Consumer.SEARCH, Consumer.RELATED],
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["corpus", "name"], name="one_task_per_name"),
            models.CheckConstraint(
                condition=Q(blind=False) | Q(blind_until=None), name="a_blind_task_was_not_opened"
            ),
            models.CheckConstraint(
                condition=Q(sharing__in=Sharing.values), name="task_sharing_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("task-detail", args=[self.pk])

    def has_work(self) -> bool:
        """Whether anyone has begun anything in it, or had before they were taken out of it.

        What a recogniser suggested and nobody has looked at is no work.
        """
        tagged = self.mentions.filter(layer_of__isnull=False).exclude(status="suggested")
        if tagged.exists() or self.codes.filter(layer_of__isnull=False).exists():
            return True
        worked = self.assignments.exclude(
            status=AssignmentStatus.OPEN, seconds=0, needs_discussion=False, note=""
        )
        return bool(worked.exists())


@kept()
class TaskItem(models.Model):
    """An article of a task, at the version that is tagged whatever comes after."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="items", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    objects: ClassVar = models.Manager["TaskItem"]()

    class Meta:
        ordering = ("task", "position")
        constraints = (
            models.UniqueConstraint(fields=["task", "article"], name="one_item_per_task_article"),
        )

    def __str__(self) -> str:
        return f"{self.article_id} of {self.task_id}"


class AssignmentStatus(models.TextChoices):
    """How far a person is with an article."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"


def counting(path: str = "") -> Q:
    """Return what counts as a reading: an article that someone has, or was done with as they left.

    ``path`` leads to the assignments.
    """
    return Q(**{f"{path}left_at": None}) | Q(**{f"{path}status": AssignmentStatus.DONE})


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments."""

    def current(self) -> Self:
        """Those of people who were not taken out of the task since."""
        return self.filter(left_at=None)

    def counted(self) -> Self:
        """Those that count as readings of a task's articles."""
        return self.filter(counting())

    def blinding(self, user: Visitor) -> Self:
        """Those for whose articles ``user`` must not see what others made.

        They are so until the task is closed: what is done can be opened again, and who was taken
        out can be put in again, and go on with what they had begun.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(user_id=user.pk, task__blind=True, task__closed_at=None)


@kept()
class Assignment(models.Model):
    """An article that a person is to tag."""

    task = models.ForeignKey(
        Task, on_delete=models.CASCADE, related_name="assignments", db_index=False
    )
    item = models.ForeignKey(
        TaskItem, on_delete=models.CASCADE, related_name="assignments", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    position = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=AssignmentStatus.choices, default=AssignmentStatus.OPEN
    )
    needs_discussion = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    # How long it was worked on, as the page that showed it counted.
    seconds = models.PositiveIntegerField(default=0)
    # Whether suggestions were shown, where the task says something else by now; else as it says.
    suggestions = models.BooleanField(null=True)
    # When its person was taken out of the task. What they had done stays, and counts as theirs; of
    # what they had begun it is kept that they know it, and how far they were.
    left_at = models.DateTimeField(null=True)

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("task", "user", "position")
        constraints = (
            models.UniqueConstraint(fields=["item", "user"], name="one_assignment_per_person"),
            models.CheckConstraint(
                condition=Q(status__in=AssignmentStatus.values),
                name="assignment_status_is_known",
            ),
        )
        indexes = (models.Index(fields=["task", "user", "position"], name="assignment_in_order"),)

    def __str__(self) -> str:
        return f"{self.item_id} for {self.user_id}"

    @property
    def showed_suggestions(self) -> bool:
        """Whether suggestions were shown where it was worked on; its task is loaded."""
        return self.task.suggestions if self.suggestions is None else self.suggestions


@kept()
class Adjudication(models.Model):
    """That the layers of an article of a task were settled into the gold layer, and by whom.

    ``decisions`` says of each span which mentions it was settled from, and how.
    """

    item = models.OneToOneField(TaskItem, on_delete=models.CASCADE, related_name="adjudication")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)
    is_done = models.BooleanField(default=False)
    decisions = models.JSONField(default=list, blank=True)

    objects: ClassVar = models.Manager["Adjudication"]()

    def __str__(self) -> str:
        return f"{self.item_id} settled"
