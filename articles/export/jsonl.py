"""JSON Lines: an article a line, as the API has it."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson

from articles.export.rows import Row


def jsonl(rows: Iterable[list[Row]]) -> Iterator[bytes]:
    """Yield lines, each ended by a line feed, some at a time."""
    for some in rows:
        yield b"".join(map(_line, some))


def _line(row: Row) -> bytes:
    try:
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        # Further fields may hold numbers of any size, which orjson does not write.
        plain = json.dumps(row, default=_day, ensure_ascii=False, separators=(",", ":"))
        return plain.encode() + b"\n"


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON.")
