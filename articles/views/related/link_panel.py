"""Related coverage beside an article: what it is related to, by kind, and what one says of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from articles.history.operations import corpus_allows
from articles.models import Act, Article
from articles.related.links import kin
from articles.related.links.kin import Group, Kin
from articles.related.stories.story_reading import story_of

# Of each kind; further ones are folded.
IN_SIGHT = 5


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind: what is in sight, what is folded, and where those beyond are."""

    group: Group
    in_sight: list[Kin]
    folded: list[Kin]
    beyond: str


def panel(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Return what the panel of an article shows."""
    user = request.user
    found = kin.kin(article, user)
    address = f"{reverse('link-list')}?view=list&article={article.pk}"
    groups = [
        Shelf(
            group,
            group.items[:IN_SIGHT],
            group.items[IN_SIGHT:],
            f"{address}&kind={group.kind}" if group.beyond else "",
        )
        for group in kin.by_text(found)
    ]
    may_judge = user.is_authenticated and corpus_allows(article.corpus, user, Act.LINK.role)
    return {
        "article": article,
        "kin": {
            "groups": groups,
            "total": sum(group.total for group in found),
            "rejected": kin.rejected(article, user),
            "rejected_list": f"{address}&status=rejected",
            "is_related": kin.is_related(article),
            "story": story_of(article, user),
            "may_judge": may_judge,
            "page": article.get_absolute_url(),
        },
    }
