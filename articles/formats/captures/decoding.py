"""From a capture's bytes to its text: UTF-8, UTF-16, and what else people save as .txt."""

import codecs
import re

from charset_normalizer import from_bytes

# One part in this many of the non-ASCII characters may be damaged in a text that is still UTF-8.
_DAMAGE = 50
_SAMPLE = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
# Encodings of Western European text; Windows-1252 holds all that they hold and is what is meant.
_WESTERN = frozenset(
    {"ascii", "latin_1", "iso8859_1", "iso8859_9", "iso8859_15", "cp1252", "cp1254"}
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding it was read as. Never raises.

    A byte order mark decides; then UTF-8, also slightly damaged; then UTF-16 without a mark; then
    what the statistics of the bytes say, Windows-1252 where they say nothing.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace"), name.removesuffix("-sig")
    wide = _unmarked_utf16(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = len(text) - len(data) + len(_HIGH.findall(data))
    if text.count("\ufffd") * _DAMAGE <= beyond_ascii:
        return text, "utf-8"
    return _guess(data)


def _guess(data: bytes) -> tuple[str, str]:
    best = from_bytes(_telling(data)).best()
    name = best.encoding if best is not None else "cp1252"
    if name in _WESTERN or name.startswith("utf"):
        name = "cp1252"
    return data.decode(name, errors="replace"), name


def _telling(data: bytes) -> bytes:
    """Return at most a sample's length of ``data``, begun where it leaves ASCII."""
    high = _HIGH.search(data)
    start = max(0, high.start() - _SAMPLE // 2) if high else 0
    return data[start : start + _SAMPLE]


def _unmarked_utf16(head: bytes) -> str | None:
    """Return the byte order of Latin text in UTF-16 without a mark: every other byte is zero."""
    half = len(head) // 2
    if half < 4:
        return None
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        others = head[::2] if name == "utf-16-le" else head[1::2]
        if zeros.count(0) * 2 > half and others.count(0) * 10 < half:
            return name
    return None
