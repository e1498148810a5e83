"""Files that are still there, whole, after a power cut: synced before a row speaks of them."""

import os
from pathlib import Path


def write(path: Path, data: bytes, *, at: int = 0) -> int:
    """Write a file from a byte on, of which what was there after it goes; return its length.

    Its folder is made if there is none.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("r+b" if at else "wb") as file:
        file.truncate(at)
        file.seek(at)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        length = file.tell()
    if is_new:
        sync_folder(path.parent)
    return length


def sync_folder(folder: Path) -> None:
    """Make new names in a folder survive a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
