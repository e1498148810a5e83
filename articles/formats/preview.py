"""What a mapping would make of a table or of JSON: for the imports page and ``--dry-run``."""

from collections.abc import Mapping, Sequence
from typing import IO, Any

from articles.formats.jsonl import JsonLinesFormat
from articles.formats.mapping import ColumnMapping
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.formats.registry import SNIFF_BYTES
from articles.formats.table import TableFormat

SHOWN_VALUES = 3
SHOWN_LENGTH = 200


def preview(stream: IO[bytes], origin: Origin, options: ReadOptions) -> dict[str, Any]:
    """Return how a capture's columns would be read, without reading all of it.

    ``{"format": "table", "records": 50, "columns": [{"column": "Titel", "field": "headline",
    "why": "its name", "values": ["…", "…"]}]}``: ``records`` were looked at; ``field`` is ``extra``
    for what has no name with us. The stream stands at its start afterwards. Raises FormatError if
    it is neither a table nor JSON, or can't be read.
    """
    head = stream.read(SNIFF_BYTES)
    stream.seek(0)
    json_lines, table = JsonLinesFormat(), TableFormat()
    sureness = {"jsonl": json_lines.sniff(head, origin), "table": table.sniff(head, origin)}
    name = max(sureness, key=lambda key: sureness[key])
    if not sureness[name]:
        raise FormatError(
            "This is neither a table nor JSON, so it has no columns to map.", code="no_columns"
        )
    reader = json_lines if name == "jsonl" else table
    mapping, records = reader.sample(stream, options)
    stream.seek(0)
    return {"format": name, "records": len(records), "columns": _columns(mapping, records)}


def _columns(mapping: ColumnMapping, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "column": column,
            "field": ours,
            "why": why,
            "values": [
                str(value)[:SHOWN_LENGTH]
                for record in records[:20]
                if (value := record.get(column)) not in (None, "", [])
            ][:SHOWN_VALUES],
        }
        for column, ours, why in mapping.describe()
    ]
