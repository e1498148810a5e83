"""The rows of a comparison as a page sets them: lines of cells, and stretches to be folded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.safestring import SafeString

from articles.related.comparing.comparison import Comparison, Row, RowFate
from articles.text import BlockKind, word_count
from articles.views.editions.compare_drawing import Edition, drawn, in_one

# Lines of one fate in a row that can be folded, and how many of them stay in sight.
_FOLDED = 5
_IN_SIGHT = 1
# Texts that share less than this have what is theirs alone folded away at first.
_MUCH = 0.3


@dataclass(slots=True)
class Paragraph:
    """A block as it is set: its dateline, where it has one, stands on its first line."""

    id: str
    kind: str
    words: SafeString
    dateline: SafeString = field(default_factory=lambda: SafeString(""))
    count: int = 0
    # What else leads here: in one column, the first text's block.
    also: str = ""


@dataclass(slots=True)
class Line:
    """Blocks that stand beside each other; a side without any is a gap."""

    fate: RowFate
    cells: list[list[Paragraph]]
    # The same as one column; without words where all of them are shown elsewhere.
    whole: list[Paragraph] = field(default_factory=list)
    # The element in the other text that the whole of it moved to or from.
    counterpart: str = ""
    # Whether two other texts both have it, and differ in it.
    is_uneven: bool = False
    # Whether keys stop at it: the first of what changed in one stretch.
    is_stop: bool = False


@dataclass(slots=True)
class Stretch:
    """Lines in a row; those of a ``fold`` can be folded away, and are at first unless open."""

    lines: list[Line]
    fold: str = ""
    words: int = 0
    is_open: bool = True


def lines_of(first: Edition, second: Edition, comparison: Comparison) -> list[Line]:
    """Return a comparison's lines. Blocks that were joined or parted share one."""
    groups = _groups(_without_datelines(first, second, comparison.rows))
    lines = [_line(first, second, group) for group in groups]
    mark_stops(lines)
    return lines


@dataclass(slots=True)
class _Rows:
    """A row, and those of the datelines that are printed on its first line."""

    row: Row
    datelines: list[Row] = field(default_factory=list)


def _without_datelines(first: Edition, second: Edition, rows: Sequence[Row]) -> Iterator[_Rows]:
    waiting: list[Row] = []
    for number, row in enumerate(rows):
        if _is_dateline(first, row.first) or _is_dateline(second, row.second):
            if number + 1 < len(rows):
                waiting.append(row)
                continue
            yield _Rows(row)
            continue
        ready = [
            each
            for each in waiting
            if (each.first is None or row.first is not None)
            and (each.second is None or row.second is not None)
        ]
        waiting = [each for each in waiting if each not in ready]
        yield _Rows(row, ready)
    yield from (_Rows(row) for row in waiting)


def _is_dateline(edition: Edition, block: int | None) -> bool:
    return block is not None and edition.text.spans[block].kind == BlockKind.DATELINE


def _groups(rows: Iterable[_Rows]) -> Iterator[list[_Rows]]:
    """Yield rows that belong on one line: those of blocks that were parted or joined."""
    group: list[_Rows] = []
    for each in rows:
        if group and not belong([one.row for one in group], each.row):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def belong(rows: Sequence[Row], row: Row) -> bool:
    """Whether a row's blocks are beside those of the rows before it: they were joined or parted."""
    firsts = {each.first for each in rows} - {None}
    seconds = {each.second for each in rows} - {None}
    if row.fate is RowFate.EDITED and row.second is None:
        return row.counterpart in seconds
    if row.fate is RowFate.EDITED and row.first is None:
        return row.counterpart in firsts
    last = rows[-1]
    if last.fate is not RowFate.EDITED or last.counterpart is None:
        return False
    return last.counterpart == (row.second if last.second is None else row.first)


def _line(first: Edition, second: Edition, group: Sequence[_Rows]) -> Line:
    rows = [each.row for each in group]
    fate = rows[0].fate if len(rows) == 1 else RowFate.EDITED
    ours = [
        _paragraph(first, second, each, second_side=False)
        for each in group
        if each.row.first is not None
    ]
    theirs = [
        _paragraph(second, first, each, second_side=True)
        for each in group
        if each.row.second is not None
    ]
    line = Line(fate, [ours, theirs])
    in_column = replace(first, sign=f"u{first.sign}"), replace(second, sign=f"u{second.sign}")
    line.whole = [each for each in (_in_one(*in_column, each) for each in group) if each.words]
    if fate is RowFate.MOVED and rows[0].counterpart is not None:
        there = second if rows[0].second is None else first
        line.counterpart = there.id_of(rows[0].counterpart)
    return line


def _paragraph(here: Edition, there: Edition, rows: _Rows, *, second_side: bool) -> Paragraph:
    row = rows.row
    block = row.second if second_side else row.first
    runs = row.second_runs if second_side else row.first_runs
    span = here.text.spans[block or 0]
    dateline = [
        drawn(here, there, each.second_runs if second_side else each.first_runs)
        for each in rows.datelines
    ]
    return Paragraph(
        here.id_of(block or 0),
        str(span.kind),
        drawn(here, there, runs, moved=row.counterpart if row.fate is RowFate.MOVED else None),
        SafeString(" ".join(filter(None, dateline))),
        word_count(here.text.text[span.start : span.end]),
    )


def _in_one(first: Edition, second: Edition, rows: _Rows) -> Paragraph:
    row = rows.row
    edition = first if row.second is None else second
    block = row.first if row.second is None else row.second
    dateline = [in_one(first, second, each.first_runs, each.second_runs) for each in rows.datelines]
    return Paragraph(
        edition.id_of(block or 0),
        str(edition.text.spans[block or 0].kind),
        in_one(first, second, row.first_runs, row.second_runs),
        SafeString(" ".join(filter(None, dateline))),
        also="" if row.first is None or row.second is None else first.id_of(row.first),
    )


def stretches(lines: Sequence[Line], *, share: float) -> list[Stretch]:
    """Return lines in stretches; what one text alone has can be folded away where it is long.

    ``share`` is how much the texts have in common: where that is little, it is folded at first.
    """
    found: list[Stretch] = []
    for fate, group in groupby(lines, key=lambda line: line.fate):
        those = list(group)
        if fate not in {RowFate.CUT, RowFate.ADDED} or len(those) < _FOLDED:
            found.append(Stretch(those))
            continue
        folded = those[_IN_SIGHT:-_IN_SIGHT]
        side = 0 if fate is RowFate.CUT else 1
        words = sum(each.count for line in folded for each in line.cells[side])
        found += [
            Stretch(those[:_IN_SIGHT]),
            Stretch(folded, fate.value, words, share >= _MUCH),
            Stretch(those[-_IN_SIGHT:]),
        ]
    return found


def mark_stops(lines: Sequence[Line]) -> None:
    """Say which lines keys stop at: of what the same texts alone have, the first of a stretch."""
    before: tuple[RowFate, list[bool]] | None = None
    for line in lines:
        alike = line.fate, [bool(cell) for cell in line.cells]
        goes_on = alike == before and line.fate in {RowFate.CUT, RowFate.ADDED}
        line.is_stop = line.fate is not RowFate.SAME and (line.is_uneven or not goes_on)
        before = alike
