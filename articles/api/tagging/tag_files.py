"""Tags for other tools, and theirs: as the pages ``/tags/export/`` and ``/tags/import/`` do."""

from collections.abc import Mapping
from typing import Any, ClassVar

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.files.bundling import Layers, Scope
from articles.annotate.files.exporting import TOLD_TO, TagWish
from articles.annotate.files.importing import take_in
from articles.annotate.files.importing_jobs import AT_ONCE_BYTES, start_import
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import UnreadableError
from articles.api.answers import answer, once
from articles.api.articles.captures import SAFE_HEADERS, AnyAccepted
from articles.api.articles.editing import invalid, operation_headers
from articles.api.checking import (
    NO_NUL,
    BadValueError,
    Check,
    described,
    fields,
    one_of,
    read,
    text,
)
from articles.api.endpoint import Endpoint
from articles.api.operations import Operation
from articles.api.parsing import MultiPartParser
from articles.api.presenters.addresses import Addresses
from articles.api.tagging.entity_bodies import CORPUS
from articles.api.tagging.entity_changing import annotatable_corpus
from articles.api.tagging.tag_import_jobs import TAG_IMPORTS, report_shown
from articles.api.tagging.tag_lists import Asked
from articles.api.tagging.tag_refusals import asking, refusals
from articles.export.streams import Stream
from articles.models import Door, Task
from articles.models.access import Answer
from articles.search.asking import ask

# Larger files are taken in by the command, which says how far it is.
MOST_BYTES = 32 * 1024 * 1024
_MOST_KINDS = 500
_ASKED = ("q", "layers.tags", "task.id", "suggestions")
_MEDIA_TYPES = ", ".join(dict.fromkeys(form.media_type for form in FORMATS.values()))


def _wish(asked: Asked) -> TagWish:
    """Return whose tags of what are asked for; raise Problem, QueryError."""
    request = asked.request
    query = asked.params.query()
    layers = asked.choice("layers", list(Layers)) or Layers.CORPUS.value
    task = asked.one_of("task", Task.objects.readable_by(request.user))
    has_suggestions = asked.choice("suggestions", ["true", "false"]) == "true"
    if "task" not in asked.missing and (task is None) != (layers == Layers.CORPUS):
        asked.params.errors["layers"] = (
            "Give a task for gold or people, and none for the corpus's own layer."
        )
    asked.done()
    scope = Scope(request.user, Layers(layers), task, suggestions=has_suggestions)
    question = ask(query, request.user, readable=True) if query.strip() else None
    return TagWish(scope, question)


class TagExport(Endpoint):
    """Tags for other tools."""

    operations: ClassVar = {
        "GET": Operation({200: "TagExport"}, (*_ASKED, "format.tags")),
    }

    def get(self, request: Request) -> Response:
        """Say how many tags there are, and in which forms; of `format`, its size and its losses."""
        asked = Asked(request)
        name = asked.choice("format", list(FORMATS))
        wish = _wish(asked)
        articles, tags = wish.counted()
        at = Addresses(request)
        params = request.query_params.copy()
        params.pop("format", None)
        rest = f"?{params.urlencode()}" if params else ""
        return Response(
            {
                "articles": articles,
                "tags": tags,
                "formats": [
                    {
                        "name": form.name,
                        "label": form.label,
                        "media_type": form.media_type,
                        "lacks": form.lacks,
                        "file_url": at.of("tag-export-file", form.name) + rest,
                    }
                    for form in FORMATS.values()
                ],
                "chosen": _told(wish, name) if name and tags <= TOLD_TO else None,
            }
        )


def _told(wish: TagWish, name: str) -> dict[str, Any]:
    try:
        told = wish.told(FORMATS[name])
    except UnreadableError as fault:
        return {"name": name, "bytes": None, "losses": [], "problem": str(fault)}
    return {"name": name, "bytes": told.size, "losses": told.losses, "problem": None}


class TagExportFile(Endpoint):
    """Tags as a file for another tool."""

    operations: ClassVar = {
        "GET": Operation({200: "The file."}, _ASKED, media_type=_MEDIA_TYPES),
    }

    content_negotiation_class = AnyAccepted

    def get(self, request: Request, tags: str) -> HttpResponseBase:
        """Send tags as a file in a form, while it is made.

        What the form can't hold is told by `tags/export/?format=…`.
        """
        form = FORMATS.get(tags)
        if form is None:
            raise Http404
        wish = _wish(Asked(request))
        headers = {
            **SAFE_HEADERS,
            "Content-Disposition": f'attachment; filename="tags-{form.name}.{form.suffix}"',
        }
        is_head = request.method == "HEAD"
        try:
            stream = () if is_head else Stream(wish.written(form))
        except UnreadableError as fault:
            raise invalid({"format": str(fault)}) from None
        return StreamingHttpResponse(stream, content_type=form.media_type, headers=headers)


