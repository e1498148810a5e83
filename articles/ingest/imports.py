"""Imports: asked for, run to their end whatever happens on the way, retried, cancelled.

A run goes input by input, batch by batch. Each batch is one transaction that holds the articles,
the report and the checkpoint, so that a run that was killed goes on exactly where it was.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils import timezone

from articles.formats import registry
from articles.formats.protocol import FormatError
from articles.ingest import captures, fetching
from articles.ingest.running import AlreadyRunningError, Progress, bytes_of, run
from articles.models import (
    Capture,
    Corpus,
    Door,
    Import,
    ImportInput,
    ImportItem,
    ImportStatus,
    InputKind,
    Outcome,
)
from articles.models.corpora import Visitor
from articles.text import normalise, normalise_line

__all__ = [
    "Address",
    "AlreadyRunningError",
    "ImportRefused",
    "LocalFile",
    "Pasted",
    "Progress",
    "Upload",
    "bytes_of",
    "cancel",
    "retry",
    "run",
    "start",
]

MAX_INPUTS = 100_000
PASTE_CHARACTERS = 20_000_000


class ImportRefused(ValueError):  # noqa: N818 -- it reads as what it says
    """The import can't be asked for like this. ``str()`` is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    filename: str
    media_type: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Address:
    """A page to be fetched."""

    url: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that was pasted: a text capture."""

    text: str


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this machine, kept when its turn comes."""

    path: Path


type NewInput = Upload | Address | Pasted | LocalFile


def start(
    *,
    corpus: Corpus,
    user: Visitor | None,
    door: Door,
    inputs: Sequence[NewInput],
    source_name: str = "",
    format_name: str = "",
    mapping: Mapping[str, str] | None = None,
    resume: bool = False,
) -> Import:
    """Keep what was received and return an import that waits to be run.

    With ``resume``, an unfinished import of the same inputs and options is returned instead, if
    there is one. Raises ImportRefused.
    """
    _refuse_misuse(inputs, format_name)
    user_id = user.pk if user is not None and user.is_authenticated else None
    options = {
        "source_name": normalise_line(source_name)[:300],
        "format_name": format_name,
        "mapping": dict(mapping or {}),
    }
    fingerprint = _fingerprint(corpus, inputs, options) if resume else ""
    if resume and (unfinished := _unfinished(corpus, fingerprint)) is not None:
        return unfinished
    kept = [(given, _keep(given, corpus, user_id)) for given in inputs]
    with transaction.atomic():
        new = Import.objects.create(
            corpus=corpus, created_by_id=user_id, door=door, fingerprint=fingerprint, **options
        )
        ImportInput.objects.bulk_create(
            _input(new, ordinal, given, capture) for ordinal, (given, capture) in enumerate(kept)
        )
    known: Import = new
    return known


def _refuse_misuse(inputs: Sequence[NewInput], format_name: str) -> None:
    if not inputs:
        raise ImportRefused("Nothing was given. Choose files, paste text or name an address.")
    if len(inputs) > MAX_INPUTS:
        raise ImportRefused(f"At most {MAX_INPUTS:,} files or addresses go into one import.")
    if format_name:
        try:
            registry.by_name(format_name)
        except FormatError as fault:
            raise ImportRefused(str(fault)) from fault
    for given in inputs:
        if isinstance(given, Address):
            try:
                fetching.check_address(given.url)
            except fetching.FetchError as fault:
                raise ImportRefused(f"{given.url[:200]}: {fault}") from fault
        elif isinstance(given, Pasted):
            _refuse_paste(given.text)


def _refuse_paste(text: str) -> None:
    if not text.strip():
        raise ImportRefused("The pasted text is empty.")
    if len(text) > PASTE_CHARACTERS:
        raise ImportRefused(
            f"The pasted text is longer than {PASTE_CHARACTERS:,} characters. "
            "Save it to a file and import that."
        )


def _keep(given: NewInput, corpus: Corpus, user_id: int | None) -> Capture | None:
    """Keep bytes that won't be had again; addresses and local files wait for their turn."""
    match given:
        case Upload(filename, media_type, stream):
            return captures.keep(
                stream, corpus=corpus, user_id=user_id, filename=filename, media_type=media_type
            )
        case Pasted(text):
            # A lone surrogate can't be kept as UTF-8; the replacement shows where one was.
            data = io.BytesIO(text.encode("utf-8", "replace"))
            return captures.keep(
                data,
                corpus=corpus,
                user_id=user_id,
                filename="pasted text",
                media_type="text/plain; charset=utf-8",
            )
        case _:
            return None


def _input(into: Import, ordinal: int, given: NewInput, capture: Capture | None) -> ImportInput:
    match given:
        case Upload(filename):
            kind, location = InputKind.BYTES, filename
        case Pasted():
            kind, location = InputKind.BYTES, "pasted text"
        case Address(url):
            kind, location = InputKind.ADDRESS, url
        case LocalFile(path):
            kind, location = InputKind.PATH, str(path)
    return ImportInput(
        run=into,
        ordinal=ordinal,
        kind=kind,
        location=normalise(location)[:4000],
        capture=capture,
    )


def _fingerprint(corpus: Corpus, inputs: Sequence[NewInput], options: Mapping[str, object]) -> str:
    """Return one hash for the same inputs and options; a changed file is another input."""
    listed: list[object] = [corpus.pk, dict(options)]
    for given in inputs:
        match given:
            case LocalFile(path):
                status = path.stat()
                listed.append([str(path), status.st_size, status.st_mtime_ns])
            case Address(url):
                listed.append(url)
            case Pasted(text):
                listed.append(text)
            case Upload(filename):
                listed.append(filename)
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()


def _unfinished(corpus: Corpus, fingerprint: str) -> Import | None:
    over = [ImportStatus.FINISHED, ImportStatus.CANCELLED]
    found: Import | None = (
        Import.objects.filter(corpus=corpus, fingerprint=fingerprint)
        .exclude(status__in=over)
        .last()
    )
    return found


def retry(earlier: Import, *, user: Visitor | None, door: Door) -> Import:
    """Return a new import that waits to read again what failed in ``earlier``.

    Raises ImportRefused if nothing failed or everything that failed was tried again already.
    """
    failed = ImportItem.objects.filter(run=earlier, outcome=Outcome.FAILED, retried_in__isnull=True)
    with transaction.atomic():
        locked = list(failed.select_for_update().values_list("pk", "input_id"))
        if not locked:
            raise ImportRefused("There is nothing left to try again in this import.")
        again = Import.objects.create(
            corpus_id=earlier.corpus_id,
            created_by_id=user.pk if user is not None and user.is_authenticated else None,
            door=door,
            source_name=earlier.source_name,
            format_name=earlier.format_name,
            mapping=earlier.mapping,
        )
        olds = ImportInput.objects.filter(pk__in={input_id for _, input_id in locked})
        ImportInput.objects.bulk_create(
            ImportInput(
                run=again,
                ordinal=ordinal,
                kind=old.kind,
                location=old.location,
                capture_id=old.capture_id,
                retry_of=old,
            )
            for ordinal, old in enumerate(olds.order_by("ordinal"))
        )
        failed.filter(pk__in=[pk for pk, _ in locked]).update(retried_in=again)
    known: Import = again
    return known


def cancel(import_: Import) -> bool:
    """End an import that is not over; what is stored stays. False if it was over."""
    changed = Import.objects.filter(
        pk=import_.pk, status__in=[ImportStatus.QUEUED, ImportStatus.RUNNING]
    ).update(status=ImportStatus.CANCELLED, finished_at=timezone.now())
    return bool(changed)
