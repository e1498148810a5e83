"""How an article stands to others, read for the index: its links, its editions, its story."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import Coalesce

from articles.models import Coverage, Direction, Link, LinkKind
from articles.models.lookups import any_id

_OF_TEXT = frozenset(kind for kind in LinkKind if kind.is_of_text)


@dataclass(slots=True)
class Standing:
    """How an article stands to others, by their ids; see ``documents``."""

    related: set[int] = field(default_factory=set)
    copied: set[int] = field(default_factory=set)
    lent: set[int] = field(default_factory=set)
    editions: int | None = None
    story: int | None = None

    def add(self, other: int, kind: str, *, is_from: bool, is_to: bool) -> None:
        """Note a link with another: that this is from that, that from this, or either (open)."""
        self.related.add(other)
        if kind not in _OF_TEXT:
            return
        if is_from or not is_to:
            self.copied.add(other)
        else:
            self.lent.add(other)


def standings(article_ids: Sequence[int]) -> Mapping[int, Standing]:
    """Return how articles stand to others, of those that stand to any. Four queries."""
    found: dict[int, Standing] = defaultdict(Standing)
    # Each side by itself, as each has an index of its own.
    for side, other in (("first", "second"), ("second", "first")):
        links = Link.objects.held().filter(
            any_id(f"{side}_id", article_ids), **{f"{other}__standing": True}
        )
        rows = links.order_by().values_list(f"{side}_id", f"{other}_id", "kind", "direction")
        is_from, is_to = Direction(side), Direction(other)
        for article, its_other, kind, direction in rows:
            found[article].add(
                its_other, kind, is_from=direction == is_from, is_to=direction == is_to
            )
    _place(found, article_ids)
    return found


def _place(found: dict[int, Standing], article_ids: Sequence[int]) -> None:
    """Note editions, of those that others ran too, and stories, of merged ones what stands."""
    covered = Coverage.objects.filter(any_id("article_id", article_ids)).order_by()
    rows = list(
        covered.values_list("article_id", "editions", Coalesce("story__merged_into_id", "story_id"))
    )
    groups = {editions for _, editions, _ in rows if editions is not None}
    several = Coverage.objects.filter(any_id("editions", groups), article__standing=True)
    counted = several.order_by().values("editions").annotate(n=Count("pk")).filter(n__gt=1)
    shared = set(counted.values_list("editions", flat=True))
    for article, editions, story in rows:
        if editions in shared:
            found[article].editions = editions
        if story is not None:
            found[article].story = story
