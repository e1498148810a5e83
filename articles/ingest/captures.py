"""Keeping what was received: bytes on disk under their SHA-256, a row in Postgres.

The bytes are on disk, synced, before the row that speaks of them is committed. Equal bytes are
kept once.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from articles.durable_files import sync_folder
from articles.models import Capture, Corpus
from articles.text import normalise_line

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are on disk."""

    sha256: str
    size: int
    # Whether these bytes were not there before.
    new: bool


def folder_of(sha256: str) -> Path:
    """Return the folder that holds the bytes of a hash."""
    return Path(settings.CAPTURES_DIR) / sha256[:2]


def path(capture: Capture) -> Path:
    """Return where the bytes of a capture lie."""
    return folder_of(capture.sha256) / capture.sha256


def open_bytes(capture: Capture) -> IO[bytes]:
    """Open a capture's bytes as received; raise FileNotFoundError if the folder lost them."""
    return path(capture).open("rb")


def keep_bytes(stream: IO[bytes]) -> Kept:
    """Write a stream to disk, synced, and return its hash and size."""
    root = Path(settings.CAPTURES_DIR)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = root / f"receiving-{secrets.token_hex(8)}"
    digest = hashlib.sha256()
    size = 0
    try:
        with temporary.open("xb") as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return _settle(temporary, digest.hexdigest(), size)
    finally:
        temporary.unlink(missing_ok=True)


def _settle(temporary: Path, sha256: str, size: int) -> Kept:
    folder = folder_of(sha256)
    folder.mkdir(mode=0o700, exist_ok=True)
    final = folder / sha256
    if final.exists() and final.stat().st_size == size:
        return Kept(sha256, size, new=False)
    temporary.replace(final)
    sync_folder(folder)
    return Kept(sha256, size, new=True)


def keep(
    stream: IO[bytes],
    *,
    corpus: Corpus,
    user_id: int | None,
    filename: str = "",
    media_type: str = "",
    url: str = "",
) -> Capture:
    """Keep a stream and return its row in ``corpus``; the first arrival names it."""
    kept = keep_bytes(stream)
    capture, _ = Capture.objects.get_or_create(
        corpus=corpus,
        sha256=kept.sha256,
        defaults={
            "size": kept.size,
            "media_type": normalise_line(media_type)[:120],
            "filename": normalise_line(filename)[:500],
            "url": normalise_line(url)[:4000],
            "received_by_id": user_id,
        },
    )
    known: Capture = capture
    return known


def discard(sha256: str) -> None:
    """Remove bytes that no row speaks of, as after a dry run."""
    if not Capture.objects.filter(sha256=sha256).exists():
        (folder_of(sha256) / sha256).unlink(missing_ok=True)
