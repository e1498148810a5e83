"""Names of sources and authors: added, taken away, merged, split; and who is likely one."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import checking, paging
from articles.api.answers import answer, once
from articles.api.checking import BadValueError, Check, array, described, text
from articles.api.editing import (
    OPERATION_HEADER,
    author_to_edit,
    checked,
    refusals,
    shown_author,
    shown_source,
    source_to_edit,
)
from articles.api.endpoint import Endpoint
from articles.api.operations import JSON
from articles.api.operations import Operation as Method
from articles.api.permitting import check_editable
from articles.api.presenters import corpora as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.records import VISIBLE
from articles.curation import authors, sources, twins
from articles.models import Door, NameKind, Operation, Person, Source, SourceAlias
from articles.models.access import Answer
from articles.models.lookups import any_id

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_LARGEST_ID = 2**63 - 1
_MOST = 200


def _read_id(value: Any) -> int:
    if type(value) is not int or not 0 < value <= _LARGEST_ID:
        raise BadValueError("This must be an id.")
    return value


_ID = Check(_read_id, {"type": "integer", "minimum": 1, "maximum": _LARGEST_ID})
_NAME: Mapping[str, Check] = {"name": text(300, pattern=VISIBLE, hint="This must hold words.")}
_MERGED_SOURCES = {"sources": array(_ID, _MOST, least=1)}
_MERGED_AUTHORS = {"authors": array(_ID, _MOST, least=1)}
_PARTED = {"names": array(_ID, _MOST, least=1)}
_MOVED: Mapping[str, Check] = {
    **_PARTED,
    "to": described(_ID, "The source that they belong to."),
    "to_new": described(_NAME["name"], "Instead of `to`: the name of a new source."),
}
_OTHER: Mapping[str, Check] = {"from": _ID}


def _body(fields: Mapping[str, Check], *required: str) -> Mapping[str, Mapping[str, Any]]:
    return {JSON: checking.fields(fields, required=required).schema}


class NameEndpoint(Endpoint):
    """What concerns the names of sources and authors. Only for people, and mostly for editors."""

    permission_classes = (IsAuthenticated,)


def _by(request: Request) -> "User":
    return cast("User", request.user)


def _answer(data: Mapping[str, Any], operation: Operation | None) -> Answer:
    return answer(200, data, {OPERATION_HEADER: str(operation.pk)} if operation else {})


def _act(
    request: Request, show: Callable[[], Mapping[str, Any]], do: Callable[[], Operation | None]
) -> HttpResponse:
    """Do something once and answer with what it was done to."""

    def work() -> Answer:
        with refusals(show):
            operation = do()
        return _answer(show(), operation)

    return once(request, work)


class SourceNames(NameEndpoint):
    """The names that a source goes by."""

    operations: ClassVar = {
        "GET": Method({200: "SourceNames"}),
        "POST": Method({200: "Source"}, body=_body(_NAME, "name")),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List the names that a source goes by, with the numbers of articles printed under them."""
        row = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        listed = [
            {"id": alias.pk, "name": alias.printed, "articles": number}
            for alias, number in sources.names_of(row)
        ]
        return Response({"results": listed})

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Let a source be known under another name. 409 if that is another source's."""
        row = source_to_edit(request, pk)
        name = checked(request.data, _NAME, required=("name",))["name"]
        return _act(
            request,
            lambda: shown_source(request, pk),
            lambda: sources.add_name(row, name, by=_by(request), door=Door.API),
        )


class SourceName(NameEndpoint):
    """A name that a source goes by."""

    operations: ClassVar = {"DELETE": Method({200: "Source"})}

    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Forget a name. 409 if articles were printed under it: move it instead."""
        row = source_to_edit(request, pk)
        alias = get_object_or_404(SourceAlias, pk=number, source=row)
        return _act(
            request,
            lambda: shown_source(request, pk),
            lambda: sources.remove_name(alias, by=_by(request), door=Door.API),
        )


class SourceMerge(NameEndpoint):
    """The merge of sources into one."""

    operations: ClassVar = {"POST": Method({200: "Source"}, body=_body(_MERGED_SOURCES, "sources"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Merge other sources of the corpus into this one: their names and articles go with them.

        `Newsroom-Operation` names what can be undone.
        """
        row = source_to_edit(request, pk)
        ids = checked(request.data, _MERGED_SOURCES, required=("sources",))["sources"]
        others = _found(Source.objects.filter(corpus=row.corpus), ids, "sources")
        return _act(
            request,
            lambda: shown_source(request, pk),
            lambda: sources.merge(others, row, by=_by(request), door=Door.API),
        )


