"""Names of authors: added, taken away, merged and parted."""

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api.articles.editing import author_to_edit, checked, shown_author
from articles.api.checking import Check
from articles.api.corpora.naming import IDS, NAME, OTHER, PARTED, NameEndpoint, act, body, by, found
from articles.api.operations import Operation as Method
from articles.curation import authors, twins
from articles.models import Door, Person

_MERGED: Mapping[str, Check] = {"authors": IDS}


class AuthorNames(NameEndpoint):
    """Further names of an author."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=body(NAME, "name"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Let an author be known under another name. 409 if that is another author's."""
        row = author_to_edit(request, pk)
        name = checked(request.data, NAME, required=("name",))["name"]
        return act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.add_name(row, name, by=by(request), door=Door.API),
        )


class AuthorName(NameEndpoint):
    """A further name of an author."""

    operations: ClassVar = {"DELETE": Method({200: "Author"})}

    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Forget a name. 409 if articles credit it: part it from the author instead."""
        row = author_to_edit(request, pk)
        other = get_object_or_404(Person, pk=number, same_as=row)
        return act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.remove_name(other, by=by(request), door=Door.API),
        )


class AuthorMerge(NameEndpoint):
    """The merge of authors into one."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=body(_MERGED, "authors"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Make other authors of the corpus one with this; credits keep the names as printed."""
        row = author_to_edit(request, pk)
        ids = checked(request.data, _MERGED, required=("authors",))["authors"]
        others = found(Person.objects.filter(corpus=row.corpus), ids, "authors")
        return act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.merge(others, row, by=by(request), door=Door.API),
        )


class AuthorSplit(NameEndpoint):
    """Names that are parted from an author."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=body(PARTED, "names"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Part names, by their ids, from an author: each is an author of its own again."""
        row = author_to_edit(request, pk)
        ids = checked(request.data, PARTED, required=("names",))["names"]
        names = found(Person.objects.filter(same_as=row), ids, "names")
        return act(
            request,
            lambda: shown_author(request, pk),
            lambda: authors.split(names, by=by(request), door=Door.API),
        )


class AuthorDifferent(NameEndpoint):
    """That two authors are not one."""

    operations: ClassVar = {"POST": Method({200: "Author"}, body=body(OTHER, "from"))}

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Say that another author is not this one: the two are not suggested again."""
        row = author_to_edit(request, pk)
        other = checked(request.data, OTHER, required=("from",))["from"]
        [different] = found(Person.objects.filter(corpus=row.corpus), [other], "from")
        return act(
            request,
            lambda: shown_author(request, pk),
            lambda: twins.tell_apart(row, different, by=by(request), door=Door.API),
        )
