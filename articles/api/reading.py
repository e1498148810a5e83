"""Reads that several endpoints make."""

from typing import Any

from django.http import Http404

from articles.api.presenters import articles as present
from articles.api.presenters.addresses import Addresses
from articles.history.lives import known_articles
from articles.history.readings import as_read
from articles.models import Article, Corpus
from articles.models.articles import ArticleQuerySet
from articles.models.corpora import Visitor


def whole_article(rows: ArticleQuerySet, pk: int, at: Addresses) -> dict[str, Any]:
    """Return one of ``rows`` as its detail shows it to who asks; raise Http404."""
    found = rows.with_credits().select_related("corpus", "source", "version")
    article = found.filter(pk=pk).first()
    if article is None or article.version is None:
        raise Http404
    return present.detailed(
        article,
        article.version,
        at,
        reads=may_read(article, at.request.user),
        corrections=_corrections(article, at.request.user),
    )


def _corrections(article: Article, user: Visitor) -> dict[str, Any]:
    rows = list(article.corrections.select_related("by"))
    if not rows:
        return {}
    members = Corpus.objects.with_members(user).filter(pk=article.corpus_id)
    read = as_read(article, [row.field for row in rows])
    return present.corrections(rows, read, to_member=members.exists())


def may_read(article: Article, user: Visitor) -> bool:
    """Whether someone may see the text of an article that they may know of."""
    may: bool = Article.objects.readable_by(user).filter(pk=article.pk).exists()
    return may


def joined_into(pk: int, user: Visitor) -> int | None:
    """Return the article to which one that someone may know of was joined; None if to none."""
    joined = known_articles(user).filter(pk=pk, standing=False, joined_into__isnull=False)
    found: int | None = joined.order_by().values_list("joined_into", flat=True).first()
    return found
