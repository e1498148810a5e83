"""Reads that several endpoints make."""

from typing import Any

from django.http import Http404

from articles.api.presenters import articles as present
from articles.api.presenters.addresses import Addresses
from articles.models import Article
from articles.models.articles import ArticleQuerySet
from articles.models.corpora import Visitor


def whole_article(rows: ArticleQuerySet, pk: int, at: Addresses) -> dict[str, Any]:
    """Return one of ``rows`` as its detail shows it to who asks; raise Http404."""
    found = rows.with_credits().select_related("corpus", "source", "version")
    article = found.filter(pk=pk).first()
    if article is None or article.version is None:
        raise Http404
    return present.detailed(article, article.version, at, reads=may_read(article, at.request.user))


def may_read(article: Article, user: Visitor) -> bool:
    """Whether someone may see the text of an article that they may know of."""
    may: bool = Article.objects.readable_by(user).filter(pk=article.pk).exists()
    return may
