"""Where many tags may go: of which articles, in which layer, at which versions."""

from collections.abc import Collection as Some
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.annotate.tags.layers import Layer, NotAllowedError, see_to_role
from articles.models import Article, Assignment, Corpus, Task, TaskItem
from articles.models.lookups import any_id


@dataclass(frozen=True, slots=True)
class Target:
    """The version of an article that is tagged; ``words`` is about how long its text is."""

    version: int
    words: int


@dataclass(frozen=True, slots=True)
class Targets:
    """The layer in which ``by`` tags articles, and what of them can be tagged in it."""

    layer: Layer
    by: User | None

    @classmethod
    def of(
        cls, corpus: Corpus, by: User | None, task: Task | None, layer: Layer | None
    ) -> "Targets":
        """Return where ``by`` may tag in a corpus or a task. Raises NotAllowedError."""
        if layer is not None:
            return cls(layer, by)
        if task is not None:
            if by is None:
                raise NotAllowedError(f"In “{task}” people tag, each in a layer of their own.")
            if task.closed_at is not None:
                raise NotAllowedError(f"“{task}” is closed: nothing more is tagged in it.")
        if by is not None:
            see_to_role(by, corpus)
        return cls(Layer(corpus, task, by if task is not None else None), by)

    def find(self, ids: Some[int]) -> dict[int, Target]:
        """Return those of some articles that can be tagged."""
        task, version = self.layer.task, self.layer.version
        if version is not None:
            return {version.article_id: Target(version.pk, version.word_count)}
        known = self._of_task(task, ids) if task is not None else self._of_corpus(ids)
        return {article: Target(version_id, words) for article, version_id, words in known}

    def _of_task(self, task: Task, ids: Some[int]) -> Iterable[tuple[int, int, int]]:
        items = TaskItem.objects.filter(any_id("article_id", ids), task=task)
        if self.layer.layer_of is not None:
            items = items.filter(assignments__user=self.layer.layer_of, assignments__left_at=None)
        rows = items.filter(article__standing=True).order_by()
        return rows.values_list("article_id", "version_id", "version__word_count")

    def _of_corpus(self, ids: Some[int]) -> Iterable[tuple[int, int, int]]:
        articles = Article.objects.filter(any_id("id", ids), corpus=self.layer.corpus)
        articles = articles.filter(standing=True, version__isnull=False)
        if self.by is not None:
            blinding = Assignment.objects.blinding(self.by).values("item__article")
            articles = articles.exclude(pk__in=blinding)
        return articles.order_by().values_list("pk", "version_id", "version__word_count")
