"""One story with all its articles: in order of time, by text, by outlet, and who was first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from articles.models import Article, Corpus, Coverage, Credit, Source, Story
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.parsed import KNOWN_DAYS, CreditKind

# Of a larger story the earliest so many are read; the page says so.
MOST_ARTICLES = 2_000


@dataclass(frozen=True, slots=True)
class Text:
    """One text, as one or more ran it: the earliest known, and the others in order of time."""

    lead: Article
    others: Sequence[Article]

    @property
    def articles(self) -> Sequence[Article]:
        """All that ran it."""
        return [self.lead, *self.others]


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who ran it, None for unknown sources, with their articles in order of time."""

    source: Source | None
    articles: Sequence[Article]

    @property
    def first(self) -> Article:
        """The earliest one known."""
        return self.articles[0]


@dataclass(frozen=True, slots=True)
class First:
    """Who was first, as far as dates tell: one article, or all that may have been.

    ``to`` is how finely that is known: ``minute`` or ``day``.
    """

    articles: Sequence[Article]
    to: str

    @property
    def is_known(self) -> bool:
        """Whether one alone was first."""
        return len(self.articles) == 1


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of one day."""

    day: date
    articles: Sequence[Article]


@dataclass(frozen=True, slots=True)
class Whole:
    """A story as its page shows it; ``total`` counts all its articles, read or not.

    ``agencies`` has who is credited, by article. ``pinned`` are those that a person put there.
    """

    story: Story
    articles: Sequence[Article]
    total: int
    texts: Sequence[Text]
    editions: Mapping[int, int]
    agencies: Mapping[int, Sequence[str]]
    pinned: frozenset[int]
    is_readable: bool

    @property
    def outlets(self) -> list[Outlet]:
        """Who ran it: who has the most articles first."""
        by_source: dict[int | None, list[Article]] = {}
        for article in self.articles:
            by_source.setdefault(article.source_id, []).append(article)
        found = [Outlet(rows[0].source, rows) for rows in by_source.values()]
        return sorted(found, key=lambda each: (each.source is None, -len(each.articles)))

    @property
    def of_unknown_source(self) -> int:
        """How many articles name no source that is known."""
        return sum(article.source_id is None for article in self.articles)

    @property
    def sources(self) -> int:
        """How many sources ran it, those that are known."""
        return len({article.source_id for article in self.articles} - {None})

    @property
    def days(self) -> list[Day]:
        """The days on which something of it was published, in order; coarser dates are not."""
        return _days(self.articles)

    @property
    def off_days(self) -> list[Article]:
        """Articles of which no day is known."""
        return [row for row in self.articles if row.published_precision not in KNOWN_DAYS]

    @property
    def first(self) -> First | None:
        """Who was first; None where nothing has a day."""
        return first_of(self.articles)


def whole(story: Story, user: Visitor) -> Whole:
    """Return a story that ``user`` may know of, with its articles in order of time."""
    ids = Story.objects.with_merged([story.pk])
    within = Article.objects.visible_to(user).filter(any_id("coverage__story_id", ids))
    rows = within.select_related("source", "corpus").oldest_first()
    # The undated, which come first by that order, are the last to be of use.
    dated = list(rows.filter(published_date__isnull=False)[: MOST_ARTICLES + 1])
    undated = list(rows.filter(published_date__isnull=True)[: MOST_ARTICLES + 1])
    found = sorted([*dated, *undated], key=in_time)[:MOST_ARTICLES]
    is_all = len(dated) + len(undated) <= MOST_ARTICLES
    coverage = Coverage.objects.filter(any_id("article_id", [row.pk for row in found]))
    facts = {
        pk: (editions or pk, pinned)
        for pk, editions, pinned in coverage.values_list("article_id", "editions", "pinned")
    }
    editions = {pk: group for pk, (group, _) in facts.items()}
    return Whole(
        story=story,
        articles=found,
        total=len(found) if is_all else within.count(),
        texts=_texts(found, editions),
        editions=editions,
        agencies=agencies_of(found),
        pinned=frozenset(pk for pk, (_, pinned) in facts.items() if pinned),
        is_readable=Corpus.objects.readable_by(user).filter(pk=story.corpus_id).exists(),
    )


def first_of(articles: Iterable[Article]) -> First | None:
    """Return who of some articles was first; None where nothing has a day."""
    days = _days(articles)
    if not days:
        return None
    there = days[0].articles
    if len(there) == 1:
        return First(there, "day")
    moments = [row.published_at for row in there if row.published_at is not None]
    if len(moments) == len(there):
        return First([row for row in there if row.published_at == min(moments)], "minute")
    return First(there, "day")


def _days(articles: Iterable[Article]) -> list[Day]:
    by_day: dict[date, list[Article]] = {}
    for article in articles:
        if article.published_date and article.published_precision in KNOWN_DAYS:
            by_day.setdefault(article.published_date, []).append(article)
    return [Day(day, by_day[day]) for day in sorted(by_day)]


def in_time(article: Article) -> tuple[date, datetime, int]:
    """Return what orders articles by when they were published, as far as it is known.

    As the name of a story goes by it: of one day, those without an hour before those with one.
    """
    return (article.published_date or date.max, article.sort_at, article.pk)


def agencies_of(articles: Iterable[Article]) -> dict[int, list[str]]:
    """Return which agencies articles credit, in the byline or the dateline, by article."""
    rows = list(articles)
    by_version = {row.version_id: row.pk for row in rows}
    credits_of_them = Credit.objects.standing().filter(
        any_id("version_id", [pk for pk in by_version if pk]), kind=CreditKind.AGENCY.value
    )
    found: dict[int, list[str]] = {}
    for version, name in credits_of_them.order_by("version", "position").values_list(
        "version_id", "name"
    ):
        found.setdefault(by_version[version], []).append(name)
    for row in rows:
        if row.dateline_agency and row.dateline_agency not in found.get(row.pk, []):
            found.setdefault(row.pk, []).append(row.dateline_agency)
    return {pk: list(dict.fromkeys(names)) for pk, names in found.items()}


def _texts(articles: Sequence[Article], editions: Mapping[int, int]) -> list[Text]:
    """Return articles in order of time by the text that they ran."""
    groups: dict[int, list[Article]] = {}
    for article in articles:
        groups.setdefault(editions.get(article.pk, article.pk), []).append(article)
    return [Text(rows[0], rows[1:]) for rows in groups.values()]
