"""What editors put right about articles: read from a request, and done as one operation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.request import Request

from articles.api import checking
from articles.api.answers import answer
from articles.api.articles.editing import invalid, operation_headers, with_headers
from articles.api.articles.records import FIELDS as RECORD
from articles.api.checking import Check, array, described, nullable, one_of
from articles.api.endpoint import detail, etag_of, matches
from articles.api.permitting import check_editable
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.reading import whole_article
from articles.curation.fields import AS_READ, CorrectionRefusedError, StaleError, correct
from articles.curation.texts import TextRefusedError
from articles.curation.values import BadValueError
from articles.ingest import storing
from articles.models import Article, CorrectedField, Door, Operation
from articles.models.access import Answer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NOT_FLAGS = [field for field in CorrectedField if field is not CorrectedField.FLAGS]
_LANGUAGE = Check(
    nullable(RECORD["language"]).read,
    {"type": ["string", "null"], "pattern": "^[A-Za-z]{2}(-[A-Za-z0-9]{2,8})*$", "maxLength": 20},
)
FIELDS: Mapping[str, Check] = {
    **{field.value: RECORD[field.value] for field in NOT_FLAGS},
    CorrectedField.CREDITS.value: nullable(RECORD["credits"]),
    CorrectedField.LANGUAGE.value: _LANGUAGE,
}
_AS_READ = described(
    array(one_of(*FIELDS), 100, least=1), "Fields that are to say again what was read."
)
CHANGES: Mapping[str, Check] = {**FIELDS, "as_read": _AS_READ}
SCHEMA = {**checking.fields(CHANGES).schema, "minProperties": 1}
# What an article has and nobody writes here, with what to do instead.
_TEXT_HINT = "This is part of the text. Put that right at text/ below this article."
_READ_ONLY = {
    **dict.fromkeys(("headline", "standfirst", "key_points", "text", "blocks"), _TEXT_HINT),
    "flags": "Flags are looked at, not written: post to flags/ below this article.",
}


@dataclass(frozen=True, slots=True)
class Done:
    """An article as it is now, and the operation that made it so; None if nothing changed."""

    shown: Mapping[str, Any]
    operation: Operation | None
    at: Addresses

    @property
    def headers(self) -> dict[str, str]:
        """What leads to the operation, so that a script can undo it."""
        return operation_headers(self.operation, self.at)


@contextmanager
def refusals() -> Iterator[None]:
    """Put what the domain refuses as problems."""
    try:
        yield
    except BadValueError as fault:
        errors = {fault.field.value: fault.sentence}
        raise Problem(400, str(fault), errors=errors) from None
    except (CorrectionRefusedError, TextRefusedError) as fault:
        raise Problem(409, str(fault)) from None
    except StaleError as fault:
        raise Problem(412, str(fault)) from None


def put_right(request: Request, pk: int, do: Callable[[Article], Operation | None]) -> Done:
    """Do something to an article that the client may edit, if it is as the client saw it.

    The corpus is held, so that of two who saw the same only one gets through. Raises Problem,
    Http404.
    """
    at = Addresses(request)
    visible = Article.objects.visible_to(request.user).select_related("corpus")
    with transaction.atomic(), refusals():
        article = get_object_or_404(visible, pk=pk)
        check_editable(request, article.corpus)
        storing.lock(article.corpus)
        article = get_object_or_404(visible, pk=pk)
        _check_unchanged(request, article, at)
        operation = do(article)
        shown = whole_article(Article.objects.all(), pk, at)
    return Done(shown, operation, at)


def answered(done: Done, status: int = 200) -> Answer:
    """Return the answer to a POST that put an article right."""
    return answer(status, done.shown, done.headers)


def sent(request: Request, pk: int, done: Done) -> HttpResponseBase:
    """Answer a PATCH or PUT that put an article right, with its new ETag."""
    response = detail(request, done.shown, page=reverse("article-detail", args=[pk]))
    return with_headers(response, done.headers)


def actor(request: Request) -> "User":
    """Return who asks, where they may edit and so have a login."""
    return cast("User", request.user)


def _check_unchanged(request: Request, article: Article, at: Addresses) -> None:
    header = request.headers.get("If-Match")
    if header is None:
        return
    current = whole_article(Article.objects.all(), article.pk, at)
    if not matches(header, etag_of(current)):
        raise Problem(412, "Someone changed this since you read it.", current=current)


def correct_fields(request: Request, pk: int) -> HttpResponseBase:
    """Correct fields of one article and answer with it; raise Problem."""
    changes = changes_of(request.data)
    done = put_right(
        request,
        pk,
        lambda article: correct([article.pk], changes, by=actor(request), door=Door.API),
    )
    return sent(request, pk, done)


def changes_of(data: Any, *, within: str = "") -> dict[CorrectedField, Any]:
    """Return the corrections that a body asks for; raise Problem that names every fault."""
    if not isinstance(data, dict):
        raise Problem(400, "This must be an object.")
    values, errors = checking.read(CHANGES, data)
    errors |= {name: _READ_ONLY[name] for name in data if name in _READ_ONLY}
    as_read: Sequence[str] = values.pop("as_read", ())
    if errors:
        raise invalid({f"{within}{name}": message for name, message in errors.items()})
    if both := sorted(set(as_read) & values.keys()):
        message = "Either correct this or let it say what was read."
        errors = {f"{within}{name}": message for name in both}
        raise Problem(409, f"{both[0]}: {message}", errors=errors)
    changes = {CorrectedField(name): value for name, value in values.items()}
    changes |= dict.fromkeys(map(CorrectedField, as_read), AS_READ)
    if not changes:
        raise Problem(400, "Say what is to be corrected.")
    return changes
