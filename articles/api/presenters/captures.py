"""Captures: what was received."""

from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.models import Capture


def capture(row: Capture, at: Addresses) -> dict[str, Any]:
    """Return a capture; its corpus is loaded."""
    return {
        "id": row.pk,
        "url": at.of("capture-detail", row.pk),
        "bytes_url": at.of("capture-bytes", row.pk),
        "corpus": corpus_reference(row.corpus),
        "sha256": row.sha256,
        "size": row.size,
        "media_type": row.media_type,
        "filename": row.filename or None,
        "fetched_from": row.url or None,
        "received_at": row.received_at,
    }
