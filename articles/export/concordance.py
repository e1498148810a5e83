"""Lines of a concordance to take away, some at a time; no cell of a table is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from django.urls import reverse

from articles.cells import neutral
from articles.export.table import MARK
from articles.search.concordance import Line

# Ending: what it is called, and its type.
FORMATS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "tsv": ("TSV", "text/tab-separated-values; charset=utf-8"),
    "jsonl": ("JSON lines", "application/jsonl; charset=utf-8"),
}
_DIALECTS: dict[str, Any] = {"csv": {}, "tsv": {"delimiter": "\t"}}
_COLUMNS = (
    "left", "keyword", "right", "date", "date_precision", "source", "headline", "language",
    "corpus", "part", "number", "start", "end", "article", "version", "url",
)  # fmt: skip


def written(batches: Iterable[Sequence[Line]], ending: str, base: str) -> Iterator[bytes]:
    """Yield lines in a format; ``base`` goes before addresses."""
    if ending == "jsonl":
        for some in batches:
            yield b"".join(
                orjson.dumps(_row(line, base), option=orjson.OPT_APPEND_NEWLINE) for line in some
            )
        return
    dialect = _DIALECTS[ending]
    if ending == "csv":
        yield MARK.encode()
    yield _table([_COLUMNS], dialect)
    for some in batches:
        rows = (_row(line, base) for line in some)
        yield _table([[_cell(row[name]) for name in _COLUMNS] for row in rows], dialect)


def _row(line: Line, base: str) -> dict[str, Any]:
    return {
        "left": line.left,
        "keyword": line.hit,
        "right": line.right,
        "date": line.published_date,
        "date_precision": line.published_precision,
        "source": line.source,
        "headline": line.headline,
        "language": line.language,
        "corpus": line.corpus,
        "part": line.part,
        "number": line.number,
        "start": line.start,
        "end": line.end,
        "article": line.article_id,
        "version": line.version_id,
        "url": base + reverse("article-detail", args=[line.article_id]),
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return neutral(value) if isinstance(value, str) else str(value)


def _table(rows: Iterable[Sequence[str]], dialect: dict[str, Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode()
