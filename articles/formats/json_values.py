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
_ENVELOPE_DEPTH = 3
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
        if mark == b"[":
            return token.end() if _is_list_of_articles(head, token) else None
        if mark in _OPEN or mark in _CLOSE:
            depth += 1 if mark in _OPEN else -1
            if not 0 < depth <= _ENVELOPE_DEPTH:
                return None
        elif mark == b'"' or _names_text(head, token):
            return None
    return None


def _is_list_of_articles(head: bytes, bracket: re.Match[bytes]) -> bool:
    key = _KEY_BEFORE.search(head, max(0, bracket.start() - 80), bracket.start())
    follows = head[bracket.end() : bracket.end() + 200].lstrip()[:1]
    return key is not None and key[1].lower() in _LISTS and follows == b"{"


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
    cutter = _Cutter(depth)
    while chunk := stream.read(_CHUNK):
        yield from cutter.feed(chunk)
        if cutter.ended:
            return
    if cutter.rest:
        yield cutter.rest


class _Cutter:
    """The record under way and how deep one is in it."""

    def __init__(self, depth: int) -> None:
        self.ended = False
        self._depth = self._level = depth
        self._buffer = b""
        self._start = -1
        self._at = 0

    @property
    def rest(self) -> bytes:
        """A record that has begun and not ended."""
        return self._buffer[self._start :] if self._start >= 0 else b""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take in more bytes; yield the records that they end."""
        self._buffer += chunk
        for token in _TOKEN.finditer(self._buffer, self._at):
            mark = token[0]
            if mark == b'"':
                # A string that goes on in the next chunk.
                self._at = token.start()
                break
            if mark in _OPEN:
                self._start = token.start() if self._level == self._depth else self._start
                self._level += 1
            elif mark in _CLOSE:
                self._level -= 1
                if self._level < self._depth:
                    self.ended = True
                    return
                if self._level == self._depth:
                    yield self._buffer[self._start : token.end()]
                    self._start = -1
        else:
            self._at = len(self._buffer)
        self._forget()

    def _forget(self) -> None:
        """Drop what was read, up to the record under way."""
        keep = self._start if self._start >= 0 else self._at
        self._buffer = self._buffer[keep:]
        self._at -= keep
        self._start = min(self._start, 0)
        if len(self._buffer) > MAX_RECORD:
            raise FormatError(
                "One record of this file is larger than 64 MiB, or a quotation mark is missing; "
                "nothing after it can be read.",
                code="too_long",
            )
