"""Parquet: columns with types, in groups of rows that are written as they are full."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # as above

from articles.export.fields import Shape, cells, columns
from articles.export.rows import Row

# A group is what a reader loads at once, and what is held here until it is full.
_GROUP_ROWS = 10_000
_GROUP_BYTES = 16 * 1024 * 1024
_CREDIT = pa.struct(
    [("kind", pa.string()), ("name", pa.string()), ("role", pa.string()), ("place", pa.string())]
)
_CAPTION = pa.struct([("text", pa.string()), ("credit", pa.string())])
_BLOCK = pa.struct([("kind", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
_TYPES = {
    Shape.NUMBER: pa.int64(),
    Shape.WORDS: pa.string(),
    Shape.TRUTH: pa.bool_(),
    Shape.DAY: pa.date32(),
    Shape.INSTANT: pa.timestamp("us", tz="UTC"),
    Shape.NAMES: pa.list_(pa.string()),
    Shape.LINES: pa.list_(pa.string()),
    Shape.CREDITS: pa.list_(_CREDIT),
    Shape.CAPTIONS: pa.list_(_CAPTION),
    Shape.BLOCKS: pa.list_(_BLOCK),
    # Of any keys, and so no type of its own: JSON.
    Shape.OBJECT: pa.string(),
}


class _Sink:
    """A file that hands on what is written to it."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: Any) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        """Return what was written since it was asked last."""
        taken, self._written = b"".join(self._written), []
        return taken


def parquet(rows: Iterable[list[Row]], keys: Sequence[str]) -> Iterator[bytes]:
    """Yield a file whose footer, at the end, says what is in it: a cut one can't be opened."""
    shapes = columns(keys)
    schema = pa.schema([(name, _TYPES[shape]) for name, shape in shapes.items()])
    objects = [name for name, shape in shapes.items() if shape is Shape.OBJECT]
    sink = _Sink()
    writer = pq.ParquetWriter(sink, schema, compression="zstd")
    waiting: list[pa.RecordBatch] = []
    for some in rows:
        values = [cells(row) for row in some]
        for row in values:
            for name in objects:
                row[name] = json.dumps(row[name], ensure_ascii=False) if row[name] else None
        waiting.append(pa.RecordBatch.from_pylist(values, schema=schema))
        if (
            sum(batch.num_rows for batch in waiting) >= _GROUP_ROWS
            or sum(batch.nbytes for batch in waiting) >= _GROUP_BYTES
        ):
            writer.write_table(pa.Table.from_batches(waiting))
            waiting = []
            yield sink.taken()
    if waiting:
        writer.write_table(pa.Table.from_batches(waiting))
    writer.close()
    yield sink.taken()
