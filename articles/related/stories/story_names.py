"""What stories are called: by the name that a person gave, else by the headline they began with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from articles.models import Article, Story
from articles.models.lookups import any_id

UNTITLED = "Untitled story"


def within(stories: Iterable[int]) -> QuerySet[Any]:
    """Return the articles that stand in some stories or in what was merged into them.

    Each has ``in_story``: the id of the story that stands for where it is.
    """
    ids = Story.objects.with_merged(stories)
    found = Article.objects.filter(any_id("coverage__story_id", ids), standing=True)
    return found.annotate(
        in_story=Coalesce("coverage__story__merged_into_id", "coverage__story_id")
    )


def titles(stories: Iterable[Story]) -> Mapping[int, str]:
    """Return what stories are called, by id; of a merged one, its own name. One query or two."""
    known = {story.pk: story.name for story in stories}
    nameless = [pk for pk, name in known.items() if not name]
    if nameless:
        first = (
            within(nameless)
            .order_by("in_story", F("published_date").asc(nulls_last=True), "sort_at", "pk")
            .distinct("in_story")
            .values_list("in_story", "headline")
        )
        known |= {pk: headline for pk, headline in first if pk in known}
    return {pk: name or UNTITLED for pk, name in known.items()}


def title(story: Story) -> str:
    """Return what one story is called."""
    return titles([story])[story.pk]
