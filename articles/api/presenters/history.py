"""Operations, what they changed, and the lives of articles."""

from collections.abc import Sequence
from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.articles import capture_reference
from articles.api.presenters.corpora import corpus_reference
from articles.history.lives import Entry
from articles.history.permission import Standing
from articles.history.telling import Change, Told
from articles.models import Operation

# The kinds of things that have an address of their own here.
_ADDRESSES = {
    "article": "article-detail",
    "source": "source-detail",
    "author": "author-detail",
    "corpus": "corpus-detail",
}


def operation_reference(row: Operation, at: Addresses) -> dict[str, Any]:
    """Return what other objects say of an operation."""
    return {"id": row.pk, "url": at.of("operation-detail", row.pk), "summary": row.summary}


def operation_listed(standing: Standing, at: Addresses) -> dict[str, Any]:
    """Return an operation as lists show it, and how it stands to who asks; its corpus is loaded."""
    row, undone_by = standing.operation, standing.undone_by
    return {
        "id": row.pk,
        "url": at.of("operation-detail", row.pk),
        "changes_url": at.of("operation-changes", row.pk),
        "undo_url": at.of("operation-undo", row.pk),
        "corpus": corpus_reference(row.corpus),
        "kind": row.act,
        "summary": row.summary,
        "size": row.size,
        "by": row.by_name or None,
        "door": row.door,
        "at": row.at,
        "undoes": operation_reference(row.undoes, at) if row.undoes else None,
        "undone_by": operation_reference(undone_by, at) if undone_by else None,
        "can_undo": standing.can_undo,
        "why_not": standing.why_not or None,
    }


def operation_detailed(
    standing: Standing, changes: Sequence[Change], at: Addresses
) -> dict[str, Any]:
    """Return an operation with the first of its changes."""
    return {
        **operation_listed(standing, at),
        "changes": [change_of_object(change, at) for change in changes],
    }


def change_of_object(change: Change, at: Addresses) -> dict[str, Any]:
    """Return what was done to one object, field by field."""
    about = change.about
    address = _ADDRESSES.get(about.kind) if about.id is not None else None
    return {
        "about": {
            "kind": about.kind,
            "id": about.id,
            "name": about.name,
            "url": at.of(address, about.id) if address else None,
        },
        "what": change.what,
        "fields": [_told(told) for told in change.told],
    }


def _told(told: Told) -> dict[str, Any]:
    before, after = told.values
    return {"field": told.field, "before": before, "after": after, "sentence": told.sentence}


def entry_of_life(entry: Entry, at: Addresses, *, reads: bool) -> dict[str, Any]:
    """Return one thing that became of an article; ``reads`` as for the article."""
    operation = entry.standing.operation if entry.standing else None
    version = entry.version
    return {
        "what": entry.what,
        "at": entry.at,
        "by": (operation.by_name or None) if operation else None,
        "operation": operation_reference(operation, at) if operation else None,
        "undone": entry.standing.undone_by is not None if entry.standing else None,
        "version": {
            "id": version.pk,
            "number": version.number,
            "url": at.of("version-detail", version.article_id, version.number),
        }
        if version
        else None,
        "capture": capture_reference(version, at) if version and reads else None,
        "import": {"id": entry.imported.pk, "url": at.of("import-detail", entry.imported.pk)}
        if entry.imported and reads
        else None,
        "changes": [change_of_object(change, at) for change in entry.changes],
    }
