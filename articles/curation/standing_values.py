"""What stands of articles now, field by field, as corrections hold values."""

from collections.abc import Sequence
from typing import Any

from django.db.models.fields.json import KeyTextTransform

from articles.models import Article, CorrectedField, Correction, Version
from articles.models.lookups import any_id


def values_of(article: Article) -> dict[CorrectedField, Any]:
    """Return the effective values of the fields that can be corrected, as corrections hold them."""
    credits_, rights = _credits([article.pk]), _rights([article.pk])
    return _effective(article, credits_.get(article.pk, []), rights.get(article.pk))


def values_by_article(ids: Sequence[int]) -> dict[int, dict[CorrectedField, Any]]:
    """Return the same of many articles, by id, in a constant number of queries.

    In the order of their ids, so that history tells of them in that order too.
    """
    found = Article.objects.filter(any_id("id", ids)).select_related("source")
    credits_, rights = _credits(ids), _rights(ids)
    return {
        article.pk: _effective(article, credits_.get(article.pk, []), rights.get(article.pk))
        for article in found.order_by("pk")
    }


def _credits(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    standing = Article.objects.filter(any_id("id", ids)).values_list("pk", "version_id")
    of_version = {version_id: article_id for article_id, version_id in standing.order_by()}
    versions = Version.objects.filter(any_id("id", [v for v in of_version if v is not None]))
    rows = versions.order_by("pk", "credits__position").filter(credits__standing=True)
    for version_id, kind, name, role, place in rows.values_list(
        "pk", "credits__kind", "credits__name", "credits__role", "credits__place"
    ):
        found.setdefault(of_version[version_id], []).append(
            {"kind": kind, "name": name, "role": role, "place": place}
        )
    return found


def _rights(ids: Sequence[int]) -> dict[int, str | None]:
    """Return what stands of the one field that is no column: as read, or as corrected."""
    found = Article.objects.filter(any_id("id", ids)).order_by()
    read = found.values_list("pk", KeyTextTransform("rights", "version__read"))
    said = Correction.objects.filter(any_id("article_id", ids), field=CorrectedField.RIGHTS)
    return {**dict(read), **dict(said.order_by().values_list("article_id", "value"))}


def _effective(
    article: Article, credits_: list[dict[str, Any]], rights: str | None
) -> dict[CorrectedField, Any]:
    place, agency = article.dateline_place, article.dateline_agency
    published_at, modified_at = article.published_at, article.modified_at
    return {
        CorrectedField.SOURCE: article.source.name if article.source else None,
        CorrectedField.PUBLISHED: article.published_date
        and {
            "date": article.published_date.isoformat(),
            "precision": article.published_precision,
            "at": published_at.isoformat() if published_at else None,
        },
        CorrectedField.MODIFIED: article.modified_date
        and {
            "date": article.modified_date.isoformat(),
            "precision": "minute" if modified_at else "day",
            "at": modified_at.isoformat() if modified_at else None,
        },
        CorrectedField.BYLINE: article.byline,
        CorrectedField.CREDITS: credits_ or None,
        CorrectedField.DATELINE: {"place": place, "agency": agency} if place or agency else None,
        CorrectedField.SECTION: article.section,
        CorrectedField.PAGE: article.page,
        CorrectedField.EDITION: article.edition,
        CorrectedField.LANGUAGE: article.language,
        CorrectedField.CANONICAL_URL: article.canonical_url,
        CorrectedField.EXTERNAL_ID: article.external_id,
        CorrectedField.RIGHTS: rights,
    }
