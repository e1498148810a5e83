"""What an article is related to, by kind, each with why."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api.endpoint import Endpoint, detail
from articles.api.operations import reads
from articles.api.presenters import links as present
from articles.api.presenters.addresses import Addresses
from articles.models import Article
from articles.models.lookups import any_id
from articles.related.links.kin import Group, is_related, kin, rejected


class ArticleRelated(Endpoint):
    """What an article is related to."""

    operations: ClassVar = {"GET": reads("RelatedArticles")}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return what is held of an article's relations: by kind, the earliest first, with why.

        Of each kind the first 50; `links/?article=` lists all. What the texts share is told where
        you may read them.
        """
        rows = Article.objects.visible_to(request.user).select_related("corpus", "version")
        article: Article = get_object_or_404(rows, pk=pk)
        groups = kin(article, request.user)
        at = Addresses(request)
        return detail(
            request,
            {
                "article": {"id": article.pk, "url": at.of("article-detail", article.pk)},
                "is_related": is_related(article),
                "rejected": rejected(article, request.user),
                "links_url": f"{at.of('link-list')}?article={article.pk}",
                "groups": _groups(groups, at),
            },
            page=article.get_absolute_url(),
        )


def _groups(groups: list[Group], at: Addresses) -> list[dict[str, Any]]:
    ids = [item.link.pk for group in groups for item in group.items]
    rows = present.links_shown(at.request.user).filter(any_id("id", ids))
    links = {row.pk: row for row in rows}
    rights = present.Rights(at.request.user)
    return [
        {
            "kind": group.kind,
            "total": group.total,
            "items": [
                {
                    "article": present.side(item.other, None, at),
                    "link": present.link(links[item.link.pk], at, rights),
                    "derived": {"from": False, "to": True}.get(item.direction),
                    "why": item.why.sentence,
                    "because": list(item.why.because),
                    "share": item.why.share,
                    "is_current": item.why.is_current,
                }
                for item in group.items
                if item.link.pk in links
            ],
        }
        for group in groups
    ]
