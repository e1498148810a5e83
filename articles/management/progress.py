"""A bar of progress with rate and time left, on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


class Told(Protocol):
    """Takes what is being worked on, the bytes done, and about how many there are."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """Show it."""


@contextmanager
def following(title: str) -> Iterator[Told]:
    """Show how far work on bytes has come; nothing when standard error is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(
                task,
                description=f"{title} {what}".rstrip(),
                completed=done,
                total=max(total, done) or None,
            )

        yield show


@contextmanager
def opened(title: str, file: str) -> Iterator[IO[bytes]]:
    """Open a file to read, or standard input for ``-``, and show how far reading has come."""
    with ExitStack() as stack:
        told = stack.enter_context(following(title))
        if file == "-":
            stream, total = sys.stdin.buffer, 0
        else:
            stream = stack.enter_context(Path(file).open("rb", buffering=1024 * 1024))
            total = Path(file).stat().st_size
        yield cast("IO[bytes]", _Followed(stream, total, told))


class _Followed:
    """A stream that tells how much of it was read."""

    def __init__(self, stream: IO[bytes], total: int, told: Told) -> None:
        self._stream = stream
        self._total = total
        self._told = told
        self._done = 0

    def read(self, count: int) -> bytes:
        data = self._stream.read(count)
        self._done += len(data)
        self._told("", self._done, self._total)
        return data
