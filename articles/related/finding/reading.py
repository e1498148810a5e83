"""What articles of a build are to others by event, read by processes beside the one that keeps it.

No Django: such a process has none of what a command sets up.
"""

from dataclasses import dataclass
from pathlib import Path

import tantivy

from articles.related.events.abouts import Abouts
from articles.related.events.events import Alike, Comparing
from articles.related.events.records import Records
from articles.search.engine.faults import told_apart


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process beside is asked: of a build, in a state that who keeps it calls so."""

    build: Path
    state: str
    comparing: Comparing


class Reading:
    """What articles of a build are about, to read."""

    def __init__(self, build: Path) -> None:
        with told_apart():
            self._index = tantivy.Index.open(str(build))
            self._index.config_reader("manual")
            self._index.reload()
            self.abouts = Abouts(self._index.searcher(), self._index.schema, Records(build))

    def follow(self) -> None:
        """Go on with what is committed by now."""
        with told_apart():
            self._index.reload()
            self.abouts.follow(self._index.searcher())


class _Opened:
    """The build that this process, beside the one that relates, has open."""

    reading: Reading | None = None
    build: Path | None = None
    state = ""


def read_alike(asked: Asked) -> list[Alike]:
    """Return what an article is to others by event; for processes beside."""
    if _Opened.reading is None or _Opened.build != asked.build:
        _Opened.reading = Reading(asked.build)
    elif _Opened.state != asked.state:
        _Opened.reading.follow()
    _Opened.build, _Opened.state = asked.build, asked.state
    return asked.comparing.alike(_Opened.reading.abouts)
