"""Exports that the worker writes to a file, to be fetched for some days.

What is left to do is what the rows say. A job that was killed begins anew; a file gets its name
once it is whole, and one that was given up leaves nothing.
"""

import errno
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from articles.export import answers, batches
from articles.export.answers import FORMATS, OptionError, Options
from articles.models import Export, ExportStatus
from articles.search.asking import Question, ask
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError

log = logging.getLogger(__name__)

# Of Postgres' two-part advisory locks: one writer per export.
WRITING_LOCK = 0x4E55
KEPT = timedelta(days=7)
# So many of a person's may wait or run at a time.
MOST_AT_A_TIME = 5
_MOST_TRIES = 5
_TELLING_SECONDS = 0.5
_UNFINISHED = (ExportStatus.QUEUED, ExportStatus.RUNNING)
_DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ExportRefusedError(Exception):
    """This export can't be had: a sentence for the one who asked."""


class BeingWrittenError(Exception):
    """Another process writes this export."""


class _CancelledError(Exception):
    """It was given up meanwhile."""


def start(*, query: str, form: str, given: Options | None = None, by: User) -> Export:
    """Return a new export, to be left to the worker (``tasks.enqueue_export``).

    Raises OptionError, QueryError, IndexMissingError, TooSlowError, ExportRefusedError.
    """
    if form not in FORMATS:
        raise OptionError("format", f"There is no format “{form[:60]}”.")
    given = given or Options()
    waiting = Export.objects.filter(by=by, status__in=_UNFINISHED).count()
    if waiting >= MOST_AT_A_TIME:
        raise ExportRefusedError(
            f"{waiting} of your exports are being written. Wait for one, or cancel it."
        )
    question = ask(query, by)
    made: Export = Export.objects.create(
        by=by,
        query=query,
        format=form,
        options={
            "text": given.text,
            "columns": list(given.columns),
            "sort": given.sort.value,
            "base": given.base,
        },
        total=batches.total(question),
    )
    return made


def cancel(export: Export) -> bool:
    """Give an export up; return whether it was not over. Nothing of it stays."""
    unfinished = Export.objects.filter(pk=export.pk, status__in=_UNFINISHED)
    cancelled = unfinished.update(
        status=ExportStatus.CANCELLED, ended_at=timezone.now(), done=0, bytes=0
    )
    if cancelled:
        _part(export.pk).unlink(missing_ok=True)
    return bool(cancelled)


def remove(export: Export) -> None:
    """Remove an export with its file."""
    cancel(export)
    _remove_files(export)
    export.delete()


def file(export: Export) -> Path:
    """Return the file of an export that is ready; raise ExportRefusedError.

    It holds what its maker could read then: it is handed out while they still can.
    """
    path = _path(export)
    if export.status != ExportStatus.READY or not path.is_file():
        raise ExportRefusedError("The file of this export is not there. Export it once more.")
    held = export.options["rights"]
    may = batches.rights(export.by, held["known"])
    if not (set(held["known"]) <= set(may.known) and set(held["readable"]) <= may.readable):
        raise ExportRefusedError(
            "You may no longer read all that is in this file. Export it once more, without that."
        )
    return path


def run(export_id: int, *, watch: Callable[[], None] | None = None) -> None:
    """Write an export to its end. ``watch`` is called now and then, and may raise to leave it.

    Raises BeingWrittenError, Export.DoesNotExist.
    """
    with _alone(export_id):
        export = Export.objects.select_related("by").get(pk=export_id)
        if export.status not in _UNFINISHED:
            return
        tries = export.options.get("tries", 0) + 1
        export.options["tries"] = tries
        Export.objects.filter(pk=export_id, status__in=_UNFINISHED).update(
            status=ExportStatus.RUNNING, options=export.options, done=0, bytes=0
        )
        if tries > _MOST_TRIES:
            _fail(export, f"It broke off {_MOST_TRIES} times. Ask for less at once.")
            return
        try:
            _write(export, watch)
        except _CancelledError:
            _remove_files(export)
        except (OperationalError, InterfaceError):
            # It begins anew once the database is back.
            raise
        except OSError as fault:
            full = fault.errno in _DISK_IS_FULL
            why = "The disk is full." if full else f"The file can’t be written: {fault.strerror}."
            _fail(export, f"{why} Nothing of it was kept.")
        except (QueryError, IndexMissingError, TooSlowError) as fault:
            _fail(export, str(fault))


