"""Articles and their versions. The keys of an article, and their order, are fixed."""

from collections.abc import Iterable, Mapping
from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.models import Article, CorrectedField, Correction, Credit, Version

READ, CORRECTED = "read", "corrected"
# Set by lists on their rows: whether a person put the date right.
PUBLISHED_IS_CORRECTED = "published_is_corrected"


def listed(article: Article, at: Addresses) -> dict[str, Any]:
    """Return an article as lists show it: without text, and what is only in its version."""
    return {
        **_identity(article, at),
        "headline": article.headline,
        "standfirst": article.standfirst,
        "snippet": article.snippet,
        **_origin(
            article,
            article.version.credits.all() if article.version else (),
            corrected=getattr(article, PUBLISHED_IS_CORRECTED, False),
        ),
        "word_count": article.word_count,
        "flags": article.flags,
        "version": _version_reference(article.version) if article.version else None,
    }


def detailed(
    article: Article,
    version: Version,
    at: Addresses,
    *,
    reads: bool,
    corrections: Mapping[str, Any],
) -> dict[str, Any]:
    """Return an article whole; ``version`` is its current one, ``corrections`` are as shown.

    Who may not read the text (``reads``) gets null for it and for what holds parts of it.
    """
    read = version.read
    return {
        **_identity(article, at),
        "headline": article.headline,
        "standfirst": article.standfirst,
        "snippet": article.snippet,
        "key_points": read.get("key_points", []) if reads else None,
        **_origin(article, version.credits.all(), corrected="published" in corrections),
        "captions": read.get("captions", []) if reads else None,
        "rights": corrections["rights"]["value"] if "rights" in corrections else read.get("rights"),
        "extra": read.get("extra", {}) if reads else None,
        "text_available": reads,
        **_text(version, reads=reads),
        "word_count": article.word_count,
        "flags": article.flags,
        "corrections": corrections,
        "provenance": read.get("provenance", {}) if reads else None,
        "version": _version_reference(version),
        "capture": capture_reference(version, at) if reads else None,
    }


def corrections(
    rows: Iterable[Correction], read: Mapping[str, Any], *, to_member: bool
) -> dict[str, Any]:
    """Return by field what people put right, beside what was read; who, to members alone."""
    return {
        row.field: {
            "value": sorted(row.value or ()) if row.field == CorrectedField.FLAGS else row.value,
            "by": row.by.get_username() if row.by and to_member else None,
            "at": row.at,
            "read": read.get(row.field),
        }
        for row in rows
    }


def version_listed(version: Version, at: Addresses, *, reads: bool) -> dict[str, Any]:
    """Return a version as lists show it: without text; ``reads`` as for an article."""
    return {
        "id": version.pk,
        "url": at.of("version-detail", version.article_id, version.number),
        "article": {
            "id": version.article_id,
            "url": at.of("article-detail", version.article_id),
        },
        "number": version.number,
        "origin": version.origin,
        "sha256": version.sha256,
        "word_count": version.word_count,
        "first_seen": version.first_seen,
        "last_seen": version.last_seen,
        "reader": {"name": version.reader, "version": version.reader_version},
        "capture": capture_reference(version, at) if reads else None,
    }


def version_detailed(version: Version, at: Addresses, *, reads: bool) -> dict[str, Any]:
    """Return a version whole: its text, and its metadata as they were read; as for an article."""
    read = version.read
    return {
        **version_listed(version, at, reads=reads),
        "headline": read.get("headline") or "",
        "standfirst": read.get("standfirst"),
        "key_points": read.get("key_points", []) if reads else None,
        "source": read.get("source"),
        "published": read.get("published"),
        "modified": read.get("modified"),
        "byline": read.get("byline"),
        "credits": [_credit(credit) for credit in version.credits.all()],
        "dateline": read.get("dateline"),
        "section": read.get("section"),
        "page": read.get("page"),
        "edition": read.get("edition"),
        "language": read.get("language"),
        "canonical_url": read.get("canonical_url"),
        "external_id": read.get("external_id"),
        "captions": read.get("captions", []) if reads else None,
        "rights": read.get("rights"),
        "extra": read.get("extra", {}) if reads else None,
        "text_available": reads,
        **_text(version, reads=reads),
        "flags": read.get("flags", []),
        "provenance": read.get("provenance", {}) if reads else None,
        "dropped": read.get("dropped", []) if reads else None,
    }


def capture_reference(version: Version, at: Addresses) -> dict[str, Any] | None:
    """Return where a version was read from."""
    if version.capture_id is None:
        return None
    return {
        "id": version.capture_id,
        "url": at.of("capture-detail", version.capture_id),
        "locator": version.locator,
    }


def _identity(article: Article, at: Addresses) -> dict[str, Any]:
    source = article.source
    return {
        "id": article.pk,
        "url": at.of("article-detail", article.pk),
        "external_id": article.external_id,
        "corpus": corpus_reference(article.corpus),
        "source": {"id": source.pk, "name": source.name} if source else None,
    }


def _origin(article: Article, credits_: Iterable[Credit], *, corrected: bool) -> dict[str, Any]:
    """Return when, by whom, from where and in which place of the paper."""
    place, agency = article.dateline_place, article.dateline_agency
    return {
        "published": _published(article, corrected=corrected),
        "modified": article.modified_at or article.modified_date,
        "byline": article.byline,
        "credits": [_credit(credit) for credit in credits_],
        "dateline": {"place": place, "agency": agency} if place or agency else None,
        "section": article.section,
        "page": article.page,
        "edition": article.edition,
        "language": article.language,
        "canonical_url": article.canonical_url,
    }


def _published(article: Article, *, corrected: bool) -> dict[str, Any] | None:
    if article.published_date is None:
        return None
    return {
        "at": article.published_at,
        "date": article.published_date,
        "precision": article.published_precision,
        "origin": CORRECTED if corrected else READ,
    }


def _credit(credit: Credit) -> dict[str, Any]:
    return {
        "kind": credit.kind,
        "name": credit.name,
        "role": credit.role,
        "place": credit.place,
    }


def _text(version: Version, *, reads: bool) -> Mapping[str, Any]:
    if not reads:
        return {"text": None, "blocks": None}
    return {
        "text": version.text,
        "blocks": [
            {"kind": kind, "start": start, "end": end} for kind, start, end in version.blocks
        ],
    }


def _version_reference(version: Version) -> dict[str, Any]:
    return {
        "id": version.pk,
        "number": version.number,
        "origin": version.origin,
        "sha256": version.sha256,
        "first_seen": version.first_seen,
        "last_seen": version.last_seen,
    }
