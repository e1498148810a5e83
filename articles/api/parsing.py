"""Request bodies: JSON that the database can hold, and files."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.parsers import MultiPartParser as FrameworkMultiPartParser
from rest_framework.renderers import BaseRenderer

from articles.api.encoding import encode

# Deeper than anything we take; so that walking what was read can't exhaust the stack.
MAX_DEPTH = 64


class JsonParser(BaseParser):
    """JSON without what Postgres refuses: NUL, half surrogate pairs, numbers that are none."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 -- the framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 -- likewise
    ) -> Any:
        """Return the body as Python values; raise ParseError."""
        # Django's request knows its limit, and keeps the bytes for whoever needs them next.
        body = stream.body if isinstance(stream, HttpRequest) else stream.read()
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as fault:
            raise ParseError(
                f"This is not JSON in UTF-8: {fault.msg} at line {fault.lineno}, "
                f"column {fault.colno}."
            ) from None
        if problem := _unstorable(value):
            raise ParseError(problem)
        return value


def _unstorable(value: Any) -> str:
    """Say what in a body can't be kept, level by level, or nothing."""
    level: list[tuple[str, Any]] = [("", value)]
    for _ in range(MAX_DEPTH):
        below: list[tuple[str, Any]] = []
        for path, item in level:
            if isinstance(item, str):
                if "\0" in item:
                    return f"{path or 'The body'} holds a NUL character; remove it."
            elif isinstance(item, dict):
                if any("\0" in name for name in item):
                    return f"A name in {path or 'the body'} holds a NUL character; remove it."
                below.extend((f"{path}.{name}".lstrip("."), inner) for name, inner in item.items())
            elif isinstance(item, list):
                below.extend(
                    (f"{path}.{index}".lstrip("."), inner) for index, inner in enumerate(item)
                )
        if not below:
            return ""
        level = below
    return f"This is nested more than {MAX_DEPTH} deep."


class MultiPartParser(FrameworkMultiPartParser):
    """Files and fields; a field with a NUL is refused."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return fields and files; raise ParseError."""
        parsed = super().parse(stream, media_type, parser_context)
        for name, values in parsed.data.lists():
            if "\0" in name or any("\0" in value for value in values):
                raise ParseError(f"{name.replace(chr(0), '')} holds a NUL character; remove it.")
        return parsed


class JsonRenderer(BaseRenderer):
    """JSON."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002 -- the framework's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002 -- likewise
    ) -> bytes:
        """Return ``data`` as UTF-8; nothing for nothing."""
        return b"" if data is None else encode(data)
