"""What the list of articles is narrowed by: a query, and plain filters that say the same.

The filters are clauses of the query under names of their own, for scripts that know nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from articles.filters import MAX_VALUE, FilterError, NamesNothingError, corpus_named
from articles.models import Corpus
from articles.models.corpora import Visitor
from articles.parsed import Flag
from articles.search.language.query import parse
from articles.search.language.refining import sayable
from articles.search.language.tree import (
    Dates,
    Everything,
    Has,
    Is,
    Named,
    Node,
    Partial,
    conjunction,
)
from articles.search.names.naming import Names

# By the name of the filter, the field of the query.
_NAMES = {
    "corpus": "corpus",
    "source": "source",
    "author": "author",
    "agency": "agency",
    "language": "lang",
    "section": "section",
}
_MUST_BE_THERE = ("corpus", "source", "author")
_AFTER, _BEFORE = "published_after", "published_before"
FILTERS = (
    "corpus",
    "source",
    "author",
    "agency",
    _AFTER,
    _BEFORE,
    "language",
    "section",
    "undated",
    "flagged",
)
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked for: ``tree``, within a corpus alone where one is named."""

    tree: Node
    corpus: Corpus | None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked that needs the index: all articles, or all of a corpus."""
        return isinstance(self.tree, Everything)

    @property
    def whole(self) -> Node:
        """The corpus and all else as one query."""
        within = [] if self.corpus is None else [Named("corpus", str(self.corpus.pk))]
        return conjunction([*within, self.tree])


def narrowed(given: Mapping[str, str], user: Visitor, *, query: str = "") -> Narrowed:
    """Return what filters and a query ask for together.

    Raises FilterError that names every filter at fault, QueryError.
    """
    errors: dict[str, str] = {}
    malformed = False
    nodes: dict[str, Node] = {}
    corpus: Corpus | None = None
    for name, value in given.items():
        text = value.strip()
        try:
            _check_text(text)
            if text and name == "corpus":
                corpus = corpus_named(text, user)
            elif text:
                nodes[name] = _clause(name, text, user)
        except ValueError as fault:
            errors[name] = str(fault)
            malformed = malformed or not isinstance(fault, NamesNothingError)
    _check_range(nodes, errors)
    if errors:
        raise FilterError(errors, names_nothing=not malformed and _BEFORE not in errors)
    return Narrowed(conjunction([parse(query), *nodes.values()]), corpus)


def _check_text(text: str) -> None:
    if "\0" in text or len(text) > MAX_VALUE:
        raise ValueError(f"This must be text of at most {MAX_VALUE} characters, without NUL.")


def _clause(name: str, text: str, user: Visitor) -> Node:
    """Return what one filter asks for; raise ValueError."""
    if name in _NAMES:
        return _named(name, text, user)
    readers: Mapping[str, Callable[[str], Node]] = {
        _AFTER: lambda day: Dates("date", _day(day), None),
        _BEFORE: lambda day: Dates("date", None, _day(day)),
        "undated": _undated,
        "flagged": _flagged,
    }
    return readers[name](text)


def _named(name: str, text: str, user: Visitor) -> Node:
    # Filters know no prefixes.
    value, field = sayable(text).rstrip("*").strip(), _NAMES[name]
    known = Names(user).mean(field, value) if value else ()
    if not value or (name in _MUST_BE_THERE and not known):
        raise NamesNothingError(f"There is no {name} “{text}” in the corpora that you may read.")
    return Named(field, value)


def _day(text: str) -> Partial:
    try:
        day = date.fromisoformat(text) if "T" not in text else _moment(text).date()
    except (ValueError, OverflowError):
        raise ValueError(f"“{text}” is not a day. Write it as 2019-01-09.") from None
    return Partial(day.year, day.month, day.day)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        # Beyond what a clock can show in UTC, it is no moment at all.
        moment.astimezone(UTC)
    return moment


def _check_range(nodes: dict[str, Node], errors: dict[str, str]) -> None:
    after, before = nodes.pop(_AFTER, None), nodes.pop(_BEFORE, None)
    start = after.start if isinstance(after, Dates) else None
    end = before.end if isinstance(before, Dates) else None
    if start and end and start.first > end.first:
        errors[_BEFORE] = f"This day lies before {start}, the first one asked for."
    elif start or end:
        nodes["date"] = Dates("date", start, end)


def _undated(text: str) -> Node:
    if text.lower() in _YES:
        return Is("undated")
    if text.lower() in _NO:
        return Has("date")
    raise ValueError("This must be true or false.")


def _flagged(text: str) -> Node:
    if text.lower() in {*_YES, "any"}:
        return Is("flagged")
    if text not in set(Flag):
        raise ValueError(f"There is no such flag. There are: any, {', '.join(Flag)}.")
    return Named("flag", text)
