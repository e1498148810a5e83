"""JSON as it is sent."""

import json
from datetime import date
from typing import Any

import orjson


def encode(data: Any) -> bytes:
    """Return ``data`` as JSON in UTF-8; days and instants in ISO 8601."""
    try:
        return orjson.dumps(data)
    except TypeError:
        # Postgres gives 1e300 back as the whole number that it is, which orjson does not write.
        return json.dumps(
            data, default=_day, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        ).encode()


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON.")
