"""Exports: any answer or collection as a file, as it is made, or written by the worker."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import checking, paging
from articles.api.answers import answer, once
from articles.api.articles.captures import SAFE_HEADERS, AnyAccepted
from articles.api.articles.editing import checked
from articles.api.checking import YES_NO, Check, array, described, one_of, text
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import keeping as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem, of_query
from articles.api.search.asked import Parameters
from articles.export import answers, batches, jobs
from articles.export.answers import ENDINGS, FORMATS, Format, OptionError
from articles.export.fields import FIELDS
from articles.export.streams import Stream
from articles.models import Export, ExportStatus, keyset
from articles.models.access import Answer
from articles.search.asking import ask
from articles.search.engine.answers import Sort
from articles.search.language.errors import QueryError
from articles.search.language.query import MAX_CHARACTERS
from articles.tasks import enqueue_export

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# How many articles an export has, told before the first of them is written.
ARTICLES_HEADER = "Newsroom-Articles"
# An answer to its end has an order by a key.
SORTS = [sort for sort in Sort if sort is not Sort.RELEVANCE]
_MEDIA_TYPES = ", ".join(dict.fromkeys(form.media_type for form in FORMATS.values()))
_NAME_CHARACTERS = 60
_WAIT_SECONDS = 2


_BODY: Mapping[str, Check] = {
    "q": text(MAX_CHARACTERS, about="A query; `collection:ID` for a collection."),
    "format": described(one_of(*FORMATS), "The form of the file."),
    "columns": described(
        array(one_of(*FIELDS), len(FIELDS)), "Of tables and JSON Lines: what they are to hold."
    ),
    "text": described(
        YES_NO,
        "Whether it holds the texts that you may read; it does unless told.",
    ),
    "sort": described(one_of(*SORTS), "The order; newest unless told."),
}
_SCHEMA = checking.fields(_BODY, required=("q", "format")).schema


class ExportsEndpoint(Endpoint):
    """What concerns exports by the worker. They are a person's own."""

    permission_classes = (IsAuthenticated,)


class ExportList(ExportsEndpoint):
    """Exports."""

    operations: ClassVar = {
        "GET": lists("Export"),
        "POST": Operation({202: "Export"}, body={JSON: _SCHEMA}),
    }

    def get(self, request: Request) -> Response:
        """List your exports, the newest first. They are kept for seven days."""
        params, at = Parameters(request), Addresses(request)
        limit, cursor = params.limit(), params.one("cursor")
        params.done()
        page = keyset.page(_own(request), ("-pk",), limit=limit, cursor=cursor)
        shown = [present.export(row, at) for row in page.rows]
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Have an export written to a file. Ask at `Location` how far it is."""
        return once(request, lambda: _start(request))


def _start(request: Request) -> Answer:
    values = checked(request.data, _BODY, required=("q", "format"))
    with _refusals():
        given = answers.options(
            text=values.get("text", True),
            columns=values.get("columns", ()),
            sort=values.get("sort", ""),
            base=_base(request),
        )
        row = jobs.start(query=values["q"], form=values["format"], given=given, by=_asking(request))
    enqueue_export(row)
    shown = present.export(row, Addresses(request))
    return answer(202, shown, {"Location": shown["url"]})


class ExportDetail(ExportsEndpoint):
    """An export and how far it is."""

    operations: ClassVar = {"GET": reads("Export"), "DELETE": Operation({204: None})}

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an export and how far it is."""
        row = get_object_or_404(_own(request), pk=pk)
        return detail(request, present.export(row, Addresses(request)))

    def delete(self, request: Request, pk: int) -> HttpResponse:
        """Give an export up, or remove one that is over, with its file."""
        jobs.remove(get_object_or_404(_own(request), pk=pk))
        return HttpResponse(status=204)


class ExportFile(ExportsEndpoint):
    """The file of an export."""

    operations: ClassVar = {"GET": Operation({200: "The file."}, media_type=_MEDIA_TYPES)}

    content_negotiation_class = AnyAccepted

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return the file of an export that is ready.

        409 if it is not yet; 404 if it is no more, or if it holds what you may no longer read.
        """
        row = get_object_or_404(_own(request), pk=pk)
        form = FORMATS[row.format]
        if row.status in {ExportStatus.QUEUED, ExportStatus.RUNNING}:
            raise Problem(409, "This file is not written yet. Ask later.", wait=_WAIT_SECONDS)
        try:
            stream = jobs.file(row).open("rb")
        except FileNotFoundError:
            raise Problem(404, "This file is no longer there.") from None
        except jobs.ExportRefusedError as fault:
            raise Problem(404, str(fault)) from None
        return FileResponse(
            stream,
            as_attachment=True,
            filename=_file_name(row.query, form),
            content_type=form.media_type,
            headers=dict(SAFE_HEADERS),
        )


class SearchExport(Endpoint):
    """An answer as a file."""

    operations: ClassVar = {
        "GET": Operation(
            {200: "The file."},
            ("q", "sort.export", "columns", "text"),
            media_type=_MEDIA_TYPES,
        )
    }

    content_negotiation_class = AnyAccepted

    def get(self, request: Request, ending: str) -> HttpResponseBase:
        """Send an answer as a file while it is made, at any size.

        `Newsroom-Articles` tells how many articles there are; HEAD tells no more than that. If
        something goes wrong on the way, the connection ends before its end.
        """
        if ending not in ENDINGS:
            raise Http404
        form = ENDINGS[ending]
        params = Parameters(request)
        query, sort = params.query(), params.choice("sort", SORTS)
        columns = params.choices("columns", list(FIELDS), ())
        has_text = params.choice("text", ("true", "false")) != "false"
        params.done()
        question = ask(query, request.user)
        given = answers.options(text=has_text, columns=columns, sort=sort, base=_base(request))
        headers = {
            **SAFE_HEADERS,
            ARTICLES_HEADER: str(batches.total(question)),
            "Content-Disposition": f'attachment; filename="{_file_name(query, form)}"',
        }
        # What can't be had is told before the answer has begun.
        is_head = request.method == "HEAD"
        stream = () if is_head else Stream(answers.write(question, form.name, given))
        return StreamingHttpResponse(stream, content_type=form.media_type, headers=headers)


def _own(request: Request) -> Any:
    return Export.objects.filter(by=_asking(request)).select_related("by")


def _asking(request: Request) -> "User":
    return cast("User", request.user)


def _base(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _file_name(query: str, form: Format) -> str:
    words = slugify(query.replace(":", " "))[:_NAME_CHARACTERS].strip("-") or "articles"
    return f"newsroom-{words}.{form.ending}"


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except OptionError as fault:
        message = str(fault)
        raise Problem(400, f"{fault.name}: {message}", errors={fault.name: message}) from None
    except QueryError as fault:
        raise of_query(fault) from None
    except jobs.ExportRefusedError as fault:
        raise Problem(409, str(fault)) from None
