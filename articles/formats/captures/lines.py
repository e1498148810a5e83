"""The lines of a capture: numbered, cleaned, and joined where they were wrapped.

A paragraph saved from a mail program or a terminal is broken at some column. Such lines are joined
again: where a line is so full that the next line's first word had no room in it, the break was not
the writer's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.text import normalise, normalise_line

_LINE_END = re.compile("\r\n?|[\n\u2028\u2029\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_FEEDS = str.maketrans("\v\f", "  ")
# Columns at which programs wrap: mail at 65 to 78, terminals at 80, some editors at 100.
_NARROWEST, _WIDEST = 50, 100
# Scripts without spaces are broken anywhere but within numbers and before punctuation.
_WIDE_WORD = 8
_SHORTEST = 30  # a shorter line was ended by its writer
# So many broken sentences make a habit; so great a share of them must be as full as can be.
_BROKEN_LINES = 3
_FULL_SHARE = 0.8
_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：؟۔।]['\"’”»)\]】」』]*$")
_STARTS_APART = re.compile(r"[-–—•●▪◦*·‣#>|=_]|\d{1,2}[.)]\s|\[")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as its writer meant it.

    ``number`` and ``last`` are the first and last line in the capture, from 1; ``gap`` counts the
    blank lines above it; ``removed`` counts control characters that were taken out.
    """

    number: int
    last: int
    text: str
    gap: int = 0
    indent: int = 0
    removed: int = 0

    @property
    def bare(self) -> str:
        """The text without invisible marks (bidi controls, joiners) at its edges."""
        text = self.text
        if text.isascii():
            return text
        start, end = 0, len(text)
        while start < end and _invisible(text[start]):
            start += 1
        while end > start and _invisible(text[end - 1]):
            end -= 1
        return text[start:end]


def _invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"


def is_blank(text: str) -> bool:
    """Whether a line shows nothing: white space and format characters only."""
    return all(_invisible(char) for char in text)


def physical(text: str) -> Iterator[Line]:
    """Yield the lines of ``text`` that show something."""
    gap = 0
    for number, raw in enumerate(_LINE_END.split(text), 1):
        removed = len(_CONTROLS.findall(raw)) if not raw.isprintable() else 0
        words = normalise_line(raw.translate(_FEEDS))
        if is_blank(words):
            gap += 1
            if removed:  # a line of control characters alone still leaves a note
                yield Line(number, number, "", gap, 0, removed)
            continue
        clean = normalise(raw)
        yield Line(number, number, words, gap, len(clean) - len(clean.lstrip()), removed)
        gap = 0


def unwrap(lines: list[Line], stands_alone: Callable[[str], bool]) -> list[Line]:
    """Return ``lines`` with wrapped paragraphs joined to one line each.

    ``stands_alone`` says of a line that it never goes on from the one above, full as that may be.
    """
    done: list[Line] = []
    for region in _regions(lines):
        width = _wrap_width(region)
        done.extend(_joined(region, width, stands_alone) if width else region)
    return done


def _regions(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines that may be wrapped: a line too long for it stands for itself."""
    region: list[Line] = []
    for line in lines:
        if columns(line.text) > _WIDEST + 10:
            if region:
                yield region
            yield [line]
            region = []
        else:
            region.append(line)
    if region:
        yield region


def _wrap_width(region: list[Line]) -> int:
    """Return the column at which a region is wrapped, 0 where it is not."""
    broken = [
        (columns(upper.text), columns(upper.text) + _first_word(lower.text))
        for upper, lower in pairwise(region)
        if not lower.gap
        and _SHORTEST <= columns(upper.text) <= _WIDEST
        and not _ENDS_SENTENCE.search(upper.text)
        and not _STARTS_APART.match(lower.text)
    ]
    if len(broken) < _BROKEN_LINES:
        return 0
    width = max(length for length, _ in broken)
    full = sum(with_next > width for _, with_next in broken)
    if width < _NARROWEST or full < _FULL_SHARE * len(broken):
        return 0
    return width


def _joined(region: list[Line], width: int, stands_alone: Callable[[str], bool]) -> Iterator[Line]:
    held = region[0]
    tail = held  # the physical line the held one ends with
    for line in region[1:]:
        if _goes_on(tail, line, width) and not stands_alone(line.bare):
            space = "" if _wide(held.text[-1]) and _wide(line.text[0]) else " "
            held = Line(
                held.number,
                line.last,
                held.text + space + line.text,
                held.gap,
                held.indent,
                held.removed + line.removed,
            )
        else:
            yield held
            held = line
        tail = line
    yield held


def _goes_on(upper: Line, lower: Line, width: int) -> bool:
    """Whether the break between two lines is the wrapping's and not the writer's."""
    return (
        not lower.gap
        and bool(upper.text and lower.text)
        and lower.indent <= upper.indent
        and not _STARTS_APART.match(lower.text)
        and columns(upper.text) * 2 > width
        and columns(upper.text) + _first_word(lower.text) > width
    )


def _first_word(text: str) -> int:
    """Return the columns that a line's first word would need, with its space."""
    if text and _wide(text[0]):
        return _WIDE_WORD
    return columns(text.split(" ", 1)[0]) + 1


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: East Asian characters take two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for char in text if _wide(char))
