"""Bodies of requests that scripts of pages send: one JSON object, its fields checked."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

# Numbers beyond are no ids and no places: Postgres' bigint ends there.
_MOST = 2**63 - 1
# Deeper than anything that is sent; orjson itself reads up to 1,024.
_DEEPEST = 16


class BodyError(ValueError):
    """What is wrong with a body: ``field`` (empty for all of it), and a sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


type Check = Callable[[str, Any], Any]


def read(
    request: HttpRequest, known: Mapping[str, Check], *, required: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the fields of a body; null counts as not given. Raises BodyError."""
    try:
        body = orjson.loads(request.body)
    except RequestDataTooBig:
        raise BodyError("", "This is too much at once.") from None
    except orjson.JSONDecodeError as fault:
        raise BodyError("", f"This is not JSON in UTF-8: {fault.msg}.") from None
    if not isinstance(body, dict):
        raise BodyError("", "This must be an object.")
    for name in body:
        if name not in known:
            raise BodyError(_shown(name), f"There is no such field. There are: {', '.join(known)}.")
    for name in required:
        if body.get(name) is None:
            raise BodyError(name, "This is required.")
    return {name: known[name](name, value) for name, value in body.items() if value is not None}


def text(limit: int) -> Check:
    """Return a check of strings of at most ``limit`` characters."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise BodyError(name, "This must be a string.")
        if len(value) > limit:
            raise BodyError(name, f"This must have at most {limit:,} characters.")
        return _storable(name, value)

    return check


def whole(name: str, value: Any) -> int:
    """Return a whole number from 0."""
    if type(value) is not int or not 0 <= value <= _MOST:
        raise BodyError(name, "This must be a whole number from 0.")
    return value


def key(name: str, value: Any) -> UUID:
    """Return a UUID."""
    try:
        if isinstance(value, str):
            return UUID(value)
    except ValueError:
        pass
    raise BodyError(name, "This must be a UUID.")


def one_of(*choices: str) -> Check:
    """Return a check of an enumeration."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise BodyError(name, f"This must be one of {', '.join(choices)}.")
        return value

    return check


def texts(limit: int, most: int) -> Check:
    """Return a check of arrays of at most ``most`` strings."""
    inner = text(limit)

    def check(name: str, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > most:
            raise BodyError(name, f"This must be an array of at most {most:,} strings.")
        return [inner(name, item) for item in value]

    return check


def values(name: str, value: Any) -> dict[str, Any]:
    """Return an object of plain values, as attributes are."""
    if not isinstance(value, dict):
        raise BodyError(name, "This must be an object.")
    _check_within(name, value, _DEEPEST)
    return value


def _check_within(name: str, value: Any, depth: int) -> None:
    if depth == 0:
        raise BodyError(name, "This is nested too deep.")
    match value:
        case str():
            _storable(name, value)
        case dict():
            for inner_name, inner in value.items():
                _storable(name, inner_name)
                _check_within(name, inner, depth - 1)
        case list():
            for inner in value:
                _check_within(name, inner, depth - 1)
        case int() if not -_MOST <= value <= _MOST:
            raise BodyError(name, "This holds a number that is too large.")


def _storable(name: str, value: str) -> str:
    """Return text that Postgres takes; orjson lets no half of a surrogate pair in."""
    if "\0" in value:
        raise BodyError(name, "This holds a NUL character; remove it.")
    return value


def _shown(name: str) -> str:
    return name[:100].replace("\0", "\ufffd")
