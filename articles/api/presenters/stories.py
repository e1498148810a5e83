"""Stories: articles on one event, as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, Min

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.articles import listed
from articles.api.presenters.corpora import corpus_reference
from articles.api.presenters.links import Rights, page
from articles.api.presenters.tagging import reference
from articles.models import Article, Story
from articles.models.corpora import Visitor
from articles.models.stories import StoryQuerySet
from articles.related.stories.story_names import titles, within

_NOTHING: Mapping[str, Any] = {"articles": 0, "outlets": 0, "first": None, "last": None}


def stories_shown(user: Visitor) -> StoryQuerySet:
    """Return the stories that a person may know of, merged ones too."""
    shown: StoryQuerySet = Story.objects.visible_to(user)
    return shown.select_related("corpus", "by")


def stories(rows: Sequence[Story], at: Addresses) -> list[dict[str, Any]]:
    """Return stories with what they are called and how much there is of each."""
    rights = Rights(at.request.user)
    called = titles(rows)
    counted = (
        within([row.pk for row in rows])
        .order_by()
        .values("in_story")
        .annotate(
            articles=Count("pk"),
            outlets=Count("source", distinct=True),
            first=Min("published_date"),
            last=Max("published_date"),
        )
    )
    facts = {each.pop("in_story"): each for each in map(dict, counted)}
    return [
        {
            "id": row.pk,
            "url": at.of("story-detail", row.pk),
            "page": page(at, row),
            "articles_url": at.of("story-articles", row.pk),
            "corpus": corpus_reference(row.corpus),
            "name": called[row.pk],
            "is_named": bool(row.name),
            "note": row.note if row.corpus_id in rights.reads else None,
            **facts.get(row.pk, _NOTHING),
            "merged_into": reference("story-detail", row.merged_into_id, at),
            "by": row.by.get_username()
            if row.by is not None and row.corpus_id in rights.member_of
            else None,
            "created_at": row.created_at,
        }
        for row in rows
    ]


def article_of_story(row: Article, at: Addresses) -> dict[str, Any]:
    """Return an article of a story, and where it stands in it; its coverage is loaded."""
    editions = row.coverage.editions or row.pk
    return {
        "article": listed(row, at),
        "editions": editions,
        "is_first_edition": editions == row.pk,
        "pinned": row.coverage.pinned,
    }
