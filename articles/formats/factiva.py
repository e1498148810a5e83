"""Downloads from Factiva: rtf, docx, html and txt, with the fields' codes and without."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import IO, ClassVar

from articles.formats import factiva_document
from articles.formats.exports import containers, shapes
from articles.formats.exports.paragraphs import Document, Paragraph
from articles.formats.factiva_place import NUMBERED
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import ReadItem

# The last line of each document, in the languages of Factiva's screens.
_LAST = re.compile(
    r"(?:AN\W{1,4})?(?:document|dokument|documento|документ|文件|文档|文書|문서|ドキュメント)\s+"
    r"([A-Z][A-Z0-9]{3,9}0{0,4}\d{6,12}[a-z0-9]{5,14})\W*",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"(?:search summary|zusammenfassung der suche|résumé de la recherche|resumen de búsqueda|"
    r"resumen de la búsqueda|riepilogo ricerca|搜索摘要|検索の要約|© \d{4} factiva).*",
    re.IGNORECASE | re.DOTALL,
)
_FOUND = re.compile(
    r"(?:results? found|gefundene ergebnisse|résultats trouvés|resultados encontrados|"
    r"risultati trovati|検索結果|找到的结果)\W*([\d.,]+)",
    re.IGNORECASE,
)
_ACCESSION = re.compile(
    r"(?m)^\W{0,20}(?:Document|Dokument|Documento|文件) "
    r"[A-Z][A-Z0-9]{3,9}\d{10,14}[a-z0-9]{5,14}[ \t\r]{0,20}$"
)
_CODES = re.compile(
    r"(?m)^[ \t]{0,20}\|?[ \t]{0,20}(HD|BY|WC|PD|SN|SC|LA|LP|TD|AN|PUB)\s*(?:\||\t|  |$| [^a-z])"
)
# One download holds at most so many: a search that found more says nothing of the file.
_DOWNLOAD = 100


class FactivaFormat:
    """What Factiva gives as articles, with indexing or without."""

    name: ClassVar[str] = "factiva"
    label: ClassVar[str] = "Factiva"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Know an export by its accession numbers and codes."""
        text = containers.words_of(head)
        if containers.is_html(head):
            marks = ("articleParagraph", "factiva.com", "<title>Factiva</title>")
            return 93 if any(mark in text for mark in marks) else 0
        if len({match[1] for match in _CODES.finditer(text)}) >= 5 or _ACCESSION.search(text):
            return 93
        other = containers.is_docx(head) or containers.is_rtf(head)
        return 70 if other and "factiva" in (text + origin.filename).casefold() else 0

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield the export's documents once their count is known to be right."""
        del origin, options
        document = containers.paragraphs(stream, codes=True)
        parts, summary = split(document)
        if not parts:
            raise shapes.nothing_found("Factiva")
        listed = factiva_document.contents(parts[0][0])
        _check(parts, summary, listed)
        for number, (part, accession) in enumerate(parts, 1):
            yield factiva_document.article(part, accession, f"document {number}", listed)


type _Part = tuple[list[Paragraph], str]


def split(document: Document) -> tuple[list[_Part], list[Paragraph]]:
    """Return each document's paragraphs with its accession number, and the closing summary.

    A document ends with its accession number. In HTML, headlines of documents without text
    (sounds, films) stand between and have none.
    """
    parts: list[_Part] = []
    part: list[Paragraph] = []
    for index, paragraph in enumerate(document.paragraphs):
        last = _LAST.fullmatch(paragraph.line) if len(paragraph.text) < 80 else None
        if last:
            parts.extend(_headlines(part))
            parts.append(([p for p in part if "headlines" not in p.marks], last[1]))
            part = []
        elif parts and _SUMMARY.fullmatch(paragraph.line):
            parts.extend(_headlines(part))
            rest = [p for p in part if "headlines" not in p.marks]
            if factiva_document.looks_like_one(rest):
                parts.append((rest, ""))
            return parts, list(document.paragraphs[index:])
        else:
            part.append(paragraph)
    parts.extend(_headlines(part))
    rest = [p for p in part if "headlines" not in p.marks]
    if parts and factiva_document.looks_like_one(rest):
        parts.append((rest, ""))
    return parts, []


def _headlines(part: list[Paragraph]) -> list[_Part]:
    """Return a part for each headline that stands for a document without text."""
    heads = [p for p in part if "headlines" in p.marks]
    starts = [i for i, p in enumerate(heads) if any(m.endswith("Headline") for m in p.marks)]
    return [(heads[a:b], "") for a, b in pairwise((*starts, len(heads)))]


def _check(parts: list[_Part], summary: list[Paragraph], listed: list[str]) -> None:
    """Compare what was read with the numbers of headlines and with the search's summary."""
    unended = [
        f"document {number} (“{factiva_document.title(part)[:60]}”) has no end"
        for number, (part, accession) in enumerate(parts, 1)
        if not accession and not any("headlines" in p.marks for p in part)
    ]
    if unended:
        shapes.check_count(len(parts), len(parts) - len(unended), unended)
    if listed:
        titles = {factiva_document.title(part, listed) for part, _ in parts}
        missing = [entry for entry in listed if entry not in titles]
        shapes.check_count(len(listed), len(parts), missing)
    numbers = [
        int(match[1])
        for part, _ in parts
        if (match := NUMBERED.match(factiva_document.title(part, listed)))
    ]
    if len(numbers) > 1 and len(numbers) >= len(parts) - 1:
        expected = range(numbers[0], numbers[-1] + 1)
        gaps = [f"{n})" for n in expected if n not in set(numbers)]
        if gaps:
            shapes.check_count(len(numbers) + len(gaps), len(numbers), gaps)
    found = _FOUND.search(" ".join(p.line for p in summary))
    if found:
        results = int(re.sub(r"\D", "", found[1]) or 0)
        if 0 < results <= _DOWNLOAD:
            shapes.check_count(results, len(parts))
