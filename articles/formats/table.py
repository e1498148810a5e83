"""Tables: CSV, TSV and their kin, by a mapping of columns that is guessed or given."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import IO, Any, ClassVar

from articles.formats import table_rows
from articles.formats.mapping import ColumnMapping, checked, guess
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.formats.records import article_from_flat
from articles.formats.synonyms import field_for
from articles.formats.table_rows import Row
from articles.parsed import Dropped, ParsedArticle, ReadItem, Refused

_SAMPLE = 200
_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv"})
_RAW_LIMIT = 64 * 1024
_NAME_LIMIT = 100
_MOST_COLUMNS = 2_000


class TableFormat:
    """A row an article, under a line of column names."""

    name: ClassVar[str] = "table"
    label: ClassVar[str] = "CSV, TSV"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Be sure of a table's file name, less so of lines that only look like one."""
        named = origin.suffix in _SUFFIXES or origin.media_type in {
            "text/csv",
            "text/tab-separated-values",
        }
        if table_rows.is_binary(head) or head.lstrip()[:1] in {b"{", b"<"}:
            return 0
        dialect, columns, rows = table_rows.dialect_of(table_rows.head_text(head))
        if named:
            return 85 if columns > 1 else 50
        if dialect is None or columns < 3 or rows < 2:
            return 0
        return 55 if self._known(table_rows.head_text(head), dialect) >= 2 else 0

    @staticmethod
    def _known(text: str, dialect: type[csv.Dialect]) -> int:
        header = next(csv.reader(text.splitlines()[:1], dialect), [])
        return sum(1 for name in header if field_for(name.strip()) is not None)

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield an item for each row; those with too few or too many cells as Refused."""
        del origin
        rows = table_rows.rows(stream)
        columns, mapping, sample = _opened(rows, options)
        for row in chain(sample, rows):
            yield _item(row, columns, mapping)

    def sample(
        self, stream: IO[bytes], options: ReadOptions
    ) -> tuple[ColumnMapping, list[dict[str, Any]]]:
        """Return the mapping that ``read`` would use, and the first rows."""
        columns, mapping, sample = _opened(table_rows.rows(stream), options)
        return mapping, _records(columns, sample)


def _opened(
    rows: Iterator[Row], options: ReadOptions
) -> tuple[list[str], ColumnMapping, list[Row]]:
    """Return column names, their mapping, and the rows it was guessed from."""
    given = checked(options.mapping)
    header = next(rows, None)
    if header is None:
        raise FormatError("The table is empty: it has no line of column names.", code="empty")
    if header.problem:
        raise FormatError(f"The line of column names can't be read: {header.problem}")
    if len(header.cells) > _MOST_COLUMNS:
        raise FormatError(
            f"The first line has {len(header.cells):,} cells. More than {_MOST_COLUMNS:,} columns "
            "are not read; most often such a line is no line of names.",
            code="too_many_columns",
        )
    sample = list(islice(rows, _SAMPLE))
    names = [name.strip() for name in header.cells]
    if sample and all(len(row.cells) == len(names) + 1 for row in sample if not row.problem):
        # R writes row names without a name for their column.
        names.insert(0, "row")
    columns = _unique(names)
    _check_header(columns, given)
    mapping = guess(columns, _records(columns, sample), given)
    if not mapping.has_text():
        raise FormatError(
            f"None of the columns ({_listed(columns)}) looks like a headline or a text. "
            "Say which column is which (on the import page, or with --map COLUMN=FIELD).",
            code="no_text_column",
        )
    return columns, mapping, sample


def _unique(names: Sequence[str]) -> list[str]:
    """Return names with the second of a kind as ``name (2)``, and the nameless numbered."""
    unique: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        bare = name or f"column {number}"
        candidate, count = bare, 1
        while candidate in unique:
            count += 1
            candidate = f"{bare} ({count})"
        unique[candidate] = None
    return list(unique)


def _check_header(columns: Sequence[str], given: Mapping[str, str]) -> None:
    missing = [column for column in given if column not in columns]
    if missing:
        raise FormatError(
            f"The table has no column {_listed(missing)}. Its columns are: {_listed(columns)}.",
            code="bad_mapping",
        )
    if given or any(field_for(column) is not None for column in columns):
        return
    odd = [c for c in columns if len(c) > _NAME_LIMIT or c[:1].isdigit() or "://" in c]
    if odd:
        raise FormatError(
            f"The first line holds no column names but: {_listed(columns)}. Put a line of names "
            "(headline, body, published, source …) above it.",
            code="no_header",
        )


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name[:40]}…”" if len(name) > 40 else f"“{name}”" for name in names[:12]]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(shown) + more


def _records(columns: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        dict(zip(columns, row.cells, strict=True))
        for row in rows
        if not row.problem and len(row.cells) == len(columns)
    ]


def _item(row: Row, columns: Sequence[str], mapping: ColumnMapping) -> ReadItem:
    locator = f"line {row.line}"
    if row.problem:
        return Refused(locator, "bad_row", row.problem, "\t".join(row.cells)[:_RAW_LIMIT])
    if len(row.cells) != len(columns):
        reason = (
            f"This row has {len(row.cells)} cells where the first line names {len(columns)} "
            "columns. Most often a quotation mark or a delimiter inside a text is not quoted."
        )
        return Refused(locator, "wrong_column_count", reason, "\t".join(row.cells)[:_RAW_LIMIT])
    article = article_from_flat(dict(zip(columns, row.cells, strict=True)), locator, mapping)
    if isinstance(article, Refused):
        raw = "\t".join(row.cells)[:_RAW_LIMIT]
        return Refused(locator, article.code, article.reason, raw)
    if not row.had_nul:
        return article
    fields = {name: getattr(article, name) for name in article.__slots__}
    note = Dropped(row.line, "NUL character", "")
    return ParsedArticle(**{**fields, "dropped": (*article.dropped, note)})
