"""JSON that is no line of its own: arrays, envelopes and pretty-printed objects, cut into records.

The cut is by brackets and strings alone, so memory is one record's, and a record that is bad
JSON inside its brackets does not harm the next.
"""

import re
from collections.abc import Iterator
from typing import IO

from articles.formats.protocol import FormatError
from articles.formats.synonyms import field_for

MAX_RECORD = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
# Possessive, so that a quotation mark that is never closed costs one pass.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\]]', re.DOTALL)
_OPEN, _CLOSE = b"{[", b"}]"
# Keys under which APIs hand out lists of articles.
_LISTS = frozenset(
    b"articles results items docs documents hits data records stories news entries value posts "
    b"content rows response".split()
)
_KEY_BEFORE = re.compile(rb'"([^"\\]{1,60})"\s*:\s*$')


def envelope(head: bytes) -> int | None:
    """Return the place after the ``[`` of a list of articles in an object; None if there is none.

    ``{"status": "ok", "articles": [{`` is such a one, ``{"headline": "…", "items": [{`` is not.
    """
    if head.lstrip()[:1] != b"{":
        return None
    depth = 0
    for token in _TOKEN.finditer(head):
        mark = token[0]
        if mark == b'"':
            return None
        if mark == b"{":
            depth += 1
            if depth > 3:
                return None
        elif mark == b"}":
            depth -= 1
            if depth <= 0:
                return None
        elif mark == b"[":
            key = _KEY_BEFORE.search(head, max(0, token.start() - 80), token.start())
            follows = head[token.end() :].lstrip()[:1]
            if key and key[1].lower() in _LISTS and follows == b"{":
                return token.end()
            return None
        elif depth <= 3 and _names_text(head, token):
            return None
    return None


def _names_text(head: bytes, token: re.Match[bytes]) -> bool:
    """Return whether a string is a key that articles themselves have."""
    if head[token.end() : token.end() + 8].lstrip()[:1] != b":":
        return False
    found = field_for(token[0][1:-1].decode("utf-8", "replace"))
    return found is not None and found[0] in {"headline", "body", "blocks", "url", "published"}


def records(stream: IO[bytes], *, depth: int) -> Iterator[bytes]:
    """Yield each object or list that stands ``depth`` brackets deep, as its bytes.

    ``depth`` is 0 for values that follow each other, 1 inside a list. Ends where that list ends.
    A record that never closes is yielded as it is. Raises FormatError for one over 64 MiB.
    """
    buffer = b""
    level = depth
    start = -1
    at = 0
    while True:
        chunk = stream.read(_CHUNK)
        buffer += chunk
        at_end = not chunk
        for token in _TOKEN.finditer(buffer, at):
            mark = token[0]
            if mark == b'"':
                # A string that goes on in the next chunk.
                at = token.start()
                break
            at = token.end()
            if mark in _OPEN:
                if level == depth:
                    start = token.start()
                level += 1
            elif mark in _CLOSE:
                level -= 1
                if level < depth:
                    return
                if level == depth:
                    yield buffer[start : token.end()]
                    start = -1
        else:
            at = len(buffer)
        if at_end:
            if start >= 0:
                yield buffer[start:]
            return
        keep = start if start >= 0 else at
        buffer, at, start = buffer[keep:], at - keep, 0 if start >= 0 else -1
        if len(buffer) > MAX_RECORD:
            raise FormatError(
                "One record of this file is larger than 64 MiB, or a quotation mark is missing; "
                "nothing after it can be read.",
                code="too_long",
            )
