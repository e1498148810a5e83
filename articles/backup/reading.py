"""Reading a backup in one pass: its contents are handed on, and compared with its manifest."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, Protocol

from articles.backup.archive import BadBackupError, Kind, Member, members
from articles.backup.manifest import Captures, Header, Manifest, sum_line
from articles.backup.tables import Tally


class Sink(Protocol):
    """Where the contents go. Whatever it leaves unread is read past."""

    def table(self, name: str, columns: tuple[str, ...], chunks: Iterator[bytes]) -> None:
        """Take a table's rows."""

    def capture(self, sha256: str, chunks: Iterator[bytes]) -> None:
        """Take a capture's bytes."""


class Nowhere:
    """Takes nothing: for a backup that is only checked."""

    def table(self, name: str, columns: tuple[str, ...], chunks: Iterator[bytes]) -> None:
        """Leave it."""

    def capture(self, sha256: str, chunks: Iterator[bytes]) -> None:
        """Leave it."""


@dataclass(slots=True)
class _Seen:
    """What went by."""

    plain: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, Tally] = field(default_factory=dict)
    captures: int = 0
    capture_bytes: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    last_capture: str = ""


class Backup:
    """A backup that is read once, from its beginning to its end."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read the header; raise BadBackupError if there is none."""
        self._parts = groupby(members(stream), key=lambda part: (part.kind, part.name))
        (_, name), parts = next(self._parts, ((Kind.PLAIN, ""), iter(())))
        if name != "header.json":
            raise BadBackupError("This is no backup of Newsroom: it does not begin with a header.")
        data = b"".join(part.data for part in parts)
        self.header = Header.from_json(data)
        self._header_sha256 = hashlib.sha256(data).hexdigest()

    def read(self, sink: Sink) -> Manifest:
        """Hand on everything; raise BadBackupError unless all of it is as it was written.

        What was handed on may be kept only once this returns.
        """
        seen = _Seen()
        for (kind, name), parts in self._parts:
            if "manifest.sha256" in seen.plain or (seen.plain and name != "manifest.sha256"):
                raise BadBackupError("The backup goes on after its end.")
            if kind is Kind.PLAIN:
                seen.plain[name] = b"".join(part.data for part in parts)
            elif kind is Kind.TABLE:
                _table(seen, self.header, sink, name, parts)
            else:
                _capture(seen, sink, name, parts)
        return self._compared(seen)

    def _compared(self, seen: _Seen) -> Manifest:
        data = seen.plain.get("manifest.json", b"")
        if seen.plain.keys() != {"manifest.json", "manifest.sha256"}:
            raise BadBackupError("The backup has no end: it was cut off, or never finished.")
        if seen.plain["manifest.sha256"] != sum_line(data):
            raise BadBackupError("The manifest of this backup is damaged.")
        manifest = Manifest.from_json(data)
        if manifest.header_sha256 != self._header_sha256:
            raise BadBackupError("The header of this backup is damaged.")
        if not manifest.tables.keys() == self.header.tables.keys() == seen.tables.keys():
            raise BadBackupError("A table is missing from the backup.")
        for name, tally in seen.tables.items():
            if tally.rows != manifest.tables[name]:
                raise BadBackupError(f"The rows of {name} are not those that were written.")
        found = Captures(seen.captures, seen.capture_bytes, seen.digest.hexdigest())
        if found != manifest.captures:
            raise BadBackupError("The captures are not those that were written.")
        return manifest


def _table(seen: _Seen, header: Header, sink: Sink, name: str, parts: Iterable[Member]) -> None:
    if name not in header.tables or name in seen.tables:
        raise BadBackupError(f"The table {name} is in the backup twice, or unannounced.")
    if seen.captures:
        raise BadBackupError("The backup has tables after captures.")
    tally = seen.tables[name] = Tally()

    def chunks() -> Iterator[bytes]:
        for data in _in_order(parts):
            tally.add(data)
            yield data

    going = chunks()
    sink.table(name, header.tables[name], going)
    _read_past(going)


def _capture(seen: _Seen, sink: Sink, sha256: str, parts: Iterable[Member]) -> None:
    if sha256 <= seen.last_capture:
        raise BadBackupError("Captures are in the backup twice, or out of order.")
    digest = hashlib.sha256()
    size = 0

    def chunks() -> Iterator[bytes]:
        nonlocal size
        for data in _in_order(parts):
            digest.update(data)
            size += len(data)
            yield data
        if digest.hexdigest() != sha256:
            raise BadBackupError(f"The capture {sha256} is damaged.")

    going = chunks()
    sink.capture(sha256, going)
    _read_past(going)
    seen.last_capture = sha256
    seen.captures += 1
    seen.capture_bytes += size
    seen.digest.update(f"{sha256} {size}\n".encode())


def _in_order(parts: Iterable[Member]) -> Iterator[bytes]:
    for number, part in enumerate(parts, start=1):
        if part.part != number:
            raise BadBackupError(f"A part of {part.name} is missing.")
        yield part.data


def _read_past(chunks: Iterator[bytes]) -> None:
    for _ in chunks:
        pass
