"""What a comparison of two texts is made of, and its form as data. Pure.

Offsets are code points of the text of the side they belong to, end exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from articles.text import Span


class Fate(StrEnum):
    """What became of some words. Cut words are of the first text alone, added of the second."""

    KEPT = "kept"
    RESPELLED = "respelled"
    MOVED = "moved"
    CUT = "cut"
    ADDED = "added"


class RowFate(StrEnum):
    """What became of a block: ``moved`` stands elsewhere, ``edited`` was kept in part."""

    SAME = "same"
    EDITED = "edited"
    MOVED = "moved"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its blocks."""

    text: str
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one fate, with the marks and the space around them.

    ``other`` is where they stand in the other text; None where they were cut or added.
    ``is_exact`` is False where case, punctuation or (if respelled) spelling differ.
    """

    start: int
    end: int
    fate: Fate
    other: tuple[int, int] | None = None
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the first text beside its counterpart in the second, or one of them alone.

    ``first`` and ``second`` number the blocks of each text; each block is in exactly one row, and
    each side's blocks are in order. Its runs tile it. Where a block stands alone though words of it
    are in the other text (it was moved, joined to another, or parted from it), ``counterpart``
    is the block of the other text that has most of them.
    """

    first: int | None
    second: int | None
    fate: RowFate
    first_runs: tuple[Run, ...] = ()
    second_runs: tuple[Run, ...] = ()
    counterpart: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """How many words of a text's body had which fate; ``lone``: cut, or on the second side added.

    ``lone_blocks`` counts the blocks of the body of which no word is in the other text, and
    ``lone_block_words`` their words.
    """

    words: int
    kept: int
    respelled: int
    moved: int
    lone: int
    blocks: int
    lone_blocks: int
    lone_block_words: int

    @property
    def share(self) -> float:
        """The part of its words that the other text has too, from 0 to 1."""
        return (self.words - self.lone) / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a comparison comes to, in words of the body (headlines and captions left out).

    ``is_whole`` is False where the texts were too long to compare all of them word by word: then
    more may be shared than is shown, and blocks beyond the 20,000th are left out.
    """

    first: Side
    second: Side
    is_whole: bool

    @property
    def cut(self) -> int:
        """Words of the first text that the second lacks."""
        return self.first.lone

    @property
    def added(self) -> int:
        """Words of the second text that the first lacks."""
        return self.second.lone


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side: rows in reading order, and what they come to."""

    rows: tuple[Row, ...]
    summary: Summary

    @property
    def is_same(self) -> bool:
        """Whether nothing differs at all, marks and capitals included."""
        return all(
            row.fate is RowFate.SAME and all(run.is_exact for run in row.first_runs)
            for row in self.rows
        )


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON types: offsets are code points of each side's text."""
    summary = comparison.summary
    return {
        "summary": {
            "first": _side(summary.first, "cut"),
            "second": _side(summary.second, "added"),
            "is_whole": summary.is_whole,
        },
        "rows": [
            {
                "fate": row.fate.value,
                "first": row.first,
                "second": row.second,
                "counterpart": row.counterpart,
                "first_runs": [_run(run) for run in row.first_runs],
                "second_runs": [_run(run) for run in row.second_runs],
            }
            for row in comparison.rows
        ],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "start": run.start,
        "end": run.end,
        "fate": run.fate.value,
        "other": list(run.other) if run.other else None,
        "exact": run.is_exact,
    }


def _side(side: Side, lone: str) -> dict[str, Any]:
    return {
        "words": side.words,
        "share": round(side.share, 4),
        "kept": side.kept,
        "respelled": side.respelled,
        "moved": side.moved,
        lone: side.lone,
        "paragraphs": side.blocks,
        f"paragraphs_{lone}": side.lone_blocks,
    }
