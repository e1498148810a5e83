"""Large files of tags, taken in by the worker bit by bit, with a report that grows as they are.

The file lies in ``TAG_FILES_DIR`` under the job's number until the job is over.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import durable_files
from articles.annotate.files import refusals
from articles.annotate.files.importing import Report, Taking, summary
from articles.annotate.files.names_met import NamesMet
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import ArticleTags, Format, UnreadableError
from articles.annotate.spreading.spreading import (
    UNFINISHED,
    Bit,
    SpreadRefusedError,
    start,
    task_of,
)
from articles.annotate.tags.targets import Targets
from articles.models import Corpus, Door, Operation, Spread, SpreadStatus, Task

IMPORT = "import"
# As much is taken in at a time, so that one sees how far it is: some seconds of work.
ARTICLES_AT_ONCE = 200
TAGS_AT_ONCE = 500
# What is smaller is taken in while one waits for it.
AT_ONCE_BYTES = 1024 * 1024
# Reasons that are told apart; of a file of which all goes wrong each may be another.
_MOST_REASONS = 100
_OTHER = "Other reasons."
# A file lies there before others can see the row of its job.
_YOUNG_SECONDS = 3_600


def start_import(
    data: bytes,
    form: Format,
    corpus: Corpus,
    *,
    by: User,
    door: Door,
    task: Task | None = None,
    kinds: Mapping[str, str] | None = None,
    trial: bool = False,
) -> Spread:
    """Return the job that takes a file in, to be left to the worker; see ``importing.take_in``.

    Raises NotAllowedError, SpreadRefusedError.
    """
    Targets.of(corpus, by, task, None)
    plan = {"format": form.name, "kinds": dict(kinds or {}), "trial": trial, "door": str(door)}
    with transaction.atomic():
        spread = start(corpus, IMPORT, plan, by=by, task=task)
        durable_files.write(path_of(spread.pk), data)
    return spread


def path_of(spread_id: int) -> Path:
    """Return where the file of a job lies."""
    return Path(settings.TAG_FILES_DIR) / str(spread_id)


def keep_report(
    report: Report, form: Format, corpus: Corpus, *, by: User, task: Task | None = None
) -> Spread:
    """Return the job, which is over, of a file that was taken in at once: for what was refused."""
    with transaction.atomic():
        job: Spread = Spread.objects.create(
            corpus=corpus,
            by=by,
            what=IMPORT,
            status=SpreadStatus.DONE,
            done=report.articles,
            total=report.articles,
            made=0 if report.is_trial else report.made + report.codes + report.relations,
            plan={
                "format": form.name,
                "trial": report.is_trial,
                "task": task.pk if task is not None else None,
                "report": _kept(report),
            },
            operation=report.operation,
            ended_at=timezone.now(),
        )
        refusals.keep(job.pk, report.all_refused, 0)
    return job


def tidy() -> int:
    """Remove the files of jobs that are over, or are none; return how many."""
    refusals.tidy()
    folder = Path(settings.TAG_FILES_DIR)
    # Listed before the rows are: what comes meanwhile is not looked at.
    found = list(folder.iterdir()) if folder.is_dir() else []
    waiting = set(
        Spread.objects.filter(what=IMPORT, status__in=UNFINISHED).values_list("pk", flat=True)
    )
    others = [path for path in found if path.name.isdigit() and int(path.name) not in waiting]
    gone = [path for path in others if path.stat().st_mtime < time.time() - _YOUNG_SECONDS]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def report_of(spread: Spread) -> Report:
    """Return what became of a file so far."""
    kept: Mapping[str, Any] = spread.plan.get("report", {})
    report = Report(is_trial=bool(spread.plan.get("trial")), operation=spread.operation)
    for name in _COUNTS:
        setattr(report, name, kept.get(name, 0))
    report.refused = Counter(kept.get("refused", {}))
    report.examples = [(where, why) for where, why in kept.get("examples", ())]
    return report


_COUNTS = ("articles", "made", "known", "moved", "codes", "relations")


def _kept(report: Report) -> dict[str, Any]:
    common = report.refused.most_common()
    told = dict(common[:_MOST_REASONS])
    if rest := sum(times for _, times in common[_MOST_REASONS:]):
        told[_OTHER] = told.get(_OTHER, 0) + rest
    return {
        **{name: getattr(report, name) for name in _COUNTS},
        "refused": told,
        "examples": report.examples,
    }


@dataclass(frozen=True, slots=True)
class Tags:
    """How many tags a job has looked at, of how many in its file; None until that is known."""

    done: int
    total: int | None


def tags_of(spread: Spread) -> Tags:
    """Return how far a job is by tags."""
    return Tags(spread.plan.get("tags_done", 0), spread.plan.get("tags"))


class ImportWork:
    """The work of a job that takes in a file of tags."""

    def __init__(self, spread: Spread) -> None:
        plan = spread.plan
        self._spread = spread
        self._form = FORMATS[plan["format"]]
        self._is_trial = bool(plan.get("trial"))
        self._report = report_of(spread)
        self._rest: Iterator[ArticleTags | UnreadableError] | None = None
        self._at = 0
        self._tags = tags_of(spread)
        self._names = NamesMet()
        # How long the table of what was refused is.
        self._refused = int(plan.get("refused_bytes", 0))

    def total(self) -> int:
        """Return how many articles the file has."""
        counts = [_tags_in(each) for each in self._form.read(self._data())]
        self._tags = Tags(self._tags.done, sum(counts))
        return len(counts)

    def summary(self, made: int) -> str:
        """Return what was done."""
        return summary(made, self._form)

    def bit(self, place: str, operation: Operation) -> Bit:
        """Take in some articles more."""
        if self._tags.total is None:
            # It broke off after it was counted.
            self.total()
        some, is_over = self._some(int(place or 0))
        before = self._counted()
        with transaction.atomic():
            self._taking(operation).take(some)
            # Of a trial nothing is kept.
            transaction.set_rollback(self._is_trial)
        made = 0 if self._is_trial else self._counted() - before
        self._at += len(some)
        if is_over:
            transaction.on_commit(lambda: path_of(self._spread.pk).unlink(missing_ok=True))
        return Bit(len(some), made, None if is_over else str(self._at), more=self._noted(some))

    def _noted(self, some: Sequence[ArticleTags | UnreadableError]) -> dict[str, Any]:
        """Return what is kept with a bit."""
        self._tags = Tags(self._tags.done + sum(map(_tags_in, some)), self._tags.total)
        self._refused = refusals.keep(self._spread.pk, self._report.all_refused, self._refused)
        self._report.all_refused.clear()
        return {
            "report": _kept(self._report),
            "tags": self._tags.total,
            "tags_done": self._tags.done,
            "refused_bytes": self._refused,
        }

    def _taking(self, operation: Operation) -> Taking:
        spread = self._spread
        # Looked at for each bit: the task may be closed meanwhile.
        targets = Targets.of(spread.corpus, spread.by, task_of(spread), None)
        kinds: Mapping[str, str] = spread.plan.get("kinds", {})
        door = Door(spread.plan.get("door", Door.PAGE))
        # Of a trial nobody that was made is there any more.
        names = NamesMet() if self._is_trial else self._names
        return Taking(
            targets, targets.layer, spread.by, door, operation, kinds, self._report,
            self._form.name, names,
        )  # fmt: skip

    def _counted(self) -> int:
        return self._report.made + self._report.codes + self._report.relations

    def _some(self, place: int) -> tuple[list[ArticleTags | UnreadableError], bool]:
        """Return what is taken in next, and whether that is the end of the file."""
        if self._rest is None or self._at != place:
            self._rest = iter(self._form.read(self._data()))
            # What an earlier run took in is passed over.
            for _ in islice(self._rest, place):
                pass
            self._at = place
        some: list[ArticleTags | UnreadableError] = []
        tags = 0
        for each in self._rest:
            some.append(each)
            tags += _tags_in(each)
            if len(some) >= ARTICLES_AT_ONCE or tags >= TAGS_AT_ONCE:
                return some, False
        return some, True

    def _data(self) -> bytes:
        try:
            return path_of(self._spread.pk).read_bytes()
        except FileNotFoundError:
            raise SpreadRefusedError(
                "Its file is no longer here. Send it again: what was taken in already is not"
                " made twice."
            ) from None


def _tags_in(each: ArticleTags | UnreadableError) -> int:
    return len(each.tags) if isinstance(each, ArticleTags) else 0
