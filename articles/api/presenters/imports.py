"""Imports, their inputs and items."""

from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.models import Import, ImportInput, ImportItem


def import_listed(run: Import, at: Addresses) -> dict[str, Any]:
    """Return an import and how far it is; its corpus is loaded."""
    return {
        "id": run.pk,
        "url": at.of("import-detail", run.pk),
        "items_url": at.of("import-items", run.pk),
        "report_url": at.of("import-report", run.pk),
        "corpus": corpus_reference(run.corpus),
        "status": run.status,
        "door": run.door,
        "source": run.source_name or None,
        "format": run.format_name or None,
        "created_at": run.created_at,
        "started_at": run.started_at,
        "progressed_at": run.progressed_at,
        "finished_at": run.finished_at,
        "counts": run.counts,
        "total": run.total,
    }


def import_detailed(run: Import, at: Addresses) -> dict[str, Any]:
    """Return an import with its inputs; they and their captures are loaded."""
    return {
        **import_listed(run, at),
        "inputs": [_input(given, at) for given in run.inputs.all()],
    }


def _input(given: ImportInput, at: Addresses) -> dict[str, Any]:
    capture = given.capture
    return {
        "location": given.location,
        "format": given.format_name or None,
        "capture": {"id": capture.pk, "url": at.of("capture-detail", capture.pk)}
        if capture
        else None,
        "size": capture.size if capture else None,
        "bytes_done": given.bytes_done,
        "items_done": given.items_done,
        "done": given.done,
        "note": given.note or None,
    }


def item(row: ImportItem, at: Addresses) -> dict[str, Any]:
    """Return what became of one item; its input is loaded."""
    retried = row.retried_in_id
    return {
        "id": row.pk,
        "location": row.input.location,
        "locator": row.locator,
        "outcome": row.outcome,
        "article": {"id": row.article_id, "url": at.of("article-detail", row.article_id)}
        if row.article_id
        else None,
        "code": row.code or None,
        "reason": row.reason or None,
        "retried_in": {"id": retried, "url": at.of("import-detail", retried)} if retried else None,
    }
