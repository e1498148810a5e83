"""A window on what was received, as numbered lines around one place. Nothing here is marked up.

A capture may be larger than memory: it is read by chunks from disk up to the window's end.
"""

import codecs
import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from articles.formats.captures.decoding import decode as decode_capture
from articles.formats.pages.decode import decode as decode_page

# Lines shown around the place, and the most that a place itself may take.
AROUND = 60
LONGEST_PLACE = 1_500
# Characters of a line that are shown: of the place's own lines more than of the others.
LINE_CHARACTERS = 20_000
OTHER_LINE_CHARACTERS = 1_000
# Of all lines together; what is beyond is cut as other lines are.
WINDOW_CHARACTERS = 500_000
# How much of a capture is searched for an article's words, in characters, and by how many of them.
_SEARCHED = 128 * 1024 * 1024
_NEEDLE, _SHORTEST_NEEDLE = 48, 8
_CHUNK = 256 * 1024
_SKIPPED = 1024 * 1024
_SAMPLE = 256 * 1024
_LINES = re.compile(r"lines ([1-9]\d{0,11})-([1-9]\d{0,11})$")
_LINE = re.compile(r"line ([1-9]\d{0,11})$")
# What the reader of text captures takes for the end of a line.
_CAPTURE_LINE_END = re.compile("\r\n?|[\n\u2028\u2029\x85]")
_OTHER_LINE_END = re.compile("\r\n?|\n")
# Marks that change what is seen without being seen; shown as what they are.
_INVISIBLE = re.compile(
    "([\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f])"
)
_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to open: lines ``first`` to ``last``, from 1; 0 where no place is known."""

    first: int = 0
    last: int = 0

    @property
    def is_known(self) -> bool:
        return self.first > 0


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a line's characters, or one invisible mark with its code point."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as shown. ``hidden`` counts the characters that were left off its end."""

    number: int
    parts: tuple[Part, ...]
    marked: bool
    hidden: int


@dataclass(frozen=True, slots=True)
class Window:
    """What is shown of a capture. ``more`` says whether lines follow the last."""

    lines: list[Line]
    encoding: str
    more: bool
    found: bool = True

    @property
    def first(self) -> int:
        return self.lines[0].number if self.lines else 0

    @property
    def last(self) -> int:
        return self.lines[-1].number if self.lines else 0


def read_place(locator: str) -> Place:
    """Return the place that a locator names; the start for the whole or for what is no locator."""
    if match := _LINES.match(locator):
        first, last = int(match[1]), int(match[2])
        return Place(first, min(max(first, last), first + LONGEST_PLACE - 1))
    if match := _LINE.match(locator):
        return Place(int(match[1]), int(match[1]))
    return Place()


def is_binary(head: bytes) -> bool:
    """Whether a capture that begins with ``head`` is no text that lines could be shown of."""
    if head.startswith(_BINARY):
        return True
    text = decode_capture(head[:8192])[0]
    odd = sum(char == "\ufffd" or (char < " " and char not in "\t\n\r\f\v") for char in text)
    return odd * 10 > len(text)


def window(stream: IO[bytes], place: Place, *, media_type: str, by_capture_lines: bool) -> Window:
    """Return the lines around ``place``; the start where there is none.

    ``by_capture_lines`` counts lines as the reader of text captures does.
    """
    encoding = _encoding(stream, media_type)
    ends = _CAPTURE_LINE_END if by_capture_lines else _OTHER_LINE_END
    start = max(1, place.first - AROUND)
    stop = max(place.last, place.first) + AROUND if place.first else 2 * AROUND
    lines: list[Line] = []
    left = WINDOW_CHARACTERS
    for number, text, length in _lines(stream, encoding, ends, start):
        if number > stop:
            return Window(lines, encoding, more=True)
        marked = place.first <= number <= place.last
        whole = (marked or not place.first) and left > 0
        shown = text if whole else text[:OTHER_LINE_CHARACTERS]
        left -= len(shown)
        lines.append(Line(number, parts(shown), marked, length - len(shown)))
    found = not place.first or bool(lines and lines[-1].number >= place.first)
    return Window(lines, encoding, more=False, found=found)


