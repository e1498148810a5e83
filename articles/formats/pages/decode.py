"""Bytes of a page to text: byte order mark, what was declared, UTF-8, then a guess."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_IN_MEDIA_TYPE = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 16 * 1024
_GUESS_FROM = 32 * 1024

# What browsers take these names to mean (WHATWG Encoding Standard), unlike Python.
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
# Python knows more codecs than pages have ("hex", "punycode"), and some of them fail.
_OF_TEXT = re.compile(
    r"(?:ascii|cp\d|iso8859|koi8|mac|big5|gb|euc|shift_jis|iso2022_|utf-(?:8|16|32)|tis|hz|johab|kz1048)"
)
# These pass for ASCII byte by byte, so a UTF-8 reading of them proves nothing.
_STATEFUL = frozenset({"iso2022_jp", "hz"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the encoding it was read by, and how many NUL characters were taken out."""

    text: str
    encoding: str
    nuls: int


def decode(data: bytes, media_type: str = "") -> Decoded:
    """Return a page's text. Never fails: what no encoding explains becomes U+FFFD."""
    text, encoding = _decode(data, media_type)
    nuls = text.count("\0")
    return Decoded(text.replace("\0", "") if nuls else text, encoding, nuls)


def _decode(data: bytes, media_type: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    declared = _declared(data, media_type)
    if declared in _STATEFUL:
        return data.decode(declared, "replace"), declared
    try:
        # Bytes that are valid UTF-8 are UTF-8, whatever a page says of itself.
        return data.decode(), "utf-8"
    except UnicodeDecodeError as error:
        if declared == "utf-8" and _mostly_utf8(data, error.start):
            return data.decode("utf-8", "replace"), "utf-8"
    if declared is not None and declared != "utf-8":
        return data.decode(declared, "replace"), declared
    guessed = _guess(data) or "cp1252"
    return data.decode(guessed, "replace"), guessed


def _declared(data: bytes, media_type: str) -> str | None:
    names = [match[1] for match in [_IN_MEDIA_TYPE.search(media_type)] if match]
    names += [match[1].decode() for match in _DECLARED.finditer(data[:_DECLARED_WITHIN])]
    for name in names:
        try:
            known = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        if _OF_TEXT.match(known):
            return _AS_BROWSERS_DO.get(known, known)
    return None


def _mostly_utf8(data: bytes, first_fault: int) -> bool:
    """Whether a page that calls itself UTF-8 is, but for a few damaged bytes."""
    sample = data[first_fault : first_fault + _GUESS_FROM].decode("utf-8", "replace")
    odd = sample.count("\ufffd")
    good = sum(1 for char in sample if ord(char) > 0x7F) - odd
    before = data[:first_fault]
    return good + len(before) - len(before.decode("utf-8", "ignore")) >= odd


def _guess(data: bytes) -> str | None:
    best = charset_normalizer.from_bytes(data[:_GUESS_FROM]).best()
    return best.encoding if best is not None else None
