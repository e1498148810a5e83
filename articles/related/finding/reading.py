"""What articles of a build are to others by event, read by processes beside the one that keeps it.

No Django: such a process has none of what a command sets up.
"""

from dataclasses import dataclass
from pathlib import Path

from articles.related.events.abouts import Abouts
from articles.related.events.events import Alike, Comparing
from articles.related.store.lookup import Lookup
from articles.related.store.records import Records


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process beside is asked: of a build, in the ``state`` that its store is in."""

    build: Path
    state: tuple[int, int]
    comparing: Comparing


class Reading:
    """What articles of a build are about, to read."""

    def __init__(self, build: Path, state: tuple[int, int]) -> None:
        self.build = build
        records = Records(build)
        self._lookup = Lookup(build, records, end=state[1])
        self.abouts = Abouts(self._lookup, records)

    def follow(self, state: tuple[int, int]) -> None:
        """Go on with what is committed by now."""
        # What was asked earlier may come later, where a process died of something.
        if self._lookup.state < state:
            self._lookup.follow(state[1])
            self.abouts.follow()


class _Opened:
    """The build that this process, beside the one that relates, has open."""

    reading: Reading | None = None


def read_alike(asked: Asked) -> list[Alike]:
    """Return what an article is to others by event; for processes beside."""
    if _Opened.reading is None or _Opened.reading.build != asked.build:
        _Opened.reading = Reading(asked.build, asked.state)
    _Opened.reading.follow(asked.state)
    return asked.comparing.alike(_Opened.reading.abouts)
