"""Storing a batch of read items: all of it with its report and its checkpoint, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.ingest import effective
from articles.ingest.copying import copy_rows, next_ids
from articles.ingest.identity import (
    Directory,
    IdConflictError,
    KnownArticle,
    KnownVersion,
    look_up,
)
from articles.ingest.preparing import Prepared
from articles.ingest.sources import Names, Outlet
from articles.models import Article, Capture, Corpus, Credit, Origin, Outcome, Sighting, Version
from articles.parsed import CreditKind, Refused

# Of Postgres' two-part advisory locks: storing, one corpus at a time.
STORING_LOCK = 0x4E52

ARTICLE_COLUMNS = (
    "id", "corpus_id", "source_id", "source_alias_id", "version_id", "read_external_id",
    "read_canonical_url", "external_id", "canonical_url", "headline", "standfirst", "snippet",
    "byline", "published_at", "published_date", "published_precision", "modified_at",
    "modified_date", "dateline_place", "dateline_agency", "section", "page", "edition",
    "language", "word_count", "flags", "sort_at", "created_at",
)  # fmt: skip
VERSION_COLUMNS = (
    "id", "article_id", "number", "origin", "previous_id", "text", "blocks", "sha256",
    "word_count", "read", "reader", "reader_version", "capture_id", "locator", "first_seen",
    "last_seen",
)  # fmt: skip
CREDIT_COLUMNS = ("version_id", "position", "kind", "person_id", "name", "role", "place")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item."""

    locator: str
    outcome: Outcome
    article_id: int | None = None
    version_id: int | None = None
    code: str = ""
    reason: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a batch comes from: its capture, and the reader that read it."""

    capture: Capture | None
    reader: str
    reader_version: str


@dataclass(slots=True)
class _Rows:
    """What a batch will write."""

    articles: dict[int, dict[str, Any]] = field(default_factory=dict)
    # What known articles learned of their identity.
    learned: dict[int, dict[str, Any]] = field(default_factory=dict)
    # Those whose effective values may be others now.
    touched: set[int] = field(default_factory=set)
    versions: list[dict[str, Any]] = field(default_factory=list)
    credits: list[tuple[Any, ...]] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def lock(corpus: Corpus) -> None:
    """Wait until no one else stores in ``corpus``, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [STORING_LOCK, corpus.pk])


