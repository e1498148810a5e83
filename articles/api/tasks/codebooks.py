"""Codebooks: what is tagged and how, in versions."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.codebooks import codebook as shape
from articles.annotate.codebooks import codebooks
from articles.api import checking, paging
from articles.api.answers import answer, once
from articles.api.articles.editing import answered, checked, operation_headers
from articles.api.articles.records import VISIBLE
from articles.api.checking import YES_NO, BadValueError, Check, described, text
from articles.api.endpoint import Endpoint, detail, etag_of
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.permitting import check_editable, editable_corpus
from articles.api.presenters import work as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.tagging.entity_bodies import CORPUS
from articles.api.tagging.tag_lists import Asked
from articles.api.tagging.tag_refusals import asking, check_unchanged, refusals
from articles.ingest.storing import lock
from articles.models import Codebook, CodebookVersion, Corpus, Door, keyset
from articles.models.access import Answer
from articles.models.corpora import Visitor
from articles.models.lookups import any_id


def _read_content(value: Any) -> Any:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object.")
    return value


_CONTENT = Check(
    _read_content,
    {
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"type": "object"}}
            for name in ("kinds", "codes", "relations")
        }
        | {"guideline": {"type": "string"}},
        "additionalProperties": False,
        "description": "As `content` of a codebook is sent; `errors` says where it is wrong.",
    },
)
_NAME = text(codebooks.NAME_CHARACTERS, pattern=VISIBLE, hint="This must hold words.")
_NOTE = text(codebooks.NOTE_CHARACTERS)
_NEW: Mapping[str, Check] = {
    "corpus": CORPUS,
    "name": _NAME,
    "note": _NOTE,
    "content": described(_CONTENT, "What the draft of its first version holds."),
}
_CHANGES: Mapping[str, Check] = {
    "name": _NAME,
    "note": _NOTE,
    "is_main": described(YES_NO, "true: make it the one of the corpus's reading view."),
}
_DRAFT: Mapping[str, Check] = {
    "content": _CONTENT,
    "note": described(_NOTE, "What changed in it."),
}


class CodebookList(Endpoint):
    """Codebooks."""

    operations: ClassVar = {
        "GET": lists("Codebook", "corpus"),
        "POST": Operation(
            {201: "Codebook"},
            body={JSON: checking.fields(_NEW, required=("corpus", "name", "content")).schema},
        ),
    }

    def get(self, request: Request) -> Response:
        """List the codebooks of the corpora that you may read; drafts are shown to editors."""
        asked = Asked(request)
        corpus, limit, cursor = asked.corpus(), asked.limit(), asked.cursor()
        asked.done()
        rows = _visible(request)
        if corpus is not None:
            rows = rows.filter(corpus=corpus)
        page = keyset.page(rows, ("pk",), limit=limit, cursor=cursor)
        shown = _shown(page.rows, request.user, Addresses(request))
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Make a codebook, whose first version is a draft; for editors."""
        return once(request, lambda: _make(request))


