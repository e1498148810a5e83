"""What names of related coverage in a query mean: stories and articles, of those one may see."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.models import Article, Story
from articles.models.corpora import Visitor
from articles.search.names.name_values import MANY, by_name, by_number, texts


def stories(user: Visitor, value: str) -> list[str]:
    """Return the ids of the stories that a name or a number means, and of what they took in."""
    # Most have no name, and those that have are found by an index of theirs.
    named = Q(by_name(value), ~Q(name=""))
    found = Story.objects.visible_to(user).filter(named | by_number(value)).order_by()
    standing = Coalesce("merged_into_id", "pk")
    # The index may not have caught up with what was merged.
    return texts(Story.objects.with_merged(found.values_list(standing, flat=True)[:MANY]))


def articles(user: Visitor, value: str) -> list[str]:
    """Return the id of an article, if it is one that stands and that someone may know of."""
    return texts(
        Article.objects.visible_to(user).filter(by_number(value)).values_list("pk", flat=True)
    )
