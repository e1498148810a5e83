"""Storing what was read anew, each reading an immutable version beside the outlet's.

A reading counts from then on for its published version, in the place of the one before; nothing
that a person put right is touched. Credits of a text that a person corrected follow the reading
that it was made from.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.curation.reread_compare import Readings
from articles.curation.reread_plan import sources_given
from articles.ingest import effective, storing
from articles.ingest.copying import copy_rows, next_ids
from articles.ingest.preparing import NAME_CHARACTERS, Prepared
from articles.ingest.sources import Names
from articles.models import Article, Corpus, Credit, Origin, Version
from articles.models.lookups import any_id, any_text
from articles.parsed import CreditKind
from articles.reading import outlets

type CreditValues = tuple[str, str, str | None, str | None]

_COLUMNS = (*storing.VERSION_COLUMNS, "rereads_id")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to count for a published version from now on.

    ``source`` is the outlet's name, its import's included where it states none. ``withdrawn`` is
    the reading that it replaces because that was wrong.
    """

    of: Readings
    text: str
    blocks_json: str
    sha256: str
    word_count: int
    read: Mapping[str, Any]
    read_json: str
    credits: Sequence[CreditValues]
    source: str | None
    reader: str
    reader_version: str
    withdrawn: Version | None = None


def from_item(of: Readings, item: Prepared, *, reader: str, reader_version: str) -> Reading:
    """Return the reading that an item of a capture is."""
    return Reading(
        of=of,
        text=item.text,
        blocks_json=item.blocks_json,
        sha256=item.sha256,
        word_count=item.word_count,
        read=orjson.loads(item.read_json),
        read_json=item.read_json,
        credits=item.credits,
        source=item.source,
        reader=reader,
        reader_version=reader_version,
    )


def from_version(
    of: Readings, version: Version, credits_: Sequence[CreditValues], *, given_source: str | None
) -> Reading:
    """Return an earlier reading, to count again in place of the one that does."""
    read = version.read
    printed = read.get("source")
    stated = printed if printed and len(printed) <= NAME_CHARACTERS else None
    url = read.get("canonical_url")
    return Reading(
        of=of,
        text=version.text,
        blocks_json=orjson.dumps(version.blocks).decode(),
        sha256=version.sha256,
        word_count=version.word_count,
        read=read,
        read_json=orjson.dumps(read).decode(),
        credits=credits_,
        source=stated or given_source or (outlets.by_domain(url) if url else None),
        reader=version.reader,
        reader_version=version.reader_version,
        withdrawn=of.best,
    )


def store(readings: Sequence[Reading], *, corpus: Corpus, names: Names) -> None:
    """Store readings and derive what follows. Call within a transaction that holds the corpus."""
    if not readings:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Readings are stored within a transaction.")
    articles = {reading.of.article.pk for reading in readings}
    people = names.person_ids(
        name
        for reading in readings
        for kind, name, _, _ in reading.credits
        if kind == CreditKind.PERSON.value
    )
    _write_versions(readings, articles, people)
    _write_credits_of_corrected(readings, articles, people)
    _learn(readings, corpus, names)
    effective.derive(articles)


def _write_versions(
    readings: Sequence[Reading], articles: set[int], people: Mapping[str, int]
) -> None:
    numbers = Version.objects.filter(any_id("article_id", articles)).order_by(
        "article_id", "number"
    )
    newest = dict(numbers.values_list("article_id", "number"))
    now = timezone.now()
    versions, credits_ = [], []
    for id_, reading in zip(next_ids(Version, len(readings)), readings, strict=True):
        published = reading.of.published
        newest[published.article_id] += 1
        values = {
            "id": id_,
            "article_id": published.article_id,
            "number": newest[published.article_id],
            "origin": Origin.REREAD.value,
            "previous_id": published.pk,
            "rereads_id": published.pk,
            "text": reading.text,
            "blocks": reading.blocks_json,
            "sha256": reading.sha256,
            "word_count": reading.word_count,
            "read": reading.read_json,
            "reader": reading.reader,
            "reader_version": reading.reader_version,
            "capture_id": published.capture_id,
            "locator": published.locator,
            "first_seen": now,
            "last_seen": now,
        }
        versions.append([values[name] for name in _COLUMNS])
        credits_ += _credit_rows(id_, reading.credits, people)
    copy_rows(Version, _COLUMNS, versions)
    copy_rows(Credit, storing.CREDIT_COLUMNS, credits_)


