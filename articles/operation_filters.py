"""The filters of the list of operations: read once from an address, for pages and the API alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from articles.filters import DEFAULT_LIMIT, MAX_LIMIT, MAX_VALUE, FilterError, NamesNothingError
from articles.models import Act, Corpus
from articles.models.corpora import Visitor
from articles.models.operations import OperationQuerySet

STANDING, UNDONE = "standing", "undone"
FILTERS = ("corpus", "by", "kind", "after", "before", "state")
# A command's operations have nobody's name.
COMMAND = "-"


@dataclass(frozen=True, slots=True)
class OperationQuery:
    """The list's whole state, as read from an address."""

    corpus: Corpus | None = None
    # A username, or COMMAND.
    by: str = ""
    kind: Act | None = None
    # Days in UTC, both included.
    after: date | None = None
    before: date | None = None
    state: str = ""
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    # As given, without paging.
    given: Mapping[str, str] = field(default_factory=dict)

    def apply(self, operations: OperationQuerySet) -> OperationQuerySet:
        """Return those of ``operations`` that pass every filter."""
        found = operations
        if self.corpus is not None:
            found = found.filter(corpus=self.corpus)
        if self.by == COMMAND:
            found = found.filter(by=None, by_name="")
        elif self.by:
            found = found.filter(Q(by__username=self.by) | Q(by=None, by_name=self.by))
        if self.kind is not None:
            found = found.filter(act=self.kind)
        if self.after is not None:
            found = found.filter(at__gte=_midnight(self.after))
        if self.before is not None and self.before < date.max:
            found = found.filter(at__lt=_midnight(self.before + timedelta(days=1)))
        if self.state:
            found = found.filter(undone_by__isnull=self.state == STANDING)
        return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def read(params: QueryDict, user: Visitor) -> OperationQuery:
    """Return the list's state in an address; raise FilterError that names all at fault."""
    values: dict[str, Any] = {}
    given: dict[str, str] = {}
    errors: dict[str, str] = {}
    malformed = False
    for name in params:
        try:
            text = _one_text(name, params.getlist(name))
            if text or name == "limit":
                values[name] = _READERS[name](text, user)
                given |= {name: text} if name in FILTERS else {}
        except ValueError as fault:
            errors[name.replace("\0", "")] = str(fault)
            malformed = malformed or not isinstance(fault, NamesNothingError)
    after, before = values.get("after"), values.get("before")
    if after and before and after > before:
        errors["before"] = f"This day lies before {after}, the first one asked for."
        malformed = True
    if errors:
        raise FilterError(errors, names_nothing=not malformed)
    return OperationQuery(**values, given=given)


def _one_text(name: str, raw: list[str]) -> str:
    if name not in _READERS:
        raise ValueError(f"There is no such filter. There are: {', '.join(_READERS)}.")
    text = raw[0].strip()
    if len(raw) > 1 or len(text) > MAX_VALUE or not _is_text(text):
        raise ValueError(f"Give this once, as text of at most {MAX_VALUE} characters without NUL.")
    return text


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _corpus(text: str, user: Visitor) -> Corpus:
    found = Corpus.objects.visible_to(user)
    by_id = Q(pk=int(text)) if _is_number(text) else Q()
    corpus: Corpus | None = found.filter(Q(slug=text) | by_id).first()
    if corpus is None:
        raise NamesNothingError(f"There is no corpus “{text}” that you may read.")
    return corpus


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _words(text: str, _user: Visitor) -> str:
    return text


def _kind(text: str, _user: Visitor) -> Act:
    if text not in Act.values:
        raise ValueError(f"This must be one of {', '.join(Act.values)}.")
    return Act(text)


def _day(text: str, _user: Visitor) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a day. Write it as 2026-01-09.") from None


def _state(text: str, _user: Visitor) -> str:
    if text not in (STANDING, UNDONE):
        raise ValueError(f"This must be {STANDING} or {UNDONE}.")
    return text


def _limit(text: str, _user: Visitor) -> int:
    if not _is_number(text) or int(text) < 1:
        raise ValueError(
            f"This must be a whole number from 1; more than {MAX_LIMIT} is {MAX_LIMIT}."
        )
    return min(int(text), MAX_LIMIT)


_READERS: Mapping[str, Callable[[str, Visitor], Any]] = {
    "corpus": _corpus,
    "by": _words,
    "kind": _kind,
    "after": _day,
    "before": _day,
    "state": _state,
    "limit": _limit,
    "cursor": _words,
}
