"""What was read of fields that people corrected: what stood there before, and stands there after.

As it was known at the moment of the change: an outlet may say something else later.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from articles.history.events import RowChange
from articles.ingest import effective
from articles.models import Article, CorrectedField, Correction, Credit, Origin, Version
from articles.models.lookups import any_id


def readings(rows: Iterable[RowChange]) -> Mapping[tuple[int, datetime], Any]:
    """Return what was read, by id and moment of each correction that was made or removed."""
    wanted = [
        row for row in rows if row.model is Correction and (row.before is None or row.after is None)
    ]
    if not wanted:
        return {}
    ids = {row.state["article_id"] for row in wanted}
    articles = Article.objects.select_related("source_alias__source").in_bulk(ids)
    versions = _versions(ids)
    credits_ = _credits(articles.values(), wanted)
    found = {}
    for row in wanted:
        article = articles.get(row.state["article_id"])
        if article is not None:
            known = _known_by(versions.get(article.pk, []), row.at)
            found[row.id, row.at] = _reading(article, row.state["field"], known, credits_)
    return found


def as_read(article: Article, names: Iterable[str]) -> dict[str, Any]:
    """Return what was read of an article's fields, whatever people said of them."""
    versions = list(article.versions.defer("text", "blocks").order_by("number"))
    credits_ = _credits_of([article.pk]) if CorrectedField.CREDITS in names else {}
    return {name: _reading(article, name, versions, credits_) for name in names}


def _versions(ids: Iterable[int]) -> dict[int, list[Version]]:
    found: dict[int, list[Version]] = {}
    rows = Version.objects.filter(any_id("article_id", ids)).order_by("article_id", "number")
    for version in rows.defer("text", "blocks"):
        found.setdefault(version.article_id, []).append(version)
    return found


def _known_by(versions: Sequence[Version], moment: datetime) -> Sequence[Version]:
    return [version for version in versions if version.first_seen <= moment] or versions


def _reading(
    article: Article,
    field: str,
    versions: Sequence[Version],
    credits_: Mapping[int, list[dict[str, Any]]],
) -> Any:
    match CorrectedField(field):
        case CorrectedField.SOURCE:
            return article.source_alias.source.name if article.source_alias else None
        case CorrectedField.CANONICAL_URL:
            return article.read_canonical_url
        case CorrectedField.EXTERNAL_ID:
            return article.read_external_id
        case CorrectedField.CREDITS:
            newest = _newest(versions)
            return credits_.get(newest.pk) if newest else None
        case CorrectedField.FLAGS:
            return None
        case _:
            return effective.said_by(versions).get(field)


def _newest(versions: Sequence[Version]) -> Version | None:
    published = [version for version in versions if version.origin == Origin.PUBLISHED]
    return max(published or versions, key=lambda version: version.number, default=None)


def _credits(
    articles: Iterable[Article], rows: Sequence[RowChange]
) -> dict[int, list[dict[str, Any]]]:
    """Return the credits as read of articles' versions, where credits were corrected."""
    ids = {r.state["article_id"] for r in rows if r.state["field"] == CorrectedField.CREDITS}
    of = [article.pk for article in articles if article.pk in ids]
    return _credits_of(of) if of else {}


def _credits_of(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    as_printed = Credit.objects.filter(any_id("version__article_id", ids), corrected=False)
    for credit in as_printed.order_by("version", "position"):
        found.setdefault(credit.version_id, []).append(
            {
                "kind": credit.kind,
                "name": credit.name,
                "role": credit.role,
                "place": credit.place,
            }
        )
    return found
