"""Reading captures again with better rules.

What the rules of today read at the places of known articles is compared with what was read there
before. Where it differs, it may be stored as a version of origin *reread*, which counts in the
place of the former reading: never as a change by the outlet, and never over what a person put
right. Where articles begin and end otherwise now, a person decides; see
:mod:`articles.curation.borders`.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction

from articles.curation import reread_store
from articles.curation.reread_compare import Finding, Found, Readings, compare, readings_of
from articles.curation.reread_plan import (
    Task,
    Wanted,
    by_todays_readers,
    published,
    sources_given,
    stored_by,
    tasks,
)
from articles.ingest import parsing, storing
from articles.ingest.preparing import Prepared
from articles.ingest.sources import Names
from articles.models import Capture, Credit, Origin, Version
from articles.models.lookups import any_id
from articles.parsed import Refused

WITHDRAW_BATCH = 500
# The place of what bears on a capture as a whole.
WHOLE = "whole file"


@dataclass(slots=True)
class Report:
    """What reading again showed, in places; ``stored`` counts the versions that were added.

    ``for_comparing`` are places that read the same and are stored all the same: the article has
    other texts, and only readings by one reader tell what the outlet changed. ``corrected`` are
    places whose text was read otherwise beneath one that a person corrected or chose.
    """

    found: Counter[Found] = field(default_factory=Counter)
    captures: int = 0
    stored: int = 0
    for_comparing: int = 0
    corrected: int = 0

    @property
    def total(self) -> int:
        """The number of places."""
        return self.found.total()


# A capture, and what was found at one of its places.
type Watcher = Callable[[Capture, Finding], None]
type Progress = Callable[[Report, Capture, int], None]


def reread(
    wanted: Wanted,
    *,
    apply: bool,
    limit: int | None = None,
    watch: Watcher | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read captures again and return what that shows; with ``apply``, store it.

    Each batch is a transaction of its own: interrupted, the same call goes on, and what was stored
    is not stored again. At most ``limit`` places are read. ``watch`` is told of every place that
    reads otherwise, ``progress`` of each batch and the bytes of its capture that lie behind it.
    """
    report = Report()
    names = Names(wanted.corpus)
    for task in tasks(wanted):
        run = _Run(task, wanted, names, report, watch, apply=apply, limit=limit)
        report.captures += 1
        for batch in run.batches():
            run.take(batch)
            if progress is not None:
                progress(report, task.capture, batch.bytes_done)
        if limit is not None and report.total >= limit:
            break
    return report


