"""What editors put right, unless someone else was faster."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api import checking
from articles.api.articles.records import VISIBLE
from articles.api.checking import Check, array, described, nullable, text
from articles.api.endpoint import detail, etag_of, matches
from articles.api.permitting import check_editable
from articles.api.presenters import corpora as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.curation import authors, sources
from articles.curation.authors import AuthorKnownError, AuthorRefusedError
from articles.curation.fields import StaleError
from articles.curation.sources import NameTakenError, SourceRefusedError
from articles.curation.twins import TwinsRefusedError
from articles.models import Door, Operation, Person, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SOURCE_FIELDS: Mapping[str, Check] = {
    "name": text(300, pattern=VISIBLE, hint="This must hold words."),
    "domains": array(
        text(
            sources.DOMAIN_CHARACTERS,
            pattern=sources.DOMAIN,
            hint="This must be a domain such as gazette.example.",
        ),
        sources.DOMAINS,
    ),
    "country": described(
        nullable(
            text(2, pattern=sources.COUNTRY, hint="This must be two capitals, as in ISO 3166-1.")
        ),
        "ISO 3166-1 alpha-2.",
    ),
    "languages": array(
        text(8, pattern=sources.LANGUAGE, hint="This must be a language such as en."),
        sources.LANGUAGES,
    ),
}
AUTHOR_FIELDS: Mapping[str, Check] = {
    "name": text(300, pattern=VISIBLE, hint="This must hold words."),
}
SOURCE_SCHEMA = {**checking.fields(SOURCE_FIELDS).schema, "minProperties": 1}
AUTHOR_SCHEMA = {**checking.fields(AUTHOR_FIELDS).schema, "minProperties": 1}
OPERATION_HEADER = "Newsroom-Operation"


def edit_source(request: Request, pk: int) -> HttpResponseBase:
    """Change a source and answer with it; raise Problem."""
    values = _checked(request.data, SOURCE_FIELDS)
    row = source_to_edit(request, pk)
    # Read before the comparison: what changes after it is told by the domain.
    state = sources.state_of(row)
    _check_unchanged(request, present.source(row, Addresses(request)))
    if "country" in values:
        values["country"] = values["country"] or ""
    with refusals(lambda: shown_source(request, pk)):
        operation = sources.edit(
            row,
            by=cast("User", request.user),
            door=Door.API,
            expected_state=state if "If-Match" in request.headers else None,
            **values,
        )
    return answered(request, shown_source(request, pk), operation, page=row.get_absolute_url())


def edit_author(request: Request, pk: int) -> HttpResponseBase:
    """Change an author and answer with it; raise Problem."""
    values = _checked(request.data, AUTHOR_FIELDS)
    row = author_to_edit(request, pk)
    state = authors.state_of(row)
    _check_unchanged(request, present.author(row, Addresses(request)))
    with refusals(lambda: shown_author(request, pk)):
        operation = authors.edit(
            row,
            by=cast("User", request.user),
            door=Door.API,
            expected_state=state if "If-Match" in request.headers else None,
            **values,
        )
    return answered(request, shown_author(request, pk), operation, page=row.get_absolute_url())


def source_to_edit(request: Request, pk: int) -> Source:
    """Return a source that the client may edit; raise Problem 403 or Http404."""
    row = get_object_or_404(present.sources_shown(request.user), pk=pk)
    check_editable(request, row.corpus)
    return row


def author_to_edit(request: Request, pk: int) -> Person:
    """Return an author that the client may edit; raise Problem 403 or Http404."""
    row = get_object_or_404(present.authors_shown(request.user), pk=pk)
    check_editable(request, row.corpus)
    return row


def shown_source(request: Request, pk: int) -> dict[str, Any]:
    """Return a source as it is now."""
    row = get_object_or_404(present.sources_shown(request.user), pk=pk)
    return present.source(row, Addresses(request))


def shown_author(request: Request, pk: int) -> dict[str, Any]:
    """Return an author as it is now."""
    row = get_object_or_404(present.authors_shown(request.user), pk=pk)
    return present.author(row, Addresses(request))


@contextmanager
def refusals(current: Callable[[], Mapping[str, Any]]) -> Iterator[None]:
    """Turn what the domain refuses within into Problems; ``current`` is the state to show."""
    try:
        yield
    except StaleError as fault:
        raise Problem(412, str(fault), current=current()) from None
    except (NameTakenError, AuthorKnownError) as fault:
        raise Problem(409, str(fault), errors={"name": str(fault)}) from None
    except (SourceRefusedError, AuthorRefusedError, TwinsRefusedError) as fault:
        raise Problem(409, str(fault)) from None


def operation_headers(operation: Operation | None, at: Addresses) -> dict[str, str]:
    """Return the headers that lead to an operation; none if nothing was done."""
    if operation is None:
        return {}
    link = f'<{at.of("operation-detail", operation.pk)}>; rel="related"; title="operation"'
    return {OPERATION_HEADER: str(operation.pk), "Link": link}


def answered(
    request: Request, data: Mapping[str, Any], operation: Operation | None, *, page: str
) -> HttpResponseBase:
    """Answer with an object after an act, and with the address of what was done."""
    response = detail(request, data, page=page)
    return with_headers(response, operation_headers(operation, Addresses(request)))


def with_headers(response: HttpResponseBase, headers: Mapping[str, str]) -> HttpResponseBase:
    """Return an answer with further headers, beside what it says under these names already."""
    for name, value in headers.items():
        known = response.headers.get(name)
        response.headers[name] = f"{known}, {value}" if known else value
    return response


def _checked(data: Any, fields: Mapping[str, Check]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Problem(400, "This must be an object.")
    if not data:
        raise Problem(400, "Say what is to be changed.")
    return checked(data, fields)


def checked(
    data: Any, fields: Mapping[str, Check], *, required: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a body's fields; raise Problem."""
    if not isinstance(data, dict):
        raise Problem(400, "This must be an object.")
    values, errors = checking.read(fields, data)
    errors |= {name: "This is required." for name in required if name not in data}
    if errors:
        raise invalid(errors)
    return values


def invalid(errors: Mapping[str, str]) -> Problem:
    """Return the refusal of a body, field by field."""
    said = "; ".join(f"{name}: {message}" for name, message in errors.items())
    return Problem(400, said, errors=errors)


def _check_unchanged(request: Request, current: Mapping[str, Any]) -> None:
    header = request.headers.get("If-Match")
    if header is not None and not matches(header, etag_of(current)):
        raise Problem(412, "Someone changed this since you read it.", current=current)
