"""Running an import: from its checkpoint to its end, through a killed worker or database."""

import errno
import io
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.ingest import captures, fetching, parsing, sources, storing, unpacking
from articles.ingest.copying import copy_rows
from articles.ingest.sources import Names
from articles.models import (
    Capture,
    Corpus,
    Import,
    ImportInput,
    ImportItem,
    ImportStatus,
    InputKind,
    Outcome,
)
from newsroom import postgres

log = logging.getLogger(__name__)

# Of Postgres' two-part advisory locks: one runner per import.
RUNNING_LOCK = 0x4E53
RAW_CHARACTERS = 64_000
DATABASE_WAITS = 60
_DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
WHOLE = "whole file"
ITEM_COLUMNS = (
    "run_id", "input_id", "ordinal", "locator", "outcome", "article_id", "version_id", "code",
    "reason", "raw",
)  # fmt: skip


class AlreadyRunningError(Exception):
    """Another process runs this import."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is; ``bytes_total`` grows as addresses are fetched and archives opened."""

    counts: dict[str, int]
    bytes_done: int
    bytes_total: int
    location: str


type Watcher = Callable[[Progress], None]


def run(import_id: int, *, progress: Watcher | None = None) -> Import:
    """Run an import to its end and return it. What an earlier run stored is not done again.

    A database that goes away is waited for. Raises AlreadyRunningError, Import.DoesNotExist.
    """
    waits = 0
    while True:
        try:
            with _alone(import_id):
                return _run(import_id, progress)
        except (OperationalError, InterfaceError) as fault:
            # Within someone's transaction there is nothing to go on with.
            if connection.in_atomic_block or waits >= DATABASE_WAITS:
                raise
            log.warning("Import %s waits for the database: %s", import_id, fault)
            waits += 1
            _wait_for_database()


def _wait_for_database() -> None:
    connection.close()
    time.sleep(1)
    if settings.EMBEDDED_POSTGRES:
        try:
            postgres.ensure_running(settings.DATA_DIR)
        except RuntimeError as fault:
            log.warning("%s", fault)


