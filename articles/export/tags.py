"""What is tagged in articles, as exports hold it: what all who may read them may know."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import Coalesce

from articles.models import Code, Mention, MentionStatus
from articles.models.lookups import any_id

KEYS = ("entities", "kinds", "codes")


@dataclass(slots=True)
class Tags:
    """The entities, kinds and codes of an article."""

    entities: dict[int, dict[str, Any]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    codes: list[dict[str, str]] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """Return them under the keys of an exported article."""
        entities = sorted(self.entities.values(), key=lambda one: (one["name"], one["id"]))
        return {"entities": entities, "kinds": sorted(self.kinds), "codes": self.codes}


def tags_of(articles: Iterable[int], keys: Collection[str]) -> dict[int, Tags]:
    """Return what is tagged in articles, accepted, as far as ``keys`` ask for it.

    Entities go by the name of the one that stands, with the number of their mentions.
    """
    ids = list(articles)
    found: dict[int, Tags] = {}
    if not ids:
        return found
    if "entities" in keys or "kinds" in keys:
        _mentions(ids, found)
    if "codes" in keys:
        codes = Code.objects.public().filter(any_id("article_id", ids))
        ordered = codes.order_by("article_id", "code", "value", "pk")
        for article, code, value in ordered.values_list("article_id", "code", "value").distinct():
            found.setdefault(article, Tags()).codes.append({"code": code, "value": value})
    return found


def _mentions(ids: list[int], found: dict[int, Tags]) -> None:
    mentions = Mention.objects.public().filter(
        any_id("article_id", ids), status=MentionStatus.ACCEPTED
    )
    counted = mentions.order_by().values_list(
        "article_id", "kind",
        Coalesce("entity__merged_into_id", "entity_id"),
        Coalesce("entity__merged_into__name", "entity__name"),
        Coalesce("entity__merged_into__kind", "entity__kind"),
    ).annotate(Count("pk"))  # fmt: skip
    for article, kind, entity, name, its_kind, number in counted:
        those = found.setdefault(article, Tags())
        those.kinds.add(kind)
        if entity is not None:
            known = those.entities.setdefault(
                entity, {"id": entity, "name": name, "kind": its_kind, "mentions": 0}
            )
            known["mentions"] += number


NOTHING: dict[str, Any] = dict.fromkeys(KEYS)
