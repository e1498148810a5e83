"""Links of two articles, what people say of them, and what speaks for them."""

from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.models import Article, Corpus, Judgement, Link, Version
from articles.models.corpora import Visitor
from articles.models.links import LinkQuerySet
from articles.related.links.link_passages import passages

SIDES = ("first", "second")
# Of a version only its number is shown here.
_HEAVY = [
    f"{side}_version__{field.attname}"
    for side in SIDES
    for field in Version._meta.concrete_fields  # noqa: SLF001 -- Django's public name for it
    if field.attname not in {"id", "number", "article_id"}
]


def links_shown(user: Visitor) -> LinkQuerySet:
    """Return the links that a person may know of, with what is shown of them."""
    judgements = Judgement.objects.select_related("by").order_by("pk")
    shown: LinkQuerySet = (
        Link.objects.visible_to(user)
        .select_related(
            "corpus", "first__source", "second__source", "first_version", "second_version"
        )
        .defer(*_HEAVY)
        .prefetch_related(Prefetch("judgements", judgements))
    )
    return shown


class Rights:
    """Of which corpora someone is a member, and of which they may read the texts."""

    def __init__(self, user: Visitor) -> None:
        ids = (
            rows.order_by().values_list("pk", flat=True)
            for rows in (Corpus.objects.with_members(user), Corpus.objects.readable_by(user))
        )
        self.member_of, self.reads = (frozenset(each) for each in ids)


def link(row: Link, at: Addresses, rights: Rights) -> dict[str, Any]:
    """Return a link, loaded by :func:`links_shown`.

    Who judged it is told to members; what they noted, to whom may read the texts.
    """
    told, reads = row.corpus_id in rights.member_of, row.corpus_id in rights.reads
    return {
        "id": row.pk,
        "url": at.of("link-detail", row.pk),
        "page": page(at, row),
        "evidence_url": at.of("link-evidence", row.pk),
        "compare_url": at.of("article-compare", row.first_id, row.second_id),
        "corpus": corpus_reference(row.corpus),
        "kind": row.kind,
        "status": row.status,
        "direction": row.direction or None,
        "suggested": row.suggested,
        "score": row.score,
        "first": side(row.first, row.first_version, at),
        "second": side(row.second, row.second_version, at),
        "judgements": [
            {
                "by": each.by.get_username() if told and each.by is not None else None,
                "verdict": each.verdict,
                "direction": each.direction or None,
                "note": each.note if reads else None,
                "at": each.at,
            }
            for each in row.judgements.all()
        ],
        "made_at": row.made_at,
        "found_at": row.found_at,
    }


def page(at: Addresses, row: Any) -> str:
    """Return the whole address of an object's page."""
    return str(at.request.build_absolute_uri(row.get_absolute_url()))


def side(article: Article, version: Version | None, at: Addresses) -> dict[str, Any]:
    """Return one of two articles; ``version`` is the one that was compared, if any was."""
    source = article.source
    return {
        "id": article.pk,
        "url": at.of("article-detail", article.pk),
        "headline": article.headline,
        "source": {"id": source.pk, "name": source.name} if source else None,
        "published": article.published_date,
        "version": version_reference(version, at) if version else None,
    }


def version_reference(version: Version, at: Addresses) -> dict[str, Any]:
    """Return what other objects say of a version."""
    return {
        "id": version.pk,
        "number": version.number,
        "url": at.of("version-detail", version.article_id, version.number),
    }


_OF_TEXT = ("words", "longest", "first_share", "second_share", "is_whole", "passages_total")
_OF_EVENT = ("cosine", "names_cosine", "words_in_common")


def evidence(row: Link, at: Addresses) -> dict[str, Any]:
    """Return what speaks for a link: of texts the passages that they share, and what stands there.

    ``row`` has the whole texts of its versions.
    """
    said = row.evidence or {}
    direction = said.get("direction") or None
    return {
        "link": {"id": row.pk, "url": at.of("link-detail", row.pk)},
        "kind": row.kind,
        "score": row.score,
        **{
            name: version_reference(version, at) if version else None
            for name, version in zip(SIDES, (row.first_version, row.second_version), strict=True)
        },
        **{name: said.get(name) for name in _OF_TEXT},
        "passages": _passages(row),
        **{name: said.get(name) for name in _OF_EVENT},
        "names": said.get("names") or [],
        "days": said.get("days"),
        "direction": direction
        and {"side": direction.get("side"), "because": direction.get("because") or []},
    }


def _passages(row: Link) -> list[dict[str, Any]] | None:
    found = passages(row)
    if found is None:
        return None
    return [{"first": asdict(one), "second": asdict(other)} for one, other in found]
