"""Which known article an item is, if any; and what that makes of it.

An item is the known article when corpus and external id agree; else corpus and canonical URL; else
capture and place in it. Known with a text that was seen before: *unchanged*. Known with another
text: *new version*. Not known, without id and URL, but with the same source, date and text as a
known one: *duplicate*. Everything else is *stored*, the same text from another outlet above all:
that is a reprint.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from articles.ingest.preparing import Prepared
from articles.ingest.sources import Outlet
from articles.models import Article, Capture, Corpus, Origin, Sighting, Version
from articles.models.folding import fold
from articles.models.lookups import any_id, any_text


@dataclass(slots=True)
class KnownVersion:
    """A version that is stored, or about to be in this batch."""

    id: int
    number: int
    # Where it was first read.
    capture_id: int | None
    locator: str
    # The outlet's local day as read, where it was.
    published_date: date | None = None


@dataclass(slots=True)
class KnownArticle:
    """An article that is stored, or about to be in this batch, as far as identity needs it."""

    id: int
    external_id: str | None
    canonical_url: str | None
    source_id: int | None
    # As read, whatever people corrected.
    alias_id: int | None
    published_date: date | None
    headline: str
    # The outlet's texts by their hash, as read and as read anew; none that a person corrected.
    versions: dict[str, KnownVersion] = field(default_factory=dict)
    # The newest that the outlet published.
    last: KnownVersion | None = None
    # The highest number of all its versions.
    number: int = 0


class IdConflictError(Exception):
    """An external id that belongs to an article with nothing else in common."""


@dataclass(slots=True)
class Directory:
    """The known articles that a batch could meet, kept true while the batch adds to them."""

    by_id: dict[int, KnownArticle] = field(default_factory=dict)
    by_external_id: dict[str, KnownArticle] = field(default_factory=dict)
    by_url: dict[str, list[KnownArticle]] = field(default_factory=dict)
    by_place: dict[str, tuple[KnownArticle, KnownVersion]] = field(default_factory=dict)
    by_text: dict[str, list[KnownArticle]] = field(default_factory=dict)

    def add(self, article: KnownArticle) -> None:
        """Make an article findable by all that it is known by."""
        self.by_id[article.id] = article
        if article.external_id is not None:
            self.by_external_id[article.external_id] = article
        if article.canonical_url is not None:
            listed = self.by_url.setdefault(article.canonical_url, [])
            if article not in listed:
                listed.append(article)
        for sha256 in article.versions:
            self.by_text.setdefault(sha256, []).append(article)

    def find(self, item: Prepared, outlet: Outlet | None) -> KnownArticle | None:
        """Return the article that ``item`` is; raise IdConflictError where an id deceives."""
        if item.external_id is not None and item.external_id in self.by_external_id:
            known = self.by_external_id[item.external_id]
            if _has_nothing_in_common(known, item, outlet):
                raise IdConflictError(known.headline)
            return known
        if item.canonical_url is not None:
            for known in self.by_url.get(item.canonical_url, ()):
                if known.external_id is None or item.external_id is None:
                    return known
        elif item.external_id is None and item.locator in self.by_place:
            return self.by_place[item.locator][0]
        return None

    def duplicate_of(self, item: Prepared, outlet: Outlet | None) -> KnownArticle | None:
        """Return the article with the same source, date and text as an item without id and URL.

        Source and date may be those that were read, or those that a person put in their place.
        """
        if item.external_id or item.canonical_url or outlet is None:
            return None
        for known in self.by_text.get(item.sha256, ()):
            days = (known.published_date, known.versions[item.sha256].published_date)
            if _is_of(known, outlet) and item.published_date in days:
                return known
        return None


def _is_of(known: KnownArticle, outlet: Outlet) -> bool:
    return outlet.source_id == known.source_id or outlet.alias_id == known.alias_id


def _has_nothing_in_common(known: KnownArticle, item: Prepared, outlet: Outlet | None) -> bool:
    """Whether only the id is the same: two tables that both count from 1, not one article."""
    if known.source_id is None or outlet is None or _is_of(known, outlet):
        return False
    if item.canonical_url is not None and known.canonical_url == item.canonical_url:
        return False
    mine, theirs = set(fold(item.headline).split()), set(fold(known.headline).split())
    return not mine & theirs


def look_up(corpus: Corpus, capture: Capture | None, items: Sequence[Prepared]) -> Directory:
    """Return all that is known of a batch's items, in a constant number of queries."""
    ids = {item.external_id for item in items if item.external_id is not None}
    urls = {item.canonical_url for item in items if item.canonical_url is not None}
    texts = {
        item.sha256 for item in items if item.external_id is None and item.canonical_url is None
    }
    directory = Directory()
    days: dict[int, str | None] = {}
    places = _places(capture, {item.locator for item in items})
    found: set[int] = {article_id for article_id, _ in places.values()}
    mine = Article.objects.filter(corpus=corpus).order_by()
    if ids:
        found.update(mine.filter(any_text("read_external_id", ids)).values_list("pk", flat=True))
    if urls:
        found.update(mine.filter(any_text("read_canonical_url", urls)).values_list("pk", flat=True))
    if texts:
        same = Version.objects.filter(any_text("sha256", texts), article__corpus=corpus)
        same = same.exclude(origin=Origin.CORRECTED).order_by()
        days = dict(
            same.values_list("pk", KeyTextTransform("date", KeyTransform("published", "read")))
        )
        found.update(same.values_list("article_id", flat=True))
    _load(directory, found, days)
    for locator, (article_id, version_id) in places.items():
        article = directory.by_id[article_id]
        version = next(v for v in article.versions.values() if v.id == version_id)
        directory.by_place[locator] = (article, version)
    return directory


def _places(capture: Capture | None, locators: set[str]) -> dict[str, tuple[int, int]]:
    """Return article and version ids by the places of a capture that were read before."""
    if capture is None:
        return {}
    places: dict[str, tuple[int, int]] = {}
    seen = Sighting.objects.filter(any_text("locator", locators), capture=capture).order_by()
    for locator, article_id, version_id in seen.values_list(
        "locator", "version__article_id", "version_id"
    ):
        places[locator] = (article_id, version_id)
    read = Version.objects.filter(
        any_text("locator", locators), capture=capture, origin=Origin.PUBLISHED
    ).order_by()
    for locator, article_id, version_id in read.values_list("locator", "article_id", "pk"):
        places[locator] = (article_id, version_id)
    return places


def _load(directory: Directory, article_ids: Iterable[int], days: Mapping[int, str | None]) -> None:
    ids = sorted(article_ids)
    if not ids:
        return
    known: dict[int, KnownArticle] = {}
    columns = (
        "pk", "read_external_id", "read_canonical_url", "source_id", "source_alias_id",
        "published_date", "headline",
    )  # fmt: skip
    for row in Article.objects.filter(any_id("id", ids)).order_by("pk").values_list(*columns):
        known[row[0]] = KnownArticle(*row)
    versions = Version.objects.filter(any_id("article_id", ids)).order_by("article_id", "number")
    for article_id, origin, sha256, version_id, number, capture_id, locator in versions.values_list(
        "article_id", "origin", "sha256", "pk", "number", "capture_id", "locator"
    ):
        article = known[article_id]
        article.number = number
        if origin == Origin.CORRECTED:
            continue
        day = days.get(version_id)
        version = KnownVersion(
            version_id, number, capture_id, locator, date.fromisoformat(day) if day else None
        )
        # A text that came back keeps its first version's place.
        article.versions.setdefault(sha256, version)
        if origin == Origin.PUBLISHED:
            article.last = version
    for article in known.values():
        directory.add(article)
