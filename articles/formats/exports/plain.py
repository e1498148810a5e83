"""Plain and rich text into paragraphs."""

import codecs
import re
from itertools import islice

from striprtf.striprtf import rtf_to_text

from articles.formats.exports.paragraphs import Document, Paragraph, tidy
from articles.formats.protocol import FormatError

MAX_RTF = 60 * 1024 * 1024
_WRAPPED_AT = 100
_LINKED = re.compile(r"\[([^\[\]\n]{1,500})\]\((https?://[^\s()]{1,2000})\)")
# RTF may be one endless line; the converter's search for links is costly on such.
_BREAK = re.compile(r"(?<!\\)(?=\\par\b|\{\\field)")
_CODE = re.compile(r"(?m)^[ \t]*([A-Z]{2,3})(?:[ ]*\t[ \t]*|[ ]{2,})(?=\S)")
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, OverflowError)
_BRACE = re.compile(r"(?<!\\)[{}]")
_FONT = re.compile(
    r"\\f(\d{1,5})(?:\\(?!fcharset|f\d)[a-z*][a-z]{0,20}-?\d{0,6}|[\s{}]|[0-9a-f]{20}){0,8}"
    r"\\fcharset(\d{1,3})"
)
_MOST_FONTS = 2_000
_LONGEST_LINE = 20_000


def read_rtf(data: bytes, *, codes: bool = False) -> Document:
    """Return a rich text's paragraphs, each of which is a line of its plain text."""
    if len(data) > MAX_RTF:
        raise FormatError(
            "The RTF file is larger than 60 MB. Save the export in parts.", code="too_large"
        )
    try:
        text = _converted(data)
    except _DAMAGE as error:
        raise FormatError(
            "The RTF file is damaged. Open it in a word processor, save it again, and try that.",
            code="damaged",
        ) from error
    text = _CODE.sub(r"\1|", text) if codes else text
    found: list[Paragraph] = []
    for line in text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split("\n"):
        link = _LINKED.search(line)
        words = tidy(_LINKED.sub(r"\1", line))
        if words:
            found.append(Paragraph(words, link=link[2] if link else ""))
    return Document(tuple(found))


def rtf_start(head: bytes) -> str:
    """Return the plain text of the start of a rich text."""
    try:
        return _converted(head)
    except _DAMAGE:
        return ""


def _converted(data: bytes) -> str:
    # RTF is ASCII; other bytes come through as they are.
    rtf = _broken(_with_plain_fonts(data.decode("latin-1")))
    return str(rtf_to_text(rtf, errors="replace"))  # type: ignore[no-untyped-call]


def _with_plain_fonts(rtf: str) -> str:
    """Return rich text with a font table of numbers and character sets alone.

    The converter's search through a table of an unusual shape takes time without bound.
    """
    start = rtf.find("\\fonttbl")
    if start < 0:
        return rtf
    depth, end = 1, len(rtf)
    for brace in _BRACE.finditer(rtf, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            end = brace.start()
            break
    fonts = islice(_FONT.finditer(rtf, start, end), _MOST_FONTS)
    table = "".join(f"{{\\f{font[1]}\\fcharset{font[2]} x;}}" for font in fonts)
    rest = rtf[end:].replace("\\fonttbl", "\\colortbl")
    return f"{rtf[:start]}\\fonttbl{table}{rest}"


def _broken(rtf: str) -> str:
    """Return rich text in short lines; links of lines that stay long are left unread."""
    lines = _BREAK.sub("\n", rtf).split("\n")
    return "\n".join(
        line.replace("\\fldinst", "\\fldinsx") if len(line) > _LONGEST_LINE else line
        for line in lines
    )


def read_text(data: bytes, *, codes: bool = False) -> Document:
    """Return a plain text's paragraphs: its lines, or its blocks where lines are wrapped."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = _CODE.sub(r"\1|", text) if codes else text
    lines = text.split("\n")
    if _is_wrapped(lines):
        blocks = re.split(r"\n[^\S\n]*(?:\n\s*)", text)
        joined = (_unwrapped(block) for block in blocks)
        return Document(tuple(Paragraph(block) for block in joined if block))
    return Document(tuple(Paragraph(words) for line in lines if (words := tidy(line))))


def _decoded(data: bytes) -> str:
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return data[: len(data) & ~1].decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether lines were broken at a width: many near it, hardly any beyond it."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 5:
        return False
    return lengths[int(len(lengths) * 0.99) - 1] <= _WRAPPED_AT and lengths[len(lengths) // 2] >= 40


def _unwrapped(block: str) -> str:
    """Join a block's lines; those of a title page or a list keep their ends."""
    lines = [" ".join(line.split()) for line in block.split("\n") if line.strip()]
    if lines and all(len(line) < 50 for line in lines) and len(lines) > 1:
        return tidy("\n".join(lines))
    return tidy(" ".join(lines))
