"""Operations: what a person did in one act, however many rows it touched."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from articles.models.captures import Door
from articles.models.corpora import Corpus, Role, Visitor, WithinCorpusQuerySet
from articles.models.mentions import Anchor, Code, Mention
from articles.models.work import Assignment


class Act(models.TextChoices):
    """What kind of thing was done, and so who may do it and undo it."""

    CORRECT = "correct", "Correction"
    CORRECT_TEXT = "correct_text", "Corrected text"
    CHOOSE_VERSION = "choose_version", "Choice of version"
    SPLIT = "split", "Split"
    JOIN = "join", "Join"
    FLAGS = "flags", "Flags looked at"
    SOURCE = "source", "Source"
    MERGE_SOURCES = "merge_sources", "Merged sources"
    MOVE_ALIASES = "move_aliases", "Names moved"
    AUTHOR = "author", "Author"
    MERGE_AUTHORS = "merge_authors", "Merged authors"
    SPLIT_AUTHOR = "split_author", "Author split"
    CORPUS = "corpus", "Corpus"
    MEMBERS = "members", "Members"
    COLLECT = "collect", "Collection"
    TAG = "tag", "Tagging"
    ENTITY = "entity", "Entity"
    MERGE_ENTITIES = "merge_entities", "Merged entities"
    SPLIT_ENTITY = "split_entity", "Entity split"
    CODEBOOK = "codebook", "Codebook"
    TASK = "task", "Task"
    WORK = "work", "Work on a task"
    ADJUDICATE = "adjudicate", "Adjudication"
    LINK = "link", "Link"
    STORY = "story", "Story"
    UNDO = "undo", "Undo"

    @property
    def role(self) -> Role:
        """The least role that may do it."""
        if self is Act.COLLECT:
            return Role.VIEWER
        if self in _OF_ANNOTATORS:
            return Role.ANNOTATOR
        return Role.ADMIN if self in {Act.CORPUS, Act.MEMBERS} else Role.EDITOR

    @property
    def waits(self) -> bool:
        """Whether it waits until nobody else changes the corpus, and makes others wait."""
        return self not in {Act.TAG, Act.WORK, Act.ADJUDICATE, Act.LINK, Act.STORY}


# So many tags at once are no one's single steps: an import, a spread over articles.
MANY_TAGS = 50
_OF_ANNOTATORS = frozenset(
    {
        Act.TAG, Act.ENTITY, Act.MERGE_ENTITIES, Act.SPLIT_ENTITY, Act.WORK, Act.LINK, Act.STORY,
    }
)  # fmt: skip


class OperationQuerySet(WithinCorpusQuerySet["Operation"]):
    """Who may see what was done: the members of its corpus, and of its members the admins."""

    def visible_to(self, user: Visitor) -> Self:
        """Those in corpora of which ``user`` is a member; what admins do, for admins alone.

        What a person collects is seen by themselves alone, and what they do in blind work by
        themselves and those who lead it; who has an article in blind work is told of nothing that
        others tagged in it.
        """
        mine = self.not_blind_to(user).filter(Q(by_id=user.pk) | ~Q(about=Role.VIEWER))
        if user.is_active and getattr(user, "is_superuser", False):
            return mine
        for_admins = Q(about=Role.ADMIN)
        admins = Corpus.objects.administered_by(user).values("pk")
        members = Corpus.objects.with_members(user).values("pk")
        return mine.filter(Q(corpus__in=admins) | (Q(corpus__in=members) & ~for_admins))

    def not_blind_to(self, user: Visitor) -> Self:
        """Those of which ``user`` may learn, as far as blind work goes: their own and others'."""
        found = self._but_what_blinds(user)
        if user.is_active and getattr(user, "is_superuser", False):
            return found
        led = Corpus.objects.editable_by(user).values("pk")
        return found.filter(Q(blind_task=None) | Q(by_id=user.pk) | Q(corpus__in=led))

    def without_tagging(self) -> Self:
        """Those but tags made a few at a time, what is done to them, and the going on of work.

        There are so many of these that nothing else would be found among them. What concerned very
        many at once, such as an import of tags, stays, and so does its undo.
        """
        found = self
        for path in ("", "undoes__", "undoes__undoes__"):
            few_tags = Q(**{f"{path}act": Act.TAG, f"{path}size__lt": MANY_TAGS})
            found = found.exclude(few_tags | Q(**{f"{path}act": Act.WORK}))
        return found

    def _but_what_blinds(self, user: Visitor) -> Self:
        """Those that tell nothing of what others tagged in articles ``user`` has in blind work."""
        blinding = Assignment.objects.blinding(user)
        if not blinding.exists():
            return self
        articles = blinding.order_by().values("item__article")
        found = self
        for model, path in ((Mention, "article"), (Code, "article"), (Anchor, "version__article")):
            events: Any = model._meta.get_field("events").related_model  # noqa: SLF001 -- Django's public name
            of_it = events.objects.filter(
                pgh_context_id=OuterRef("context"), **{f"{path}__in": articles}
            )
            found = found.exclude(~Q(by_id=user.pk) & Exists(of_it))
        return found


class Operation(models.Model):
    """One act of a person, and the context of the events that it caused."""

    # What its events are grouped by, in their ``pgh_context_id``.
    context = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(
        Corpus, on_delete=models.CASCADE, related_name="operations", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="operations"
    )
    # The name that stays when the account is gone.
    by_name = models.CharField(max_length=150, blank=True)
    act = models.CharField(max_length=20, choices=Act.choices)
    # Of an undo: the role that the act it undoes needs.
    about = models.CharField(max_length=10, choices=Role.choices)
    summary = models.CharField(max_length=500)
    # How many objects it concerned.
    size = models.PositiveIntegerField(default=1)
    door = models.CharField(max_length=10, choices=Door.choices)
    at = models.DateTimeField(auto_now_add=True)
    # The blind task within which it was done, of which others must not learn.
    blind_task = models.ForeignKey(
        "articles.Task", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, related_name="undone_by"
    )

    objects: ClassVar = OperationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(act__in=Act.values), name="operation_act_is_known"),
            models.CheckConstraint(
                condition=Q(act="undo", undoes__isnull=False) | (~Q(act="undo") & Q(undoes=None)),
                name="an_undo_undoes_something",
            ),
        )
        indexes = (models.Index(fields=["corpus", "-id"], name="operation_newest_in_corpus"),)

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return reverse("operation-detail", args=[self.pk])
