"""JSON that came from elsewhere, read with care: nothing in it that can't be stored."""

import re
from collections.abc import Mapping
from typing import Any

import orjson

from articles.annotate.interchange.shape import UnreadableError

_BAD = re.compile("[\x00\ud800-\udfff]")


def parsed(text: str | bytes, where: str) -> Any:
    """Return what a text of JSON holds; raise UnreadableError that says where."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as fault:
        raise UnreadableError(f"{where}: this is not JSON ({fault}).") from fault
    except RecursionError as fault:
        raise UnreadableError(f"{where}: this is nested too deeply.") from fault


def an_object(value: Any, where: str) -> Mapping[str, Any]:
    """Return an object; raise UnreadableError for anything else."""
    if not isinstance(value, Mapping):
        raise UnreadableError(f"{where}: an object belongs here.")
    return value


def a_list(value: Any, where: str) -> list[Any]:
    """Return a list, empty where there is none; raise UnreadableError for anything else."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise UnreadableError(f"{where}: a list belongs here.")
    return value


def words(value: Any, where: str) -> str:
    """Return text, empty where there is none; raise UnreadableError for what is no text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableError(f"{where}: text belongs here.")
    if _BAD.search(value):
        raise UnreadableError(f"{where}: there is a character in it that can't be stored.")
    return value


def number(value: Any, where: str) -> int:
    """Return a whole number from 0 on; raise UnreadableError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise UnreadableError(f"{where}: a whole number from 0 on belongs here.")
    return value


def known_number(value: Any) -> int | None:
    """Return Newsroom's number of something, None where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63
    return value if is_one else None