class CodebookDetail(Endpoint):
    """A codebook."""

    operations: ClassVar = {
        "GET": reads("Codebook"),
        "PATCH": Operation(
            {200: "Codebook"},
            body={JSON: {**checking.fields(_CHANGES).schema, "minProperties": 1}},
        ),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a codebook; `content` is that of its newest published version."""
        row = get_object_or_404(_visible(request), pk=pk)
        return detail(request, _shown_as(request, pk), page=row.get_absolute_url())

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Rename it, say what it is for, or make it the main one; for editors.

        Send the `ETag` that you read as `If-Match`: 412 tells that someone was faster.
        """
        row = _to_change(request, pk)
        values = checked(request.data, _CHANGES)
        if not values:
            raise Problem(400, "Say what is to be changed.")
        operation = None
        with transaction.atomic():
            # As acts do it: whoever holds a codebook and waits for its corpus would wait in a ring.
            lock(row.corpus)
            check_unchanged(request, _shown_as(request, pk))
            with refusals():
                operation = _change(request, row, values)
        return answered(request, _shown_as(request, pk), operation, page=row.get_absolute_url())


def _change(request: Request, row: Codebook, values: Mapping[str, Any]) -> Any:
    by, operation = asking(request), None
    if "is_main" in values and not values["is_main"] and row.is_main:
        raise Problem(409, "is_main: Make another one the main one instead.")
    if "name" in values or "note" in values:
        said = {name: values.get(name, getattr(row, name)) for name in ("name", "note")}
        operation = codebooks.describe(row, **said, by=by, door=Door.API)
    if values.get("is_main"):
        operation = codebooks.make_main(row, by=by, door=Door.API) or operation
    return operation


class CodebookVersionDetail(Endpoint):
    """A version of a codebook."""

    operations: ClassVar = {"GET": reads("CodebookVersion")}

    def get(self, request: Request, pk: int, number: int) -> HttpResponseBase:
        """Return a version with all that it holds; drafts are for editors."""
        row = get_object_or_404(_visible(request), pk=pk)
        versions = _versions([row], request.user)[row.pk]
        found = next((each for each in versions if each.number == number), None)
        if found is None:
            raise Problem(404, "There is no such version that you may see.")
        return detail(request, present.codebook_version(found, Addresses(request)))


class CodebookDraft(Endpoint):
    """The draft of a codebook's next version."""

    operations: ClassVar = {
        "PUT": Operation(
            {200: "Codebook"}, body={JSON: checking.fields(_DRAFT, required=("content",)).schema}
        ),
        "DELETE": Operation({200: "Codebook"}),
    }

    def put(self, request: Request, pk: int) -> HttpResponseBase:
        """Keep a draft of the next version; what is tagged goes by it once it is published.

        With the `ETag` of the codebook as `If-Match`, 412 tells that someone was faster.
        """
        row = _to_change(request, pk)
        values = checked(request.data, _DRAFT, required=("content",))
        by = asking(request)
        with transaction.atomic(), refusals():
            content = shape.read(values["content"])
            lock(row.corpus)
            check_unchanged(request, _shown_as(request, pk))
            operation = codebooks.save_draft(
                row, content, by=by, door=Door.API, note=values.get("note", "")
            )
        return answered(request, _shown_as(request, pk), operation, page=row.get_absolute_url())

    def delete(self, request: Request, pk: int) -> HttpResponseBase:
        """Drop the draft. 409 if it is the only version."""
        row = _to_change(request, pk)
        with transaction.atomic(), refusals():
            lock(row.corpus)
            check_unchanged(request, _shown_as(request, pk))
            operation = codebooks.discard_draft(row, by=asking(request), door=Door.API)
        return answered(request, _shown_as(request, pk), operation, page=row.get_absolute_url())


class CodebookPublish(Endpoint):
    """The publication of a draft."""

    operations: ClassVar = {"POST": Operation({200: "Codebook"})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Publish the draft: from then on the version never changes. 409 if there is none."""
        row = _to_change(request, pk)

        def work() -> Answer:
            with refusals():
                operation = codebooks.publish(row, by=asking(request), door=Door.API)
            headers = operation_headers(operation, Addresses(request))
            return answer(200, _shown_as(request, pk), headers)

        return once(request, work)


def _make(request: Request) -> Answer:
    values = checked(request.data, _NEW, required=("corpus", "name", "content"))
    corpus = editable_corpus(request, values["corpus"])
    with refusals():
        row, operation = codebooks.make(
            corpus,
            shape.read(values["content"]),
            name=values["name"],
            note=values.get("note", ""),
            by=asking(request),
            door=Door.API,
        )
    shown = _shown_as(request, row.pk)
    headers = {"Location": shown["url"], "ETag": etag_of(shown)}
    return answer(201, shown, headers | operation_headers(operation, Addresses(request)))


def _visible(request: Request) -> Any:
    return Codebook.objects.readable_by(request.user).select_related("corpus")


def _to_change(request: Request, pk: int) -> Codebook:
    row: Codebook = get_object_or_404(_visible(request), pk=pk)
    check_editable(request, row.corpus)
    return row


def _shown_as(request: Request, pk: int) -> dict[str, Any]:
    row = get_object_or_404(_visible(request), pk=pk)
    return _shown([row], request.user, Addresses(request))[0]


def _shown(rows: Sequence[Codebook], user: Visitor, at: Addresses) -> list[dict[str, Any]]:
    versions = _versions(rows, user)
    return [present.codebook(row, versions[row.pk], at) for row in rows]


def _versions(rows: Sequence[Codebook], user: Visitor) -> dict[int, list[CodebookVersion]]:
    """Return the versions that a person may see, the newest first, by codebook."""
    ids = [row.pk for row in rows]
    led = set(Corpus.objects.editable_by(user).order_by().values_list("pk", flat=True))
    drafted = {row.pk for row in rows if row.corpus_id in led}
    found: dict[int, list[CodebookVersion]] = {pk: [] for pk in ids}
    for version in CodebookVersion.objects.filter(any_id("codebook_id", ids)):
        if version.published_at is not None or version.codebook_id in drafted:
            found[version.codebook_id].append(version)
    return found
