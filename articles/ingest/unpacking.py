"""Compressed captures: opened under a cap, so that a small file can't fill a machine."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, cast

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
# What prose compresses to at the very best, and a floor for small files.
RATIO = 200
FLOOR = 32 * 1024 * 1024
MEMBERS = 100_000
BUFFER = 256 * 1024


class CapError(Exception):
    """Unpacking went over the cap. ``str()`` says where it stopped."""


class Capped(io.RawIOBase):
    """A readable, seekable stream that ends at ``cap`` bytes or where the packing is damaged.

    It ends quietly, so that a reader gives what came before; ``fault`` then says where and why.
    """

    def __init__(self, stream: IO[bytes], cap: int) -> None:
        super().__init__()
        self._stream = stream
        self._cap = cap
        self.fault = ""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        at = self._stream.tell()
        room = min(len(view), self._cap - at + 1)
        try:
            # read1 gives what came before a damaged place; read would lose it.
            piece = cast("io.BufferedReader", self._stream).read1(room)
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile):
            self.fault = f"The compressed file is damaged: reading stopped after {at:,} bytes."
            return 0
        if at + len(piece) > self._cap:
            self.fault = (
                f"The file unpacks to more than {self._cap:,} bytes, far more than its size "
                "allows for: reading stopped there."
            )
            piece = piece[: self._cap - at]
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()


@dataclass(slots=True)
class Unpacked:
    """An open file: its stream, decompressed where it is gzip, and the raw file beneath it."""

    stream: IO[bytes]
    raw: IO[bytes]
    capped: Capped | None = None

    @property
    def fault(self) -> str:
        """Where and why unpacking stopped; empty if it did not."""
        return self.capped.fault if self.capped else ""

    @property
    def bytes_done(self) -> int:
        """How many bytes of the file, as it lies on disk, are read."""
        return self.raw.tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()
        self.raw.close()


def is_gzip(head: bytes) -> bool:
    """Whether bytes begin as gzip does."""
    return head.startswith(GZIP_MAGIC)


def is_archive(path: Path, head: bytes) -> bool:
    """Whether a file is a zip of files, and not a document that is a zip inside."""
    if not head.startswith(ZIP_MAGIC):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return "[Content_Types].xml" not in names


def open_unpacked(path: Path) -> Unpacked:
    """Open a file, decompressed where it is gzip."""
    raw = path.open("rb")
    packed = is_gzip(raw.read(2))
    raw.seek(0)
    if not packed:
        return Unpacked(raw, raw)
    cap = max(FLOOR, path.stat().st_size * RATIO)
    capped = Capped(cast("IO[bytes]", gzip.GzipFile(fileobj=raw)), cap)
    return Unpacked(cast("IO[bytes]", io.BufferedReader(capped, BUFFER)), raw, capped)


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield each file of a zip archive, under a cap on the whole; raise CapError past it."""
    cap = max(FLOOR, path.stat().st_size * RATIO)
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [info for info in archive.infolist() if _is_content(info)]
            if len(listed) > MEMBERS:
                raise CapError(f"The archive holds more than {MEMBERS:,} files.")
            if sum(info.file_size for info in listed) > cap:
                raise CapError(f"The archive unpacks to more than {cap:,} bytes.")
            for info in listed:
                with archive.open(info) as member:
                    capped = Capped(member, cap)
                    yield info.filename, cast("IO[bytes]", io.BufferedReader(capped))
                    if capped.fault:
                        raise CapError(f"{info.filename}: {capped.fault}")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise CapError(f"The archive can't be unpacked: {fault}.") from fault


def _is_content(info: zipfile.ZipInfo) -> bool:
    name = info.filename.rsplit("/", 1)[-1]
    return not info.is_dir() and not name.startswith(".") and "__MACOSX/" not in info.filename
