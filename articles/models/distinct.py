"""Names that look alike and that people found to mean two: they are not suggested again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from articles.models.corpora import Corpus
from articles.models.tracking import kept


class NameKind(models.TextChoices):
    """Whose names."""

    SOURCE = "source", "Source"
    AUTHOR = "author", "Author"


@kept()
class DistinctNames(models.Model):
    """Two names of a corpus that do not mean the same, folded and in order.

    By name, not by row: what was said of a name holds wherever a merge or a split puts it.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="distinct_names")
    kind = models.CharField(max_length=6, choices=NameKind.choices)
    first = models.CharField(max_length=300)
    second = models.CharField(max_length=300)

    objects: ClassVar = models.Manager["DistinctNames"]()

    class Meta:
        verbose_name_plural = "distinct names"
        constraints = (
            models.UniqueConstraint(
                fields=["corpus", "kind", "first", "second"], name="one_word_on_two_names"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NameKind.values), name="distinct_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="distinct_names_are_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
