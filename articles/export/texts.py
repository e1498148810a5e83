"""A ZIP of plain texts, a file an article, with a table of what is in it."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils import timezone
from stream_zip import ZIP_AUTO, stream_zip

from articles.cells import neutral
from articles.export.fields import Shape, columns
from articles.export.rows import Row
from articles.export.table import MARK, as_cells, lines

MANIFEST = "manifest.csv"
# So much of the table is kept in memory, and more of it in a file.
_SPOOLED = 1024 * 1024
_MODE = 0o100644
_CHUNK = 64 * 1024
_LEVEL = 6
_NO_NAME = re.compile(r"[^\w]+")
_SLUG_BYTES = 60


def texts(rows: Iterable[list[Row]], keys: Sequence[str]) -> Iterator[bytes]:
    """Yield the archive. Who may not read a text finds its article in the table alone."""
    shapes = {name: shape for name, shape in columns(keys).items() if name != "text"}
    with tempfile.SpooledTemporaryFile(_SPOOLED) as manifest:
        yield from stream_zip(_members(rows, shapes, manifest))


def _members(
    rows: Iterable[list[Row]], shapes: dict[str, Shape], manifest: IO[bytes]
) -> Iterator[tuple[str, Any, int, Any, Iterable[bytes]]]:
    now = timezone.now()
    manifest.write(MARK.encode() + lines([["file", *shapes]]))
    for some in rows:
        table = []
        for row in some:
            name = ""
            if row["text"] is not None:
                name = file_name(row)
                data = row["text"].encode() + b"\n"
                yield name, now, _MODE, ZIP_AUTO(len(data), level=_LEVEL), (data,)
            table.append([neutral(name), *as_cells(row, shapes)])
        manifest.write(lines(table))
    size = manifest.tell()
    manifest.seek(0)
    chunks = iter(lambda: manifest.read(_CHUNK), b"")
    yield MANIFEST, now, _MODE, ZIP_AUTO(size, level=_LEVEL), chunks


def file_name(row: Row) -> str:
    """Return ``1932-03-19_the-harbour-post_bridge-opens_17.txt``; the number makes it unique."""
    day = row["published"]["date"].isoformat() if row["published"] else "undated"
    source = _slug(row["source"]["name"]) if row["source"] else ""
    parts = (day, source, _slug(row["headline"]), str(row["id"]))
    return "_".join(part for part in parts if part) + ".txt"


def _slug(words: str) -> str:
    """Return words as they may stand in a file's name on every system, in any script."""
    plain = _NO_NAME.sub("-", words).replace("_", "-").strip("-").casefold()
    return plain.encode()[:_SLUG_BYTES].decode(errors="ignore").strip("-")
