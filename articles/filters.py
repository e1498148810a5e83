"""What every list takes: a corpus, how many rows, and from where; read once from an address.

An allow-list: what is not named here is an error with the names that there are. What articles are
asked by is a query: :mod:`articles.search.language.query`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict

from articles.models import Corpus
from articles.models.corpora import Visitor

PAGING = ("limit", "cursor")
DEFAULT_LIMIT = 50
MAX_LIMIT = 200
MAX_VALUE = 500
# What is sorted before it has no date.
UNDATED_BEFORE = datetime(2, 1, 1, tzinfo=UTC)


class FilterError(ValueError):
    """What is wrong with an address: ``fields`` maps a parameter to a sentence.

    ``names_nothing`` says that all of it is well formed, and names what is not there to be seen.
    """

    def __init__(self, fields: Mapping[str, str], *, names_nothing: bool = False) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in fields.items()))
        self.fields = dict(fields)
        self.names_nothing = names_nothing


class NamesNothingError(ValueError):
    """A value is well formed, but there is nothing of that name that this person may see."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list's whole state, as read from an address."""

    corpus: Corpus | None = None
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


def read(params: QueryDict, user: Visitor, *, also: Iterable[str] = ()) -> ListQuery:
    """Return the list's state in an address; ``also`` names parameters that are others' business.

    Raises FilterError that names every parameter at fault.
    """
    errors: dict[str, str] = {}
    malformed = False
    values: dict[str, Any] = {}
    for name in params.keys() - set(also):
        try:
            text = _one_text(name, params.getlist(name))
            if text or name in PAGING:
                values[name] = _READERS[name](text, user)
        except ValueError as fault:
            errors[name] = str(fault)
            malformed = malformed or not isinstance(fault, NamesNothingError)
    if errors:
        raise FilterError(errors, names_nothing=not malformed)
    return ListQuery(**values)


def _one_text(name: str, raw: list[str]) -> str:
    """Return a parameter's only value; raise ValueError."""
    if name not in _READERS:
        raise ValueError(f"There is no such filter. There are: {', '.join(_READERS)}.")
    if len(raw) > 1:
        raise ValueError("Give this once.")
    text = raw[0].strip()
    if "\0" in text or len(text) > MAX_VALUE or not _is_text(text):
        raise ValueError(f"This must be text of at most {MAX_VALUE} characters, without NUL.")
    return text


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def corpus_named(text: str, user: Visitor) -> Corpus:
    """Return the corpus of a slug or an id; raise NamesNothingError."""
    found = Corpus.objects.visible_to(user)
    corpus: Corpus | None = found.filter(slug=text).first()
    if corpus is None and _is_id(text):
        corpus = found.filter(pk=int(text)).first()
    if corpus is None:
        raise NamesNothingError(f"There is no corpus “{text}” that you may read.")
    return corpus


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _limit(text: str, _user: Visitor) -> int:
    if not _is_id(text) or int(text) < 1:
        raise ValueError(
            f"This must be a whole number from 1; more than {MAX_LIMIT} is {MAX_LIMIT}."
        )
    return min(int(text), MAX_LIMIT)


def _cursor(text: str, _user: Visitor) -> str | None:
    return text or None


_READERS: Mapping[str, Callable[[str, Visitor], Any]] = {
    "corpus": corpus_named,
    "limit": _limit,
    "cursor": _cursor,
}
