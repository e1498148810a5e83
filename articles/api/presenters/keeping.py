"""What people keep: saved searches, collections and exports."""

from typing import Any

from django.utils.http import urlencode

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.keeping.searches import News
from articles.models import Collection, CollectionItem, Export, ExportStatus


def saved_search(news: News, at: Addresses) -> dict[str, Any]:
    """Return a saved search with what is new in it."""
    row = news.search
    asked = {"q": row.query} | ({"sort": row.sort} if row.sort else {})
    return {
        "id": row.pk,
        "url": at.of("saved-search", row.pk),
        "results_url": f"{at.of('search')}?{urlencode(asked)}",
        "name": row.name,
        "query": row.query,
        "sort": row.sort,
        "created_at": row.created_at,
        "looked_at": row.looked_at,
        "new": news.count,
        "problem": news.problem or None,
        "has_feed": row.feed_hash is not None,
    }


def collection(row: Collection, articles: int, at: Addresses) -> dict[str, Any]:
    """Return a collection; its corpus and maker are loaded."""
    return {
        "id": row.pk,
        "url": at.of("collection-detail", row.pk),
        "items_url": at.of("collection-items", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
        "note": row.note,
        "shared": row.shared,
        "by": row.by.get_username() if row.by else None,
        "created_at": row.created_at,
        "articles": articles,
        "query": f"collection:{row.pk}",
        "recipe": row.recipe or None,
    }


def item(row: CollectionItem, at: Addresses) -> dict[str, Any]:
    """Return an article in a collection."""
    article = row.article
    return {
        "url": at.of("collection-item", row.collection_id, article.pk),
        "article": {
            "id": article.pk,
            "url": at.of("article-detail", article.pk),
            "headline": article.headline,
        },
        "note": row.note,
        "at": row.at,
    }


def export(row: Export, at: Addresses) -> dict[str, Any]:
    """Return an export and how far it is."""
    is_ready = row.status == ExportStatus.READY
    return {
        "id": row.pk,
        "url": at.of("export-detail", row.pk),
        "file_url": at.of("export-file", row.pk) if is_ready else None,
        "query": row.query,
        "format": row.format,
        "status": row.status,
        "done": row.done,
        "total": row.total,
        "bytes": row.bytes,
        "problem": row.problem or None,
        "created_at": row.created_at,
        "ended_at": row.ended_at,
    }
