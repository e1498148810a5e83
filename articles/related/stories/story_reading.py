"""Lists of stories, and the story of an article. One with all its articles: ``story_whole``."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from articles.models import Article, Corpus, Coverage, Story
from articles.models.corpora import Visitor
from articles.models.keyset import Cursor, Page, decoded, page
from articles.models.lookups import any_id
from articles.models.stories import StoryQuerySet
from articles.related.stories.story_names import titles, within
from articles.search.asking import ask
from articles.search.deadline import TooSlowError
from articles.search.engine.answers import Sort
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.tree import In, Word, conjunction

# Of the articles whose headlines say what is looked for, the newest so many are asked for theirs.
HEADLINES = 2_000
LARGEST = 100
_ORDER = ("-sort_at", "-pk")
_BATCH = 500
# A word of so many letters is looked for as the beginning of one.
_PREFIX = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story in a line: what it is called, how much of it there is, and from when to when.

    ``texts`` counts articles that ran one text once; ``outlets`` the sources that are known, and
    ``outlet_names`` has them by name. ``first`` and ``last`` are None where nothing is dated.
    ``pinned`` says that a person put the article that was asked about into it.
    """

    story: Story
    name: str
    articles: int
    texts: int
    outlets: int
    outlet_names: Sequence[str]
    first: date | None
    last: date | None
    pinned: bool = False

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return self.story.get_absolute_url()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list of stories. ``is_whole`` is false where headlines could not be searched."""

    rows: Sequence[StorySummary]
    next: str | None = None
    previous: str | None = None
    is_whole: bool = True


def visible(user: Visitor) -> StoryQuerySet:
    """Return the stories that ``user`` may know of, merged ones too."""
    found: StoryQuerySet = Story.objects.visible_to(user)
    return found.select_related("corpus", "merged_into")


def story_of(article: Article, user: Visitor) -> StorySummary | None:
    """Return the story that an article is in, None if it is in none. Few queries."""
    coverage = (
        Coverage.objects.filter(pk=article.pk, story__in=Story.objects.visible_to(user))
        .select_related("story")
        .first()
    )
    if coverage is None or coverage.story is None:
        return None
    found = summaries([coverage.story.merged_into_id or coverage.story.pk], user)
    return replace(found[0], pinned=coverage.pinned) if found else None


def summaries(ids: Sequence[int], user: Visitor) -> list[StorySummary]:
    """Return stories that ``user`` may know of in a line each, in the order of their ids.

    What has no articles any more is left out. A constant number of queries.
    """
    stories = {story.pk: story for story in visible(user).filter(any_id("id", ids))}
    named = titles(stories.values())
    facts = {row.pop("in_story"): row for row in _facts(stories)}
    return [
        StorySummary(stories[pk], named[pk], **facts[pk])
        for pk in ids
        if pk in stories and pk in facts
    ]


def _facts(stories: Iterable[int]) -> Iterable[dict[str, Any]]:
    known = within(stories).order_by().values("in_story")
    found: Iterable[dict[str, Any]] = known.annotate(
        articles=Count("pk"),
        texts=Count(Coalesce("coverage__editions", "pk"), distinct=True),
        outlets=Count("source", distinct=True),
        outlet_names=ArrayAgg(
            "source__name", distinct=True, filter=Q(source__isnull=False), default=[]
        ),
        first=Min("published_date"),
        last=Max("published_date"),
    )
    return found


def listed(
    user: Visitor,
    *,
    corpus: Corpus | None = None,
    words: str = "",
    since: date | None = None,
    until: date | None = None,
    among: Collection[int] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Listing:
    """Return a page of the stories that ``user`` may know of, by their latest article.

    ``words`` are of the name that a person gave, or of the headline of any of its articles; with
    days, stories that have an article within them, by the latest of these; ``among``, those of
    these ids alone. Raises CursorError.
    """
    articles = _among(user, corpus, since, until, among)
    is_whole = True
    if words:
        ids, is_whole = _called(words, user, corpus)
        articles = articles.filter(any_id("coverage__story_id", Story.objects.with_merged(ids)))
    found = _by_latest(articles, limit, cursor)
    rows = summaries([row.in_story for row in found.rows], user)
    return Listing(rows, found.next, found.previous, is_whole)


def largest(
    user: Visitor,
    *,
    corpus: Corpus | None = None,
    since: date | None = None,
    until: date | None = None,
    among: Collection[int] | None = None,
    limit: int = LARGEST,
) -> Listing:
    """Return the stories with the most articles (within some days), the largest first."""
    articles = _among(user, corpus, since, until, among).order_by().values("in_story")
    counted = articles.annotate(number=Count("pk")).order_by("-number", "-in_story")
    ids = [row["in_story"] for row in counted[:limit]]
    return Listing(summaries(ids, user))


def named(user: Visitor, words: str, *, corpus: Corpus, limit: int = 20) -> list[StorySummary]:
    """Return stories of a corpus that words may mean, the latest first: for one who chooses."""
    return list(listed(user, corpus=corpus, words=words, limit=limit).rows)


def _among(
    user: Visitor,
    corpus: Corpus | None,
    since: date | None,
    until: date | None,
    stories: Collection[int] | None,
) -> QuerySet[Any]:
    """Return the articles in stories of which a list is made, with ``in_story``."""
    corpora = Corpus.objects.visible_to(user)
    if corpus is not None:
        corpora = corpora.filter(pk=corpus.pk)
    found = Article.objects.filter(
        corpus__in=list(corpora.order_by().values_list("pk", flat=True)),
        standing=True,
        coverage__story__isnull=False,
    )
    if stories is not None:
        found = found.filter(any_id("coverage__story_id", Story.objects.with_merged(stories)))
    if since is not None:
        found = found.filter(sort_at__gte=_midnight(since))
    if until is not None and until < date.max:
        # Zones are ahead of the meridian by up to 14 hours: what was printed on the day counts.
        found = found.filter(sort_at__lt=_midnight(until + timedelta(days=1)))
    if since is not None or until is not None:
        found = found.filter(published_date__isnull=False)
    return found.only("sort_at").annotate(
        in_story=Coalesce("coverage__story__merged_into_id", "coverage__story_id")
    )


def _by_latest(articles: QuerySet[Any], limit: int, cursor: str | None) -> Page[Any]:
    """Return a page of the articles that are the latest of their stories, the latest first.

    They are picked from all articles in stories, some at a time: whether an article is the latest
    of its story is asked once a story, and not once an article. Raises CursorError.
    """
    place = decoded(cursor, Article, _ORDER) if cursor else None
    backwards = place is not None and place.backwards
    found: list[Any] = []
    at: str | None = cursor
    while len(found) <= limit:
        batch = page(articles, _ORDER, limit=_BATCH, cursor=at)
        latest = _latest_of(articles, {row.in_story for row in batch.rows})
        picked = [row for row in batch.rows if row.pk in latest]
        found = [*picked, *found] if backwards else [*found, *picked]
        at = batch.previous if backwards else batch.next
        if at is None:
            break
    more = len(found) > limit
    rows = found[-limit:] if backwards else found[:limit]
    after, before = (bool(rows), more) if backwards else (more, place is not None and bool(rows))
    return Page(
        rows,
        next=_beside(rows[-1], backwards=False) if after else None,
        previous=_beside(rows[0], backwards=True) if before else None,
    )


def _beside(row: Any, *, backwards: bool) -> str:
    return Cursor((row.sort_at, row.pk), backwards).encode()


def _latest_of(articles: QuerySet[Any], stories: Iterable[int]) -> set[int]:
    """Return the ids of the latest articles of some stories."""
    ids = Story.objects.with_merged(stories)
    among = articles.filter(any_id("coverage__story_id", ids))
    latest = among.order_by("in_story", "-sort_at", "-pk").distinct("in_story")
    return {pk for _, pk in latest.values_list("in_story", "pk")}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _called(words: str, user: Visitor, corpus: Corpus | None) -> tuple[list[int], bool]:
    """Return ids of stories that words name, and whether their headlines were searched too."""
    stories = Story.objects.visible_to(user)
    if corpus is not None:
        stories = stories.filter(corpus=corpus)
    for word in words.split():
        stories = stories.filter(name__icontains=word)
    found = set(stories.values_list(Coalesce("merged_into_id", F("pk")), flat=True))
    try:
        articles = _saying(words, user, corpus)
    except (IndexMissingError, TooSlowError, QueryError):
        return list(found), False
    in_story = Coverage.objects.filter(any_id("article_id", articles), story__isnull=False)
    found.update(in_story.values_list(Coalesce("story__merged_into_id", "story_id"), flat=True))
    return list(found), True


def _saying(words: str, user: Visitor, corpus: Corpus | None) -> Sequence[int]:
    """Return the newest articles whose headlines have words that begin so."""
    parts = _WORD.findall(words)
    if not parts:
        return []
    tree = conjunction([Word(f"{word}*" if len(word) >= _PREFIX else word) for word in parts])
    question = ask(In("headline", tree), user)
    if corpus is not None:
        question = question.within([corpus.pk])
    return question.page(sort=Sort.NEWEST, limit=HEADLINES).ids
