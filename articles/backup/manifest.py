"""What a backup says of itself: a header before its contents, a manifest with hashes after them."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from articles.backup.archive import BadBackupError

FORMAT = 1
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Header:
    """What must be known before the first row is read."""

    format: int
    newsroom: str
    postgresql: str
    made_at: str
    # Applied ones, as (app, name).
    migrations: tuple[tuple[str, str], ...]
    # The columns of each table that is in, in the order of its rows' values.
    tables: Mapping[str, tuple[str, ...]]
    # Why a table is not in.
    left_out: Mapping[str, str]
    # Of each sequence its last value, and whether that was given out already.
    sequences: Mapping[str, tuple[int, bool]]

    def to_json(self) -> bytes:
        """Return it as written."""
        return _written(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read it; raise BadBackupError if it is not as we write it."""
        values = _object(data, "header")
        if not isinstance(values.get("format"), int):
            raise BadBackupError("This is no backup of Newsroom: its header names no format.")
        if values["format"] > FORMAT:
            raise BadBackupError(
                f"This backup was made by a newer Newsroom ({str(values.get('newsroom'))[:40]}): "
                "restore it with that one."
            )
        return _shaped(
            "header",
            lambda: cls(
                format=values["format"],
                newsroom=_text(values["newsroom"]),
                postgresql=_text(values["postgresql"]),
                made_at=_text(values["made_at"]),
                migrations=tuple((_text(app), _text(name)) for app, name in values["migrations"]),
                tables={
                    _name(table): tuple(_name(column) for column in columns)
                    for table, columns in values["tables"].items()
                },
                left_out={_name(k): _text(v) for k, v in values["left_out"].items()},
                sequences={
                    _name(sequence): (_number(last), bool(called))
                    for sequence, (last, called) in values["sequences"].items()
                },
            ),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's rows, as ``COPY`` writes them in the order of the primary key."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Captures:
    """All captures' bytes; ``sha256`` is that of the lines ``<sha256> <size>`` in order."""

    count: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the contents must be equal to."""

    header_sha256: str
    tables: Mapping[str, Rows]
    captures: Captures
    # Captures of which rows speak but whose bytes could not be had, with the reason.
    lost: Mapping[str, str]

    def to_json(self) -> bytes:
        """Return it as written."""
        return _written(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read it; raise BadBackupError if it is not as we write it."""
        values = _object(data, "manifest")
        return _shaped(
            "manifest",
            lambda: cls(
                header_sha256=_hash(values["header_sha256"]),
                tables={
                    _name(table): Rows(
                        _number(rows["rows"]), _number(rows["bytes"]), _hash(rows["sha256"])
                    )
                    for table, rows in values["tables"].items()
                },
                captures=Captures(
                    _number(values["captures"]["count"]),
                    _number(values["captures"]["bytes"]),
                    _hash(values["captures"]["sha256"]),
                ),
                lost={_hash(k): _text(v) for k, v in values["lost"].items()},
            ),
        )


def sum_line(manifest: bytes) -> bytes:
    """Return the manifest's own hash, in the form that ``sha256sum --check`` reads."""
    return f"{hashlib.sha256(manifest).hexdigest()}  manifest.json\n".encode()


def _written(values: dict[str, Any]) -> bytes:
    return (json.dumps(values, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _object(data: bytes, what: str) -> dict[str, Any]:
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise BadBackupError(f"The {what} of this backup is damaged.") from fault
    if not isinstance(values, dict):
        raise BadBackupError(f"The {what} of this backup is damaged.")
    return values


def _shaped[T](what: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BadBackupError(f"The {what} of this backup is damaged.") from fault


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not pattern.fullmatch(_text(value)):
        raise ValueError(value)
    return str(value)


def _name(value: Any) -> str:
    return _matching(_NAME, value)


def _hash(value: Any) -> str:
    return _matching(_SHA256, value)
