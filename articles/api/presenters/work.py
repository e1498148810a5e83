"""Codebooks, tasks and assignments, as the API shows them."""

from collections.abc import Sequence
from typing import Any

from articles.annotate.tasks.progress import Progress
from articles.annotate.tasks.work import Queue
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.models import Assignment, Codebook, CodebookVersion, Task


def codebook(row: Codebook, versions: Sequence[CodebookVersion], at: Addresses) -> dict[str, Any]:
    """Return a codebook, the newest of its ``versions`` first; its corpus is loaded."""
    published = [each for each in versions if each.published_at is not None]
    drafts = [each for each in versions if each.published_at is None]
    return {
        "id": row.pk,
        "url": at.of("codebook-detail", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
        "note": row.note,
        "is_main": row.is_main,
        "created_at": row.created_at,
        "version": published[0].number if published else None,
        "content": published[0].content if published else None,
        "draft": drafts[0].number if drafts else None,
        "versions": [_listed(each, at) for each in versions],
    }


def _listed(row: CodebookVersion, at: Addresses) -> dict[str, Any]:
    return {
        "id": row.pk,
        "url": at.of("codebook-version", row.codebook_id, row.number),
        "number": row.number,
        "note": row.note,
        "created_at": row.created_at,
        "published_at": row.published_at,
    }


def codebook_version(row: CodebookVersion, at: Addresses) -> dict[str, Any]:
    """Return a version of a codebook with all that it holds."""
    return {**_listed(row, at), "content": row.content}


def task(row: Task, queue: Queue | None, at: Addresses, *, leads: bool) -> dict[str, Any]:
    """Return a task, and how far who asks is with their share; corpus and codebook are loaded.

    Of what it was made, and who made it, is told to who leads it.
    """
    version = row.codebook_version
    return {
        "id": row.pk,
        "url": at.of("task-detail", row.pk),
        "assignments_url": at.of("task-assignments", row.pk),
        "corpus": corpus_reference(row.corpus),
        "name": row.name,
        "instructions": row.instructions,
        "codebook": {
            "id": version.codebook_id,
            "url": at.of("codebook-version", version.codebook_id, version.number),
            "version": version.number,
        },
        "sharing": row.sharing,
        "overlap": row.overlap,
        "blind": row.blind,
        "blind_until": row.blind_until,
        "suggestions": row.suggestions,
        "created_at": row.created_at,
        "closed_at": row.closed_at,
        "leads": leads,
        "recipe": row.recipe if leads else None,
        "by": row.by.get_username() if leads and row.by else None,
        "own": None if queue is None else _queue(queue),
    }


def _queue(queue: Queue) -> dict[str, int]:
    return {
        "total": queue.total,
        "open": queue.open,
        "done": queue.done,
        "skipped": queue.skipped,
        "discussed": queue.discussed,
    }


def assignment(row: Assignment, at: Addresses) -> dict[str, Any]:
    """Return an article that is given to someone; item, article, version and person are loaded."""
    item = row.item
    return {
        "id": row.pk,
        "url": at.of("task-assignment", row.task_id, row.pk),
        "task": {"id": row.task_id, "url": at.of("task-detail", row.task_id)},
        "person": row.user.get_username(),
        "position": row.position,
        "article": {
            "id": item.article_id,
            "url": at.of("article-detail", item.article_id),
            "headline": item.article.headline,
        },
        "version": {
            "id": item.version_id,
            "number": item.version.number,
            "url": at.of("version-detail", item.article_id, item.version.number),
        },
        "status": row.status,
        "needs_discussion": row.needs_discussion,
        "note": row.note,
        "done_at": row.done_at,
        "seconds": row.seconds,
        "showed_suggestions": row.showed_suggestions,
        "left_at": row.left_at,
    }


def progress(found: Progress, waiting: int) -> dict[str, Any]:
    """Return how far a task is, by person and day; ``waiting`` readings nobody was given."""
    people = [share.person.get_username() for share in found.shares]
    return {
        "total": found.total,
        "waiting": waiting,
        "done": found.done,
        "skipped": found.skipped,
        "discussed": found.discussed,
        "seconds": found.seconds,
        "people": [
            {
                "person": share.person.get_username(),
                "total": share.total,
                "open": share.open,
                "done": share.done,
                "skipped": share.skipped,
                "discussed": share.discussed,
                "seconds": share.seconds,
                "last": share.last,
                "left_at": share.left_at,
            }
            for share in found.shares
        ],
        "days": [
            {"day": day.day, "done": dict(zip(people, day.counts, strict=True))}
            for day in found.days
        ],
    }
