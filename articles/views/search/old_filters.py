"""Addresses from before the query language: each filter as the clause that says the same."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.http import QueryDict

from articles.filters import FilterError
from articles.search.language.refining import sayable

_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
_ANY = _YES | {"any"}


def _named(field: str) -> Callable[[str], str]:
    return lambda value: f'{field}:"{sayable(value)}"'


def _undated(value: str) -> str:
    return "has:date" if value.casefold() in _NO else "is:undated"


def _flagged(value: str) -> str:
    return "is:flagged" if value.casefold() in _ANY else f'flag:"{sayable(value)}"'


_CLAUSES: Mapping[str, Callable[[str], str]] = {
    "corpus": _named("corpus"),
    "source": _named("source"),
    "author": _named("author"),
    "agency": _named("agency"),
    "language": _named("lang"),
    "section": _named("section"),
    "undated": _undated,
    "flagged": _flagged,
}
_DAYS = ("published_after", "published_before")
FILTERS = (*_CLAUSES, *_DAYS)


def is_old(params: QueryDict) -> bool:
    """Whether an address holds filters of old."""
    return any(name in params for name in FILTERS)


def query_of(params: Mapping[str, str]) -> str:
    """Return the filters of an address as a query, after what it asks already."""
    clauses = [
        say(value)
        for name, say in _CLAUSES.items()
        if (value := params.get(name, "").strip()) and sayable(value)
    ]
    # A moment was taken for its day.
    after, before = (params.get(name, "").strip().partition("T")[0] for name in _DAYS)
    if after or before:
        clauses.append(f"date:{after}..{before}")
    asked = params.get("q", "").strip()
    return " ".join([f"({asked})" if asked and clauses else asked, *clauses]).strip()


def _only(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise FilterError({name: "Give this once."})
    if "\0" in values[0]:
        raise FilterError({name: "This holds a NUL character; remove it."})
    return values[0]


def translated(params: QueryDict, *, keep_place: bool = False) -> str:
    """Return the query string of today that says what one of old does.

    Without its place in the list, which the list of answers counts otherwise. Raises FilterError
    for what says nothing in one way.
    """
    plain = {name: _only(name, params.getlist(name)) for name in params}
    kept = {
        name: value
        for name, value in plain.items()
        if name not in {*FILTERS, "q"} and (keep_place or name != "cursor")
    }
    query = query_of(plain)
    return urlencode(({"q": query} if query else {}) | kept)
