"""The file of a backup: a tar of small members, each written and read whole.

Everything is cut into numbered parts of at most ``PART`` bytes, and each part is packed with gzip
by itself. So a stream of any length is written and read in bounded memory, a part that unpacks to
more is refused, and the file can still be opened with tar and gzip alone.
"""

import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

PART = 8 * 1024 * 1024
# What a part packs to at worst; also the most that a header or a manifest may have.
LARGEST_MEMBER = PART + 64 * 1024
BLOCK = tarfile.BLOCKSIZE
# Text packs to about a quarter; higher levels cost three times as long for a tenth less.
LEVEL = 3
GZIP = 31

_NAME = re.compile(
    r"(?P<plain>header\.json|manifest\.json|manifest\.sha256)"
    r"|tables/(?P<table>[a-z_][a-z0-9_]{0,62})\.(?P<table_part>[0-9]{6,9})\.gz"
    r"|captures/(?P<folder>[0-9a-f]{2})/(?P<sha256>[0-9a-f]{64})\.(?P<part>[0-9]{6,9})\.gz"
)


class BadBackupError(Exception):
    """A file that is no backup, or not a whole one; says why."""


class Kind(StrEnum):
    """What a member is part of."""

    PLAIN = "plain"
    TABLE = "table"
    CAPTURE = "capture"


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a table (``name``), of a capture (``name`` is its SHA-256), or a plain file."""

    kind: Kind
    name: str
    # From 1; 0 for a plain file.
    part: int
    data: bytes


class Writer:
    """Writes members to a stream that need not be seekable."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def plain(self, name: str, data: bytes) -> None:
        """Write a file as it is."""
        self._write(name, data)

    def table(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a table's rows."""
        self._parts(f"tables/{name}", chunks)

    def capture(self, sha256: str, chunks: Iterable[bytes]) -> None:
        """Write a capture's bytes."""
        self._parts(f"captures/{sha256[:2]}/{sha256}", chunks)

    def end(self) -> None:
        """Write the end of the tar."""
        self._stream.write(bytes(2 * BLOCK))

    def _parts(self, name: str, chunks: Iterable[bytes]) -> None:
        number = 0
        for number, part in enumerate(_cut(chunks), start=1):
            self._write(f"{name}.{number:06}.gz", _pack(part))
        if not number:
            self._write(f"{name}.{1:06}.gz", _pack(b""))

    def _write(self, name: str, data: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        info.mode = 0o600
        self._stream.write(info.tobuf(tarfile.USTAR_FORMAT))
        self._stream.write(data)
        self._stream.write(bytes(-len(data) % BLOCK))


def _cut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= PART:
            yield bytes(waiting[:PART])
            del waiting[:PART]
    if waiting:
        yield bytes(waiting)


def _pack(data: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    return packer.compress(data) + packer.flush()


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Read members in order; raise BadBackupError at the first thing that is not as we write it."""
    ended = False
    while header := _exactly(stream, BLOCK, may_end=True):
        if header == bytes(BLOCK):
            ended = True
            break
        try:
            info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as fault:
            raise BadBackupError("This is no backup of Newsroom, or it is damaged.") from fault
        found = _NAME.fullmatch(info.name)
        if found is None or info.type != tarfile.REGTYPE:
            raise BadBackupError(f"This is no backup of Newsroom: it holds “{info.name[:100]}”.")
        if info.size > LARGEST_MEMBER:
            raise BadBackupError(f"{info.name} has {info.size:,} bytes, more than we ever write.")
        data = _exactly(stream, info.size)
        _exactly(stream, -info.size % BLOCK)
        yield _member(found, data)
    if not ended:
        raise BadBackupError("The file stops in the middle: it was cut off.")


def _member(found: re.Match[str], data: bytes) -> Member:
    if found["plain"]:
        return Member(Kind.PLAIN, found["plain"], 0, data)
    name = found.group()
    if found["table"]:
        return Member(Kind.TABLE, found["table"], int(found["table_part"]), _unpack(name, data))
    if found["folder"] != found["sha256"][:2]:
        raise BadBackupError(f"{name} lies in the wrong folder.")
    return Member(Kind.CAPTURE, found["sha256"], int(found["part"]), _unpack(name, data))


def _unpack(name: str, data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=GZIP)
    try:
        plain = unpacker.decompress(data, PART + 1)
    except zlib.error as fault:
        raise BadBackupError(f"{name} is damaged.") from fault
    if len(plain) > PART:
        raise BadBackupError(f"{name} unpacks to more than we ever write.")
    if not unpacker.eof or unpacker.unused_data:
        raise BadBackupError(f"{name} is damaged.")
    return plain


def _exactly(stream: IO[bytes], count: int, *, may_end: bool = False) -> bytes:
    data = b""
    while len(data) < count and (more := stream.read(count - len(data))):
        data += more
    if len(data) < count and (data or not may_end):
        raise BadBackupError("The file stops in the middle: it was cut off.")
    return data
