"""Mentions as Web Annotations, and pages and containers of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from rest_framework.request import Request

from articles.annotate.tags import web_annotation
from articles.annotate.tags.web_annotation import CONTEXT, Shown
from articles.api.presenters import tagging as present
from articles.models import Mention, MentionOrigin, MentionStatus
from articles.models.corpora import Visitor

LDP_CONTEXT = "http://www.w3.org/ns/ldp.jsonld"
PAGE = 100


def annotations_shown(user: Visitor) -> Any:
    """Return the mentions that are annotations: those that count and that a person may see."""
    return present.mentions_shown(user).filter(status=MentionStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses of annotations and of what they are on, as the client of this request sees them."""

    request: Request | HttpRequest

    def absolute(self, path: str) -> str:
        """Return the whole address of a path."""
        return str(self.request.build_absolute_uri(path))

    @property
    def container(self) -> str:
        """The address of the container."""
        return self.absolute(reverse("annotations:container"))

    def collection(self, *, iris: bool) -> str:
        """Return the address of the container with addresses alone, or with whole annotations."""
        return f"{self.container}?iris={int(iris)}"

    def page(self, after: int, *, iris: bool) -> str:
        """Return the address of the page whose annotations come after one."""
        return f"{self.collection(iris=iris)}&page={after}"

    def annotation(self, row: Mention) -> str:
        """Return the address of an annotation."""
        return self.absolute(reverse("annotations:annotation", args=[str(row.key)]))


def annotation(row: Mention, at: Places, member_of: frozenset[int]) -> dict[str, Any]:
    """Return a mention as a Web Annotation; loaded by :func:`annotations_shown`."""
    anchor = present.place_of(row)
    by_hand = row.origin in {MentionOrigin.PERSON, MentionOrigin.SAME, MentionOrigin.GOLD}
    named = row.by.get_username() if row.by is not None and row.corpus_id in member_of else ""
    entity = row.entity and (row.entity.merged_into or row.entity)
    number = anchor.version.number if anchor else 1
    return web_annotation.annotation(
        Shown(
            iri=at.annotation(row),
            key=row.key,
            source=at.absolute(reverse("version-detail", args=[row.article_id, number])),
            start=anchor.start if anchor else None,
            end=anchor.end if anchor else None,
            quote=anchor.quote if anchor else "",
            prefix=anchor.prefix if anchor else "",
            suffix=anchor.suffix if anchor else "",
            kind=row.kind,
            entity=at.absolute(entity.get_absolute_url()) if entity else "",
            entity_name=entity.name if entity else "",
            comment=row.comment,
            attributes=row.attributes,
            created=row.created_at,
            creator=named,
            software="" if by_hand else row.maker or row.origin,
        )
    )


def container(
    total: int, last: int, at: Places, *, iris: bool, first: dict[str, Any] | None
) -> dict[str, Any]:
    """Return the container, with its ``first`` page or only where that is.

    ``last`` is after which annotation the last page begins.
    """
    return {
        "@context": [CONTEXT, LDP_CONTEXT],
        "id": at.collection(iris=iris),
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": "What is tagged in the articles that you may read",
        "total": total,
        "first": first or at.page(0, iris=iris),
        "last": at.page(last, iris=iris),
    }


def page(
    rows: Sequence[Mention], after: int, beside: tuple[int | None, int | None], **more: Any
) -> dict[str, Any]:
    """Return a page; ``beside`` it are the one before and the one after, as ``after`` of them.

    ``more`` are ``at``, ``member_of`` and ``iris``.
    """
    at, iris = more["at"], more["iris"]
    before, next_ = beside
    made: dict[str, Any] = {"id": at.page(after, iris=iris), "type": "AnnotationPage"}
    if before is not None:
        made["prev"] = at.page(before, iris=iris)
    if next_ is not None:
        made["next"] = at.page(next_, iris=iris)
    made["items"] = [
        at.annotation(row) if iris else annotation(row, at, more["member_of"]) for row in rows
    ]
    return made
