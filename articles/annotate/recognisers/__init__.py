"""Recognisers: what says of a text where names stand that may be tagged. One interface for all.

What a recogniser finds is offered as a suggestion and counts for nothing until a person accepts it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]


class Found(NamedTuple):
    """A name in a text: code points, ``end`` exclusive; within one block.

    ``kind`` is a word of a codebook. ``entity`` is the id of who is meant, None where that is not
    known; ``name`` is then the name it would get, which need not be what stands there (Doe, for
    Ann Doe). ``score`` says from 0 to 1 how surely.
    """

    start: int
    end: int
    kind: str
    entity: int | None
    name: str
    score: float


class Recogniser(Protocol):
    """Finds names in texts. ``name`` is what suggestions say they are from."""

    name: str

    def find(
        self, text: str, blocks: Sequence[StoredBlock], language: str | None
    ) -> Iterable[Found]:
        """Yield the names of one text."""
        ...


class RecogniserUnavailableError(Exception):
    """Why a recogniser can't run here: a sentence that says what to do."""
