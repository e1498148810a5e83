"""Corpora, sources and authors."""

from collections.abc import Callable, Mapping
from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.curation.twins import Twins
from articles.models import Corpus, Person, Source
from articles.models.corpora import PersonQuerySet, SourceQuerySet, Visitor


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
        "members_url": at.of("member-list", row.pk),
        "invitations_url": at.of("invitation-list", row.pk),
    }


def sources_shown(user: Visitor) -> SourceQuerySet:
    """Return the sources that a person may see, with what is shown of them."""
    visible: SourceQuerySet = Source.objects.visible_to(user)
    return visible.select_related("corpus").prefetch_related("aliases")


def source(row: Source, at: Addresses) -> dict[str, Any]:
    """Return a source, loaded by :func:`sources_shown`."""
    return {
        "id": row.pk,
        "url": at.of("source-detail", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
        "aliases": sorted(alias.printed for alias in row.aliases.all()),
        "domains": row.domains,
        "country": row.country or None,
        "languages": row.languages,
        "merged_into": _reference(row.merged_into_id, "source-detail", at),
    }


def authors_shown(user: Visitor) -> PersonQuerySet:
    """Return the authors that a person may see, with what is shown of them."""
    visible: PersonQuerySet = Person.objects.visible_to(user)
    return visible.select_related("corpus").prefetch_related("other_names")


def author(row: Person, at: Addresses) -> dict[str, Any]:
    """Return an author, loaded by :func:`authors_shown`."""
    others = sorted(row.other_names.all(), key=lambda other: (other.name, other.pk))
    return {
        "id": row.pk,
        "url": at.of("author-detail", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
        "other_names": [
            {"id": o.pk, "url": at.of("author-detail", o.pk), "name": o.name} for o in others
        ],
        "same_as": _reference(row.same_as_id, "author-detail", at),
    }


def _reference(pk: int | None, name: str, at: Addresses) -> dict[str, Any] | None:
    return {"id": pk, "url": at.of(name, pk)} if pk is not None else None


def twins(pair: Twins, names: Mapping[int, str], address: Callable[[int], str]) -> dict[str, Any]:
    """Return two that may be one; ``names`` and ``address`` by id."""
    first, second = (
        {"id": pk, "url": address(pk), "name": names[pk]} for pk in (pair.first, pair.second)
    )
    return {
        "first": first,
        "second": second,
        "likeness": pair.likeness.name.lower(),
        "reason": pair.reason,
        "shared_outlets": pair.shared_outlets,
    }
