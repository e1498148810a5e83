"""Names of sources: added, taken away, merged and moved."""

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import checking
from articles.api.answers import once
from articles.api.articles.editing import checked, refusals, shown_source, source_to_edit
from articles.api.checking import ID, Check, described
from articles.api.corpora.naming import (
    IDS,
    NAME,
    OTHER,
    PARTED,
    NameEndpoint,
    act,
    body,
    by,
    found,
    named,
)
from articles.api.operations import JSON
from articles.api.operations import Operation as Method
from articles.api.problems import Problem
from articles.curation import sources, twins
from articles.models import Door, Source, SourceAlias
from articles.models.access import Answer

_MERGED: Mapping[str, Check] = {"sources": IDS}
_MOVED: Mapping[str, Check] = {
    **PARTED,
    "to": described(ID, "The source that they belong to."),
    "to_new": described(NAME["name"], "Instead of `to`: the name of a new source."),
}
_MOVED_SCHEMA = {
    "oneOf": [
        checking.fields(
            {name: check for name, check in _MOVED.items() if name != other},
            required=("names", chosen),
        ).schema
        for chosen, other in (("to", "to_new"), ("to_new", "to"))
    ]
}


class SourceNames(NameEndpoint):
    """The names that a source goes by."""

    operations: ClassVar = {
        "GET": Method({200: "SourceNames"}),
        "POST": Method({200: "Source"}, body=body(NAME, "name")),
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
        name = checked(request.data, NAME, required=("name",))["name"]
        return act(
            request,
            lambda: shown_source(request, pk),
            lambda: sources.add_name(row, name, by=by(request), door=Door.API),
        )


class SourceName(NameEndpoint):
    """A name that a source goes by."""

    operations: ClassVar = {"DELETE": Method({200: "Source"})}

    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Forget a name. 409 if articles were printed under it: move it instead."""
        row = source_to_edit(request, pk)
        alias = get_object_or_404(SourceAlias, pk=number, source=row)
        return act(
            request,
            lambda: shown_source(request, pk),
            lambda: sources.remove_name(alias, by=by(request), door=Door.API),
        )


class SourceMerge(NameEndpoint):
    """The merge of sources into one."""

    operations: ClassVar = {"POST": Method({200: "Source"}, body=body(_MERGED, "sources"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Merge other sources of the corpus into this one: their names and articles go with them.

        `Newsroom-Operation` names what can be undone.
        """
        row = source_to_edit(request, pk)
        ids = checked(request.data, _MERGED, required=("sources",))["sources"]
        others = found(Source.objects.filter(corpus=row.corpus), ids, "sources")
        return act(
            request,
            lambda: shown_source(request, pk),
            lambda: sources.merge(others, row, by=by(request), door=Door.API),
        )


class SourceSplit(NameEndpoint):
    """Names that move from a source to another."""

    operations: ClassVar = {"POST": Method({200: "Source"}, body={JSON: _MOVED_SCHEMA})}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Move names of a source to another source or to a new one; articles go with them.

        The answer is the source that they belong to now.
        """
        row = source_to_edit(request, pk)
        values = checked(request.data, _MOVED, required=("names",))
        if ("to" in values) == ("to_new" in values):
            message = "Give either this or `to_new`."
            raise Problem(400, f"to: {message}", errors={"to": message})
        aliases = found(SourceAlias.objects.filter(source=row), values["names"], "names")
        to: Source | str = values.get("to_new", "")
        if "to" in values:
            [to] = found(Source.objects.filter(corpus=row.corpus), [values["to"]], "to")

        def work() -> Answer:
            with refusals(lambda: shown_source(request, pk)):
                operation, target = sources.move_names(aliases, to, by=by(request), door=Door.API)
            return named(request, shown_source(request, target.pk), operation)

        return once(request, work)


class SourceDifferent(NameEndpoint):
    """That two sources are not one."""

    operations: ClassVar = {"POST": Method({200: "Source"}, body=body(OTHER, "from"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that another source is not this one: the two are not suggested again."""
        row = source_to_edit(request, pk)
        other = checked(request.data, OTHER, required=("from",))["from"]
        [different] = found(Source.objects.filter(corpus=row.corpus), [other], "from")
        return act(
            request,
            lambda: shown_source(request, pk),
            lambda: twins.tell_apart(row, different, by=by(request), door=Door.API),
        )
