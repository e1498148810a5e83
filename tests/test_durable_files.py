"""What is written is on disk, with its name, before anyone is told of it."""

import os
from pathlib import Path

import pytest

from articles import durable_files


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return what is synced from now on: its name, and of a file how long it was then."""
    seen: list[tuple[str, int]] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        seen.append((path.name, 0 if path.is_dir() else path.stat().st_size))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    return seen


def test_a_new_file_is_synced_with_its_name(tmp_path: Path, synced: list[tuple[str, int]]) -> None:
    path = tmp_path / "folder" / "file"

    assert durable_files.write(path, b"one two") == 7

    assert path.read_bytes() == b"one two"
    assert synced == [("file", 7), ("folder", 0)]


def test_what_is_written_from_a_place_on_takes_the_place_of_what_was_there(
    tmp_path: Path, synced: list[tuple[str, int]]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one two three")

    assert durable_files.write(path, b"2", at=4) == 5

    assert path.read_bytes() == b"one 2"
    assert synced == [("file", 5)]
