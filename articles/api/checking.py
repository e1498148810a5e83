"""Checks of values that a client sends, each with the JSON Schema that says the same.

``read`` returns the value or raises BadValueError.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

# Limits above this are told in words: programs that try a schema's limits would send megabytes.
_TOLD_AS_NUMBER = 500
_ITEMS_TOLD_AS_NUMBER = 20
# Beyond it, a number of JSON may stand for several.
_MOST_ID = 2**53 - 1
# The database holds any character but this one.
NO_NUL = r"^[^\u0000]*$"
TOO_LARGE = "This is too large: no id is."


class BadValueError(ValueError):
    """``str()`` says what a value must be; ``path`` leads to it within its field."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, and how the schema puts it."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]


def text(limit: int, *, pattern: str = "", hint: str = "", about: str = "") -> Check:
    """Return a check of strings of at most ``limit`` characters that ``pattern`` finds.

    A pattern allows no NUL; the parser of bodies has refused them already.
    """
    wanted = re.compile(pattern) if pattern else None

    def read_text(value: Any) -> str:
        if not isinstance(value, str):
            raise BadValueError("This must be a string.")
        if len(value) > limit:
            raise BadValueError(f"This must have at most {limit:,} characters.")
        if wanted and not wanted.search(value):
            raise BadValueError(hint or "This does not have the form that it must have.")
        return value

    schema: dict[str, Any] = {"type": "string", "pattern": pattern or NO_NUL}
    if limit <= _TOLD_AS_NUMBER:
        schema["maxLength"] = limit
    else:
        about = f"{about} At most {limit:,} characters.".strip()
    return described(Check(read_text, schema), about)


def described(check: Check, about: str) -> Check:
    """Return the check with a description for readers of the schema."""
    return Check(check.read, {**check.schema, "description": about}) if about else check


def one_of(*choices: str) -> Check:
    """Return a check of an enumeration."""

    def read_choice(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise BadValueError(f"This must be one of {', '.join(choices)}.")
        return value

    return Check(read_choice, {"type": "string", "enum": list(choices)})


def _read_id(value: Any) -> int:
    whole = type(value) is int or (type(value) is float and value.is_integer())
    if not whole or value < 1:
        raise BadValueError("This must be a whole number from 1.")
    if value > _MOST_ID:
        raise BadValueError(TOO_LARGE)
    return int(value)


ID = Check(_read_id, {"type": "integer", "minimum": 1, "maximum": _MOST_ID})


def _read_yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValueError("This must be true or false.")
    return value


YES_NO = Check(_read_yes_no, {"type": "boolean"})


def _read_day(value: Any) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadValueError("This must be a day that exists, such as 2019-01-09.")


_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|z|[+-]\d\d:?\d\d)", re.ASCII
)


def _read_moment(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            moment = datetime.fromisoformat(value.upper())
            moment.astimezone(UTC)
            return moment
    except (ValueError, OverflowError):
        pass
    raise BadValueError(
        "This must be an instant that exists, with its time zone: 2019-01-09T14:30:00+06:00."
    )


DAY = Check(_read_day, {"type": "string", "format": "date"})
MOMENT = Check(_read_moment, {"type": "string", "format": "date-time"})


def nullable(inner: Check) -> Check:
    """Return a check that lets null through."""
    schema = dict(inner.schema)
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        schema["type"] = [schema["type"], "null"]
    else:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return Check(lambda value: None if value is None else inner.read(value), schema)


def array(inner: Check, limit: int, *, least: int = 0) -> Check:
    """Return a check of arrays of ``least`` to ``limit`` items."""

    def read_array(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise BadValueError("This must be an array.")
        if len(value) > limit:
            raise BadValueError(f"This must have at most {_items(limit)}.")
        if len(value) < least:
            raise BadValueError(f"This must have at least {_items(least)}.")
        return [_within(str(index), inner, item) for index, item in enumerate(value)]

    schema: dict[str, Any] = {"type": "array", "items": inner.schema}
    if least:
        schema["minItems"] = least
    if limit <= _ITEMS_TOLD_AS_NUMBER:
        schema["maxItems"] = limit
    return described(Check(read_array, schema), f"At most {_items(limit)}.")


def _items(number: int) -> str:
    return "1 item" if number == 1 else f"{number:,} items"


def fields(known: Mapping[str, Check], *, required: Sequence[str] = ()) -> Check:
    """Return a check of objects with the ``known`` fields and no others."""

    def read_object(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise BadValueError("This must be an object.")
        for name in required:
            if name not in value:
                raise BadValueError("This is required.", name)
        return {name: _within(name, _field(known, name), item) for name, item in value.items()}

    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: inner.schema for name, inner in known.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = list(required)
    return Check(read_object, schema)


def _field(known: Mapping[str, Check], name: str) -> Check:
    if name not in known:
        raise BadValueError(f"There is no such field. There are: {', '.join(known)}.", name)
    return known[name]


def _within(name: str, inner: Check, value: Any) -> Any:
    try:
        return inner.read(value)
    except BadValueError as fault:
        raise BadValueError(str(fault), f"{name}.{fault.path}".rstrip(".")) from None


def read(
    known: Mapping[str, Check], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of an object, and what is wrong with it, by dotted field."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, value in given.items():
        try:
            values[name] = _within(name, _field(known, name), value)
        except BadValueError as fault:
            errors[fault.path or name] = str(fault)
    return values, errors