def find(stream: IO[bytes], needles: Sequence[str], *, media_type: str) -> Place:
    """Return the line on which one of ``needles`` stands, the last only if no other does.

    For what is found by its number in a file that is not read by lines: the first words of an
    article say where it stands. Leaves the stream at its start.
    """
    start = stream.tell()
    wanted = [spelled for needle in needles[:-1] for spelled in _spellings(needle)]
    at_worst = [spelled for needle in needles[-1:] for spelled in _spellings(needle)]
    line = 0
    seen = 0
    lines = _lines(stream, _encoding(stream, media_type), _OTHER_LINE_END, 1)
    for number, text, length in lines:
        seen += length
        if any(needle in text for needle in wanted):
            line = number
            break
        if not line and any(needle in text for needle in at_worst):
            line = number
        if seen > _SEARCHED:
            break
    stream.seek(start)
    return Place(line, line)


def _spellings(needle: str) -> Iterator[str]:
    """Yield the beginning of a text as it stands in plain text, in HTML and in JSON."""
    begun = needle[:_NEEDLE].strip()
    if len(begun) < _SHORTEST_NEEDLE:
        return
    yield begun
    yield from {html.escape(begun), html.escape(begun, quote=False), json.dumps(begun)[1:-1]} - {
        begun
    }


def parts(text: str) -> tuple[Part, ...]:
    """Return a line's characters with its invisible marks apart."""
    pieces = _INVISIBLE.split(text)
    return tuple(
        Part(piece, f"U+{ord(piece):04X}" if index % 2 else "")
        for index, piece in enumerate(pieces)
        if piece
    )


def _encoding(stream: IO[bytes], media_type: str) -> str:
    """Return the encoding of the capture's start, as its readers would find it."""
    start = stream.tell()
    sample = stream.read(_SAMPLE)
    stream.seek(start)
    # A cut inside a character would make UTF-8 look damaged.
    cut = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE else 0
    sample = sample[:cut] if cut else sample
    if "html" in media_type or sample.lstrip()[:1] == b"<":
        return decode_page(sample, media_type).encoding
    return decode_capture(sample)[1]


def _lines(
    stream: IO[bytes], encoding: str, ends: re.Pattern[str], start: int
) -> Iterator[tuple[int, str, int]]:
    """Yield ``(number, text, length)`` from line ``start`` on; of a long one only its start."""
    number, kept, length = 1, "", 0
    if ends is _OTHER_LINE_END and not encoding.startswith(
        ("utf-16", "utf-32", "utf_16", "utf_32")
    ):
        number += _skipped(stream, start)
    for chunk in _chunks(stream, encoding):
        pieces = ends.split(chunk)
        for index, piece in enumerate(pieces):
            if number >= start:
                kept += piece[: max(0, LINE_CHARACTERS - len(kept))]
            length += len(piece)
            if index == len(pieces) - 1:
                break
            if number >= start:
                yield number, kept, length
            number, kept, length = number + 1, "", 0
    if number >= start and length:
        yield number, kept, length


def _skipped(stream: IO[bytes], start: int) -> int:
    """Read past whole chunks that end before line ``start``; return how many lines ended in them.

    Line ends are the same bytes in every encoding that comes here, and counting bytes is quick.
    """
    ended = 0
    while True:
        at = stream.tell()
        chunk = stream.read(_SKIPPED)
        # The next may be a CR too, whose LF comes after.
        while chunk.endswith(b"\r") and (more := stream.read(1)):
            chunk += more
        ends = chunk.count(b"\n")
        if b"\r" in chunk:
            ends += chunk.count(b"\r") - chunk.count(b"\r\n")
        if not chunk or 1 + ended + ends >= start:
            stream.seek(at)
            return ended
        ended += ends


def _chunks(stream: IO[bytes], encoding: str) -> Iterable[str]:
    """Yield the text by chunks, none of which ends between CR and LF; a leading mark left off."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first, held = True, ""
    while data := stream.read(_CHUNK):
        text = held + decoder.decode(data)
        if first:
            text, first = text.removeprefix("\ufeff"), False
        held = "\r" if text.endswith("\r") else ""
        yield text[: len(text) - len(held)]
    yield held + decoder.decode(b"", final=True)
