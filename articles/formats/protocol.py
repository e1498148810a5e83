"""What a format is: one file that sniffs and reads, behind one small protocol.

A format is pure: bytes in, :class:`~articles.parsed.ParsedArticle` out; no database, no settings,
no network. It is found through the entry point group ``newsroom.formats``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, ClassVar, Protocol

from articles.parsed import ReadItem


class FormatError(Exception):
    """The capture as a whole can't be read. ``str()`` is a sentence for the researcher.

    ``code`` is a word for scripts, e.g. ``count_mismatch``, ``not_an_article``, ``damaged``.
    """

    def __init__(self, reason: str, *, code: str = "unreadable") -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a capture came from, as far as its reader may care. Empty strings where not known."""

    filename: str = ""
    media_type: str = ""
    url: str = ""

    @property
    def suffix(self) -> str:
        """The file name's last suffix, lower case, with its dot; ``""`` without one."""
        return PurePosixPath(self.filename).suffix.lower()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the person who ingests knows better than the file.

    ``mapping`` gives, for tables and JSON, our field's name for a column of theirs; a column mapped
    to ``""`` goes to ``extra``. ``known_sources`` are names and aliases by which a bare line may be
    known as an outlet. ``agencies`` gives the agency's name for each alias that the corpus knows
    beside the shipped table.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    known_sources: frozenset[str] = frozenset()
    agencies: Mapping[str, str] = field(default_factory=dict)


class Format(Protocol):
    """A reader of one kind of capture.

    ``name`` is what ``--format`` takes; ``label`` is what a page shows; ``version`` changes
    whenever the reader would read the same bytes otherwise, and is kept with what it read.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    version: ClassVar[str]

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Return how surely (0 no, 100 yes) a capture that begins with ``head`` is ours."""
        ...

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield the capture's items in order, streaming where the form allows.

        ``stream`` is seekable and stands at its start. The same bytes give the same items with the
        same locators, always. Raises FormatError if the whole can't be read; one bad item is a
        Refused among the others, never an exception.
        """
        ...
