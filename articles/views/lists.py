"""The list of articles as pages need it: rows, addresses, pills, an article's neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from articles import filters
from articles.export.coins import coins
from articles.export.reference import reference
from articles.filters import FILTERS, FilterError, ListQuery
from articles.models import Article, Credit
from articles.models.corpora import Visitor
from articles.models.keyset import Cursor, CursorError, Page, page
from articles.parsed import CreditKind, Flag, Precision
from articles.views.dates import printed_date
from articles.views.languages import language_name

CREDITED_SHOWN = 3
ORDER = ("-sort_at", "-pk")
# Parameters of the list's page beside the filters: which article its pane shows.
ALSO = ("article",)

LABELS = {
    "corpus": "Corpus",
    "source": "Source",
    "author": "Author",
    "agency": "Agency",
    "published_after": "From",
    "published_before": "To",
    "language": "Language",
    "section": "Section",
    "undated": "Date",
    "flagged": "Flag",
    "limit": "Rows on a page",
    "cursor": "Place in the list",
    "article": "Article",
}
FLAG_WORDS = {flag: flag.word for flag in Flag}


@dataclass(frozen=True, slots=True)
class Pill:
    """A filter in force: what it says, and the list's address without it."""

    name: str
    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list, with what Zotero reads of it."""

    article: Article
    coins: str
    # Who is behind it, in few words.
    credited: str


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One page of the list and where it stands. ``errors`` names the parameters at fault."""

    rows: list[Row] = field(default_factory=list)
    pills: list[Pill] = field(default_factory=list)
    # The query string of exactly this page, without a leading question mark.
    place: str = ""
    # The same of the filters alone.
    filters: str = ""
    next: str | None = None
    previous: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    # The parameters for the form: as given, but an outlet's or author's name for its number.
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def onward(self) -> str:
        """What to put behind an article's address so that it knows the list it was opened from."""
        return f"?{urlencode({'in': self.place})}" if self.place else ""


def read_list(params: QueryDict, user: Visitor) -> ArticleList:
    """Return the page of the list that an address asks for; with ``errors`` if it can't be had."""
    try:
        query = filters.read(params, user, also=ALSO)
        found = page(_shown(query, user), ORDER, limit=query.limit, cursor=query.cursor)
    except FilterError as fault:
        return ArticleList(errors=fault.fields, given=as_given(params))
    except CursorError as fault:
        return ArticleList(errors={"cursor": str(fault)}, given=as_given(params))
    rest = dict(query.given)
    if query.limit != filters.DEFAULT_LIMIT:
        rest["limit"] = str(query.limit)
    return ArticleList(
        rows=rows(found.rows),
        pills=pills(query),
        place=urlencode(rest | ({"cursor": query.cursor} if query.cursor else {})),
        filters=urlencode(query.given),
        next=address(rest | {"cursor": found.next}) if found.next else None,
        previous=address(rest | {"cursor": found.previous}) if found.previous else None,
        given={**query.given, **named(query)},
    )


def as_given(params: QueryDict) -> dict[str, str]:
    """Return an address's parameters as they stand, for the form; of several the last."""
    return {name: params.get(name, "") for name in params}


def named(query: ListQuery) -> dict[str, str]:
    """Return the names of those filters' values that an address may give by number."""
    known = {"source": query.source, "author": query.author}
    return {name: thing.name for name, thing in known.items() if thing is not None}


def _shown(query: ListQuery, user: Visitor) -> QuerySet[Article]:
    found: QuerySet[Article] = query.apply(Article.objects.visible_to(user))
    return found.select_related("source")


def rows(articles: Sequence[Article]) -> list[Row]:
    """Return articles as rows. One query, for all that are credited."""
    credited: dict[int, list[Credit]] = {}
    versions = [article.version_id for article in articles if article.version_id]
    for credit in Credit.objects.filter(version__in=versions).order_by("version", "position"):
        credited.setdefault(credit.version_id, []).append(credit)
    return [_row(article, credited.get(article.version_id or 0, [])) for article in articles]


def _row(article: Article, credited: list[Credit]) -> Row:
    return Row(
        article, coins(reference(article, credited)), _credited(credited) or article.byline or ""
    )


def _credited(credited: list[Credit]) -> str:
    """Return people and agencies as a line."""
    people = [credit.name for credit in credited if credit.kind == CreditKind.PERSON]
    agencies = [credit.name for credit in credited if credit.kind == CreditKind.AGENCY]
    if len(people) > CREDITED_SHOWN:
        people = [*people[: CREDITED_SHOWN - 1], f"{len(people) - CREDITED_SHOWN + 1} others"]
    line = (
        " and ".join([", ".join(people[:-1]), people[-1]]) if len(people) > 1 else "".join(people)
    )
    return " · ".join([part for part in (line, ", ".join(agencies)) if part])


def address(params: Mapping[str, str], *, to: str = "article-list") -> str:
    """Return a list's address with some parameters; ``to`` names its page."""
    base = reverse(to)
    return f"{base}?{urlencode(params)}" if params else base


def pills(query: ListQuery, *, to: str = "article-list") -> list[Pill]:
    """Return the filters in force, in the form's order; ``to`` names the page of the list."""
    found = []
    for name in FILTERS:
        if name in query.given:
            rest = {key: value for key, value in query.given.items() if key != name}
            found.append(Pill(name, LABELS[name], _said(query, name), address(rest, to=to)))
    return found


def _said(query: ListQuery, name: str) -> str:
    """Return a filter's value in words."""
    value = getattr(query, name)
    if name == "undated":
        return "undated only" if value else "dated only"
    if name == "flagged":
        return "any" if value == "any" else FLAG_WORDS[Flag(value)]
    if name == "language":
        return language_name(value)
    if isinstance(value, date):
        return printed_date(value, Precision.DAY)
    return str(value)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands beside an article in the list it was opened from. ``place`` as in ArticleList."""

    place: str
    previous: Article | None
    next: Article | None

    @property
    def onward(self) -> str:
        """What to put behind a neighbour's address."""
        return f"?{urlencode({'in': self.place})}" if self.place else ""

    def back(self, article: Article) -> str:
        """Return the address of the list, with the article chosen in it."""
        chosen = urlencode({"article": article.pk})
        return f"{reverse('article-list')}?{self.place}{'&' if self.place else ''}{chosen}"


def neighbours(article: Article, place: str, user: Visitor) -> Neighbours:
    """Return the articles before and after one in the list of ``place``; the whole list if empty.

    A place that is no list's any more has no neighbours.
    """
    try:
        query = filters.read(QueryDict(place), user, also=ALSO)
    except FilterError:
        return Neighbours("", None, None)
    found = query.apply(Article.objects.visible_to(user)).only("pk", "headline", "sort_at")

    def beside(*, backwards: bool) -> Article | None:
        cursor = Cursor((article.sort_at, article.pk), backwards).encode()
        beside: Page[Article] = page(found, ORDER, limit=1, cursor=cursor)
        return beside.rows[0] if beside.rows else None

    return Neighbours(place, beside(backwards=True), beside(backwards=False))
