"""Work for the worker. Every task is idempotent: the queue delivers at least once."""

from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from articles.ingest import imports
from articles.models import Import, ImportStatus

STALLED_AFTER_SECONDS = 30


@app.task(queue="imports", pass_context=False)
def run_import(import_id: int) -> None:
    """Run an import to its end; a second delivery finds nothing left to do."""
    try:
        imports.run(import_id)
    except imports.AlreadyRunningError:
        return


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="requeue_stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 -- given by the clock
    """Give jobs of workers that died back to the queue."""
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
    for job in stalled:
        await manager.retry_job(job)


def enqueue_import(import_: Import) -> None:
    """Leave an import to the worker; part of the caller's transaction."""
    lock = f"import-{import_.pk}"
    try:
        run_import.configure(queueing_lock=lock).defer(import_id=import_.pk)
    except exceptions.AlreadyEnqueued:
        return


def enqueue_unfinished() -> int:
    """Leave every import that is not over to the worker, as when it starts; return how many."""
    unfinished = list(
        Import.objects.filter(status__in=[ImportStatus.QUEUED, ImportStatus.RUNNING]).order_by("pk")
    )
    for import_ in unfinished:
        enqueue_import(import_)
    return len(unfinished)
