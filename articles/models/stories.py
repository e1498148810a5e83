"""Stories, which articles are in them, and what people say of where one belongs.

Where the machine places an article is derived; a person's pin is kept, and a trigger has it
outrank the machine's word, so that an undo, which writes rows back, need not know of it.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.urls import reverse

from articles.models.articles import Article, Version
from articles.models.changes import noting
from articles.models.corpora import Corpus, WithinCorpusQuerySet
from articles.models.tracking import kept


class StoryQuerySet(WithinCorpusQuerySet["Story"]):
    """Reads of stories."""

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def with_merged(self, ids: Iterable[int]) -> list[int]:
        """Return the ids of stories and of all that was merged into them: what coverage names."""
        wanted = list(ids)
        known = self.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted)).order_by()
        return list(known.values_list("pk", flat=True))


@kept()
class Story(models.Model):
    """Articles on one event. Without a ``name`` it is called by the headline it began with.

    One that was merged keeps its row, and its articles name it: it is ``merged_into`` the one that
    stands (never in two steps), so that a merge touches no article.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="stories")
    name = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged"
    )
    # Null where the machine gathered it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = StoryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "stories"
        triggers = (
            noting(
                "note_merged_into",
                "SELECT article_id FROM articles_coverage"
                " JOIN changed ON changed.id = articles_coverage.story_id"
                " JOIN was ON was.id = changed.id"
                " WHERE was.merged_into_id IS DISTINCT FROM changed.merged_into_id",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
            ),
            # What the machine put into a story that is undone: it is placed again.
            pgtrigger.Trigger(
                name="let_go",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="changed"),  # type: ignore[no-untyped-call]  # ships none
                func=(
                    "WITH freed AS (UPDATE articles_coverage SET story_id = NULL FROM changed"
                    " WHERE articles_coverage.story_id = changed.id"
                    " AND NOT articles_coverage.pinned RETURNING article_id)"
                    " INSERT INTO articles_change (article_id, consumer)"
                    " SELECT article_id, 'related' FROM freed; RETURN NULL;"
                ),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="no_story_is_merged_into_itself"
            ),
        )
        indexes = (
            models.Index(fields=["corpus", "-id"], name="story_newest_in_corpus"),
            # Few have a name, and those are asked for by it.
            models.Index(Upper("name"), name="story_by_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name or f"Story {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("story-detail", args=[self.pk])


class Coverage(models.Model):
    """Where an article stands among all others; derived, a row for each that was related.

    ``editions`` is the smallest id of those that ran the same text, edited or not: its own if
    nobody else did. ``story`` is null while it is alone. ``pinned`` says that a person put it
    where it is.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="coverage"
    )
    # The text that was related, null if none was yet.
    version = models.ForeignKey(
        Version, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    editions = models.BigIntegerField(null=True)
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, related_name="coverage")
    pinned = models.BooleanField(default=False)

    objects: ClassVar = models.Manager["Coverage"]()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "coverage"
        triggers = (
            noting(
                "note_insert",
                "SELECT article_id FROM changed"
                " WHERE editions <> article_id OR story_id IS NOT NULL"
                # The first of editions, who goes by the same number as while it was alone.
                " UNION SELECT editions FROM changed WHERE editions <> article_id",
                operation=pgtrigger.Insert,
                seen={"new": "changed"},
            ),
            noting(
                "note_update",
                "SELECT changed.article_id FROM changed JOIN was USING (article_id)"
                " WHERE coalesce(was.editions, was.article_id)"
                " <> coalesce(changed.editions, changed.article_id)"
                " OR was.story_id IS DISTINCT FROM changed.story_id"
                " UNION SELECT side.id FROM changed JOIN was USING (article_id),"
                " unnest(ARRAY[was.editions, changed.editions]) AS side (id)"
                " WHERE was.editions IS DISTINCT FROM changed.editions AND side.id IS NOT NULL",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
            ),
        )
        indexes = (models.Index(fields=["editions"], name="coverage_by_editions"),)

    def __str__(self) -> str:
        return f"{self.article_id}: {self.editions}, {self.story_id}"


@kept()
class StoryPin(models.Model):
    """A person's word on where an article belongs: to a story, or (null) to none.

    The article's coverage follows it at once, by a trigger, and the machine never moves it. Once
    it is taken away the article is again in the story that it was in before anyone said so, if
    that is still there, and the machine places it anew.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+", db_index=False)
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="story_pin")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, related_name="pins")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)
    # The story in which the machine had it; no reference, as that may go meanwhile.
    was_in = models.BigIntegerField(null=True)

    objects: ClassVar = WithinCorpusQuerySet["StoryPin"].as_manager()

    class Meta:
        ordering = ("pk",)
        triggers = (
            *(
                pgtrigger.Trigger(
                    name=f"place_{name}",
                    level=pgtrigger.Statement,
                    when=pgtrigger.After,
                    operation=operation,
                    referencing=pgtrigger.Referencing(new="changed"),  # type: ignore[no-untyped-call]  # ships none
                    func=(
                        "INSERT INTO articles_coverage (article_id, story_id, pinned)"
                        " SELECT article_id, story_id, true FROM changed"
                        " ON CONFLICT (article_id) DO UPDATE"
                        " SET story_id = excluded.story_id, pinned = true; RETURN NULL;"
                    ),
                )
                for name, operation in (
                    ("insert", pgtrigger.Insert),
                    ("update", pgtrigger.Update),
                )
            ),
            pgtrigger.Trigger(
                name="place_delete",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="changed"),  # type: ignore[no-untyped-call]  # ships none
                func=(
                    "UPDATE articles_coverage SET pinned = false, story_id ="
                    " (SELECT id FROM articles_story WHERE id = changed.was_in) FROM changed"
                    " WHERE articles_coverage.article_id = changed.article_id;"
                    " INSERT INTO articles_change (article_id, consumer)"
                    " SELECT article_id, 'related' FROM changed; RETURN NULL;"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id} in {self.story_id}"
