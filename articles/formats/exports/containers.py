"""A database export as it was saved (docx, rtf, html, txt) into paragraphs."""

import codecs
from functools import lru_cache
from typing import IO

from articles.formats.exports import markup, plain, word
from articles.formats.exports.paragraphs import Document
from articles.formats.protocol import FormatError

MAX_BYTES = 200 * 1024 * 1024


def is_docx(head: bytes) -> bool:
    """Return whether a file begins as a zip with Word's parts."""
    return head.startswith(b"PK\x03\x04") and (
        b"word/" in head or b"[Content_Types].xml" in head or b"_rels/" in head
    )


def is_rtf(head: bytes) -> bool:
    """Return whether a file begins as rich text."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def is_html(head: bytes) -> bool:
    """Return whether a file begins as HTML."""
    start = head[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith(b"<") and (b"<html" in start or b"<!doctype html" in start)


def paragraphs(stream: IO[bytes], *, codes: bool = False) -> Document:
    """Return a container's paragraphs; raise FormatError if it is damaged or too large.

    With ``codes``, text that has codes of two or three capitals in a column of their own has a bar
    between code and value: ``HD|Headline``.
    """
    head = stream.read(64 * 1024)
    stream.seek(0)
    if is_docx(head):
        return word.read(stream)
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FormatError(
            "The file is larger than 200 MB, which no export of a news database is. Save it in "
            "parts.",
            code="too_large",
        )
    if is_rtf(head):
        return plain.read_rtf(data, codes=codes)
    if is_html(head):
        return markup.read(data)
    return plain.read_text(data, codes=codes)


@lru_cache(maxsize=4)
def words_of(head: bytes) -> str:
    """Return the start of a container as text, good enough to look for marks in it."""
    if is_docx(head):
        return word.start(head)
    if is_rtf(head):
        return plain.rtf_start(head)
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return head[: len(head) & ~1].decode("utf-16", "replace")
    return head.decode("utf-8", "replace")
