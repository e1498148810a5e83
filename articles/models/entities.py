"""Who and what is spoken of: people, organisations, places, events, by all of their names."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from articles.models.changes import Consumer, noting
from articles.models.corpora import Corpus, Visitor, WithinCorpusQuerySet
from articles.models.tracking import kept

if TYPE_CHECKING:
    from articles.models.work import Task


class EntityQuerySet(WithinCorpusQuerySet["Entity"]):
    """Reads of entities. Those made in someone's blind work are nobody else's to see."""

    def readable_by(self, user: Visitor) -> Self:
        """Those of corpora that ``user`` may read, but what others made in blind work.

        Who leads the work sees all of it.
        """
        return super().readable_by(user).filter(_shown_to(user))

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def with_merged(self, ids: Iterable[int]) -> list[int]:
        """Return the ids of entities and of all that was merged into them: what mentions name."""
        wanted = list(ids)
        known = self.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted)).order_by()
        return list(known.values_list("pk", flat=True))

    def known_in(self, task: "Task", user: Visitor) -> Self:
        """Those that may be offered in a blind task: the ones there were as it began, and own."""
        return self.filter(Q(created_at__lt=task.created_at, task=None) | Q(task=task, by=user.pk))


def _shown_to(user: Visitor) -> Q:
    shown = Q(task=None) | Q(task__blind=False) | Q(by=user.pk, by__isnull=False)
    if not user.is_authenticated:
        return shown
    if user.is_active and getattr(user, "is_superuser", False):
        return Q()
    led = Corpus.objects.editable_by(user).values("pk")
    return shown | Q(corpus__in=led)


@kept()
class Entity(models.Model):
    """Someone or something of a corpus, under its canonical name.

    ``kind`` is a word of a codebook (``person``). One that was found to be the same as another
    keeps its row and its mentions, and is ``merged_into`` the one that stands, so that a merge or a
    split touches no mention.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="entities")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The blind task in which it was made: until it is adjudicated it is its maker's alone.
    task = models.ForeignKey(
        "articles.Task", on_delete=models.SET_NULL, null=True, related_name="entities"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = EntityQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "entities"
        # The search index knows an entity by the row that stands for it.
        triggers = (
            noting(
                "note_merged_into",
                "SELECT article_id FROM articles_mention"
                " JOIN changed ON changed.id = articles_mention.entity_id"
                " JOIN was ON was.id = changed.id"
                " WHERE was.merged_into_id IS DISTINCT FROM changed.merged_into_id",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
            ),
            # Related coverage knows whom articles are about by name.
            noting(
                "note_called",
                "SELECT article_id FROM changed JOIN was ON was.id = changed.id"
                " JOIN articles_entity AS entity"
                " ON entity.id = changed.id OR entity.merged_into_id = changed.id"
                " JOIN articles_mention ON articles_mention.entity_id = entity.id"
                " WHERE articles_mention.status = 'accepted'"
                " AND (was.name, was.merged_into_id)"
                " IS DISTINCT FROM (changed.name, changed.merged_into_id)",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
                consumers=[Consumer.RELATED],
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="nothing_is_merged_into_itself"
            ),
        )
        indexes = (models.Index(fields=["corpus", "kind", "name"], name="entity_by_kind"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("entity-detail", args=[self.pk])


@kept()
class EntityName(models.Model):
    """A name of an entity, its canonical one among them; ``folded`` as names are compared."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+", db_index=False)
    entity = models.ForeignKey(
        Entity, on_delete=models.CASCADE, related_name="names", db_index=False
    )
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The blind task in which it was given, as of an entity.
    task = models.ForeignKey(
        "articles.Task", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = models.Manager["EntityName"]()

    class Meta:
        ordering = ("entity", "pk")
        constraints = (
            models.UniqueConstraint(fields=["entity", "folded"], name="one_row_per_entity_name"),
        )
        indexes = (
            # By its first letters, as one types.
            models.Index(
                fields=["corpus", "folded"],
                name="entity_name_by_letters",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            # By the first letters of any of its words.
            GinIndex(
                Func(
                    Func(
                        Func(F("folded"), Value(" "), function="string_to_array"),
                        Value(""),
                        function="array_remove",
                    ),
                    function="array_to_tsvector",
                ),
                fastupdate=False,
                name="entity_name_by_words",
            ),
        )

    def __str__(self) -> str:
        return self.name


@kept()
class ExternalId(models.Model):
    """What an entity is called elsewhere: ``scheme`` ``wikidata``, ``value`` ``Q42``.

    By these alone entities of two corpora meet.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="external_ids")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=300)

    objects: ClassVar = models.Manager["ExternalId"]()

    class Meta:
        ordering = ("scheme", "value")
        constraints = (
            models.UniqueConstraint(
                fields=["corpus", "scheme", "value"], name="one_entity_per_external_id"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@kept()
class DistinctEntities(models.Model):
    """Two entities that a person found not to be the same: they are not suggested for merging."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar = models.Manager["DistinctEntities"]()

    class Meta:
        verbose_name_plural = "distinct entities"
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="one_word_on_two_entities"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="distinct_entities_are_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
