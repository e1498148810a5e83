"""What editors put right, unless someone else was faster."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api import checking
from articles.api.checking import Check, array, described, nullable, text
from articles.api.endpoint import detail, etag_of, matches
from articles.api.permitting import check_editable
from articles.api.presenters import corpora as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.records import VISIBLE
from articles.ingest import source_edits
from articles.models import Source

FIELDS: Mapping[str, Check] = {
    "name": text(300, pattern=VISIBLE, hint="This must hold words."),
    "domains": array(
        text(
            255,
            pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
            hint="This must be a domain such as gazette.example.",
        ),
        100,
    ),
    "country": described(
        nullable(
            text(2, pattern="^[A-Z]{2}$", hint="This must be two capitals, as in ISO 3166-1.")
        ),
        "ISO 3166-1 alpha-2.",
    ),
    "languages": array(
        text(8, pattern="^[a-z]{2,3}$", hint="This must be a language such as en."), 50
    ),
}
SCHEMA = {**checking.fields(FIELDS).schema, "minProperties": 1}


def edit_source(request: Request, pk: int) -> HttpResponseBase:
    """Change a source and answer with it; raise Problem."""
    values = _checked(request.data)
    with transaction.atomic():
        rows = Source.objects.visible_to(request.user).select_for_update(of=("self",))
        row = get_object_or_404(rows.select_related("corpus"), pk=pk)
        check_editable(request, row.corpus)
        _check_unchanged(request, present.source(row, Addresses(request)))
        if "country" in values:
            values["country"] = values["country"] or ""
        try:
            source_edits.edit(row, **values)
        except source_edits.NameTakenError:
            message = "Another source of this corpus goes by this name."
            raise Problem(409, message, errors={"name": message}) from None
    return detail(request, present.source(row, Addresses(request)), page=row.get_absolute_url())


def _checked(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Problem(400, "This must be an object.")
    if not data:
        raise Problem(400, "Say what is to be changed.")
    values, errors = checking.read(FIELDS, data)
    if errors:
        detail_ = "; ".join(f"{name}: {message}" for name, message in errors.items())
        raise Problem(400, detail_, errors=errors)
    return values


def _check_unchanged(request: Request, current: Mapping[str, Any]) -> None:
    header = request.headers.get("If-Match")
    if header is not None and not matches(header, etag_of(current)):
        raise Problem(412, "Someone changed this since you read it.", current=current)
