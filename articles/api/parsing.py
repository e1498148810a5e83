"""Request bodies: JSON that the database can hold, and files."""

from collections.abc import Mapping
from typing import IO, Any, ClassVar

import orjson
from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.parsers import MultiPartParser as FrameworkMultiPartParser
from rest_framework.renderers import BaseRenderer

from articles.api.encoding import encode
from articles.api.problems import Problem

# Deeper than anything we take; so that walking what was read can't exhaust the stack.
MAX_DEPTH = 64
_HOLDS_NUL = "This holds a NUL character; remove it."
_NAME_HOLDS_NUL = "The name of this field holds a NUL character; remove it."


class JsonParser(BaseParser):
    """JSON without what Postgres refuses: NUL, half surrogate pairs, numbers that are none."""

    media_type = "application/json"
    # The field whose items are answered one by one: what is wrong with one is not judged here.
    judged_alone: ClassVar[str] = ""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 -- the framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 -- likewise
    ) -> Any:
        """Return the body as Python values; raise ParseError, or Problem that names the field."""
        # Django's request knows its limit, and keeps the bytes for whoever needs them next.
        body = stream.body if isinstance(stream, HttpRequest) else stream.read()
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as fault:
            raise ParseError(
                f"This is not JSON in UTF-8: {fault.msg} at line {fault.lineno}, "
                f"column {fault.colno}."
            ) from None
        if errors := unstorable(self._judged(value)):
            raise _refused(errors)
        return value

    def _judged(self, value: Any) -> Any:
        if self.judged_alone and isinstance(value, dict):
            return {name: item for name, item in value.items() if name != self.judged_alone}
        return None if self.judged_alone and isinstance(value, list) else value


class ArticlesParser(JsonParser):
    """JSON of articles, each of which is stored or fails by itself."""

    judged_alone = "articles"


class MentionsParser(JsonParser):
    """JSON of mentions, each of which is made or fails by itself."""

    judged_alone = "mentions"


def unstorable(value: Any, *, whole: str = "body") -> dict[str, str]:
    """Say what can't be kept, by its dotted field (or ``whole``), level by level; or nothing."""
    level: list[tuple[str, Any]] = [("", value)]
    for _ in range(MAX_DEPTH):
        below: list[tuple[str, Any]] = []
        for path, item in level:
            if isinstance(item, str):
                if "\0" in item:
                    return {path or whole: _HOLDS_NUL}
            elif isinstance(item, dict):
                for name, inner in item.items():
                    if "\0" in name:
                        return {_dotted(path, _clean(name)) or whole: _NAME_HOLDS_NUL}
                    below.append((_dotted(path, name), inner))
            elif isinstance(item, list):
                below.extend((_dotted(path, str(index)), each) for index, each in enumerate(item))
        if not below:
            return {}
        level = below
    return {whole: f"This is nested more than {MAX_DEPTH} deep."}


def _dotted(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _clean(name: str) -> str:
    return name.replace("\0", "")


def _refused(errors: Mapping[str, str]) -> Problem:
    detail = "; ".join(f"{name}: {message}" for name, message in errors.items())
    return Problem(400, detail, errors=errors)


class MultiPartParser(FrameworkMultiPartParser):
    """Files and fields; a field with a NUL is refused."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return fields and files; raise ParseError, or Problem that names the field."""
        parsed = super().parse(stream, media_type, parser_context)
        for name, values in parsed.data.lists():
            if "\0" in name:
                raise _refused({_clean(name) or "body": _NAME_HOLDS_NUL})
            if any("\0" in value for value in values):
                raise _refused({name: _HOLDS_NUL})
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
