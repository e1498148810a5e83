"""Work for the worker. Every task is idempotent: the queue delivers at least once.

What is left to do is what the rows of imports, exports and spreads say; a job in the queue is no
more than a nudge. A job that is lost, doubled or late therefore loses, doubles or breaks nothing.
"""

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.db import OperationalError, close_old_connections, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.tasks import Task as QueueTask

from articles.annotate.files import importing_jobs
from articles.annotate.recognisers import RecogniserUnavailableError
from articles.annotate.spreading import spreads
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.spreading.suggesting_again import suggestions_again
from articles.export import jobs as exports
from articles.ingest import imports
from articles.models import Door, Export, ExportStatus, Import, ImportStatus, Spread, Task

STALLED_AFTER_SECONDS = 30
# How soon a worker looks again at what another process does, in case that one dies.
LOOK_AGAIN_SECONDS = 5


class _LeftError(Exception):
    """The worker is to end: an import stays at its checkpoint, and an export begins anew."""


@app.task(queue="imports", pass_context=True)
def run_import(context: JobContext, import_id: int) -> None:
    """Run an import to its end, or watch over the process that does."""

    def leave_when_asked(_: imports.Progress) -> None:
        if context.should_abort():
            raise _LeftError

    # The thread's last job may have lost the connection.
    close_old_connections()
    try:
        imports.run(import_id, progress=leave_when_asked)
    except imports.AlreadyRunningError:
        _enqueue(import_id, in_seconds=LOOK_AGAIN_SECONDS)
    except _LeftError:
        _enqueue(import_id)
    except Import.DoesNotExist:
        return


@app.task(queue="exports", pass_context=True)
def run_export(context: JobContext, export_id: int) -> None:
    """Write an export to its end, or watch over the process that does."""

    def leave_when_asked() -> None:
        if context.should_abort():
            raise _LeftError

    close_old_connections()
    try:
        exports.run(export_id, watch=leave_when_asked)
    except exports.BeingWrittenError:
        _enqueue_export(export_id, in_seconds=LOOK_AGAIN_SECONDS)
    except _LeftError:
        _enqueue_export(export_id)
    except Export.DoesNotExist:
        return


@app.task(queue="spreads", pass_context=True)
def run_spread(context: JobContext, spread_id: int) -> None:
    """Do a job that makes many tags to its end, or watch over the process that does."""

    def leave_when_asked() -> None:
        if context.should_abort():
            raise _LeftError

    close_old_connections()
    try:
        spreads.run(spread_id, watch=leave_when_asked)
    except spreads.BeingSpreadError:
        _enqueue_spread(spread_id, in_seconds=LOOK_AGAIN_SECONDS)
    except _LeftError:
        _enqueue_spread(spread_id)
    except Spread.DoesNotExist:
        return


@app.periodic(cron="17 * * * *")
@app.task(queue="upkeep", queueing_lock="tidy_exports")
def tidy_exports(timestamp: int) -> None:  # noqa: ARG001 -- given by the clock
    """Remove the files of exports that were kept for long enough, and of tags taken in."""
    close_old_connections()
    exports.tidy()
    importing_jobs.tidy()


# The sixth field is that of seconds: four times a minute.
@app.periodic(cron="* * * * * */15")
@app.task(queue="upkeep", queueing_lock="requeue_stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 -- given by the clock
    """Take up what was left by workers that died, and imports whose nudge was lost."""
    await sync_to_async(enqueue_unfinished)()
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
    for job in stalled:
        try:
            await manager.retry_job(job)
        except exceptions.UniqueViolation:
            # Another job waits to do the same.
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)


def enqueue_import(import_: Import) -> None:
    """Leave an import to the worker; part of the caller's transaction. Raises OperationalError."""
    _enqueue(import_.pk)


def enqueue_export(export: Export) -> None:
    """Leave an export to the worker, as an import."""
    _enqueue_export(export.pk)


def enqueue_spread(spread: Spread) -> None:
    """Leave a job that makes many tags to the worker, as an import."""
    _enqueue_spread(spread.pk)


def suggest_again(task: Task, *, by: User, door: Door) -> str:
    """Have names suggested to who got articles of a task, if they were to those who had them.

    Return why they can't be now, "" if nothing is in the way.
    """
    try:
        with transaction.atomic():
            spread = suggestions_again(task, by=by, door=door)
            if spread is not None:
                enqueue_spread(spread)
    except (SpreadRefusedError, RecogniserUnavailableError) as fault:
        return f"No names are looked for in what was handed out: {fault}"
    return ""


def enqueue_unfinished() -> int:
    """Leave every import, export and spread that is not over to the worker; return how many.

    An import by the command line is left to whoever gave the command: its files may lie on another
    machine, and the same command goes on with it.
    """
    close_old_connections()
    unfinished = list(
        Import.objects.filter(status__in=[ImportStatus.QUEUED, ImportStatus.RUNNING])
        .exclude(door=Door.COMMAND)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for import_id in unfinished:
        _enqueue(import_id)
    unwritten = list(
        Export.objects.filter(status__in=[ExportStatus.QUEUED, ExportStatus.RUNNING])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for export_id in unwritten:
        _enqueue_export(export_id)
    unspread = list(
        Spread.objects.filter(status__in=spreads.UNFINISHED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for spread_id in unspread:
        _enqueue_spread(spread_id)
    return len(unfinished) + len(unwritten) + len(unspread)


def _enqueue(import_id: int, *, in_seconds: int = 0) -> None:
    _put(run_import, f"import-{import_id}", in_seconds, import_id=import_id)


def _enqueue_export(export_id: int, *, in_seconds: int = 0) -> None:
    _put(run_export, f"export-{export_id}", in_seconds, export_id=export_id)


def _enqueue_spread(spread_id: int, *, in_seconds: int = 0) -> None:
    _put(run_spread, f"spread-{spread_id}", in_seconds, spread_id=spread_id)


def _put(task: QueueTask[Any, Any, Any], lock: str, in_seconds: int, **arguments: int) -> None:
    """Put a job in the queue unless one waits there. Raises OperationalError."""
    job = task.configure(queueing_lock=lock)
    if in_seconds:
        job = task.configure(queueing_lock=lock, schedule_in={"seconds": in_seconds})
    # Within a worker too by Django's connection: it takes part in the transaction, and the worker's
    # own pool waits half a minute before it owns up to a database that went away.
    job.job_manager = JobManager(DjangoConnector())
    try:
        # A job that waits already must not fail the caller's transaction.
        with transaction.atomic():
            job.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return
    except exceptions.ConnectorException as fault:
        raise OperationalError(str(fault)) from fault.__cause__