class _Run:
    """The reading of one capture."""

    def __init__(
        self,
        task: Task,
        wanted: Wanted,
        names: Names,
        report: Report,
        watch: Watcher | None,
        *,
        apply: bool,
        limit: int | None,
    ) -> None:
        self.task = task
        self.wanted = wanted
        self.names = names
        self.report = report
        self.watch = watch
        self.apply = apply
        self.limit = limit
        # Whether reading could not go on to the end.
        self.stopped = False
        # Published versions whose places were met, at eight bytes: a capture may hold millions.
        self.seen = array("q")

    def batches(self) -> Iterator[parsing.Batch]:
        """Yield what the capture says now; afterwards, note the places that are there no longer."""
        if self.task.job is None:
            self._tell([Finding(Found.FAILED, WHOLE, reason=self.task.fault)])
            return
        for batch in parsing.read(self.task.job):
            yield batch
            if self._is_enough():
                return
        if not self.stopped:
            self._tell_gone()

    def take(self, batch: parsing.Batch) -> None:
        """Compare a batch, and store what reads otherwise if that is wanted."""
        if not batch.items:
            return
        if not self.apply:
            self._tell(self._compare(batch.items))
            return
        with transaction.atomic():
            storing.lock(self.wanted.corpus)
            found = self._compare(batch.items)
            stored = self._store(found)
        self.report.stored += stored
        self._tell(found)

    def _is_enough(self) -> bool:
        return self.limit is not None and self.report.total >= self.limit

    def _compare(self, items: Sequence[Prepared | Refused]) -> list[Finding]:
        whole = [item for item in items if isinstance(item, Refused) and item.locator == WHOLE]
        self.stopped = self.stopped or bool(whole)
        found, seen = compare(
            self.task,
            [item for item in items if item.locator != WHOLE],
            source=self.wanted.source,
            everything=self.wanted.everything,
        )
        self.seen.extend(seen)
        found += [Finding(Found.FAILED, WHOLE, reason=item.reason) for item in whole]
        return found if self.limit is None else found[: max(self.limit - self.report.total, 0)]

    def _store(self, found: Sequence[Finding]) -> int:
        readings = [
            reread_store.from_item(
                finding.readings,
                finding.item,
                reader=self.task.reader,
                reader_version=self.task.reader_version,
            )
            for finding in found
            if finding.readings is not None and finding.item is not None and self._counts(finding)
        ]
        reread_store.store(readings, corpus=self.wanted.corpus, names=self.names)
        return len(readings)

    def _counts(self, finding: Finding) -> bool:
        return finding.found in {Found.TEXT, Found.FIELDS} or self._is_for_comparing(finding)

    def _is_for_comparing(self, finding: Finding) -> bool:
        readings = finding.readings
        if finding.found is not Found.SAME or readings is None or readings.siblings < 2:
            return False
        mine = (self.task.reader, self.task.reader_version)
        return all((v.reader, v.reader_version) != mine for v in readings.all)

    def _tell(self, found: Iterable[Finding]) -> None:
        for finding in found:
            self.report.found[finding.found] += 1
            self.report.for_comparing += self._is_for_comparing(finding)
            if finding.found is Found.TEXT and finding.readings is not None:
                standing = finding.readings.article.version_id
                is_ours = standing in {version.pk for version in finding.readings.all}
                self.report.corrected += finding.readings.is_newest and not is_ours
            if self.watch is not None and finding.found is not Found.SAME:
                self.watch(self.task.capture, finding)

    def _tell_gone(self) -> None:
        """Note the published versions whose places were not met."""
        mine = published(self.wanted).filter(capture=self.task.capture)
        self.seen = array("q", sorted(self.seen))
        at = 0
        gone: list[int] = []
        for id_ in mine.order_by("pk").values_list("pk", flat=True).iterator():
            while at < len(self.seen) and self.seen[at] < id_:
                at += 1
            if at == len(self.seen) or self.seen[at] != id_:
                gone.append(id_)
                if len(gone) == parsing.BATCH_ITEMS:
                    self._tell(self._gone(gone))
                    gone = []
        self._tell(self._gone(gone))

    def _gone(self, ids: Sequence[int]) -> Iterator[Finding]:
        rows = Version.objects.filter(any_id("id", ids)).defer("text").order_by("pk")
        lost = {version.pk: version for version in rows}
        if self.task.inputs is not None:
            mine = stored_by(self.task.inputs, {v.pk: v.article_id for v in lost.values()})
            lost = {id_: version for id_, version in lost.items() if id_ in mine}
        for readings in readings_of(lost.values()).values():
            locator = readings.published.locator
            yield Finding(Found.GONE, locator, readings, reason="This place is no article now.")


def withdraw(wanted: Wanted, *, apply: bool, progress: Callable[[int], None] | None = None) -> int:
    """Take back what today's readers read anew; return how many places that concerns.

    The reading before counts again: as a version of its own, so that nothing is lost.
    """
    ours = Version.objects.filter(by_todays_readers(), origin=Origin.REREAD)
    ours = ours.filter(rereads__in=published(wanted)).order_by("rereads_id").distinct()
    ids = [id_ for id_ in ours.values_list("rereads_id", flat=True) if id_ is not None]
    names = Names(wanted.corpus)
    number = 0
    for some in batched(ids, WITHDRAW_BATCH, strict=False):
        with transaction.atomic():
            if apply:
                storing.lock(wanted.corpus)
            back = _former(some)
            if apply:
                reread_store.store(back, corpus=wanted.corpus, names=names)
        number += len(back)
        if progress is not None:
            progress(number)
    return number


def _former(ids: Sequence[int]) -> list[reread_store.Reading]:
    """Return the readings that counted before those of today's readers."""
    today = set(
        Version.objects.filter(by_todays_readers(), any_id("rereads_id", ids)).values_list(
            "pk", flat=True
        )
    )
    published_ = Version.objects.filter(any_id("id", ids)).defer("text")
    found = readings_of(published_).values()
    chosen: dict[int, Readings] = {}
    for readings in found:
        former = next((v for v in reversed(readings.all) if v.pk not in today), readings.published)
        if readings.best.pk in today and not _alike(former, readings.best):
            chosen[former.pk] = readings
    given = sources_given({r.published.pk: r.published.article_id for r in chosen.values()})
    credits_: dict[int, list[reread_store.CreditValues]] = {}
    rows = Credit.objects.filter(any_id("version_id", chosen), corrected=False)
    for credit in rows.order_by("version_id", "position"):
        values = (credit.kind, credit.name, credit.role, credit.place)
        credits_.setdefault(credit.version_id, []).append(values)
    return [
        reread_store.from_version(
            chosen[version.pk],
            version,
            credits_.get(version.pk, []),
            given_source=given.get(chosen[version.pk].published.pk),
        )
        for version in Version.objects.filter(any_id("id", chosen)).order_by("pk")
    ]


def _alike(one: Version, other: Version) -> bool:
    return (one.sha256, one.blocks, one.read) == (other.sha256, other.blocks, other.read)
