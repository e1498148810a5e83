"""What a mapping would make of a table or of JSON: for the import page and ``--dry-run``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from articles.formats.jsonl import JsonLinesFormat
from articles.formats.protocol import Format, ReadOptions
from articles.formats.table import TableFormat

SHOWN_LENGTH = 160
_COLUMNS = 300
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of theirs: the field it would be read as, why, and its first value.

    ``field`` is empty for what has no name with us and is kept as a further field.
    """

    name: str
    field: str
    reason: str
    sample: str

    @property
    def is_given(self) -> bool:
        """Whether a person chose the field."""
        return self.reason == "given"


def columns(fmt: Format, stream: IO[bytes], options: ReadOptions) -> list[Column]:
    """Return how the columns of a stream would be read, in its order, without reading all of it.

    Nothing for formats without columns. Raises FormatError if the stream can't be read.
    """
    if not isinstance(fmt, JsonLinesFormat | TableFormat):
        return []
    mapping, records = fmt.sample(stream, options)
    in_order = dict.fromkeys(name for record in records[:_LOOKED_AT] for name in record)
    names = [name for name in in_order if name in mapping.columns]
    names += [name for name in mapping.columns if name not in in_order]
    return [
        Column(name, mapping.columns[name], mapping.reasons.get(name, ""), _first(records, name))
        for name in islice(names, _COLUMNS)
    ]


def short(text: str) -> str:
    """Return a text as one line of bounded length."""
    plain = " ".join(text.replace("\0", "").split())
    return plain if len(plain) <= SHOWN_LENGTH else plain[: SHOWN_LENGTH - 1].rstrip() + "…"


def _first(records: Sequence[Mapping[str, Any]], name: str) -> str:
    values = (record.get(name) for record in records[:_LOOKED_AT])
    return short(str(next((value for value in values if value not in (None, "", [])), "")))
