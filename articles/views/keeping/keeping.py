"""What the pages of collections and saved searches have in common: faults, ways on, sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from articles.keeping.collections import Added, counted, quoted
from articles.models.keyset import CursorError
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.views.acts import UNDO
from articles.views.parameters import ParameterError, refused

# Ids of articles in an address: as many as one picks by hand.
MOST_PICKED = 500
RETRY_SECONDS = 10

type _View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class _Failure:
    status: HTTPStatus
    title: str
    detail: str


def answering[**P](view: _View[P]) -> _View[P]:
    """Answer what can't be asked with 400, and what can't be answered now with 503."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ParameterError as fault:
            return refused(request, fault)
        except CursorError as fault:
            return refused(request, ParameterError("cursor", str(fault)))
        except QueryError as fault:
            place = f"{fault.message} (at character {fault.position + 1})"
            return refused(request, ParameterError("q", place))
        except IndexMissingError as fault:
            return _not_now(request, "Search is not ready", str(fault))
        except TooSlowError as fault:
            return _not_now(request, "That took too long", str(fault))

    return answered


def _not_now(request: HttpRequest, title: str, detail: str) -> HttpResponse:
    failure = _Failure(HTTPStatus.SERVICE_UNAVAILABLE, title, detail)
    response = render(request, "503.html", {"failure": failure}, status=failure.status)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def person(request: HttpRequest) -> User:
    """Return who asks; the view has seen to it that they are logged in."""
    return cast("User", request.user)


def known_only(request: HttpRequest, *names: str) -> None:
    """Raise ParameterError for a parameter that a page has not."""
    for name in request.GET:
        if name not in names:
            raise ParameterError(
                name.replace("\0", ""),
                f"There is no such parameter. There are: {', '.join(names)}.",
            )


def read_query(request: HttpRequest, name: str = "q") -> str:
    """Return the query in an address; its grammar judges it. Raises ParameterError."""
    text = request.GET.get(name, "").strip()
    if "\0" in text:
        raise ParameterError(name, "This holds a NUL character; remove it.")
    return text


def read_ids(text: str, name: str) -> list[int]:
    """Return ids that stand in an address, parted by commas. Raises ParameterError."""
    parts = [part for part in text.split(",") if part]
    if len(parts) > MOST_PICKED:
        raise ParameterError(name, f"At most {MOST_PICKED} articles can be named so.")
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise ParameterError(name, "These must be articles’ numbers, parted by commas.")
    return [int(part) for part in parts]


def way_on(request: HttpRequest, otherwise: str) -> str:
    """Return where a form says that one came from, if that is a page of ours."""
    onwards = request.POST.get("next", "")
    if onwards and "\0" not in onwards and url_has_allowed_host_and_scheme(onwards, None):
        return onwards
    return otherwise


def own_page(text: str) -> str:
    """Return an address that a page was given, if it is one of ours; else nothing."""
    return text if "\0" not in text and url_has_allowed_host_and_scheme(text, None) else ""


def tell_added(request: HttpRequest, added: Added) -> None:
    """Say on the next page what became of articles that were to be added."""
    name = quoted(added.collection.name)
    said = [f"Added {counted(added.added)} to {name}." if added.added else ""]
    if added.already:
        was = "is" if added.already == 1 else "are"
        said.append(f"{counted(added.already)} {was} in {name} already.")
    if added.elsewhere:
        said.append(
            f"{counted(added.elsewhere)} not taken: not in {added.collection.corpus}, whose "
            "articles it collects."
        )
    words = " ".join(part for part in said if part) or "Nothing was added."
    if added.operation is None:
        messages.info(request, words)
    else:
        messages.success(request, words, extra_tags=f"{UNDO}{added.operation.pk}")


def first_error(form: Any, names: Sequence[str]) -> ParameterError:
    """Return what is wrong with a form that has no page of its own to show it on."""
    name = next((name for name in names if name in form.errors), next(iter(form.errors)))
    return ParameterError(name, str(form.errors[name][0]))
