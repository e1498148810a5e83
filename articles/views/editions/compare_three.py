"""Three editions side by side: what became of the first in two others, and what they alone have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.related.comparing.comparison import Comparison, Fate, Row, RowFate
from articles.views.editions.compare_drawing import Beside, Edition, drawn, drawn_for_two
from articles.views.editions.compare_lines import Line, Paragraph, belong, mark_stops

type Editions = tuple[Edition, Edition, Edition]


@dataclass(slots=True)
class _Alone:
    """A block of another text that is paired with none of the first, and where it may stand.

    Slots number the lines: ``2n`` is before block n of the first text, ``2n + 1`` is beside it.
    It stands at ``at`` if nothing else is known, and from ``low`` to ``high`` nothing is crossed.
    """

    row: Row
    at: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Column:
    """Another text's rows: ``of`` by block of the first, those ``alone`` by block of its own."""

    of: dict[int, Row]
    alone: dict[int, _Alone]


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands on one line: a row of each of the others, None where it has nothing here.

    ``own`` are the rows of the first text's block, if one is on the line; ``joint`` is the row of
    the two others, where they share the line and not both with the first.
    """

    rows: tuple[Row | None, Row | None]
    own: tuple[Row, Row] | None = None
    joint: Row | None = None


def lines_of_three(
    editions: Editions, found: tuple[Comparison, Comparison], between: Comparison
) -> list[Line]:
    """Return lines of three cells: each block of the first text beside what became of it twice.

    ``found`` compares the first with the others, ``between`` those two: what they both have and
    the first has not is on one line.
    """
    blocks = len(editions[0].text.spans)
    columns = (_column(found[0], blocks), _column(found[1], blocks))
    lines = [_line(editions, group) for group in _groups(_places(columns, between, blocks))]
    mark_stops(lines)
    return lines


def _column(found: Comparison, blocks: int) -> _Column:
    column = _Column({}, {})
    at = low = 0
    for row in found.rows:
        if row.first is not None:
            column.of[row.first] = row
            at = row.first + 1
            low = low if row.second is None else at
        elif row.second is not None:
            column.alone[row.second] = _Alone(row, 2 * at, 2 * low, 2 * blocks)
    high = blocks
    for row in reversed(found.rows):
        if row.first is None and row.second is not None:
            column.alone[row.second].high = 2 * high
        elif row.first is not None and row.second is not None:
            high = row.first
    return column


def _places(columns: tuple[_Column, _Column], between: Comparison, blocks: int) -> Iterator[_Place]:
    """Yield what stands on each line, from the first to the last."""
    joints = list(_joints(columns, between))
    beside = {slot: row for slot, row in joints if slot % 2}
    left = _by_slot(columns[0], {row.first: slot for slot, row in joints})
    right = _by_slot(columns[1], {row.second: slot for slot, row in joints})
    joined = {row.first: row for _, row in joints}
    for slot in range(2 * blocks + 1):
        ours, theirs = left.get(slot, []), right.get(slot, [])
        if slot % 2 == 0:
            yield from _alone(ours, theirs, joined)
            continue
        own = columns[0].of.get(slot // 2), columns[1].of.get(slot // 2)
        if own[0] and own[1]:
            # What the first text shares with one of them stands beside that of the other.
            rows = ours[0] if ours else own[0], theirs[0] if theirs else own[1]
            yield _Place(rows, (own[0], own[1]), beside.get(slot))


def _joints(columns: tuple[_Column, _Column], between: Comparison) -> Iterator[tuple[int, Row]]:
    """Yield the pairs of the two others that the first has not both of, and the slot of each.

    Those that stand at different places of the first text are left where they are. Slots rise.
    """
    paired = [
        {row.second: block for block, row in column.of.items() if row.second is not None}
        for column in columns
    ]
    for row in between.rows:
        if row.first is None or row.second is None:
            continue
        mine, theirs = columns[0].alone.get(row.first), columns[1].alone.get(row.second)
        slot = -1
        if mine and theirs:
            slot = max(mine.low, theirs.low, min(mine.at, theirs.at))
        elif mine and row.second in paired[1]:
            slot = 2 * paired[1][row.second] + 1
        elif theirs and row.first in paired[0]:
            slot = 2 * paired[0][row.first] + 1
        if slot >= 0 and all(each.low <= slot <= each.high for each in (mine, theirs) if each):
            yield slot, row


def _by_slot(column: _Column, joint: dict[int | None, int]) -> dict[int, list[Row]]:
    """Return the rows that are alone by their slots, in order, around those whose slot is known."""
    slots: dict[int, list[Row]] = {}
    known = [(block, slot) for block, slot in joint.items() if block is not None]
    before, after = 0, 0
    for block, alone in column.alone.items():
        while after < len(known) and known[after][0] < block:
            # After a line that it is not on.
            before = max(before, known[after][1] + known[after][1] % 2)
            after += 1
        slot = joint.get(block)
        if slot is None:
            end = known[after][1] if after < len(known) else alone.high
            slot = max(before, min(alone.at, end - end % 2))
        slots.setdefault(slot, []).append(alone.row)
    return slots


def _alone(
    ours: Sequence[Row], theirs: Sequence[Row], joined: dict[int | None, Row]
) -> Iterator[_Place]:
    """Yield the lines of a stretch that the first text has not."""
    waiting = list(theirs)[::-1]
    for row in ours:
        joint = joined.get(row.second)
        if joint is None:
            yield _Place((row, None))
            continue
        while waiting[-1].second != joint.second:
            yield _Place((None, waiting.pop()))
        yield _Place((row, waiting.pop()), joint=joint)
    yield from (_Place((None, row)) for row in waiting[::-1])


def _groups(places: Iterator[_Place]) -> Iterator[list[_Place]]:
    """Yield what belongs on one line: blocks that were joined or parted share one."""
    group: list[_Place] = []
    for place in places:
        if group and not any(_goes_on(group, place, side) for side in (0, 1)):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _goes_on(group: Sequence[_Place], place: _Place, side: int) -> bool:
    rows = [row for each in group if (row := each.rows[side])]
    row = place.rows[side]
    return bool(rows) and row is not None and belong(rows, row)


def _line(editions: Editions, group: Sequence[_Place]) -> Line:
    cells: list[list[Paragraph]] = [[], [], []]
    for place in group:
        if place.own:
            cells[0].append(_own(editions, place.own))
        for side, row in enumerate(place.rows):
            if row and row.second is not None:
                cells[side + 1].append(_other(editions, side, row, place.joint))
    fates = {row.fate for place in group for row in (*place.rows, *(place.own or ())) if row}
    line = Line(fates.pop() if len(fates) == 1 else RowFate.EDITED, cells)
    line.is_uneven = any(
        run.fate is not Fate.KEPT
        for place in group
        if place.joint
        for run in (*place.joint.first_runs, *place.joint.second_runs)
    )
    return line


def _own(editions: Editions, rows: tuple[Row, Row]) -> Paragraph:
    base, second, third = editions
    block = rows[0].first or 0
    words = drawn_for_two(base, (second, third), (rows[0].first_runs, rows[1].first_runs))
    return Paragraph(base.id_of(block), str(base.text.spans[block].kind), words)


def _other(editions: Editions, side: int, row: Row, joint: Row | None) -> Paragraph:
    base, here, there = editions[0], editions[1 + side], editions[2 - side]
    block = row.second or 0
    beside = None
    if joint:
        beside = Beside(there, joint.second_runs if side else joint.first_runs)
    words = drawn(here, base, row.second_runs, beside=beside)
    return Paragraph(here.id_of(block), str(here.text.spans[block].kind), words)
