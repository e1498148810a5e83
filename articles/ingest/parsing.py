"""Reading a capture to prepared batches; a large one in a process beside the database's work."""

import gc
import multiprocessing
import os
import pickle
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

from articles.formats import registry
from articles.formats.protocol import Format, FormatError, Origin, ReadOptions
from articles.ingest.preparing import Prepared, prepare
from articles.ingest.stops import deaf_to_stops
from articles.ingest.unpacking import Unpacked, open_unpacked
from articles.parsed import ReadItem, Refused
from articles.reading import agencies

BATCH_ITEMS = 1_000
BATCH_CHARACTERS = 6_000_000
AHEAD_BATCHES = 2
# Below this a process of its own costs more than it saves.
OWN_PROCESS_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be read, and how."""

    path: Path
    format_name: str
    origin: Origin
    options: ReadOptions
    default_source: str | None = None
    # Items that an interrupted run has stored already.
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Items in order, and how many bytes of the capture lie behind them.

    ``note`` is set on a last batch after which reading could not go on: where and why.
    """

    items: list[Prepared | Refused]
    bytes_done: int
    note: str = ""


def choose_format(path: Path, origin: Origin, name: str = "") -> Format:
    """Return the format called ``name``, or the one that knows the file. Raises FormatError."""
    if name:
        return registry.by_name(name)
    with open_unpacked(path) as unpacked:
        head = unpacked.stream.read(registry.SNIFF_BYTES)
        if not head and unpacked.fault:
            raise FormatError(unpacked.fault, code="damaged")
    return registry.sniff(head, origin)


def read(job: Job) -> Iterator[Batch]:
    """Yield a capture's batches; never raises for what is in the capture."""
    if job.path.stat().st_size < OWN_PROCESS_BYTES:
        yield from _read_here(job)
    else:
        yield from _read_beside(job)


def _read_here(job: Job) -> Iterator[Batch]:
    batch: list[Prepared | Refused] = []
    characters = 0
    with open_unpacked(job.path) as unpacked:
        fmt = registry.by_name(job.format_name)
        reader = _safely(items(fmt, unpacked.stream, job.origin, job.options), unpacked)
        note = ""
        for index, item in enumerate(reader):
            if isinstance(item, _Stop):
                # The failure is itself an item, unless it was stored before.
                note = item.note if batch or index > 0 else ""
                refused = Refused("whole file", item.code, item.note)
                if index >= job.skip:
                    batch.append(refused)
                break
            if index < job.skip:
                continue
            done = (
                item
                if isinstance(item, Refused)
                else prepare(item, default_source=job.default_source)
            )
            batch.append(done)
            characters += len(done.text) if isinstance(done, Prepared) else len(done.raw)
            if len(batch) >= BATCH_ITEMS or characters >= BATCH_CHARACTERS:
                yield Batch(batch, unpacked.bytes_done)
                batch, characters = [], 0
        yield Batch(batch, unpacked.bytes_done if note else job.path.stat().st_size, note)


@dataclass(frozen=True, slots=True)
class _Stop:
    """Reading can't go on."""

    code: str
    note: str


def items(
    fmt: Format, stream: IO[bytes], origin: Origin, options: ReadOptions
) -> Iterator[ReadItem]:
    """Yield what a format reads, the corpus' agencies known to it; raise as the format does."""
    reader = fmt.read(stream, origin, options)
    while True:
        # Entered anew for each item: whoever asks for them must not inherit the scope.
        with agencies.also_known(options.agencies):
            try:
                item = next(reader)
            except StopIteration:
                return
        yield item


def _safely(reader: Iterator[ReadItem], unpacked: Unpacked) -> Iterator[ReadItem | _Stop]:
    """Yield a reader's items; whatever it raises, or unpacking stops at, becomes the last one."""
    while True:
        try:
            item = next(reader)
        except StopIteration:
            if unpacked.fault:
                yield _Stop("capped", unpacked.fault)
            return
        except FormatError as fault:
            yield _Stop(fault.code, str(fault))
            return
        except Exception as fault:  # noqa: BLE001 -- a reader's fault must not take the run with it
            yield _Stop(
                "reader_fault",
                f"The reader failed ({type(fault).__name__}: {fault}). The file is kept; "
                "retry it after an update.",
            )
            return
        yield item


def _read_beside(job: Job) -> Iterator[Batch]:
    """Read in a process of its own; a full pipe holds it back, a dead one ends the reading."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send_batches, args=(sending, job), daemon=True)
    with deaf_to_stops():
        process.start()
    sending.close()
    try:
        while True:
            try:
                batch: Batch | None = pickle.loads(receiving.recv_bytes())  # noqa: S301 -- our own process
            except EOFError:
                reason = "The reader's process ended before the file did. Import the file again."
                yield Batch([Refused("whole file", "reader_died", reason)], 0, reason)
                return
            if batch is None:
                return
            yield batch
    finally:
        receiving.close()
        process.kill()
        process.join()


def _send_batches(sending: Connection, job: Job) -> None:
    """Read ahead by a few batches while whoever asked is busy with the one before."""
    # What is read lives as long as its batch: looking for cycles among it finds nothing, often.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    ready: queue.Queue[Batch | None] = queue.Queue(AHEAD_BATCHES)
    threading.Thread(target=_send, args=(sending, ready), daemon=True).start()
    for batch in _read_here(job):
        ready.put(batch)
    ready.put(None)
    ready.join()


def _send(sending: Connection, ready: "queue.Queue[Batch | None]") -> None:
    while True:
        batch = ready.get()
        try:
            sending.send_bytes(pickle.dumps(batch, protocol=5))
        except BrokenPipeError:
            # Whoever asked is gone.
            os._exit(0)
        ready.task_done()
