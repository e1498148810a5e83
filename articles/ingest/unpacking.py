"""Compressed captures: opened under a cap, so that a small file can't fill a machine."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
# What prose compresses to at the very best, and a floor for small files.
RATIO = 200
FLOOR = 32 * 1024 * 1024
MEMBERS = 100_000


class CapError(Exception):
    """Unpacking went over the cap. ``str()`` says where it stopped."""


class Capped(io.RawIOBase):
    """A readable, seekable stream that raises CapError past ``cap`` bytes."""

    def __init__(self, stream: IO[bytes], cap: int) -> None:
        super().__init__()
        self._stream = stream
        self._cap = cap

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
        try:
            piece = self._stream.read(len(view))
        except (EOFError, OSError) as fault:
            raise CapError(
                f"The compressed file is damaged after {self._stream.tell():,} bytes unpacked."
            ) from fault
        if self._stream.tell() > self._cap:
            raise CapError(
                f"The file unpacks to more than {self._cap:,} bytes, {RATIO} times its size: "
                "reading stopped there."
            )
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()


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


def open_unpacked(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Open a file, decompressed where it is gzip; return the stream and the raw file beneath it.

    The raw file's position tells how far reading is.
    """
    raw = path.open("rb")
    if not is_gzip(raw.read(2)):
        raw.seek(0)
        return raw, raw
    raw.seek(0)
    cap = max(FLOOR, path.stat().st_size * RATIO)
    unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    return cast("IO[bytes]", io.BufferedReader(Capped(unpacked, cap), 256 * 1024)), raw


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield each file of a zip archive, under a cap on the whole. Raises CapError."""
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
                    yield info.filename, cast("IO[bytes]", io.BufferedReader(Capped(member, cap)))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise CapError(f"The archive can't be unpacked: {fault}.") from fault


def _is_content(info: zipfile.ZipInfo) -> bool:
    name = info.filename.rsplit("/", 1)[-1]
    return not info.is_dir() and not name.startswith(".") and "__MACOSX/" not in info.filename
