"""Corpora, sources and authors."""

from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.models import Corpus, Person, Source


def corpus_reference(corpus: Corpus) -> dict[str, Any]:
    """Return what other objects say of their corpus."""
    return {"id": corpus.pk, "slug": corpus.slug}


def corpus(row: Corpus, at: Addresses) -> dict[str, Any]:
    """Return a corpus."""
    return {
        "id": row.pk,
        "url": at.of("corpus-detail", row.pk),
        "slug": row.slug,
        "name": row.name,
        "description": row.description,
        "access": row.access,
        "created_at": row.created_at,
    }


def source(row: Source, at: Addresses) -> dict[str, Any]:
    """Return a source; its corpus and aliases are loaded."""
    return {
        "id": row.pk,
        "url": at.of("source-detail", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
        "aliases": sorted(alias.printed for alias in row.aliases.all()),
        "domains": row.domains,
        "country": row.country or None,
        "languages": row.languages,
    }


def author(row: Person, at: Addresses) -> dict[str, Any]:
    """Return an author; the corpus is loaded."""
    return {
        "id": row.pk,
        "url": at.of("author-detail", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
    }