def _read_kinds(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > _MOST_KINDS:
        raise BadValueError(f"This must be an object of at most {_MOST_KINDS} labels and kinds.")
    for label, kind in value.items():
        if not isinstance(kind, str) or "\0" in kind + label:
            raise BadValueError("This must be a kind of the codebook.", label)
    return value


_SAID: Mapping[str, Check] = {
    "corpus": CORPUS,
    "format": described(one_of(*FORMATS), "The form that the file has."),
    "kinds": Check(
        _read_kinds,
        {
            "type": "object",
            "propertyNames": {"pattern": NO_NUL},
            "additionalProperties": {"type": "string", "pattern": NO_NUL},
            "description": "What labels of the file mean: kinds of the codebook, by label.",
        },
    ),
    "trial": described(
        one_of("true", "false"), "true: say what would become of it, and keep nothing."
    ),
    "task": described(
        text(15, pattern="^[1-9][0-9]{0,14}$", hint="This must be the id of a task."),
        "The task in your own layer of which they are tagged; none: the corpus's layer.",
    ),
}
_FILE: Mapping[str, Any] = {"type": "string", "format": "binary", "description": "At most 32 MB."}
_SCHEMA = {
    **fields(_SAID, required=("corpus", "format", "file")).schema,
    "properties": {**{name: check.schema for name, check in _SAID.items()}, "file": _FILE},
}


class TagImport(Endpoint):
    """Tags of other tools."""

    parser_classes = (MultiPartParser,)
    operations: ClassVar = {
        "POST": Operation(
            {200: "TagImport", 202: "TagImportJob"}, body={"multipart/form-data": _SCHEMA}
        )
    }

    def post(self, request: Request) -> HttpResponse:
        """Take in a file of tags, as one operation; the same file again makes nothing twice.

        What can't be placed is not guessed: `refused` counts why, with `examples`. Files of more
        than 1 MB are left to the worker: ask at `Location` how far it is, and what became of it.
        """
        return once(request, lambda: _take(request))


def _take(request: Request) -> Answer:
    # Without a body there is no form either.
    form = request.data if isinstance(request.data, QueryDict) else QueryDict()
    values, upload = _read(form)
    corpus = annotatable_corpus(request, values["corpus"])
    task = None
    if "task" in values:
        rows = Task.objects.readable_by(request.user).filter(corpus=corpus)
        task = rows.select_related("corpus", "codebook_version").filter(pk=values["task"]).first()
        if task is None:
            raise invalid({"task": "There is no such task in this corpus."})
    data, form_of = upload.read(), FORMATS[values["format"]]
    how: dict[str, Any] = {
        "by": asking(request),
        "door": Door.API,
        "task": task,
        "kinds": values.get("kinds", {}),
        "trial": values.get("trial") == "true",
    }
    if len(data) > AT_ONCE_BYTES:
        return TAG_IMPORTS.queued(request, lambda: start_import(data, form_of, corpus, **how))
    try:
        with refusals():
            report = take_in(data, form_of, corpus, **how)
    except UnreadableError as fault:
        raise invalid({"file": str(fault)}) from None
    at = Addresses(request)
    return answer(200, report_shown(report, at), operation_headers(report.operation, at))


def _read(form: QueryDict) -> tuple[dict[str, Any], "UploadedFile[Any]"]:
    """Return what a form says, and its file; raise Problem."""
    said: dict[str, Any] = {}
    errors: dict[str, str] = {}
    uploads: list[UploadedFile[Any]] = []
    for name, parts in form.lists():
        sent: list[Any] = list(parts)
        files = [part for part in sent if isinstance(part, UploadedFile)]
        if name == "file" and len(files) == len(parts) == 1:
            uploads = files
        elif len(parts) == 1 and isinstance(parts[0], str):
            said[name] = _json(parts[0]) if name == "kinds" else parts[0]
        else:
            errors[name] = "This must be sent once: the file as a file, all else as fields."
    values, wrong = read(_SAID, said)
    errors = wrong | errors
    missing = [name for name in ("corpus", "format") if name not in said and name not in errors]
    errors |= dict.fromkeys(missing, "This is required.")
    if not uploads:
        errors.setdefault("file", "Send the file as a file of a form.")
    elif (uploads[0].size or 0) > MOST_BYTES:
        errors["file"] = "This has more than 32 MB: take it in by the command import_tags."
    if errors:
        raise invalid(errors)
    return values, uploads[0]


def _json(printed: str) -> Any:
    try:
        return orjson.loads(printed)
    except orjson.JSONDecodeError:
        return printed