class SourceSplit(NameEndpoint):
    """Names that move from a source to another."""

    operations: ClassVar = {"POST": Method({200: "Source"}, body=_body(_MOVED, "names"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Move names of a source to another source or to a new one; articles go with them.

        The answer is the source that they belong to now.
        """
        row = source_to_edit(request, pk)
        values = checked(request.data, _MOVED, required=("names",))
        if ("to" in values) == ("to_new" in values):
            message = "Give either this or `to_new`."
            raise Problem(400, f"to: {message}", errors={"to": message})
        aliases = _found(SourceAlias.objects.filter(source=row), values["names"], "names")
        to: Source | str = values.get("to_new", "")
        if "to" in values:
            [to] = _found(Source.objects.filter(corpus=row.corpus), [values["to"]], "to")

        def work() -> Answer:
            with refusals(lambda: shown_source(request, pk)):
                operation, target = sources.move_names(aliases, to, by=_by(request), door=Door.API)
            return _answer(shown_source(request, target.pk), operation)

        return once(request, work)


class AuthorNames(NameEndpoint):
    """Further names of an author."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=_body(_NAME, "name"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Let an author be known under another name. 409 if that is another author's."""
        row = author_to_edit(request, pk)
        name = checked(request.data, _NAME, required=("name",))["name"]
        return _act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.add_name(row, name, by=_by(request), door=Door.API),
        )


class AuthorName(NameEndpoint):
    """A further name of an author."""

    operations: ClassVar = {"DELETE": Method({200: "Author"})}

    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Forget a name. 409 if articles credit it: part it from the author instead."""
        row = author_to_edit(request, pk)
        other = get_object_or_404(Person, pk=number, same_as=row)
        return _act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.remove_name(other, by=_by(request), door=Door.API),
        )


class AuthorMerge(NameEndpoint):
    """The merge of authors into one."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=_body(_MERGED_AUTHORS, "authors"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Make other authors of the corpus one with this; credits keep the names as printed."""
        row = author_to_edit(request, pk)
        ids = checked(request.data, _MERGED_AUTHORS, required=("authors",))["authors"]
        others = _found(Person.objects.filter(corpus=row.corpus), ids, "authors")
        return _act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.merge(others, row, by=_by(request), door=Door.API),
        )


class AuthorSplit(NameEndpoint):
    """Names that are parted from an author."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=_body(_PARTED, "names"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Part names, by their ids, from an author: each is an author of its own again."""
        row = author_to_edit(request, pk)
        ids = checked(request.data, _PARTED, required=("names",))["names"]
        names = _found(Person.objects.filter(same_as=row), ids, "names")
        return _act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.split(names, by=_by(request), door=Door.API),
        )


class SourceDifferent(NameEndpoint):
    """That two sources are not one."""

    operations: ClassVar = {"POST": Method({200: "Source"}, body=_body(_OTHER, "from"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that another source is not this one: the two are not suggested again."""
        row = source_to_edit(request, pk)
        other = checked(request.data, _OTHER, required=("from",))["from"]
        [different] = _found(Source.objects.filter(corpus=row.corpus), [other], "from")
        return _act(
            request,
            lambda: shown_source(request, pk),
            lambda: twins.tell_apart(row, different, by=_by(request), door=Door.API),
        )


class AuthorDifferent(NameEndpoint):
    """That two authors are not one."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=_body(_OTHER, "from"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that another author is not this one: the two are not suggested again."""
        row = author_to_edit(request, pk)
        other = checked(request.data, _OTHER, required=("from",))["from"]
        [different] = _found(Person.objects.filter(corpus=row.corpus), [other], "from")
        return _act(
            request,
            lambda: shown_author(request, pk),
            lambda: twins.tell_apart(row, different, by=_by(request), door=Door.API),
        )


class SourceTwins(NameEndpoint):
    """Sources that are likely one."""

    operations: ClassVar = {"GET": Method({200: "Twins"}, ("corpus", "limit"))}

    def get(self, request: Request) -> Response:
        """List pairs of a corpus' sources that are likely one, the most likely first; for editors.

        `corpus` is required. There are no further pages: decide these, and ask again.
        """
        return _twins(request, NameKind.SOURCE)


class AuthorTwins(NameEndpoint):
    """Authors that are likely one."""

    operations: ClassVar = {"GET": Method({200: "Twins"}, ("corpus", "limit"))}

    def get(self, request: Request) -> Response:
        """List pairs of a corpus' authors that are likely one, the most likely first; for editors.

        `corpus` is required. There are no further pages: decide these, and ask again.
        """
        return _twins(request, NameKind.AUTHOR)


def _twins(request: Request, kind: NameKind) -> Response:
    query = paging.read(request)
    if query.corpus is None:
        message = "This is required."
        raise Problem(400, f"corpus: {message}", errors={"corpus": message})
    check_editable(request, query.corpus)
    pairs = twins.suggested(query.corpus, kind)
    shown = pairs[: query.limit]
    at = Addresses(request)
    address = "source-detail" if kind is NameKind.SOURCE else "author-detail"
    rows = Source.objects if kind is NameKind.SOURCE else Person.objects
    wanted = {id_ for pair in shown for id_ in (pair.first, pair.second)}
    names = dict(rows.filter(any_id("id", wanted)).order_by().values_list("pk", "name"))
    return Response(
        {
            "total": len(pairs),
            "results": [
                present.twins(pair, names, lambda pk: at.of(address, pk)) for pair in shown
            ],
        }
    )


def _found(rows: Any, ids: Sequence[int], field: str) -> list[Any]:
    """Return rows by their ids, all of them; raise Problem."""
    found = list(rows.filter(any_id("id", set(ids))).select_related("corpus"))
    missing = sorted(set(ids) - {row.pk for row in found})
    if missing:
        message = f"There is none here with the id {missing[0]}."
        raise Problem(400, f"{field}: {message}", errors={field: message})
    return found
