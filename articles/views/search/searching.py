"""What an address asks of the corpus: read, kept in other addresses, and put to the index.

The state of an answer is its address: a query, and how the answer is looked at.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from articles.filters import MAX_LIMIT, FilterError
from articles.search.deadline import TooSlowError
from articles.search.engine.answers import Sort
from articles.search.facets import FACETS
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.nearness import Hint
from articles.search.language.printing import printed
from articles.search.language.tree import Node

# A page has so many unless told: each is read from its text, and few look at more.
ROWS = 30
ZOOMS = ("day", "month", "year")
LABELS = {
    "q": "Query",
    "sort": "Order",
    "limit": "Rows on a page",
    "cursor": "Place in the list",
    "article": "Article",
    "zoom": "Zoom",
    "measure": "Measure",
    "more": "More of",
    "fold": "Editions",
    "open": "Editions of",
}
SHARE, TEXTS = "share", "texts"
# Each edition of a text in a row of its own.
UNFOLDED = "no"
# An answer that is not there yet is asked for again after so many seconds.
RETRY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A query and how its answer is looked at: all that an address holds."""

    q: str = ""
    sort: Sort | None = None
    cursor: str = ""
    limit: int = ROWS
    zoom: str = ""
    # Bars as shares of all coverage, or of distinct texts.
    measure: str = ""
    # The facet that is open, with more of its values.
    more: str = ""
    article: int | None = None
    # Empty: editions of one text are one row.
    fold: str = ""
    # The article whose editions stand below its row.
    open: int | None = None

    @property
    def folds(self) -> bool:
        """Whether editions of one text are one row."""
        return self.fold != UNFOLDED

    @property
    def params(self) -> dict[str, str]:
        """The parameters of its address: those that differ from a plain list's."""
        given = {
            "q": self.q,
            "sort": self.sort.value if self.sort else "",
            "cursor": self.cursor,
            "limit": "" if self.limit == ROWS else str(self.limit),
            "zoom": self.zoom,
            "measure": self.measure,
            "more": self.more,
            "fold": self.fold,
            "open": "" if self.open is None else str(self.open),
            "article": "" if self.article is None else str(self.article),
        }
        return {name: value for name, value in given.items() if value}

    @property
    def text(self) -> str:
        """The query string of the list, without the article beside it."""
        return urlencode(self.but(article=None).params)

    @property
    def onward(self) -> str:
        """What to put behind an article's address so that it knows the list it was opened from."""
        return f"?{urlencode({'in': self.text})}" if self.text else ""

    def but(self, **changes: Any) -> "Place":
        """Return another place, with some parts changed."""
        return replace(self, **changes)

    def asking(self, query: str | Node) -> "Place":
        """Return the first page of the answer to another query, looked at likewise."""
        text = query if isinstance(query, str) else printed(query)
        return self.but(q=text).turned("")

    def addresses(self, to: str = "article-list") -> Callable[[Node], str]:
        """Return what tells the address of another query, as ``asking`` and ``address`` do.

        For many at once: all of it but the query is put together once.
        """
        path = _path(to)
        others = urlencode(self.asking("").params)

        def address(query: Node) -> str:
            asked = printed(query)
            text = "&".join(part for part in (asked and f"q={quote_plus(asked)}", others) if part)
            return f"{path}?{text}" if text else path

        return address

    def turned(self, cursor: str | None) -> "Place":
        """Return another page of the answer; the first without a cursor."""
        return self.but(cursor=cursor or "", article=None, open=None)

    def address(self, to: str = "article-list") -> str:
        """Return its address on a page, the list's unless told otherwise."""
        query = urlencode(self.params)
        return f"{_path(to)}?{query}" if query else _path(to)


@cache
def _path(name: str) -> str:
    """Return a page's path: dozens of addresses of a page have the same."""
    return reverse(name)


def read(
    params: QueryDict, *, names: Collection[str] = tuple(LABELS), also: Collection[str] = ()
) -> Place:
    """Return the place that an address names; raise FilterError for what it can't hold.

    ``names`` are the parameters that a page knows; ``also`` those that are its own business.
    """
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in params.keys() - set(also):
        try:
            if name not in names:
                raise ValueError(f"There is no such parameter. There are: {', '.join(names)}.")  # noqa: TRY301 -- told with the others
            values[name] = _read(name, params.getlist(name))
        except ValueError as fault:
            errors[name] = str(fault)
    if errors:
        raise FilterError(errors)
    return Place(**values)


def _read(name: str, raw: list[str]) -> Any:
    if len(raw) > 1:
        raise ValueError("Give this once.")
    text = raw[0]
    if name != "q" and "\0" in text:
        raise ValueError("This holds a NUL character; remove it.")
    match name:
        case "sort":
            return Sort(_one_of(text, [sort.value for sort in Sort])) if text else None
        case "zoom":
            return _one_of(text, ZOOMS) if text else ""
        case "measure":
            return _one_of(text, [SHARE, TEXTS]) if text else ""
        case "fold":
            return _one_of(text, [UNFOLDED]) if text else ""
        case "more":
            return _one_of(text, list(FACETS)) if text else ""
        case "limit":
            return min(_number(text), MAX_LIMIT)
        case "article" | "open":
            return _number(text) if text else None
        case _:
            return text.strip()


def _one_of(text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise ValueError(f"This must be one of {', '.join(known)}.")
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19) or int(text) < 1:
        raise ValueError("This must be a whole number, 1 or more.")
    return int(text)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query, and where: the words before, at and after the place."""

    message: str
    before: str
    at: str
    after: str
    meant: str = ""
    # The address of what was probably meant.
    instead: str = ""


# Of a long query, so much is shown on either side of the place.
_AROUND = 60


def pointed_at(fault: QueryError | Hint, place: Place) -> Fault:
    """Return what is wrong with the query of a place, or may be, as a page shows it."""
    start = min(max(fault.position, 0), len(place.q))
    end = min(start + max(fault.length, 1), len(place.q))
    before, after = place.q[:start], place.q[end:]
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND]}…"
    instead = place.asking(fault.meant).address() if fault.meant else ""
    at = place.q[start:end][: 2 * _AROUND]
    return Fault(fault.message, before, at, after, fault.meant, instead)


def unanswered(
    request: HttpRequest, fault: IndexMissingError | TooSlowError, place: Place
) -> HttpResponse:
    """Return the page for a question that can't be answered now: 503, and what to do."""
    is_slow = isinstance(fault, TooSlowError)
    context: Mapping[str, Any] = {
        "section": "articles",
        "place": place,
        "again": request.get_full_path() if request.method in {"GET", "HEAD"} else place.address(),
        "is_slow": is_slow,
        "sentence": str(fault),
    }
    response = render(
        request, "search/unanswered.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE
    )
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
