"""The filters of the article list: read once from an address, for pages and the API alike.

An allow-list: what is not named here is an error with the names that there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from articles.models import Corpus, Person, Source, SourceAlias
from articles.models.articles import ArticleQuerySet
from articles.models.corpora import Visitor
from articles.models.folding import fold
from articles.parsed import Flag, Precision

FILTERS = (
    "corpus",
    "source",
    "author",
    "agency",
    "published_after",
    "published_before",
    "language",
    "section",
    "undated",
    "flagged",
)
PAGING = ("limit", "cursor")
DEFAULT_LIMIT = 50
MAX_LIMIT = 200
MAX_VALUE = 500
# Outlets' days begin up to 14 hours before UTC's and 12 after.
_ZONES = timedelta(days=2)
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
    source: Source | None = None
    author: Person | None = None
    agency: str | None = None
    published_after: date | None = None
    published_before: date | None = None
    language: str | None = None
    section: str | None = None
    undated: bool | None = None
    # A flag's name, "any", or None.
    flagged: str | None = None
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    # As given, for addresses of neighbouring pages; without paging.
    given: Mapping[str, str] = field(default_factory=dict)

    def apply(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """Return those of ``articles`` that pass every filter."""
        found = articles
        exact = {
            name: value
            for name in ("corpus", "source", "language", "section")
            if (value := getattr(self, name)) is not None
        }
        if exact:
            found = found.filter(**exact)
        if self.author is not None:
            found = found.credited_to(self.author)
        if self.agency is not None:
            found = found.from_agency(self.agency)
        if self.flagged is not None:
            found = found.flagged(None if self.flagged == "any" else self.flagged)
        return self._apply_dates(found)

    def _apply_dates(self, found: ArticleQuerySet) -> ArticleQuerySet:
        if self.undated is True:
            found = found.filter(published_date__isnull=True, sort_at__lt=UNDATED_BEFORE)
        elif self.undated is False:
            found = found.filter(published_date__isnull=False, sort_at__gte=UNDATED_BEFORE)
        # The bounds on sort_at are implied; they let the list's index skip what lies outside.
        if (after := self.published_after) is not None:
            found = found.filter(_ends_on_or_after(after))
            if after.year > 2:
                start = datetime(after.year, 1, 1, tzinfo=UTC) - _ZONES
                found = found.filter(sort_at__gte=start)
        if (before := self.published_before) is not None:
            found = found.filter(published_date__lte=before)
            if before.year < 9999:
                end = datetime(before.year, before.month, before.day, tzinfo=UTC) + _ZONES
                found = found.filter(sort_at__lt=end)
        return found


def _ends_on_or_after(day: date) -> Q:
    """Match a month or a year as an interval: on overlap."""
    return (
        Q(published_date__gte=day)
        | Q(published_precision=Precision.MONTH.value, published_date__gte=day.replace(day=1))
        | Q(
            published_precision=Precision.YEAR.value,
            published_date__gte=day.replace(month=1, day=1),
        )
    )


def read(params: QueryDict, user: Visitor, *, also: Iterable[str] = ()) -> ListQuery:
    """Return the list's state in an address; ``also`` names parameters that are others' business.

    Raises FilterError that names every parameter at fault.
    """
    errors: dict[str, str] = {}
    malformed = False
    values: dict[str, Any] = {}
    given: dict[str, str] = {}
    for name in params.keys() - set(also):
        try:
            text = _one_text(name, params.getlist(name))
            if text == "" and name not in PAGING:
                continue
            values[name] = _READERS[name](text, user)
        except ValueError as fault:
            errors[name] = str(fault)
            malformed = malformed or not isinstance(fault, NamesNothingError)
        else:
            if name not in PAGING:
                given[name] = text
    _check_range(values, errors)
    if errors:
        raise FilterError(errors, names_nothing=not malformed)
    return ListQuery(**values, given=given)


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


def _check_range(values: Mapping[str, Any], errors: dict[str, str]) -> None:
    after, before = values.get("published_after"), values.get("published_before")
    if after and before and after > before:
        errors["published_before"] = f"This day lies before {after}, the first one asked for."


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _corpus(text: str, user: Visitor) -> Corpus:
    found = Corpus.objects.visible_to(user)
    corpus = found.filter(slug=text).first()
    if corpus is None and _is_id(text):
        corpus = found.filter(pk=int(text)).first()
    if corpus is None:
        raise NamesNothingError(f"There is no corpus “{text}” that you may read.")
    known: Corpus = corpus
    return known


def _source(text: str, user: Visitor) -> Source:
    visible = Source.objects.visible_to(user)
    found: Source | None = None
    if _is_id(text):
        found = visible.filter(pk=int(text)).first()
    if found is None:
        aliases = SourceAlias.objects.filter(folded=fold(text))
        found = visible.filter(pk__in=aliases.values("source_id")).first()
    if found is None:
        raise NamesNothingError(f"There is no source “{text}” in the corpora that you may read.")
    return found.merged_into or found


def _author(text: str, user: Visitor) -> Person:
    visible = Person.objects.visible_to(user)
    found: Person | None = visible.filter(pk=int(text)).first() if _is_id(text) else None
    if found is None:
        found = visible.filter(folded=fold(text)).first()
    if found is None:
        raise NamesNothingError(f"There is no author “{text}” in the corpora that you may read.")
    return found.same_as or found


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _day(text: str, _user: Visitor) -> date:
    try:
        if "T" not in text:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            # Beyond what a clock can show in UTC, it is no moment at all.
            moment.astimezone(UTC)
        return moment.date()
    except (ValueError, OverflowError):
        raise ValueError(f"“{text}” is not a day. Write it as 2019-01-09.") from None


def _yes_no(text: str, _user: Visitor) -> bool:
    if text.lower() in {"1", "true", "yes"}:
        return True
    if text.lower() in {"0", "false", "no"}:
        return False
    raise ValueError("This must be true or false.")


def _flag(text: str, _user: Visitor) -> str:
    if text.lower() in {"1", "true", "yes", "any"}:
        return "any"
    if text not in set(Flag):
        raise ValueError(f"There is no such flag. There are: any, {', '.join(Flag)}.")
    return text


def _limit(text: str, _user: Visitor) -> int:
    if not _is_id(text) or int(text) < 1:
        raise ValueError(f"This must be a whole number from 1 to {MAX_LIMIT}.")
    return min(int(text), MAX_LIMIT)


def _words(text: str, _user: Visitor) -> str:
    return text


def _cursor(text: str, _user: Visitor) -> str | None:
    return text or None


_READERS = {
    "corpus": _corpus,
    "source": _source,
    "author": _author,
    "agency": _words,
    "published_after": _day,
    "published_before": _day,
    "language": _words,
    "section": _words,
    "undated": _yes_no,
    "flagged": _flag,
    "limit": _limit,
    "cursor": _cursor,
}
