"""Corpora, sources and authors."""

from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.answers import once
from articles.api.articles import editing
from articles.api.corpora import corpus_settings
from articles.api.endpoint import Endpoint, detail
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.presenters import corpora as present
from articles.api.presenters.addresses import Addresses
from articles.models import Corpus

_BY_NAME = ("name", "pk")


class CorpusList(Endpoint):
    """The corpora that you may read."""

    operations: ClassVar = {
        "GET": lists("Corpus"),
        "POST": Operation({201: "Corpus"}, body={JSON: corpus_settings.NEW}),
    }

    def get(self, request: Request) -> Response:
        """List the corpora that you may read, by name."""
        query, at = paging.read(request), Addresses(request)
        rows = Corpus.objects.visible_to(request.user)
        return paging.page(
            request, rows, _BY_NAME, lambda row: present.corpus(row, at), query=query
        )

    def post(self, request: Request) -> HttpResponse:
        """Make a corpus, whose admin you are then.

        For superusers, and for who is an admin of a corpus already. 409 if the `slug` is taken;
        without one, it is made of the name.
        """
        return once(request, lambda: corpus_settings.create(request))


class CorpusDetail(Endpoint):
    """A corpus."""

    operations: ClassVar = {
        "GET": reads("Corpus"),
        "PATCH": Operation({200: "Corpus"}, body={JSON: corpus_settings.CHANGES}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a corpus."""
        row = get_object_or_404(Corpus.objects.visible_to(request.user), pk=pk)
        shown = present.corpus(row, Addresses(request))
        return detail(request, shown, page=reverse("corpus-detail", args=[row.slug]))

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Change the name, the description or the access of a corpus; for its admins.

        Send the `ETag` that you read as `If-Match`: 412 tells that someone was faster, with the
        `current` state.
        """
        return corpus_settings.change(request, pk)


class SourceList(Endpoint):
    """Sources: outlets under their canonical names."""

    operations: ClassVar = {"GET": lists("Source", "corpus")}

    def get(self, request: Request) -> Response:
        """List sources by name, of one corpus or of all that you may read.

        Those that were merged into others are not listed; their own addresses say into which.
        """
        query, at = paging.read(request), Addresses(request)
        rows = present.sources_shown(request.user).standing()
        if query.corpus is not None:
            rows = rows.filter(corpus=query.corpus)
        return paging.page(
            request, rows, _BY_NAME, lambda row: present.source(row, at), query=query
        )


class SourceDetail(Endpoint):
    """A source."""

    operations: ClassVar = {
        "GET": reads("Source"),
        "PATCH": Operation({200: "Source"}, body={JSON: editing.SOURCE_SCHEMA}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return a source."""
        row = get_object_or_404(present.sources_shown(request.user), pk=pk)
        page = row.get_absolute_url()
        return detail(request, present.source(row, Addresses(request)), page=page)

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Put a source right: its name, domains, country or languages.

        Send the `ETag` that you read as `If-Match`: 412 tells that someone was faster, with the
        `current` state. The old name stays one that it goes by. 409 if the new one is taken, or if
        the source was merged into another. `Newsroom-Operation` names what can be undone.
        """
        return editing.edit_source(request, pk)


class AuthorList(Endpoint):
    """Authors: people who are credited."""

    operations: ClassVar = {"GET": lists("Author", "corpus")}

    def get(self, request: Request) -> Response:
        """List authors by name, of one corpus or of all that you may read.

        Other names of theirs are within; the address of such a name says whose it is.
        """
        query, at = paging.read(request), Addresses(request)
        rows = present.authors_shown(request.user).standing()
        if query.corpus is not None:
            rows = rows.filter(corpus=query.corpus)
        return paging.page(
            request, rows, _BY_NAME, lambda row: present.author(row, at), query=query
        )


class AuthorDetail(Endpoint):
    """An author."""

    operations: ClassVar = {
        "GET": reads("Author"),
        "PATCH": Operation({200: "Author"}, body={JSON: editing.AUTHOR_SCHEMA}),
    }

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Return an author."""
        row = get_object_or_404(present.authors_shown(request.user), pk=pk)
        page = row.get_absolute_url()
        return detail(request, present.author(row, Addresses(request)), page=page)

    def patch(self, request: Request, pk: int) -> HttpResponseBase:
        """Call an author otherwise; names stay in articles as they were printed.

        `If-Match` as for sources. 409 if the name is another author's, or if this is another name
        of someone. `Newsroom-Operation` names what can be undone.
        """
        return editing.edit_author(request, pk)
