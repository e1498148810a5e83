"""What derived data must still catch up with: rows of changes, written by the database itself.

A trigger writes a row per changed article and consumer in the transaction that changes it. Each
consumer does its work, commits its own store, and then acknowledges row by row. There is no
watermark: ids do not commit in order.
"""

from collections.abc import Sequence
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class Consumer(models.TextChoices):
    """Who derives something from articles."""

    SEARCH = "search", "Search"
    ANNOTATE = "annotate", "Tagging"
    RELATED = "related", "Related coverage"


# Who learns of every change; tagging learns only of texts that changed under a mention, and related
# coverage of what it rests on.
_OF_ALL = (Consumer.SEARCH,)


class Change(models.Model):
    """An article that was made, changed or removed, for one consumer."""

    # No foreign key: the article may be gone, and that is what is to be learned.
    article_id = models.BigIntegerField()
    consumer = models.CharField(max_length=10, choices=Consumer.choices)
    at = models.DateTimeField(db_default=Now())

    objects: ClassVar = models.Manager["Change"]()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["consumer", "id"], name="change_by_consumer"),)

    def __str__(self) -> str:
        return f"{self.article_id} for {self.consumer}"


class Build(models.Model):
    """Which store of a consumer stands, by its folder's name, and since when.

    It is no part of a backup: a store of another database is none of this one's.
    """

    consumer = models.CharField(max_length=10, choices=Consumer.choices, unique=True)
    name = models.CharField(max_length=100)
    # Of the store's form; one of another form is built anew.
    format = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now=True)

    objects: ClassVar = models.Manager["Build"]()

    def __str__(self) -> str:
        return f"{self.consumer}: {self.name}"


def noting_changes(articles: str = "SELECT id FROM changed") -> list[pgtrigger.Trigger]:
    """Return the triggers that note the articles whose derived data a model's changes touch.

    ``articles`` is SQL for their ids, of the rows ``changed``.
    """
    return [
        noting(f"note_{name}", articles, operation=operation, seen=seen)
        for name, operation, seen in (
            ("insert", pgtrigger.Insert, {"new": "changed"}),
            ("update", pgtrigger.Update, {"new": "changed"}),
            ("delete", pgtrigger.Delete, {"old": "changed"}),
        )
    ]


def noting(
    name: str,
    articles: str,
    *,
    operation: pgtrigger.Operation,
    seen: dict[str, str],
    consumers: Sequence[Consumer] = _OF_ALL,
) -> pgtrigger.Trigger:
    """Return one trigger by statement; ``seen`` names the rows before and after for the SQL."""
    listed = ", ".join(f"'{consumer.value}'" for consumer in consumers)
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**seen),  # type: ignore[no-untyped-call]  # ships none
        func=(
            "INSERT INTO articles_change (article_id, consumer) "  # noqa: S608 -- of our own
            "SELECT touched.id, consumer "
            f"FROM (SELECT DISTINCT id FROM ({articles}) AS named (id)) AS touched "
            f"CROSS JOIN unnest(ARRAY[{listed}]) AS consumer; RETURN NULL;"
        ),
    )
