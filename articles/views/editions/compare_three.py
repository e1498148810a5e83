"""Three editions side by side: the first in the middle of the matter, what the others did to it."""

from articles.related.comparing.comparison import Comparison, Row, RowFate
from articles.views.editions.compare_drawing import Edition, drawn, drawn_for_two
from articles.views.editions.compare_lines import Line, Paragraph, mark_stops


def lines_of_three(
    editions: tuple[Edition, Edition, Edition], found: tuple[Comparison, Comparison]
) -> list[Line]:
    """Return lines of three cells: each block of the first text beside what became of it twice."""
    base, second, third = editions
    lines: list[Line] = []
    rows = [_by_base(each) for each in found]
    for block in range(len(base.text.spans) + 1):
        for side, edition in ((0, second), (1, third)):
            for row in rows[side][0].get(block, ()):
                cells: list[list[Paragraph]] = [[], [], []]
                cells[side + 1] = [_other(edition, base, row)]
                lines.append(Line(row.fate, cells))
        pair = [each[1].get(block) for each in rows]
        if block < len(base.text.spans) and pair[0] and pair[1]:
            lines.append(_line(editions, block, (pair[0], pair[1])))
    mark_stops(lines)
    return lines


def _by_base(found: Comparison) -> tuple[dict[int, list[Row]], dict[int, Row]]:
    """Return the rows of the other text alone by the block they stand before, and those of each."""
    alone: dict[int, list[Row]] = {}
    of: dict[int, Row] = {}
    at = 0
    for row in found.rows:
        if row.first is None:
            alone.setdefault(at, []).append(row)
        else:
            of[row.first] = row
            at = row.first + 1
    return alone, of


def _line(editions: tuple[Edition, Edition, Edition], block: int, rows: tuple[Row, Row]) -> Line:
    base, second, third = editions
    span = base.text.spans[block]
    runs = (rows[0].first_runs, rows[1].first_runs)
    own = Paragraph(base.id_of(block), str(span.kind), drawn_for_two(base, (second, third), runs))
    cells = [[own]] + [
        [] if row.second is None else [_other(edition, base, row)]
        for edition, row in ((second, rows[0]), (third, rows[1]))
    ]
    fates = {rows[0].fate, rows[1].fate}
    return Line(fates.pop() if len(fates) == 1 else RowFate.EDITED, cells)


def _other(edition: Edition, base: Edition, row: Row) -> Paragraph:
    span = edition.text.spans[row.second or 0]
    return Paragraph(
        edition.id_of(row.second or 0),
        str(span.kind),
        drawn(edition, base, row.second_runs),
    )
