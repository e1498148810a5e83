"""Work: what a person does with the articles given to them, one after another."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.annotate.codebooks.codebooks import content_of
from articles.history.operations import act, done
from articles.models import (
    Act,
    Assignment,
    AssignmentStatus,
    Code,
    Door,
    Mention,
    MentionStatus,
    Operation,
    Task,
)
from articles.models.prepared import Prepared

NOTE_CHARACTERS = 4_000
# What one look at an article can count at most: who goes for lunch does not work.
MOST_SECONDS = 3_600
MOST_OPEN_SHOWN = 1_000
# Every page says how many.
_WAITING = Prepared(
    lambda user: (
        Assignment.objects.current()
        .filter(
            user_id=user.pk,
            status=AssignmentStatus.OPEN,
            task__closed_at=None,
            task__in=Task.objects.readable_by(user).values("pk"),
        )
        .order_by()
        .values_list("pk")[:MOST_OPEN_SHOWN]
    )
)


class WorkRefusedError(Exception):
    """Why something can't be done with an assignment: a sentence."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A person's share of a task."""

    task: Task
    total: int
    open: int
    done: int
    skipped: int
    discussed: int

    @property
    def gone_through(self) -> int:
        return self.total - self.open


def queues(user: User) -> Sequence[Queue]:
    """Return what was given to a person, task by task: open ones first, the newest first."""
    counted = (
        Assignment.objects.current()
        .filter(user=user, task__in=Task.objects.readable_by(user).values("pk"))
        .order_by()
        .values_list("task")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(status=AssignmentStatus.OPEN)),
            done=Count("pk", filter=Q(status=AssignmentStatus.DONE)),
            skipped=Count("pk", filter=Q(status=AssignmentStatus.SKIPPED)),
            discussed=Count("pk", filter=Q(needs_discussion=True)),
        )
    )
    numbers = {task: counts for task, *counts in counted}
    tasks = Task.objects.filter(pk__in=numbers).select_related("corpus", "codebook_version")
    found = [Queue(task, *numbers[task.pk]) for task in tasks.order_by("-pk")]
    return sorted(found, key=lambda queue: (queue.task.closed_at is not None, not queue.open))


def queue_of(task: Task, user: User) -> Queue | None:
    """Return a person's share of a task; None where they were given nothing of it."""
    return next((queue for queue in queues(user) if queue.task.pk == task.pk), None)


def open_count(user: User) -> int:
    """Return how many articles wait for a person, counted up to a bound."""
    return len(_WAITING.rows(user))


def given(task: Task, user: User) -> QuerySet[Assignment]:
    """Return a person's share of a task, in order, with articles and versions."""
    found: QuerySet[Assignment] = (
        Assignment.objects.current()
        .filter(task=task, user=user)
        .select_related("item__article__source", "item__version", "task__codebook_version")
        .order_by("position")
    )
    return found


def next_open(task: Task, user: User, after: int = 0) -> int | None:
    """Return the position of the next article to do behind one; else of the first that is left."""
    waiting = (
        Assignment.objects.current()
        .filter(task=task, user=user, status=AssignmentStatus.OPEN)
        .order_by("position")
        .values_list("position", flat=True)
    )
    found: int | None = waiting.filter(position__gt=after).first()
    return found if found is not None else waiting.first()


def neighbours(assignment: Assignment) -> tuple[int | None, int | None]:
    """Return the positions of the articles before and after one in its person's share."""
    mine = Assignment.objects.current().filter(task=assignment.task_id, user=assignment.user_id)
    places = mine.values_list("position", flat=True)
    before = places.filter(position__lt=assignment.position).order_by("-position").first()
    after = places.filter(position__gt=assignment.position).order_by("position").first()
    return before, after


def finish(assignment: Assignment, *, by: User, door: Door, seconds: int = 0) -> Operation | None:
    """Say that an article is done. Raises WorkRefusedError where its codebook wants more."""
    wanting = missing(assignment)
    if wanting:
        raise WorkRefusedError(
            f"Before this article is done, say what it is in: {', '.join(wanting)}."
        )
    return _mark(assignment, AssignmentStatus.DONE, by=by, door=door, seconds=seconds)


def skip(assignment: Assignment, *, by: User, door: Door, seconds: int = 0) -> Operation | None:
    """Leave an article; it can be come back to."""
    return _mark(assignment, AssignmentStatus.SKIPPED, by=by, door=door, seconds=seconds)


