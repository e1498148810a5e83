"""The rows of a delimited text: encoding, delimiter and quoting found, bad rows told from good."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

CELL_LIMIT = 16 * 1024 * 1024
_LINE_LIMIT = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_HEAD = 64 * 1024
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it begins on, counting from 1, its cells, and what is wrong with it."""

    line: int
    cells: list[str]
    problem: str = ""
    had_nul: bool = False


class _Quoted(csv.Dialect):
    delimiter = ","
    quotechar: str | None = '"'
    doublequote = True
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL
    strict = True


def _dialect(delimiter: str, *, quoted: bool = True) -> type[csv.Dialect]:
    how = {"delimiter": delimiter}
    if not quoted:
        how |= {"quoting": csv.QUOTE_NONE, "quotechar": None}  # type: ignore[dict-item]
    return type("Found", (_Quoted,), how)


def is_binary(head: bytes) -> bool:
    """Return whether bytes are no text in any encoding we read."""
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or _utf16(head):
        return False
    return b"\0\0" in head or head[:4] in {b"PK\x03\x04", b"%PDF"} or head[:5] == b"{\\rtf"


def _utf16(head: bytes) -> str:
    """Return the name of UTF-16 without a mark, by where its zero bytes stand; else nothing."""
    start = head[:2048]
    if len(start) < 8 or b"\0" not in start:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else ""


def encoding_of(stream: IO[bytes]) -> str:
    """Return the encoding of the whole stream, which is left at its start: by mark, else by trying.

    What is neither UTF-8 nor UTF-16 is read as Windows-1252, as Excel writes it in the West.
    """
    start = stream.tell()
    head = stream.read(_HEAD)
    found = ""
    if head.startswith(codecs.BOM_UTF8):
        found = "utf-8-sig"
    elif head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        found = "utf-16"
    found = found or _utf16(head)
    if not found:
        found = "utf-8"
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk = head
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            found = "cp1252"
    stream.seek(start)
    return found


def head_text(head: bytes) -> str:
    """Return the start of a file as text, without a last line that may be cut."""
    encoding = encoding_of(io.BytesIO(head[: len(head) & ~1]))
    if encoding == "cp1252":
        # The cut may have fallen inside a character.
        encoding = "utf-8" if encoding_of(io.BytesIO(head[:-4])) == "utf-8" else "cp1252"
    text = head.decode(encoding, "replace")
    whole, _, _ = text.rpartition("\n")
    return whole if len(head) >= _HEAD and whole else text


def dialect_of(text: str) -> tuple[type[csv.Dialect] | None, int, int]:
    """Return the dialect of a table's start, its number of columns, and how many rows agree.

    The dialect is None where no delimiter divides the lines evenly.
    """
    text = _without_separator_line(text)[1]
    best: tuple[float, int, type[csv.Dialect] | None, int] = (0.0, 1, None, 0)
    for delimiter in _DELIMITERS:
        for quoted in (True, False) if delimiter == "\t" else (True,):
            dialect = _dialect(delimiter, quoted=quoted)
            counts = _counts(text, dialect)
            if not counts or counts[0] < 2:
                continue
            agreeing = sum(1 for count in counts if count == counts[0])
            candidate = (agreeing / len(counts), counts[0], dialect, agreeing)
            if candidate[:2] > best[:2]:
                best = candidate
    return best[2], best[1], best[3]


def _counts(text: str, dialect: type[csv.Dialect]) -> list[int]:
    """Return the number of cells of each row; rows that can't be read count as none."""
    counts: list[int] = []
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), dialect)
    while len(counts) < 100:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if "unexpected end" in str(error) and len(text) >= _HEAD // 4:
                break  # the head was cut inside a cell
            counts.append(0)
            continue
        if cells:
            counts.append(len(cells))
    return counts


def _without_separator_line(text: str) -> tuple[str, str]:
    """Return the delimiter of Excel's ``sep=;`` line, if there is one, and the rest."""
    if text[:4].lower() == "sep=" and len(text) > 4 and text[5:6] in {"\n", "\r"}:
        return text[4], text[5:].lstrip("\r\n")
    return "", text


class _Lines:
    """Lines of a stream for a csv reader, which can be put back, with NUL taken out."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.number = 0
        self.had_nul = False
        self.taken: list[str] = []
        self._text = text
        self._waiting: deque[str] = deque()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._text.readline(_LINE_LIMIT)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        if "\0" in line:
            self.had_nul = True
            line = line.replace("\0", "")
        return line

    def begin_row(self) -> None:
        self.taken.clear()
        self.had_nul = False

    def put_back_all_but_first(self) -> str:
        """Return the first line of a row that went wrong; the others will be read again."""
        rest = self.taken[1:]
        self._waiting.extendleft(reversed(rest))
        self.number -= len(rest)
        return self.taken[0] if self.taken else ""


def rows(stream: IO[bytes]) -> Iterator[Row]:
    """Yield a table's rows, blank ones left out; what can't be read is a row with a problem."""
    encoding = encoding_of(stream)
    text = io.TextIOWrapper(_Kept(stream), encoding, "replace", newline="")
    start = text.read(_HEAD)
    delimiter, _ = _without_separator_line(start)
    dialect = dialect_of(start if len(start) < _HEAD else start.rpartition("\n")[0])[0]
    stream.seek(0)
    text = io.TextIOWrapper(_Kept(stream), encoding, "replace", newline="")
    lines = _Lines(text)
    if delimiter:
        next(lines, "")
        dialect = _dialect(delimiter)
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(lines, dialect or _dialect(","))
    while True:
        lines.begin_row()
        line = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            first = lines.put_back_all_but_first()
            reader = csv.reader(lines, dialect or _dialect(","))
            yield Row(line, [first[:CELL_LIMIT].rstrip("\r\n")], _problem(error))
            continue
        if any(cells):
            yield Row(line, cells, had_nul=lines.had_nul)


def _problem(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end" in said:
        return "A quotation mark opens a cell here and is never closed."
    if "larger than field limit" in said:
        return "A cell here is larger than 16 MB, or its quotation mark is never closed."
    return f"The quotation marks of this row don't match ({said})."


class _Kept(io.BufferedReader):
    """A reader that leaves the stream beneath it open when it goes."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(_Raw(stream), _CHUNK)


class _Raw(io.RawIOBase):
    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
