"""What a batch of a capture says now, beside what was read at the same places before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson

from articles.curation.reread_plan import Task, stored_by
from articles.ingest.effective import READERS_FLAGS
from articles.ingest.preparing import Prepared
from articles.models import (
    Article,
    Credit,
    ImportInput,
    ImportItem,
    Origin,
    Outcome,
    Sighting,
    Source,
    Version,
)
from articles.models.folding import fold
from articles.models.lookups import any_id, any_text
from articles.parsed import Refused

# Part of the text, and seen there; which rule read a field is no field.
_NOT_COMPARED = frozenset(
    {"headline", "standfirst", "key_points", "provenance", "dropped", "flags"}
)


class Found(StrEnum):
    """What reading a place again shows."""

    SAME = "same"
    TEXT = "text"
    FIELDS = "fields"
    # Borders: a place that is an article no longer, and one that was none.
    GONE = "gone"
    NEW = "new"
    # It could be read then and can't be now, and the other way round.
    FAILED = "failed"
    READABLE = "readable"


@dataclass(slots=True)
class Readings:
    """An article's published version, and all that was read at its place."""

    published: Version
    # In order, the first reading foremost; the last is the one that counts.
    all: list[Version]
    # Whether the outlet published no later one.
    is_newest: bool
    # How many texts the outlet published under this identity.
    siblings: int
    article: Article
    credits: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)

    @property
    def best(self) -> Version:
        """The reading that counts."""
        return self.all[-1]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place: ``fields`` maps what is read otherwise outside the text to before and after.

    ``item`` is what is read now. ``readings`` are those of the article known by this place.
    """

    found: Found
    locator: str
    readings: Readings | None = None
    item: Prepared | None = None
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    reason: str = ""


def compare(
    task: Task, items: Sequence[Prepared | Refused], *, source: Source | None, everything: bool
) -> tuple[list[Finding], set[int]]:
    """Return what the items of a batch show, and the ids of published versions they account for.

    With ``source`` only its articles are compared. Without ``everything``, places that today's
    reader read already are passed over.
    """
    locators = [item.locator[:200] for item in items]
    known = _published(task, locators)
    everything_known = readings_of(known.values())
    places = _other_places(task, [name for name in locators if name not in known])
    found = []
    for locator, item in zip(locators, items, strict=True):
        if locator not in known:
            if source is None and (finding := _unknown(locator, item, places.get(locator))):
                found.append(finding)
            continue
        readings = everything_known[known[locator].pk]
        if source is not None and readings.article.source_id != source.pk:
            continue
        if everything or not _is_by(task, readings):
            found.append(_compared(locator, item, readings))
    return found, {version.pk for version in known.values()}


def readings_of(published: Iterable[Version]) -> dict[int, Readings]:
    """Return the readings of published versions, whole but for the texts, by version id."""
    wanted = {version.pk: version for version in published}
    ids = {version.article_id for version in wanted.values()}
    articles = {
        article.pk: article
        for article in Article.objects.filter(any_id("id", ids)).select_related("source_alias")
    }
    lists: dict[int, list[Version]] = {}
    rows = Version.objects.filter(any_id("article_id", ids)).order_by("article_id", "number")
    for version in rows.defer("text"):
        lists.setdefault(version.article_id, []).append(version)
    found = {}
    for id_, version in wanted.items():
        versions = lists[version.article_id]
        siblings = [v for v in versions if v.origin == Origin.PUBLISHED]
        mine = [v for v in versions if id_ in {v.pk, v.rereads_id}]
        is_newest = siblings[-1].pk == id_
        article = articles[version.article_id]
        found[id_] = Readings(version, mine, is_newest, len(siblings), article)
    of = {readings.best.pk: readings for readings in found.values()}
    credits_ = Credit.objects.filter(any_id("version_id", of), corrected=False)
    for credit in credits_.order_by("version_id", "position"):
        of[credit.version_id].credits.append((credit.kind, credit.name, credit.role, credit.place))
    return found


def _published(task: Task, locators: Sequence[str]) -> dict[str, Version]:
    rows = Version.objects.filter(
        any_text("locator", locators), capture=task.capture, origin=Origin.PUBLISHED
    )
    found = {version.locator: version for version in rows.only("pk", "article_id", "locator")}
    if task.inputs is not None:
        mine = stored_by(task.inputs, {v.pk: v.article_id for v in found.values()})
        found = {locator: v for locator, v in found.items() if v.pk in mine}
    return found


def _other_places(task: Task, locators: Sequence[str]) -> dict[str, str]:
    """Return what else is known of places: seen again, stored for others, or failed."""
    if not locators:
        return {}
    here = any_text("locator", locators)
    known: dict[str, str] = {}
    inputs = ImportInput.objects.filter(capture=task.capture)
    # By run: its failed items have an index.
    failed = ImportItem.objects.filter(
        here, run__in=inputs.values("run"), input__in=inputs, outcome=Outcome.FAILED
    )
    failed = failed.exclude(code="id_conflict").order_by()
    known.update(dict.fromkeys(failed.values_list("locator", flat=True), "failed"))
    seen = Sighting.objects.filter(here, capture=task.capture).order_by()
    known.update(dict.fromkeys(seen.values_list("locator", flat=True), "seen"))
    stored = Version.objects.filter(here, capture=task.capture, origin=Origin.PUBLISHED)
    known.update(dict.fromkeys(stored.order_by().values_list("locator", flat=True), "seen"))
    return known


def _unknown(locator: str, item: Prepared | Refused, known: str | None) -> Finding | None:
    if isinstance(item, Refused) or known == "seen":
        return None
    return Finding(Found.READABLE if known == "failed" else Found.NEW, locator, item=item)


def _is_by(task: Task, readings: Readings) -> bool:
    mine = (task.reader, task.reader_version)
    return any((v.reader, v.reader_version) == mine for v in readings.all)


def _compared(locator: str, item: Prepared | Refused, readings: Readings) -> Finding:
    if isinstance(item, Refused):
        return Finding(Found.FAILED, locator, readings, reason=item.reason)
    fields = _fields(item, readings)
    is_same_text = (item.sha256, item.blocks) == (readings.best.sha256, readings.best.blocks)
    found = (Found.FIELDS if fields else Found.SAME) if is_same_text else Found.TEXT
    return Finding(found, locator, readings, item, fields)


def _fields(item: Prepared, readings: Readings) -> dict[str, tuple[Any, Any]]:
    before, after = readings.best.read, orjson.loads(item.read_json)
    names = [*after, *(name for name in before if name not in after)]
    fields = {
        name: (before.get(name), after.get(name))
        for name in names
        if name not in _NOT_COMPARED and before.get(name) != after.get(name)
    }
    flags = (_flags(before), _flags(after))
    if flags[0] != flags[1]:
        fields["flags"] = flags
    if readings.credits != item.credits:
        fields["credits"] = (readings.credits, item.credits)
    alias = readings.article.source_alias
    if (
        readings.is_newest
        and item.source
        and (alias is None or alias.folded != fold(item.source))
        and "source" not in fields
    ):
        fields["source"] = (alias.printed if alias else None, item.source)
    return fields


def _flags(read: Mapping[str, Any]) -> list[str]:
    """Return the flags that a reader alone can know; the others follow from fields."""
    return sorted(READERS_FLAGS.intersection(read.get("flags") or ()))