def take_up(assignment: Assignment, *, by: User, door: Door, seconds: int = 0) -> Operation | None:
    """Say that an article is not done after all."""
    return _mark(assignment, AssignmentStatus.OPEN, by=by, door=door, seconds=seconds)


def discuss(
    assignment: Assignment, *, needs: bool, note: str, by: User, door: Door, seconds: int = 0
) -> Operation | None:
    """Say that an article needs to be talked about, and why; or that it does not any more."""
    words = note.strip()
    if len(words) > NOTE_CHARACTERS:
        raise WorkRefusedError(f"A note has {NOTE_CHARACTERS:,} characters at most.")
    with _act(assignment, by, door) as operation:
        known = _held(assignment, by)
        _count(known, seconds)
        if (known.needs_discussion, known.note) == (needs, words):
            operation.size = 0
        else:
            Assignment.objects.filter(pk=known.pk).update(needs_discussion=needs, note=words)
            said = "needs to be discussed" if needs else "is clear"
            operation.summary = f"Article {known.position} of “{known.task.name}” {said}"
    return done(operation)


def _mark(
    assignment: Assignment, status: AssignmentStatus, *, by: User, door: Door, seconds: int
) -> Operation | None:
    with _act(assignment, by, door) as operation:
        known = _held(assignment, by)
        _count(known, seconds)
        if known.status == status:
            operation.size = 0
        else:
            at = timezone.now() if status is AssignmentStatus.DONE else None
            Assignment.objects.filter(pk=known.pk).update(
                status=status, done_at=at, suggestions=_shown(known, status)
            )
            operation.summary = _SAID[status].format(known.position, known.task.name)
    return done(operation)


_SAID = {
    AssignmentStatus.DONE: "Article {} of “{}” is done",
    AssignmentStatus.SKIPPED: "Skipped article {} of “{}”",
    AssignmentStatus.OPEN: "Took article {} of “{}” up again",
}


def _shown(assignment: Assignment, status: AssignmentStatus) -> bool | None:
    """Return what is kept of whether suggestions were shown: taken up again, they may be now."""
    if status is AssignmentStatus.OPEN and assignment.task.suggestions:
        return assignment.suggestions or None
    return assignment.suggestions


def _act(assignment: Assignment, by: User, door: Door) -> AbstractContextManager[Operation]:
    task = assignment.task
    return act(
        Act.WORK,
        corpus=task.corpus,
        by=by,
        summary="",
        door=door,
        blind_task=task if task.blind else None,
    )


def _held(assignment: Assignment, by: User) -> Assignment:
    """Return an assignment as it is, locked. Raises WorkRefusedError."""
    known = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("task")
        .filter(pk=assignment.pk, user=by)
        .first()
    )
    if known is None:
        raise WorkRefusedError("This article was given to someone else in the meantime.")
    if known.left_at is not None:
        raise WorkRefusedError(
            f"You have no work in “{known.task.name}” any more: what you were done with stays as"
            " it is."
        )
    if known.task.closed_at is not None:
        raise WorkRefusedError(f"“{known.task.name}” is closed: nothing more is done in it.")
    return known


def _count(assignment: Assignment, seconds: int) -> None:
    """Add how long an article was looked at, as its page counted."""
    counted = max(0, min(seconds, MOST_SECONDS))
    if counted:
        Assignment.objects.filter(pk=assignment.pk).update(seconds=F("seconds") + counted)


def missing(assignment: Assignment) -> list[str]:
    """Return the names of the codes that an article must have and has not."""
    wanted = [code for code in content_of(assignment.task.codebook_version).codes if code.required]
    if not wanted:
        return []
    there = set(
        Code.objects.filter(
            task=assignment.task, layer_of=assignment.user, article=assignment.item.article_id
        ).values_list("code", flat=True)
    )
    return [code.name for code in wanted if code.slug not in there]


def untouched(task: Task) -> QuerySet[Assignment]:
    """Return what nobody has begun: open, without a note, and with nothing tagged in it.

    What a recogniser suggested and nobody has looked at is no work.
    """
    layer: dict[str, Any] = {
        "task": task,
        "layer_of": OuterRef("user"),
        "article": OuterRef("item__article"),
    }
    tagged = Mention.objects.filter(**layer).exclude(status=MentionStatus.SUGGESTED)
    found: QuerySet[Assignment] = Assignment.objects.filter(
        task=task, status=AssignmentStatus.OPEN, seconds=0, needs_discussion=False, note=""
    ).exclude(Exists(tagged))
    return found.exclude(Exists(Code.objects.filter(**layer)))
