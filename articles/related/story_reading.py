"""Stories as they are read: lists of them, one with its articles, and the story of an article."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min

from articles.models import Article, Coverage, Story
from articles.models.corpora import Visitor
from articles.models.related import StoryQuerySet
from articles.related.story_names import title, within


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story in a line: what it is called, how much of it there is, and from when to when.

    ``outlets`` counts the sources that are known. ``first`` and ``last`` are None where no article
    of it is dated. ``pinned`` says that a person put the article that was asked about into it.
    """

    story: Story
    name: str
    articles: int
    outlets: int
    first: date | None
    last: date | None
    pinned: bool = False

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return self.story.get_absolute_url()


def visible(user: Visitor) -> StoryQuerySet:
    """Return the stories that ``user`` may know of, merged ones too."""
    found: StoryQuerySet = Story.objects.visible_to(user)
    return found.select_related("corpus", "merged_into")


def story_of(article: Article, user: Visitor) -> StorySummary | None:
    """Return the story that an article is in, None if it is in none. Three queries."""
    coverage = (
        Coverage.objects.filter(pk=article.pk, story__in=Story.objects.visible_to(user))
        .select_related("story__merged_into")
        .first()
    )
    if coverage is None or coverage.story is None:
        return None
    story = coverage.story.merged_into or coverage.story
    facts = (
        within([story.pk])
        .order_by()
        .aggregate(
            articles=Count("pk"),
            outlets=Count("source", distinct=True),
            first=Min("published_date"),
            last=Max("published_date"),
        )
    )
    return StorySummary(story, title(story), pinned=coverage.pinned, **facts)