@contextmanager
def _alone(import_id: int) -> Iterator[None]:
    """Hold the import for this connection; a killed process lets go by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUNNING_LOCK, import_id])
        if not cursor.fetchone()[0]:
            raise AlreadyRunningError(f"Import {import_id} is being run by another process.")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUNNING_LOCK, import_id])


def _run(import_id: int, progress: Watcher | None) -> Import:
    run: Import = Import.objects.select_related("corpus").get(pk=import_id)
    if ImportStatus(run.status).is_over:
        return run
    now = timezone.now()
    Import.objects.filter(pk=import_id, status=ImportStatus.QUEUED).update(started_at=now)
    Import.objects.filter(
        pk=import_id, status__in=[ImportStatus.QUEUED, ImportStatus.RUNNING]
    ).update(status=ImportStatus.RUNNING, progressed_at=now)
    runner = _Runner(
        run, Names(run.corpus), sources.reading_options(run.corpus, run.mapping), progress
    )
    # Opening an archive adds inputs behind the others.
    while (given := run.inputs.filter(done=False).order_by("ordinal").first()) is not None:
        if not runner.read_input(given):
            break
    Import.objects.filter(pk=import_id, status=ImportStatus.RUNNING).update(
        status=ImportStatus.FINISHED, finished_at=timezone.now()
    )
    run.refresh_from_db()
    return run


class _Runner:
    """One run's work on its inputs."""

    def __init__(
        self, run: Import, names: Names, options: ReadOptions, progress: Watcher | None
    ) -> None:
        self.run = run
        self.corpus: Corpus = run.corpus
        self.names = names
        self.options = options
        self.progress = progress

    def read_input(self, given: ImportInput) -> bool:
        """Read one input to its end; False if the import was cancelled meanwhile."""
        if given.capture is None:
            try:
                given.capture = self._receive(given)
            except (fetching.FetchError, OSError) as fault:
                return self._fail(given, _code(fault), _sentence(fault))
            given.save(update_fields=["capture"])
        path = captures.path(given.capture)
        try:
            if unpacking.is_archive(path, _head(path)):
                return self._expand(given, path)
            origin = origin_of(given.location, given.capture, path)
            name = given.format_name or self.run.format_name
            fmt = parsing.choose_format(path, origin, name)
        except FormatError as fault:
            return self._fail(given, fault.code, str(fault))
        except OSError as fault:
            return self._fail(given, _code(fault), _sentence(fault))
        if given.format_name != fmt.name:
            given.format_name = fmt.name
            given.save(update_fields=["format_name"])
        job = parsing.Job(
            path,
            fmt.name,
            origin,
            self.options,
            default_source=self.run.source_name or None,
            skip=given.items_done,
        )
        reading = storing.Reading(given.capture, fmt.name, fmt.version)
        wanted = _wanted(given)
        for batch in parsing.read(job):
            if not self._store(given, reading, batch, wanted):
                return False
        return self._close(given)

    def _receive(self, given: ImportInput) -> Capture:
        """Keep the bytes of an address or a local file. Raises FetchError, OSError."""
        user_id = self.run.created_by_id
        if given.kind == InputKind.ADDRESS:
            fetched = fetching.fetch(given.location)
            return captures.keep(
                io.BytesIO(fetched.content),
                corpus=self.corpus,
                user_id=user_id,
                filename=fetched.url.rstrip("/").rsplit("/", 1)[-1],
                media_type=fetched.media_type,
                url=fetched.url,
            )
        path = Path(given.location)
        with path.open("rb") as stream:
            return captures.keep(stream, corpus=self.corpus, user_id=user_id, filename=path.name)

    def _expand(self, given: ImportInput, path: Path) -> bool:
        """Make each file of an archive an input of its own."""
        members: list[tuple[str, Capture]] = []
        note = ""
        try:
            for name, stream in unpacking.members(path):
                capture = captures.keep(
                    stream, corpus=self.corpus, user_id=self.run.created_by_id, filename=name
                )
                members.append((name, capture))
        except unpacking.CapError as fault:
            note = str(fault)
        with transaction.atomic():
            last = (
                self.run.inputs.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
            )
            ImportInput.objects.bulk_create(
                ImportInput(
                    run=self.run,
                    ordinal=last + 1 + index,
                    location=f"{given.location}!{name}"[:4000],
                    capture=capture,
                )
                for index, (name, capture) in enumerate(members)
            )
            if note:
                return self._fail(given, "capped", note)
            return self._close(given)

    def _store(
        self,
        given: ImportInput,
        reading: storing.Reading,
        batch: parsing.Batch,
        wanted: frozenset[str] | None,
    ) -> bool:
        """Store a batch with its report and checkpoint; False if the import was cancelled."""
        kept = [
            (given.items_done + index, item)
            for index, item in enumerate(batch.items)
            if wanted is None or item.locator in wanted
        ]
        with transaction.atomic():
            if not self._still_running():
                return False
            results = storing.store(
                [item for _, item in kept],
                corpus=self.corpus,
                reading=reading,
                names=self.names,
            )
            ordinals = [ordinal for ordinal, _ in kept]
            self._report(given, ordinals, results)
            given.items_done += len(batch.items)
            given.bytes_done = max(given.bytes_done, batch.bytes_done)
            given.note = batch.note or given.note
            given.save(update_fields=["items_done", "bytes_done", "note"])
        self._tell(given)
        return True

    def _still_running(self) -> bool:
        """Hold the import's row and say whether it was cancelled."""
        status = (
            Import.objects.select_for_update()
            .filter(pk=self.run.pk)
            .values_list("status", flat=True)
            .get()
        )
        return status == ImportStatus.RUNNING

    def _report(
        self, given: ImportInput, ordinals: list[int], results: list[storing.Result]
    ) -> None:
        copy_rows(
            ImportItem,
            ITEM_COLUMNS,
            (
                (
                    self.run.pk, given.pk, ordinal, r.locator, r.outcome.value, r.article_id,
                    r.version_id, r.code, _plain(r.reason), _plain(r.raw),
                )
                for ordinal, r in zip(ordinals, results, strict=True)
            ),
        )  # fmt: skip
        counts = {
            outcome.value: sum(1 for r in results if r.outcome is outcome) for outcome in Outcome
        }
        Import.objects.filter(pk=self.run.pk).update(
            progressed_at=timezone.now(),
            **{name: F(name) + number for name, number in counts.items() if number},
        )

    def _fail(self, given: ImportInput, code: str, reason: str) -> bool:
        """Report an input that could not be read at all."""
        with transaction.atomic():
            if not self._still_running():
                return False
            result = storing.Result(WHOLE, Outcome.FAILED, code=code[:40], reason=reason)
            self._report(given, [given.items_done], [result])
            given.items_done += 1
            given.done = True
            given.save(update_fields=["items_done", "done"])
        self._tell(given)
        return True

    def _close(self, given: ImportInput) -> bool:
        given.done = True
        given.save(update_fields=["done"])
        self._tell(given)
        return True

    def _tell(self, given: ImportInput) -> None:
        if self.progress is None:
            return
        run: Import = Import.objects.get(pk=self.run.pk)
        self.progress(Progress(run.counts, *bytes_of(run), given.location))


def bytes_of(run: Import) -> tuple[int, int]:
    """Return the bytes read and the bytes known to be there to read."""
    sums = run.inputs.aggregate(done=Sum("bytes_done"), known=Sum("capture__size"))
    total = sums["known"] or 0
    for location in run.inputs.filter(capture=None, kind=InputKind.PATH).values_list(
        "location", flat=True
    ):
        path = Path(location)
        total += path.stat().st_size if path.is_file() else 0
    return sums["done"] or 0, total


def _wanted(given: ImportInput) -> frozenset[str] | None:
    """Return the locators that a retry reads again; None for all."""
    if given.retry_of_id is None:
        return None
    failed = ImportItem.objects.filter(input_id=given.retry_of_id, outcome=Outcome.FAILED)
    locators = frozenset(failed.values_list("locator", flat=True))
    return None if WHOLE in locators else locators


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def origin_of(location: str, capture: Capture, path: Path) -> Origin:
    """Return what a reader is told of where a capture came from; raise OSError without its bytes.

    Its name is without the suffix of compression.
    """
    name = capture.filename or location.rsplit("/", 1)[-1]
    if unpacking.is_gzip(_head(path)) and name.lower().endswith(".gz"):
        name = name[:-3]
    return Origin(name, capture.media_type, capture.url)


def _plain(text: str) -> str:
    """Return text as a column can hold it: no NUL, no lone surrogates, of bounded length."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()[:RAW_CHARACTERS]


def is_full(fault: BaseException) -> bool:
    """Whether a disk has no room left, or a process may not write as much."""
    return isinstance(fault, OSError) and fault.errno in _DISK_IS_FULL


def _code(fault: Exception) -> str:
    return "disk_full" if is_full(fault) else getattr(fault, "code", "not_found")


def _sentence(fault: Exception) -> str:
    if is_full(fault):
        return "The disk is full: this was not kept. Make room, then try it again."
    if isinstance(fault, OSError):
        return f"The file can't be read: {fault.strerror or fault}."
    return str(fault)
