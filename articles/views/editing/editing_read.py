"""What was read of an article, beside what people put right: for its page and for its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from articles.curation.values import words
from articles.history.operations import corpus_allows
from articles.ingest.effective import as_read
from articles.models import Article, CorrectedField, Correction, Credit, Role, Version
from articles.models.articles import TEXT_FIELDS
from articles.views.languages import language_name

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for a field: in words, by which rule, from which words."""

    value: str
    rule: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """That a person put a field right: who (empty for those who are not to know), when."""

    by: str
    at: datetime
    # What was read instead, in words.
    read: str
    # What they say it is, as corrections hold it.
    value: Any


def values_read(article: Article, version: Version) -> dict[CorrectedField, Any]:
    """Return what was read by field, as corrections hold values.

    An article that a split made has no text by the outlet of its own: what was read is what its
    version took over.
    """
    said: Mapping[str, Any] = as_read(article) or version.read
    alias = article.source_alias
    credits_ = Credit.objects.filter(version=version, corrected=False).order_by("position")
    plain = {name: said.get(name.value) for name in CorrectedField}
    return plain | {
        CorrectedField.SOURCE: alias.source.name if alias else None,
        CorrectedField.CREDITS: list(credits_.values("kind", "name", "role", "place")) or None,
        CorrectedField.CANONICAL_URL: article.read_canonical_url,
        CorrectedField.EXTERNAL_ID: article.read_external_id,
    }


def in_words(name: CorrectedField, value: Any) -> str:
    """Return a value as a person reads it."""
    if name is CorrectedField.LANGUAGE and value:
        return f"{language_name(value)} ({value})"
    return words(name, value)


def reads(article: Article, version: Version) -> dict[CorrectedField, Read]:
    """Return what was read, field by field, and which rule read it from what."""
    provenance = version.read.get("provenance") or {}
    found = {}
    for name, value in values_read(article, version).items():
        origin = provenance.get(name.value)
        known: Mapping[str, Any] = origin if isinstance(origin, Mapping) else {}
        rule, raw = str(known.get("rule") or ""), str(known.get("raw") or "")
        found[name] = Read(in_words(name, value), rule, raw)
    return found


def marks(
    article: Article,
    version: Version,
    *,
    named: bool,
    read: Mapping[CorrectedField, Read] | None = None,
) -> dict[CorrectedField, Mark]:
    """Return which fields of an article a person put right; ``named`` says whether to say who.

    A version that does not stand shows what was read: it has none. ``read`` is :func:`reads` where
    it is known already.
    """
    if version.pk != article.version_id:
        return {}
    rows: list[Correction] = list(
        article.corrections.exclude(field=CorrectedField.FLAGS).select_related("by")
    )
    if not rows:
        return {}
    known = reads(article, version) if read is None else read
    return {
        (name := CorrectedField(row.field)): Mark(
            (row.by.get_username() if row.by else "a command") if named else "",
            row.at,
            known[name].value,
            row.value,
        )
        for row in rows
    }


def tools(user: "User | AnonymousUser", article: Article) -> dict[str, Any]:
    """Return what an article's page offers and tells beyond its text, by who looks at it."""
    versions = article.versions.select_related("by").defer(*TEXT_FIELDS).order_by("-number")
    may_edit = _may(user, article, Role.EDITOR)
    return {
        "versions": list(versions),
        "joined": list(article.joined.only("headline")),
        "is_member": may_edit or _may(user, article, Role.VIEWER),
        "may_edit": may_edit,
    }


def _may(user: "User | AnonymousUser", article: Article, role: Role) -> bool:
    return user.is_authenticated and corpus_allows(article.corpus, user, role)
