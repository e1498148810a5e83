"""Cells of tables that spreadsheets open: none is a formula, and what was there comes back.

Standard library only, so that anything may import it.
"""

import re

# What a spreadsheet takes for the start of a formula. Cells that begin with an apostrophe before
# such a sign get another one, so that taking one away gives back what was there.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet runs: after an apostrophe, where it would be a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """Return what a cell was before :func:`neutral`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
