"""Text captures: articles as someone pasted them into a .txt file."""

from collections.abc import Iterator
from typing import IO, ClassVar

from articles.formats.captures.assembling import assemble
from articles.formats.captures.decoding import decode
from articles.formats.captures.headers import Outlets, parse
from articles.formats.captures.labels import Label, Labelled, label_lines
from articles.formats.captures.lines import physical, unwrap
from articles.formats.captures.neighbours import relabel
from articles.formats.captures.repeats import find_repeats
from articles.formats.captures.roles import place
from articles.formats.captures.splitting import split
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import ReadItem, Refused

_TEXT_SUFFIXES = frozenset({".txt", ".text", ".asc", ".md"})
_PLAIN, _WITH_SUFFIX, _WITH_HEADERS = 10, 20, 25
_SNIFFED_LINES = 40
_RAW_KEPT = 2000
_ARTICLE = frozenset({Label.BODY, Label.QUOTE, Label.TITLE, Label.POINT})


class CaptureFormat:
    """Reads text captures; see docs/captures.md for what it understands."""

    name: ClassVar[str] = "capture"
    label: ClassVar[str] = "Text capture"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Return a low sureness for any text, so that formats with a form of their own win."""
        text, _ = decode(head)
        if not _is_text(text):
            return 0
        if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "[", "<"} and origin.suffix != ".txt":
            return 5
        lines = [line for line in physical(text) if line.text][:_SNIFFED_LINES]
        outlets = Outlets()
        if sum(bool(parse(line.bare, outlets)) for line in lines) >= 2:
            return _WITH_HEADERS
        return _WITH_SUFFIX if origin.suffix in _TEXT_SUFFIXES else _PLAIN

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield the articles of a capture in their order, or one refusal if it holds none."""
        del origin  # a capture's file name says nothing reliable
        text, _ = decode(stream.read())
        outlets = Outlets(options.known_sources)
        lines = unwrap(list(physical(text)), lambda line: bool(parse(line, outlets)))
        labelled = relabel(label_lines(lines, outlets))
        if not any(line.label in _ARTICLE for line in labelled):
            yield _refused(labelled, text)
            return
        for part in split(labelled, find_repeats(labelled)):
            yield assemble(place(labelled[part.start : part.end]))


def _refused(lines: list[Labelled], text: str) -> Refused:
    what = "only navigation, header lines or rights" if lines else "no text"
    last = lines[-1].line.last if lines else 1
    return Refused(
        locator=f"lines 1-{last}",
        code="not_an_article",
        reason=f"This capture holds {what}: no headline and no body. Paste the article again.",
        raw=text[:_RAW_KEPT],
    )


def _is_text(text: str) -> bool:
    """Whether decoded bytes are words: few replaced or control characters among them."""
    sample = text[:8192]
    odd = sum(char == "\ufffd" or (char < " " and char not in "\t\n\r\f\v") for char in sample)
    return bool(sample.strip()) and odd * 20 <= len(sample)
