"""Corpora that a script makes or sets up, unless someone else was faster."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api import checking
from articles.api.answers import answer
from articles.api.articles.editing import answered, checked
from articles.api.articles.records import VISIBLE
from articles.api.checking import Check, described, one_of, text
from articles.api.endpoint import etag_of, matches
from articles.api.permitting import check_administers
from articles.api.presenters import corpora as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.ingest import storing
from articles.membership import corpora
from articles.models import Access, Corpus, Door
from articles.models.access import Answer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SETTINGS: Mapping[str, Check] = {
    "name": text(corpora.MAX_NAME, pattern=VISIBLE, hint="This must hold words."),
    "description": text(corpora.MAX_DESCRIPTION),
    "access": one_of(*Access.values),
}
_NEW: Mapping[str, Check] = {
    **SETTINGS,
    "slug": described(
        text(
            corpora.MAX_SLUG,
            pattern="^[-a-zA-Z0-9_]+$",
            hint="This must be letters, digits, hyphens and underscores.",
        ),
        "Its name in addresses; it can't be changed.",
    ),
}
NEW = checking.fields(_NEW, required=("name",)).schema
CHANGES = {**checking.fields(SETTINGS).schema, "minProperties": 1}
_TAKEN = frozenset({"slug"})


def create(request: Request) -> Answer:
    """Make the corpus that a request describes; raise Problem."""
    if not corpora.may_create(request.user):
        raise Problem(403, "Corpora are made by superusers, and by who is an admin of one already.")
    values = checked(request.data, _NEW, required=("name",))
    try:
        made = corpora.create(
            name=values["name"],
            slug=values.get("slug", ""),
            description=values.get("description", ""),
            access=Access(values.get("access", Access.MEMBERS)),
            by=cast("User", request.user),
            door=Door.API,
        )
    except corpora.CorpusRefusedError as fault:
        raise _refused(fault) from None
    shown = present.corpus(made, Addresses(request))
    return answer(201, shown, {"Location": shown["url"]})


def change(request: Request, pk: int) -> HttpResponseBase:
    """Change the settings of a corpus and answer with it; raise Problem."""
    corpus = get_object_or_404(Corpus.objects.visible_to(request.user), pk=pk)
    check_administers(request, corpus)
    values = checked(request.data, SETTINGS)
    if not values:
        raise Problem(400, "Say what is to be changed.")
    with transaction.atomic():
        # What is compared stays true until it is changed.
        storing.lock(corpus)
        corpus.refresh_from_db()
        current = present.corpus(corpus, Addresses(request))
        header = request.headers.get("If-Match")
        if header is not None and not matches(header, etag_of(current)):
            raise Problem(412, "Someone changed this since you read it.", current=current)
        try:
            operation = corpora.change_settings(
                corpus, values, by=cast("User", request.user), door=Door.API
            )
        except corpora.CorpusRefusedError as fault:
            raise _refused(fault) from None
    return answered(request, present.corpus(corpus, Addresses(request)), operation, page="")


def _refused(fault: corpora.CorpusRefusedError) -> Problem:
    status = 409 if fault.field in _TAKEN else 400
    return Problem(status, fault.reason, errors={fault.field: fault.reason})
