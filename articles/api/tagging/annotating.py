"""Web Annotations made, changed and removed as a request asks: they are mentions."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, ResolverMatch, resolve
from rest_framework.request import Request

from articles.annotate.entities.entities import EntityRefusedError
from articles.annotate.entities.entity_changes import WIKIDATA, read_id
from articles.annotate.tags import tagging, web_annotation
from articles.annotate.tags.wanted import Wanted
from articles.annotate.tags.web_annotation import AnnotationError, Said
from articles.annotate.tags.web_annotation_places import placed
from articles.api.answers import answer
from articles.api.articles.editing import operation_headers
from articles.api.endpoint import etag_of
from articles.api.presenters import annotations as present
from articles.api.presenters import tagging as present_tags
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.annotations import Places
from articles.api.problems import Problem
from articles.api.tagging.tag_refusals import asking, check_unchanged, refusals
from articles.models import Article, Door, Entity, ExternalId, Mention, Operation, Version
from articles.models.access import Answer

SLUG_CHARACTERS = 255
# Of all names that are suggested for annotations, the UUIDs.
_SLUGS = UUID("f3b0c6b4-6f7e-5d0e-9d43-0b8f6f2e7a11")
_ARTICLE, _VERSION, _ENTITY = "article-detail", "version-detail", "entity-detail"


def key_of(name: str) -> UUID:
    """Return the key of an annotation by the last part of its address, or by its ``Slug``."""
    try:
        return UUID(name)
    except ValueError:
        return uuid5(_SLUGS, name)


def shown_as(request: Request, key: UUID) -> dict[str, Any]:
    """Return an annotation as it is now; raise Http404."""
    row = get_object_or_404(present.annotations_shown(request.user), key=key)
    return _shown(request, row)


def _shown(request: Request, row: Mention) -> dict[str, Any]:
    member_of = present_tags.known_people(request.user)
    return present.annotation(row, Places(request), member_of)


def make(request: Request) -> Answer:
    """Make an annotation and answer with it; raise Problem."""
    said = _read(request)
    article, version = _on(request, said)
    wanted = _wanted(request, said, article, version, said.key or _suggested(request))
    with refusals():
        tagged = tagging.tag(article, wanted, by=asking(request), door=Door.API, version=version)
    if said.key is not None and tagged.mention.key != said.key:
        raise Problem(
            409,
            f"These words are tagged just so already: {Places(request).annotation(tagged.mention)}",
        )
    shown = shown_as(request, tagged.mention.key)
    headers = {"Location": shown["id"], "ETag": etag_of(shown)}
    operation = operation_headers(tagged.operation, Addresses(request))
    return answer(201 if tagged.made else 200, shown, headers | _without_link(operation))


def replace(request: Request, key: UUID) -> tuple[dict[str, Any], Operation | None]:
    """Let an annotation say something else, and return it; raise Problem, Http404."""
    said = _read(request)
    with transaction.atomic():
        row = _held(request, key)
        if said.key is not None and said.key != key:
            raise _refused("canonical", "An annotation keeps its canonical address.", status=409)
        article, version = _on(request, said)
        if article.pk != row.article_id:
            raise _refused(
                "target", "An annotation stays in its article. Make another.", status=409
            )
        wanted = _wanted(request, said, article, version, None)
        by, operation = asking(request), None
        with refusals():
            place = present_tags.place_of(row)
            if place is None or _differs(place, wanted, version):
                operation = tagging.move(
                    row, wanted.start, wanted.end, wanted.quote, by=by, door=Door.API,
                    version=version,
                )  # fmt: skip
            fields: dict[str, Any] = {"kind": wanted.kind, "comment": wanted.comment}
            fields["attributes"] = dict(wanted.attributes)
            if wanted.entity_name and wanted.entity is None:
                fields["entity_name"] = wanted.entity_name
            else:
                fields["entity"] = wanted.entity
            operation = tagging.change(row, by=by, door=Door.API, **fields) or operation
    return shown_as(request, key), operation


def _differs(place: Any, wanted: Wanted, version: Version) -> bool:
    there = (place.version_id, place.start, place.end)
    return there != (version.pk, wanted.start, wanted.end)


def remove(request: Request, key: UUID) -> HttpResponse:
    """Remove an annotation; raise Problem, Http404."""
    with transaction.atomic():
        row = _held(request, key)
        with refusals():
            operation = tagging.remove([row], by=asking(request), door=Door.API)
    headers = _without_link(operation_headers(operation, Addresses(request)))
    return HttpResponse(status=204, headers=headers)


def _held(request: Request, key: UUID) -> Mention:
    """Return an annotation held still, if it is as the client saw it; raise Problem, Http404."""
    if not Mention.objects.select_for_update().filter(key=key).exists():
        raise Http404
    row: Mention = get_object_or_404(present.annotations_shown(request.user), key=key)
    check_unchanged(request, _shown(request, row))
    return row


def _without_link(headers: dict[str, str]) -> dict[str, str]:
    """Return headers without ``Link``, which the protocol has other words for."""
    return {name: value for name, value in headers.items() if name != "Link"}


def _suggested(request: Request) -> UUID | None:
    """Return the key for the ``Slug`` that is suggested, unless there is such an annotation."""
    slug = request.headers.get("Slug", "").strip()
    if not slug or len(slug) > SLUG_CHARACTERS or "/" in slug:
        return None
    key = key_of(slug)
    return None if Mention.objects.filter(key=key).exists() else key


def _read(request: Request) -> Said:
    try:
        return web_annotation.read(request.data)
    except AnnotationError as fault:
        raise _refused(fault.path, fault.message) from None


def _refused(path: str, message: str, *, status: int = 400) -> Problem:
    return Problem(status, f"{path}: {message}", errors={path: message})


def _on(request: Request, said: Said) -> tuple[Article, Version]:
    """Return the article and version that an annotation is on; raise Problem."""
    match = _ours(request, said.source)
    if match is None or match.url_name not in {_ARTICLE, _VERSION}:
        raise _refused(
            "target.source",
            "Only articles of this Newsroom are annotated here: the address of an article, or of a "
            "version of one.",
        )
    rows = Article.objects.readable_by(request.user).select_related("corpus", "version")
    article: Article | None = rows.filter(pk=match.kwargs["pk"], standing=True).first()
    version: Version | None = article.version if article is not None else None
    if article is not None and match.url_name == _VERSION:
        version = Version.objects.filter(article=article, number=match.kwargs["number"]).first()
    if article is None or version is None:
        raise _refused("target.source", "There is no such article that you may read.", status=404)
    return article, version


def _ours(request: Request, address: str) -> ResolverMatch | None:
    """Return what an address leads to here; None for one that is not ours."""
    try:
        parts = urlsplit(address)
        if parts.netloc.lower() != request.get_host().lower():
            return None
        return resolve(parts.path)
    except (ValueError, Resolver404):
        return None


def _wanted(
    request: Request, said: Said, article: Article, version: Version, key: UUID | None
) -> Wanted:
    """Return the tag that an annotation asks for; raise Problem."""
    try:
        start, end = placed(version.text, said)
    except AnnotationError as fault:
        raise _refused(fault.path, fault.message) from None
    entity = _entity(request, said, article) if said.entity else None
    return Wanted(
        start=start,
        end=end,
        quote=version.text[start:end],
        kind=said.kind or (entity.kind if entity else ""),
        entity=entity.pk if entity else None,
        entity_name="" if entity else said.entity_name,
        attributes=said.attributes,
        comment=said.comment,
        key=key,
    )


def _entity(request: Request, said: Said, article: Article) -> Entity:
    """Return the entity that an annotation names: by its address here, or at Wikidata."""
    rows = Entity.objects.readable_by(request.user).filter(corpus=article.corpus_id)
    match = _ours(request, said.entity)
    found: Entity | None = None
    if match is not None and match.url_name == _ENTITY:
        found = rows.filter(pk=match.kwargs["pk"]).first()
    else:
        try:
            scheme, value = read_id(WIKIDATA, said.entity)
        except EntityRefusedError:
            raise _refused(
                "body",
                "A tag names an entity of this Newsroom, by its address here or at Wikidata.",
            ) from None
        known = ExternalId.objects.filter(corpus=article.corpus_id, scheme=scheme, value=value)
        found = rows.filter(pk__in=known.values("entity_id")).first()
    if found is None:
        raise _refused("body", f"There is no entity {said.entity} here.", status=404)
    return found
