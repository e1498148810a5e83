"""Downloads from Nexis and Nexis Uni: docx, rtf, html and txt, old layout and new."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import IO, ClassVar

from articles.formats import nexis_document
from articles.formats.exports import containers, shapes
from articles.formats.exports.paragraphs import Document, Paragraph
from articles.formats.nexis_labels import ENDS
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import ReadItem

_OF = re.compile(
    r"(?:document|dokument|documento)?\s*(\d{1,6}) (?:of|de|von|di|van) (\d{1,6})"
    r"(?: (?:documents?|dokumenten?|documentos?|documenti|documenten))?",
    re.IGNORECASE,
)
_OF_DOCUMENTS = re.compile(
    r"(?:^|>)[ \t\xa0]{0,100}\d{1,6} (?:of|de|von|di|van) \d{1,6} "
    r"(?:documents?|dokumenten?|documentos?|documenti)[ \t\xa0\r]{0,100}(?:$|<)",
    re.IGNORECASE | re.MULTILINE,
)
_COUNTED = re.compile(
    r"(?:(?:number of )?documents?|dokumente?|documentos|documenti|documenten)\s*"
    r"(?:\((\d{1,6})\)|:\s*(\d{1,6})\s*$)",
    re.IGNORECASE,
)
_SELECTED = re.compile(
    r"(?:select(?:ed)? items?|éléments sélectionnés)\s*:\s*([\d,\s–-]+)", re.IGNORECASE
)
_LISTED = re.compile(r"(\d{1,4})\.\s+(\S.*)", re.DOTALL)
_MARKS = ("End of Document", "Load-Date:", "LOAD-DATE:", "PUBLICATION-TYPE:", "\nLength:")
_COVER = 400


class NexisFormat:
    """What the databases of LexisNexis give when one downloads the full documents."""

    name: ClassVar[str] = "nexis"
    label: ClassVar[str] = "Nexis, Nexis Uni"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Know an export by its counts and labels; a Word file by being one."""
        del origin
        text = containers.words_of(head)
        if _OF_DOCUMENTS.search(text):
            return 92
        marks = sum(1 for mark in _MARKS if mark in text)
        if marks >= 2 or (marks and "advance.lexis.com" in text):
            return 85
        if marks:
            return 60
        # A Word file may hide its marks beyond its start; few other readers take one at all.
        return 30 if containers.is_docx(head) else 0

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield the export's documents once their count is known to be right."""
        del origin, options
        document = containers.paragraphs(stream)
        cover, parts = split(document)
        if not parts:
            raise shapes.nothing_found("Nexis")
        declared, missing = _declared(document, cover, parts)
        shapes.check_count(declared, len(parts), missing)
        listed = _listed(cover)
        for number, part in enumerate(parts, 1):
            yield nexis_document.article(
                part,
                f"document {number}",
                knows_bold=document.knows_bold,
                listed=listed.get(number) if len(listed) == len(parts) else None,
            )


def split(document: Document) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """Return the cover (with its table of contents) and each document's paragraphs.

    In the old layout a document begins with ``1 of 20 DOCUMENTS``, which stays its first
    paragraph; in the new one it ends with ``End of Document``.
    """
    paragraphs = list(document.paragraphs)
    starts = [i for i, p in enumerate(paragraphs) if len(p.text) < 60 and _is_start(p.line)]
    if starts:
        bounds = [*starts, len(paragraphs)]
        return paragraphs[: starts[0]], [paragraphs[a:b] for a, b in pairwise(bounds)]
    parts: list[list[Paragraph]] = []
    part: list[Paragraph] = []
    for paragraph in paragraphs:
        if len(paragraph.text) < 40 and paragraph.line.casefold().rstrip(".") in ENDS:
            parts.append(part)
            part = []
        else:
            part.append(paragraph)
    if not parts:
        return paragraphs, []
    if nexis_document.looks_like_one(part, knows_bold=document.knows_bold):
        # The last document lost its end: the count will tell.
        parts.append(part)
    begin = nexis_document.beginning(parts[0], knows_bold=document.knows_bold)
    return parts[0][:begin], [parts[0][begin:], *parts[1:]]


def _is_start(line: str) -> bool:
    return _OF.fullmatch(line) is not None and _OF_DOCUMENTS.search(line) is not None


def _declared(
    document: Document, cover: list[Paragraph], parts: list[list[Paragraph]]
) -> tuple[int | None, list[str]]:
    """Return how many documents the export says it holds, and which of them are not there."""
    numbers = [
        (int(match[1]), int(match[2]))
        for part in parts
        if part and (match := _OF.fullmatch(part[0].line)) is not None
    ]
    counted = document.declared or _counted(cover)
    if numbers:
        first, total = numbers[0]
        expected = counted or total - first + 1
        present = {number for number, _ in numbers}
        gaps = [f"{n} of {total}" for n in range(first, first + expected) if n not in present]
        missing = gaps if len(gaps) <= expected else []
        if missing and expected == len(parts):
            # As many as declared, but not those: one twice, another not at all.
            expected = len(present)
        return expected, missing
    listed = _listed(cover)
    declared = counted or len(listed) or None
    if declared == len(parts):
        return declared, []
    titles = [nexis_document.title(part) for part in parts[:_COVER]]
    missing = [
        f"{number}. {entry.line}"
        for number, entry in listed.items()
        if number <= _COVER and not any(_same(entry.line, title) for title in titles)
    ]
    return declared, missing


def _counted(cover: list[Paragraph]) -> int | None:
    """Return the count on a cover: ``Documents (20)``, ``Selected Items: 1-20, 25``."""
    for paragraph in cover[:_COVER]:
        for line in paragraph.text.split("\n"):
            selected = _SELECTED.search(line)
            if selected:
                return _how_many(selected[1]) or None
            match = _COUNTED.search(line)
            if match:
                return int(match[1] or match[2])
    return None


def _how_many(ranges: str) -> int:
    count = 0
    for part in ranges.split(","):
        ends = [int(end) for end in re.findall(r"\d{1,6}", part)]
        if ends:
            count += max(0, ends[-1] - ends[0]) + 1
    return count


def _listed(cover: list[Paragraph]) -> dict[int, Paragraph]:
    """Return a table of contents by number, as far as it counts up from 1."""
    listed: dict[int, Paragraph] = {}
    for paragraph in cover:
        match = _LISTED.fullmatch(paragraph.text)
        if match and int(match[1]) == len(listed) + 1:
            listed[int(match[1])] = Paragraph(match[2], link=paragraph.link)
    return listed


def _same(entry: str, title: str) -> bool:
    """Return whether a listed title is a document's; lists cut titles and add the highlight."""
    short = "".join(char for char in title.casefold() if char.isalnum())
    listed = "".join(char for char in entry.casefold() if char.isalnum())
    return bool(short) and (listed.startswith(short[:40]) or short.startswith(listed[:40]))