def _credit_rows(
    version_id: int, credits_: Iterable[CreditValues], people: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    return [
        (
            version_id, position, kind,
            people[name] if kind == CreditKind.PERSON.value else None,
            name, role, place,
        )
        for position, (kind, name, role, place) in enumerate(credits_)
    ]  # fmt: skip


def _write_credits_of_corrected(
    readings: Sequence[Reading], articles: set[int], people: Mapping[str, int]
) -> None:
    """Give texts that people corrected the credits as they are read now."""
    of = {reading.of.published.pk: reading.credits for reading in readings}
    rows = Version.objects.filter(any_id("article_id", articles)).order_by()
    known = {
        id_: (origin, previous_id, rereads_id)
        for id_, origin, previous_id, rereads_id in rows.values_list(
            "pk", "origin", "previous_id", "rereads_id"
        )
    }
    made_from: dict[int, int] = {}
    for id_, (origin, _, _) in known.items():
        root: int | None = id_
        while root is not None and known[root][0] == Origin.CORRECTED:
            root = known[root][1]
        if origin == Origin.CORRECTED and root is not None:
            published_id = known[root][2] or root
            if published_id in of:
                made_from[id_] = published_id
    # The corrected ones among them are laid over anew with the article's other values.
    Credit.objects.filter(any_id("version_id", made_from)).delete()
    copy_rows(
        Credit,
        storing.CREDIT_COLUMNS,
        [row for id_, root in made_from.items() for row in _credit_rows(id_, of[root], people)],
    )


def _learn(readings: Sequence[Reading], corpus: Corpus, names: Names) -> None:
    """Let articles be known by what their newest text says of its outlet, address and id."""
    newest = [reading for reading in readings if reading.of.is_newest]
    meant = names.outlets(reading.source for reading in newest if reading.source)
    taken = _Taken.by_others(corpus, newest)
    for reading in newest:
        article = reading.of.article
        learned: dict[str, Any] = {}
        if reading.source:
            learned["source_alias_id"] = meant[reading.source].alias_id
        elif reading.withdrawn is not None:
            stated = _stated(article.pk)
            outlet = names.outlets([stated])[stated] if stated else None
            learned["source_alias_id"] = outlet.alias_id if outlet else None
        _learn_names(reading, taken, learned)
        learned = {k: v for k, v in learned.items() if v != getattr(article, k)}
        if learned:
            Article.objects.filter(pk=article.pk).update(**learned)


def _stated(article_id: int) -> str | None:
    """Return the outlet that an article's texts state as they are read now, the newest first."""
    best: dict[int, Version] = {}
    versions = Version.objects.filter(article=article_id).exclude(origin=Origin.CORRECTED)
    for version in versions.defer("text", "blocks").order_by("number"):
        best[version.rereads_id or version.pk] = version
    given = sources_given(dict.fromkeys(best, article_id))
    for published_id, version in reversed(best.items()):
        printed: str | None = version.read.get("source")
        stated = printed if printed and len(printed) <= NAME_CHARACTERS else None
        if stated or published_id in given:
            return stated or given[published_id]
    return None


def _learn_names(reading: Reading, taken: "_Taken", learned: dict[str, Any]) -> None:
    """Learn an id where there was none and an address instead of another, as ingest does.

    What only a withdrawn reading said is forgotten.
    """
    article = reading.of.article
    for name, column, may_replace in (
        ("external_id", "read_external_id", False),
        ("canonical_url", "read_canonical_url", True),
    ):
        known, now = getattr(article, column), reading.read.get(name)
        was_withdrawn = reading.withdrawn is not None and known == reading.withdrawn.read.get(name)
        if now is None:
            if was_withdrawn:
                learned[column] = None
        elif (known is None or may_replace or was_withdrawn) and taken.take(name, now, article.pk):
            learned[column] = now


@dataclass(frozen=True, slots=True)
class _Taken:
    """By which articles ids and addresses are known: each is of one."""

    owners: dict[tuple[str, str], set[int]]

    @classmethod
    def by_others(cls, corpus: Corpus, readings: Sequence[Reading]) -> "_Taken":
        said = {
            name: {reading.read[name] for reading in readings if reading.read.get(name)}
            for name in ("external_id", "canonical_url")
        }
        owners: dict[tuple[str, str], set[int]] = defaultdict(set)
        known = Article.objects.filter(
            Q(any_text("read_external_id", said["external_id"]))
            | Q(any_text("read_canonical_url", said["canonical_url"])),
            corpus=corpus,
        ).order_by()
        for id_, external_id, url in known.values_list(
            "pk", "read_external_id", "read_canonical_url"
        ):
            for name, value in (("external_id", external_id), ("canonical_url", url)):
                if value is not None:
                    owners[name, value].add(id_)
        return cls(owners)

    def take(self, name: str, value: str, article_id: int) -> bool:
        """Take a name for an article; False if it is another's."""
        of = self.owners[name, value]
        if of - {article_id}:
            return False
        of.add(article_id)
        return True
