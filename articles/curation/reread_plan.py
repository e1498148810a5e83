"""Which captures are to be read again, and how: as their imports read them, by today's readers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from pathlib import Path

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.formats import registry
from articles.formats.protocol import Format, FormatError, ReadOptions
from articles.formats.protocol import Origin as CaptureOrigin
from articles.ingest import captures, parsing
from articles.ingest.records import READER as RECORDS
from articles.ingest.running import origin_of
from articles.ingest.sources import reading_options
from articles.models import (
    Capture,
    Corpus,
    Import,
    ImportInput,
    ImportItem,
    Origin,
    Outcome,
    Source,
    Version,
)

_BY_IMPORT = (Outcome.STORED, Outcome.NEW_VERSION)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read again. ``everything``: also what today's readers read already."""

    corpus: Corpus
    import_id: int | None = None
    capture_id: int | None = None
    format_name: str = ""
    source: Source | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A capture, read as some of its imports asked for.

    ``inputs`` are theirs, where others asked otherwise: only what these stored is compared. None
    if all asked alike. ``fault`` says why the capture can't be read.
    """

    capture: Capture
    reader: str
    reader_version: str
    job: parsing.Job | None
    inputs: frozenset[int] | None = None
    fault: str = ""


def published(wanted: Wanted) -> QuerySet[Version]:
    """Return the published versions that ``wanted`` names, whoever read them."""
    found = Version.objects.filter(origin=Origin.PUBLISHED, article__corpus=wanted.corpus)
    found = found.filter(capture__isnull=False)
    if wanted.import_id is not None:
        inputs = ImportInput.objects.filter(run_id=wanted.import_id)
        found = found.filter(capture__in=inputs.values("capture"))
    if wanted.capture_id is not None:
        found = found.filter(capture_id=wanted.capture_id)
    if wanted.format_name:
        found = found.filter(reader=wanted.format_name)
    if wanted.source is not None:
        found = found.filter(article__source=wanted.source)
    return found


def by_todays_readers() -> Q:
    """Return the condition that a version is the work of a reader as it is now."""
    readers = registry.installed().values()
    return reduce(or_, (Q(reader=fmt.name, reader_version=fmt.version) for fmt in readers))


def records_left_out(wanted: Wanted) -> int:
    """Return how many texts came as records through the API: no reader's rules bear on them."""
    number: int = published(wanted).filter(reader=RECORDS).count()
    return number


def tasks(wanted: Wanted) -> Iterator[Task]:
    """Yield what is to be read, capture by capture in the order they came."""
    found = published(wanted).exclude(reader=RECORDS)
    if not wanted.everything:
        today = by_todays_readers()
        anew = Version.objects.filter(today, article=OuterRef("article"), rereads=OuterRef("pk"))
        found = found.exclude(today).exclude(Exists(anew))
    ids = list(found.order_by("capture_id").values_list("capture_id", flat=True).distinct())
    options = reading_options(wanted.corpus, {})
    for capture_id in ids:
        yield from _tasks(Capture.objects.get(pk=capture_id), options)


def sources_given(version_ids: Mapping[int, int]) -> dict[int, str]:
    """Return the outlet that its import gave to each version that states none, where it did.

    ``version_ids`` are those of published versions, with their articles'.
    """
    items = ImportItem.objects.filter(
        article__in=set(version_ids.values()),
        version__in=list(version_ids),
        outcome__in=_BY_IMPORT,
    )
    given = items.exclude(run__source_name="").order_by()
    return dict(given.values_list("version_id", "run__source_name"))


def stored_by(inputs: frozenset[int], version_ids: Mapping[int, int]) -> set[int]:
    """Return those of some versions, given with their articles, that some inputs stored."""
    items = ImportItem.objects.filter(
        article__in=set(version_ids.values()),
        version__in=list(version_ids),
        outcome__in=_BY_IMPORT,
        input__in=inputs,
    )
    return set(items.order_by().values_list("version_id", flat=True))


def _tasks(capture: Capture, options: ReadOptions) -> Iterator[Task]:
    """Yield a task for each way in which imports had the capture read."""
    stored = ImportItem.objects.filter(input=OuterRef("pk"), outcome__in=_BY_IMPORT)
    inputs = ImportInput.objects.filter(Exists(stored), capture=capture).select_related("run")
    ways: dict[str, list[ImportInput]] = {}
    for given in inputs.order_by("pk"):
        ways.setdefault(_way(given), []).append(given)
    for alike in ways.values():
        ids = frozenset(given.pk for given in alike) if len(ways) > 1 else None
        yield _task(capture, alike[0], ids, options)


def _way(given: ImportInput) -> str:
    run = given.run
    return json.dumps([given.format_name, run.format_name, run.source_name, run.mapping])


def _task(
    capture: Capture, given: ImportInput, inputs: frozenset[int] | None, options: ReadOptions
) -> Task:
    path = captures.path(capture)
    run: Import = given.run
    try:
        origin = origin_of(given.location, capture, path)
        fmt = _format(given, path, origin)
    except FormatError as fault:
        return Task(capture, given.format_name, "", None, inputs, str(fault))
    except OSError as fault:
        reason = f"Its bytes can't be read: {fault.strerror or fault}."
        return Task(capture, given.format_name, "", None, inputs, reason)
    options = replace(options, mapping=run.mapping)
    job = parsing.Job(path, fmt.name, origin, options, default_source=run.source_name or None)
    return Task(capture, fmt.name, fmt.version, job, inputs)


def _format(given: ImportInput, path: Path, origin: CaptureOrigin) -> Format:
    """Return the reader that was asked for, else the one that knows the capture best today."""
    if given.run.format_name:
        return registry.by_name(given.run.format_name)
    try:
        return parsing.choose_format(path, origin)
    except FormatError:
        return registry.by_name(given.format_name)
