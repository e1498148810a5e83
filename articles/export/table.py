"""CSV, as spreadsheets and statistics packages read it; no cell of it is a formula."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from articles.cells import neutral
from articles.export.fields import Shape, cells, columns
from articles.export.rows import Row

MARK = "\ufeff"


def table(rows: Iterable[list[Row]], keys: Sequence[str]) -> Iterator[bytes]:
    """Yield a line of names and a line an article, with a mark that says that this is UTF-8."""
    shapes = columns(keys)
    yield MARK.encode() + lines([list(shapes)])
    for some in rows:
        yield lines([as_cells(row, shapes) for row in some])


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as lines of CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_cells(row: Row, shapes: Mapping[str, Shape]) -> list[str]:
    """Return a row's cells."""
    values = cells(row)
    return [_WRITTEN[shape](values[name]) for name, shape in shapes.items()]


def _words(value: Any) -> str:
    return neutral(value) if value else ""


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _iso(value: Any) -> str:
    return "" if value is None else value.isoformat()


def _names(value: Any) -> str:
    return neutral("; ".join(value)) if value else ""


def _json(value: Any) -> str:
    # Begins with a bracket, which no spreadsheet runs.
    if not value:
        return ""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_WRITTEN: Mapping[Shape, Callable[[Any], str]] = {
    Shape.NUMBER: _plain,
    Shape.WORDS: _words,
    Shape.TRUTH: lambda value: "true" if value else "false",
    Shape.DAY: _iso,
    Shape.INSTANT: _iso,
    Shape.NAMES: _names,
    Shape.LINES: _json,
    Shape.CREDITS: _json,
    Shape.CAPTIONS: _json,
    Shape.BLOCKS: _json,
    Shape.OBJECT: _json,
}
