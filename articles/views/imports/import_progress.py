"""How far an import is, in the words and figures that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from articles.ingest import imports
from articles.models import Door, Import, ImportInput, ImportItem, ImportStatus, Outcome

# Above this someone should be told that nothing happens.
PATIENCE = timedelta(seconds=15)
# Workers give a sign of life every five seconds.
WORKER_SILENCE = timedelta(seconds=25)
# One batch of a slow reader may take this long.
RUN_SILENCE = timedelta(seconds=60)
_NOTES = 20
_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """An import as its page shows it; rates are per second, ``left`` is None where not known."""

    run: Import
    status: ImportStatus
    counts: Sequence[tuple[Outcome, int]]
    total: int
    bytes_done: int
    bytes_total: int
    elapsed: timedelta | None
    rate: float | None
    left: timedelta | None
    inputs: int
    inputs_done: int
    current: ImportInput | None
    notes: Sequence[ImportInput]
    faults: Sequence[ImportItem]
    can_retry: int
    worker_missing: bool
    is_slow: bool

    @property
    def is_over(self) -> bool:
        return self.status.is_over

    @property
    def percent(self) -> int | None:
        """How much of the bytes is read; None while that is not known."""
        if not self.bytes_total or self.inputs_done == self.inputs:
            return None
        return min(99, self.bytes_done * 100 // self.bytes_total)


def standing(run: Import) -> Standing:
    """Return how far an import is, now."""
    status = ImportStatus(run.status)
    done, total = imports.bytes_of(run)
    now = timezone.now()
    elapsed = _elapsed(run, now)
    seconds = elapsed.total_seconds() if elapsed else 0.0
    fraction = done / total if total else 0.0
    missing = not status.is_over and _is_silent(run, now) and not worker_is_alive(now)
    whole = run.items.filter(outcome=Outcome.FAILED, locator="whole file")
    failed = run.items.filter(outcome=Outcome.FAILED, retried_in__isnull=True)
    return Standing(
        run=run,
        status=status,
        counts=[(outcome, getattr(run, outcome.value)) for outcome in Outcome],
        total=run.total,
        bytes_done=done,
        bytes_total=total,
        elapsed=elapsed,
        rate=run.total / seconds if seconds >= 0.5 and run.total else None,
        left=timedelta(seconds=seconds / fraction - seconds)
        if seconds >= 1 and 0 < fraction < 1 and not status.is_over
        else None,
        inputs=run.inputs.count(),
        inputs_done=run.inputs.filter(done=True).count(),
        current=None if status.is_over else run.inputs.filter(done=False).first(),
        notes=list(run.inputs.exclude(note="").select_related("capture")[:_NOTES]),
        faults=list(whole.select_related("input")[:_FAULTS]) if run.failed else [],
        can_retry=failed.count() if status.is_over and run.failed else 0,
        worker_missing=missing,
        is_slow=not status.is_over and not missing and _is_silent(run, now),
    )


def worker_is_alive(now: datetime | None = None) -> bool:
    """Whether a worker gave a sign of life lately."""
    since = (now or timezone.now()) - WORKER_SILENCE
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists())


def _is_silent(run: Import, now: datetime) -> bool:
    """Whether nothing has happened for longer than it should take."""
    if run.status == ImportStatus.QUEUED:
        return now - run.created_at > PATIENCE
    if run.door == Door.COMMAND:
        # It needs no worker: the command itself runs it.
        return False
    return now - (run.progressed_at or run.created_at) > RUN_SILENCE


def _elapsed(run: Import, now: datetime) -> timedelta | None:
    if run.started_at is None:
        return None
    return (run.finished_at or now) - run.started_at