def store(
    items: Sequence[Prepared | Refused], *, corpus: Corpus, reading: Reading, names: Names
) -> list[Result]:
    """Store a batch and return what became of each item, in order. Call within a transaction.

    The corpus is locked until the transaction ends, so that what is looked up stays true.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A batch is stored within a transaction.")
    lock(corpus)
    prepared = [item for item in items if isinstance(item, Prepared)]
    batch = _Batch(
        corpus=corpus,
        reading=reading,
        directory=look_up(corpus, reading.capture, prepared),
        outlets=names.outlets(item.source for item in prepared if item.source),
        people=names.person_ids(
            name
            for item in prepared
            for kind, name, _, _ in item.credits
            if kind == CreditKind.PERSON.value
        ),
        article_ids=iter(next_ids(Article, len(prepared))),
        version_ids=iter(next_ids(Version, len(prepared))),
        now=timezone.now(),
    )
    results = [batch.decide(item) for item in items]
    batch.write()
    return results


@dataclass(slots=True)
class _Batch:
    corpus: Corpus
    reading: Reading
    directory: Directory
    outlets: dict[str, Outlet]
    people: dict[str, int]
    article_ids: Iterable[int]
    version_ids: Iterable[int]
    now: datetime
    rows: _Rows = field(default_factory=_Rows)

    def decide(self, item: Prepared | Refused) -> Result:
        """Settle what an item is and note the rows that follow."""
        if isinstance(item, Refused):
            return Result(
                item.locator[:200],
                Outcome.FAILED,
                code=item.code[:40],
                reason=item.reason,
                raw=item.raw,
            )
        outlet = self.outlets[item.source] if item.source else None
        place = self.directory.by_place.get(item.locator)
        try:
            known = self.directory.find(item, outlet)
        except IdConflictError as conflict:
            if place is None:
                return _id_conflict(item, conflict)
            known = None
        if place is not None and (known is not place[0] or item.sha256 not in place[0].versions):
            # The same bytes are the article that they became, whatever is read there by now:
            # `reread` is for that.
            return Result(item.locator, Outcome.UNCHANGED, place[0].id, place[1].id)
        if known is None:
            known = self.directory.duplicate_of(item, outlet)
            if known is None:
                return self._add_article(item, outlet)
            return self._see(item, known, Outcome.DUPLICATE)
        if item.sha256 in known.versions:
            return self._see(item, known, Outcome.UNCHANGED)
        return self._add_version(item, known, outlet)

    def _add_article(self, item: Prepared, outlet: Outlet | None) -> Result:
        article_id = next(iter(self.article_ids))
        known = KnownArticle(
            id=article_id,
            external_id=item.external_id,
            canonical_url=item.canonical_url,
            source_id=outlet.source_id if outlet else None,
            alias_id=outlet.alias_id if outlet else None,
            published_date=item.published_date,
            headline=item.headline,
        )
        version_id = self._write_version(item, known)
        self.rows.articles[article_id] = _article_values(item) | {
            "id": article_id,
            "corpus_id": self.corpus.pk,
            "source_id": known.source_id,
            "source_alias_id": known.alias_id,
            "version_id": version_id,
            "created_at": self.now,
        }
        self.directory.add(known)
        return Result(item.locator, Outcome.STORED, article_id, version_id)

    def _add_version(self, item: Prepared, known: KnownArticle, outlet: Outlet | None) -> Result:
        version_id = self._write_version(item, known)
        self.rows.touched.add(known.id)
        learned: dict[str, Any] = {}
        if known.external_id is None and item.external_id is not None:
            learned["read_external_id"] = known.external_id = item.external_id
        if item.canonical_url is not None:
            learned["read_canonical_url"] = known.canonical_url = item.canonical_url
        if outlet is not None:
            learned["source_alias_id"] = known.alias_id = outlet.alias_id
            known.source_id = outlet.source_id
        self._learn(known, learned)
        known.headline = item.headline
        self.directory.add(known)
        return Result(item.locator, Outcome.NEW_VERSION, known.id, version_id)

    def _learn(self, known: KnownArticle, learned: dict[str, Any]) -> None:
        new = self.rows.articles.get(known.id)
        (self.rows.learned.setdefault(known.id, {}) if new is None else new).update(learned)

    def _see(self, item: Prepared, known: KnownArticle, outcome: Outcome) -> Result:
        """Note that a known text was seen again, if it was seen elsewhere than before."""
        version = known.versions[item.sha256]
        place = (self.reading.capture.pk if self.reading.capture else None, item.locator)
        is_first_place = (version.capture_id, version.locator) == place
        if not is_first_place and item.locator not in self.directory.by_place:
            if self.reading.capture is not None:
                self.rows.sightings.append(
                    Sighting(
                        version_id=version.id,
                        capture=self.reading.capture,
                        locator=item.locator,
                        seen_at=self.now,
                        differences=_differences(item, known),
                    )
                )
            self.rows.seen.add(version.id)
            self.directory.by_place[item.locator] = (known, version)
        self._learn_names(item, known)
        return Result(item.locator, outcome, known.id, version.id)

    def _learn_names(self, item: Prepared, known: KnownArticle) -> None:
        """Keep an id or an address that a known article did not have, so that it is found by it."""
        learned: dict[str, Any] = {}
        if known.external_id is None and item.external_id is not None:
            learned["read_external_id"] = known.external_id = item.external_id
        if known.canonical_url is None and item.canonical_url is not None:
            learned["read_canonical_url"] = known.canonical_url = item.canonical_url
        if learned:
            self.rows.touched.add(known.id)
            self._learn(known, learned)
            self.directory.add(known)

    def _write_version(self, item: Prepared, known: KnownArticle) -> int:
        version_id = next(iter(self.version_ids))
        capture_id = self.reading.capture.pk if self.reading.capture else None
        number = known.number + 1
        self.rows.versions.append(
            {
                "id": version_id,
                "article_id": known.id,
                "number": number,
                "origin": Origin.PUBLISHED.value,
                "previous_id": known.last.id if known.last else None,
                "text": item.text,
                "blocks": item.blocks_json,
                "sha256": item.sha256,
                "word_count": item.word_count,
                "read": item.read_json,
                "reader": self.reading.reader,
                "reader_version": self.reading.reader_version,
                "capture_id": capture_id,
                "locator": item.locator,
                "first_seen": self.now,
                "last_seen": self.now,
            }
        )
        for position, (kind, name, role, place) in enumerate(item.credits):
            person_id = self.people[name] if kind == CreditKind.PERSON.value else None
            self.rows.credits.append((version_id, position, kind, person_id, name, role, place))
        version = KnownVersion(version_id, number, capture_id, item.locator, item.published_date)
        known.versions[item.sha256] = known.last = version
        known.number = number
        self.directory.by_place.setdefault(item.locator, (known, version))
        return version_id

    def write(self) -> None:
        """Write the rows that were noted."""
        rows = self.rows
        if rows.articles:
            copy_rows(
                Article,
                ARTICLE_COLUMNS,
                ([row[name] for name in ARTICLE_COLUMNS] for row in rows.articles.values()),
            )
        if rows.versions:
            copy_rows(
                Version,
                VERSION_COLUMNS,
                ([row[name] for name in VERSION_COLUMNS] for row in rows.versions),
            )
        if rows.credits:
            copy_rows(Credit, CREDIT_COLUMNS, rows.credits)
        for article_id, values in rows.learned.items():
            Article.objects.filter(pk=article_id).update(**values)
        Sighting.objects.bulk_create(rows.sightings)
        Version.objects.filter(pk__in=rows.seen).update(last_seen=self.now)
        effective.derive(rows.touched)


def _id_conflict(item: Prepared, conflict: IdConflictError) -> Result:
    reason = (
        f"The external id “{item.external_id}” belongs to “{conflict}”, an article of another "
        "source with which this one has nothing in common. Import it into another corpus, or map "
        "the id to no field."
    )
    return Result(item.locator, Outcome.FAILED, code="id_conflict", reason=reason)


def _article_values(item: Prepared) -> dict[str, Any]:
    return {
        "read_external_id": item.external_id,
        "read_canonical_url": item.canonical_url,
        "external_id": item.external_id,
        "canonical_url": item.canonical_url,
        "headline": item.headline,
        "standfirst": item.standfirst,
        "snippet": item.snippet,
        "byline": item.byline,
        "published_at": item.published_at,
        "published_date": item.published_date,
        "published_precision": item.published_precision,
        "modified_at": item.modified_at,
        "modified_date": item.modified_date,
        "dateline_place": item.dateline_place,
        "dateline_agency": item.dateline_agency,
        "section": item.section,
        "page": item.page,
        "edition": item.edition,
        "language": item.language,
        "word_count": item.word_count,
        "flags": item.flags,
        "sort_at": item.sort_at,
    }


def _differences(item: Prepared, known: KnownArticle) -> dict[str, Any]:
    """Return what identity knows to be otherwise at this sighting."""
    found: dict[str, Any] = {}
    if item.canonical_url is not None and item.canonical_url != known.canonical_url:
        found["canonical_url"] = item.canonical_url
    day = item.published_date
    if day is not None and day != known.published_date:
        found["published"] = day.isoformat()
    return found
