"""What can be wrong with an index on disk, told apart; and whether one is whole.

Tantivy tells everything as a ValueError with a sentence, and what it did not expect as a panic.
"""

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SYSTEM = re.compile(r"os error (\d+)|code: (\d+)")
# Of the system's errors, those that say a file or a folder of the index is gone.
_GONE = {2, 20}
_FULL = {27, 28, 122}
# The end of each of Tantivy's files: the length of the JSON before it, and a fixed number.
_MAGIC = (1337).to_bytes(4, "little")
_CHUNK = 1024 * 1024


class BrokenIndexError(Exception):
    """An index that can't be read, or can't be written any more: a sentence."""


class IndexRefusedError(Exception):
    """The system does not let us read or write an index that may be whole: a sentence."""


class IndexLockedError(Exception):
    """Another process has the index open to write."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise one of this module's errors for what the engine raises in here."""
    try:
        yield
    except OSError as fault:
        raise _told(f"{fault} (os error {fault.errno})") from fault
    except (ValueError, RuntimeError) as fault:
        raise _told(str(fault)) from fault
    except BaseException as fault:
        # A panic is no Exception, so that nobody catches it by chance.
        if not is_panic(fault):
            raise
        raise BrokenIndexError(str(fault)) from fault


def is_panic(fault: BaseException) -> bool:
    """Whether something is what the engine raises when it meets what it never expected."""
    return type(fault).__name__ == "PanicException"


def _told(message: str) -> Exception:
    if "LockBusy" in message:
        return IndexLockedError(message)
    found = _SYSTEM.search(message)
    number = int(found[1] or found[2]) if found else None
    if number in _FULL:
        return IndexRefusedError("The disk of the search index is full.")
    if number is not None and number not in _GONE:
        return IndexRefusedError(message)
    return BrokenIndexError(message)


def verify(folder: Path) -> int:
    """Read every file of an index and compare it with its checksum; return how many files.

    Raises BrokenIndexError, IndexRefusedError.
    """
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        known = [str(segment["segment_id"]).replace("-", "") for segment in segments]
    except (ValueError, LookupError, TypeError) as fault:
        raise BrokenIndexError(f"meta.json is damaged: {fault}") from fault
    except OSError as fault:
        raise _told(f"{fault} (os error {fault.errno})") from fault
    files = 0
    for segment in known:
        for file in folder.glob(f"{segment}.*"):
            try:
                _compare(file)
            except FileNotFoundError:
                # Merged into another segment by now; opening tells if one is missing.
                continue
            except OSError as fault:
                raise _told(f"{fault} (os error {fault.errno})") from fault
            files += 1
    return files


def _compare(file: Path) -> None:
    size = file.stat().st_size
    with file.open("rb") as stream:
        stream.seek(max(size - 8, 0))
        end = stream.read(8)
        length = int.from_bytes(end[:4], "little")
        body = size - 8 - length
        if end[4:] != _MAGIC or body < 0:
            raise BrokenIndexError(f"{file.name} is cut off.")
        stream.seek(body)
        try:
            wanted = json.loads(stream.read(length))["crc"]
        except (ValueError, LookupError) as fault:
            raise BrokenIndexError(f"{file.name} is damaged.") from fault
        stream.seek(0)
        found, left = 0, body
        while left and (chunk := stream.read(min(_CHUNK, left))):
            found, left = zlib.crc32(chunk, found), left - len(chunk)
    if found != wanted:
        raise BrokenIndexError(f"{file.name} is damaged: its checksum is another.")