def tidy() -> int:
    """Remove exports that were kept for long enough, and files without one; return how many."""
    old = Export.objects.filter(ended_at__lt=timezone.now() - KEPT)
    removed = 0
    for export in old:
        remove(export)
        removed += 1
    folder = Path(settings.EXPORTS_DIR)
    # Listed before the rows are: a file that comes meanwhile has one.
    found = list(folder.iterdir()) if folder.is_dir() else []
    known = set(Export.objects.values_list("pk", flat=True))
    for path in found:
        if path.stem.isdigit() and int(path.stem) not in known:
            path.unlink(missing_ok=True)
    return removed


def _write(export: Export, watch: Callable[[], None] | None) -> None:
    given = export.options
    options = answers.options(
        text=given.get("text", True),
        columns=given.get("columns", ()),
        sort=given.get("sort", ""),
        base=given.get("base", ""),
    )
    question = ask(export.query, export.by)
    export.total = batches.total(question)
    corpora = _corpora(question)
    _hold(export, question, corpora)
    telling = _Telling(export, watch)
    part = _part(export.pk)
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        part.touch(mode=0o600)
        with part.open("wb") as out:
            for some in answers.write(question, export.format, options, watch=telling.at):
                telling.bytes += out.write(some)
            out.flush()
            os.fsync(out.fileno())
        # What one came to read on the way is in it too.
        _hold(export, question, corpora)
        telling.tell()
        part.replace(_path(export))
    except FileNotFoundError as fault:
        # Who cancels it removes the file.
        raise _CancelledError from fault
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    running = Export.objects.filter(pk=export.pk, status=ExportStatus.RUNNING)
    if not running.update(status=ExportStatus.READY, ended_at=timezone.now()):
        raise _CancelledError


def _corpora(question: Question) -> list[int]:
    """Return the corpora that are in an answer."""
    collection = batches.collection_asked(question)
    if collection is not None:
        return [collection.corpus_id]
    return [int(value) for value, _ in question.facets(["corpus"], values=10_000)["corpus"].values]


def _hold(export: Export, question: Question, corpora: list[int]) -> None:
    """Note of which corpora there are articles, and texts, in the file of an export."""
    may = batches.rights(question.user, corpora)
    held = export.options.get("rights", {})
    export.options["rights"] = {
        "known": sorted({*held.get("known", ()), *may.known}),
        "readable": sorted({*held.get("readable", ()), *may.readable}),
    }
    Export.objects.filter(pk=export.pk).update(total=export.total, options=export.options)


class _Telling:
    """Tells in the export's row how far it is, now and then."""

    def __init__(self, export: Export, watch: Callable[[], None] | None) -> None:
        self.bytes = 0
        self._export, self._watch = export, watch
        self._done = 0
        self._told = 0.0

    def at(self, done: int) -> None:
        self._done = done
        if time.monotonic() - self._told >= _TELLING_SECONDS:
            self.tell()

    def tell(self) -> None:
        self._told = time.monotonic()
        if self._watch is not None:
            self._watch()
        running = Export.objects.filter(pk=self._export.pk, status=ExportStatus.RUNNING)
        if not running.update(done=self._done, bytes=self.bytes):
            raise _CancelledError


@contextmanager
def _alone(export_id: int) -> Iterator[None]:
    """Hold the export for this connection; a killed process lets go by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [WRITING_LOCK, export_id])
        if not cursor.fetchone()[0]:
            raise BeingWrittenError(f"Export {export_id} is being written by another process.")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [WRITING_LOCK, export_id])


def _fail(export: Export, problem: str) -> None:
    _remove_files(export)
    Export.objects.filter(pk=export.pk, status__in=_UNFINISHED).update(
        status=ExportStatus.FAILED, problem=problem, ended_at=timezone.now(), bytes=0
    )


def _remove_files(export: Export) -> None:
    _part(export.pk).unlink(missing_ok=True)
    _path(export).unlink(missing_ok=True)


def _path(export: Export) -> Path:
    return Path(settings.EXPORTS_DIR) / f"{export.pk}.{FORMATS[export.format].ending}"


def _part(export_id: int) -> Path:
    return Path(settings.EXPORTS_DIR) / f"{export_id}.part"
