"""Lines of a capture that say again what an earlier line said."""

from collections.abc import Sequence

from articles.formats.captures.labels import Label, Labelled

# A line that short may be said twice ("No comment.", "1."): it is a repeat only beside another.
_SHORT = 12
# A pasted part may begin or end within a line: so much of a line's key must be in the original.
_LONGEST_CUT_KEY = 40
_REPEATABLE = frozenset(
    {
        Label.BODY,
        Label.TITLE,
        Label.POINT,
        Label.QUOTE,
        Label.CAPTION,
        Label.NOTE,
        Label.RIGHTS,
        Label.HEADER,
        Label.CREDIT,
    }
)


def find_repeats(lines: Sequence[Labelled]) -> dict[int, int]:
    """Return for the index of each line that repeats an earlier one, the index of the first.

    Headings and key points repeat headings and key points; body lines repeat body lines: a key
    point in the words of a paragraph is no repeat of it. A line cut at the edge of a repeated run
    counts.
    """
    first: dict[tuple[bool, str], int] = {}
    found: dict[int, int] = {}
    unsure: list[int] = []
    for at, line in enumerate(lines):
        if line.label not in _REPEATABLE:
            continue
        kind = _kind(line)
        original = first.setdefault((kind, line.key), at)
        if original == at:
            continue
        found[at] = original
        if len(line.key) <= _SHORT:
            unsure.append(at)
    for at in unsure:
        if not _beside(at, found):
            del found[at]
    _add_cut_lines(lines, found)
    return found


def _kind(line: Labelled) -> bool:
    return line.label in {Label.TITLE, Label.POINT}


def _beside(at: int, found: dict[int, int]) -> bool:
    """Whether a repeat stands next to its original or next to another repeat in the same order."""
    original = found[at]
    return (
        at - original == 1 or found.get(at - 1) == original - 1 or found.get(at + 1) == original + 1
    )


def _add_cut_lines(lines: Sequence[Labelled], found: dict[int, int]) -> None:
    """Add lines at the edges of repeated runs that are a part of the line they stand for."""
    for at, original in list(found.items()):
        for step in (-1, 1):
            edge, whole = at + step, original + step
            if edge in found or not (0 <= whole < edge < len(lines)):
                continue
            piece = lines[edge].key
            there = lines[whole].key
            if len(piece) < _LONGEST_CUT_KEY or piece == there:
                continue
            if there.endswith(piece) if step < 0 else there.startswith(piece):
                found[edge] = whole
