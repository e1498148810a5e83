"""Downloads from Europresse and Eureka, as HTML: a page of articles, or the older tables."""

import re
from collections.abc import Iterator, Sequence
from typing import IO, Any, ClassVar

from articles.formats.exports import containers, shapes
from articles.formats.exports.paragraphs import Paragraph
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.formats.records import article_of
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.reading import bylines, dates, languages
from articles.text import Block, BlockKind

_NUMBER = re.compile(
    r"(?:numéro de document|document number|no\.? de document|dokumentnummer|"
    r"número de documento)\s*:\s*(\S+)",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(r"(?:news|web|biog|rpt)[·.]\d{8}[·.]\S{2,60}")
_COUNT = re.compile(
    r"(\d{1,4}) (?:documents?|articles?) (?:sauvegardés?|enregistrés?|sélectionnés?|saved|selected|"
    r"imprimés?|printed)|(?:nombre de documents|number of documents|documents) ?: ?(\d{1,4})",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:pp?|pages?|s)\.? ?([A-Z]{0,4}-?\d[\w,-]*)", re.IGNORECASE)
_ASIDE = re.compile(
    r"(illustration|note|encadré|image|photo)\(?s?\)?.{0,20}:\s*(.*)", re.IGNORECASE | re.DOTALL
)
_RIGHTS = re.compile(r"©|copyright|tous droits", re.IGNORECASE)
# "Le Mensuel, no. 5968" is a publication and its number; matches anything.
_ISSUE = re.compile(r"(.*?)(?:,? (n[o°]\.? ?\d[\w-]*))?$")
_FURNITURE = frozenset({"publiC-lblNodoc", "txtCertificat", "divPubliC", "apd-wrapper"})


class EuropresseFormat:
    """What Europresse saves as HTML, one article or many."""

    name: ClassVar[str] = "europresse"
    label: ClassVar[str] = "Europresse"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Know an export by the classes of its page."""
        del origin
        if not containers.is_html(head):
            return 0
        marks = (b"DocPublicationName", b"DocHeader", b"itreArticleVisu", b"docOcurrContainer")
        found = sum(1 for mark in marks if mark in head)
        makers = (b"cedrom-sni", b"europresse.com", b"eureka.cc")
        if found >= 2:
            return 95
        return 80 if found or any(maker in head for maker in makers) else 0

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield the page's articles once their count is known to be right."""
        del origin, options
        document = containers.paragraphs(stream)
        cover, parts = _split(document.paragraphs)
        if not parts:
            raise shapes.nothing_found("Europresse")
        _check(cover, parts)
        for number, part in enumerate(parts, 1):
            yield _article(part, f"document {number}")


def _is(paragraph: Paragraph, mark: str) -> bool:
    return any(mark.casefold() in own.casefold() for own in paragraph.marks)


def _split(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """Return what stands before the first publication, and the paragraphs of each article."""
    cover: list[Paragraph] = []
    parts: list[list[Paragraph]] = []
    titled = True
    for paragraph in paragraphs:
        if _is(paragraph, "DocPublicationName") and titled:
            parts.append([])
            titled = False
        titled = titled or _is(paragraph, "titreArticle")
        (parts[-1] if parts else cover).append(paragraph)
    return cover, parts


def _check(cover: list[Paragraph], parts: list[list[Paragraph]]) -> None:
    numbers = [_document_number(part) for part in parts]
    total = len({number for number in numbers if number})
    if total and total != len(parts):
        missing = [
            f"article {index} (“{_start(part)}”) has no number of its own"
            for index, (part, number) in enumerate(zip(parts, numbers, strict=True), 1)
            if not number or number in numbers[: index - 1]
        ]
        raise FormatError(
            f"The page shows {len(parts)} articles but {total} document numbers: "
            f"{'; '.join(missing[:5])}. Nothing was stored. The file may have been cut or joined: "
            "download it again.",
            code="count_mismatch",
        )
    for paragraph in cover:
        match = _COUNT.search(paragraph.line)
        if match:
            shapes.check_count(int(match[1] or match[2]), len(parts))


def _start(part: Sequence[Paragraph]) -> str:
    return " ".join(p.line for p in part[:3])[:60]


def _document_number(part: Sequence[Paragraph]) -> str:
    for paragraph in part:
        match = _NUMBER.search(paragraph.line) or _CERTIFICATE.search(paragraph.line)
        if match:
            return match[1] if match.re is _NUMBER else match[0]
    return ""


def _article(part: list[Paragraph], locator: str) -> ReadItem:
    """Read an article: its header to the title, its text to the rights."""
    extra: dict[str, Any] = {}
    fields: dict[str, tuple[str, Any]] = {
        "external_id": ("document number", _document_number(part))
    }
    title = next((i for i, p in enumerate(part) if _is(p, "titreArticleVisu")), None)
    if title is None:
        title = next((i for i, p in enumerate(part) if _is(p, "titreArticle")), 0)
    else:
        fields["headline"] = ("titreArticleVisu", _joined(part, "titreArticleVisu"))
    if "headline" not in fields and _is(part[title], "titreArticle"):
        fields["headline"] = ("titreArticle", part[title].line)
    _header(part, title, fields, extra)
    text = [p for p in part if _in_text(p)]
    if text:
        _after_title(part, title, fields)
    else:
        text = _older_text(part[title + 1 :])
        if len(text) > 1 and _is_name(text[0].line):
            fields["byline"] = ("author", text.pop(0).line)
    fields["body"] = ("DocText", _blocks(text))
    _footer(part, fields, extra)
    item = article_of(fields, extra, locator, "Europresse")
    if isinstance(item, Refused):
        raw = "\n".join(p.text for p in part)[:20_000]
        return Refused(item.locator, item.code, item.reason, raw)
    values = {name: getattr(item, name) for name in item.__slots__}
    body = "\n".join(block.text for block in item.blocks if block.kind.is_body)
    return ParsedArticle(**{**values, "language": item.language or languages.detect(body)})


def _joined(part: Sequence[Paragraph], mark: str) -> str:
    return " ".join(p.line for p in part if _is(p, mark))


def _in_text(paragraph: Paragraph) -> bool:
    return (
        bool({"docOcurrContainer", "DocText"} & paragraph.marks)
        and not ({"aside", "footer"} | _FURNITURE) & paragraph.marks
    )


def _header(
    part: Sequence[Paragraph],
    title: int,
    fields: dict[str, tuple[str, Any]],
    extra: dict[str, Any],
) -> None:
    """Read publication, section, date and page: ``Communication, mardi 14 mars 2006, p. 16``."""
    names = [p for p in part[: title + 1] if _is(p, "DocPublicationName")]
    header = [p.line for p in part[:title] if _is(p, "DocHeader")]
    if names:
        name, number = _ISSUE.match(names[0].line).groups()  # type: ignore[union-attr]
        fields["source"] = ("DocPublicationName", name)
        fields["edition"] = ("DocPublicationName", number)
    _dated(" ".join(header), fields, extra)
    over = [
        p.line
        for p in part[:title]
        if not _is(p, "DocPublicationName") and not _is(p, "DocHeader") and len(p.text) < 300
    ]
    if over:
        extra["kicker"] = "; ".join(over)


def _dated(header: str, fields: dict[str, tuple[str, Any]], extra: dict[str, Any]) -> None:
    """Read a header's parts: what comes before the date is the section, after it the page."""
    before: list[str] = []
    parts = [part.strip() for part in re.split(r"[,•|]| - | – ", header) if part.strip()]
    index = 0
    while index < len(parts):
        # An English date has a comma of its own: "Tuesday, March 14, 2006".
        for width in (3, 2, 1):
            printed = ", ".join(parts[index : index + width])
            if "published" not in fields and shapes.date_line(printed) and dates.parse(printed):
                fields["published"] = ("DocHeader", _shortest(parts[index : index + width]))
                index += _shortest(parts[index : index + width]).count(", ") + 1
                break
        else:
            page = _PAGE.fullmatch(parts[index])
            if page:
                fields.setdefault("page", ("DocHeader", page[1]))
            elif "published" in fields:
                extra["header"] = "; ".join(filter(None, (extra.get("header"), parts[index])))
            else:
                before.append(parts[index])
            index += 1
    if before:
        fields["section"] = ("DocHeader", "; ".join(before))


def _shortest(parts: Sequence[str]) -> str:
    """Return as many of the parts as the date needs."""
    whole = dates.parse(", ".join(parts))
    for width in range(1, len(parts)):
        printed = ", ".join(parts[:width])
        if dates.parse(printed) == whole:
            return printed
    return ", ".join(parts)


def _after_title(part: Sequence[Paragraph], title: int, fields: dict[str, tuple[str, Any]]) -> None:
    """Read what stands around the title in the header: subtitles and the author."""
    header = [p for p in part if not _in_text(p) and not {"aside", "footer"} & p.marks]
    subtitles: list[str] = []
    authors: list[str] = []
    for index, paragraph in enumerate(header):
        if _is(paragraph, "titreArticleVisu") or _is(paragraph, "DocHeader"):
            continue
        if _is(paragraph, "sm-margin-bottomNews"):
            authors.append(paragraph.line)
        elif _is(paragraph, "subtitle") or "titreArticle" in paragraph.marks:
            subtitles.append(paragraph.line)
        elif index > title and "header" in paragraph.marks:
            authors.append(paragraph.line)
    if subtitles:
        fields["standfirst"] = ("subtitle", " ".join(subtitles))
    if authors:
        fields["byline"] = ("author", "; ".join(authors))


def _is_name(line: str) -> bool:
    """Return whether a first line is the author's name, which the older site doesn't mark."""
    return len(line.split()) <= 5 and line[-1].isalpha() and bool(bylines.parse(line))


def _older_text(rest: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the text of the older site's article: what comes before rights and number."""
    text: list[Paragraph] = []
    for paragraph in rest:
        if _RIGHTS.match(paragraph.line) or _NUMBER.search(paragraph.line):
            break
        if not _is(paragraph, "titreArticle"):
            text.append(paragraph)
    return text


def _blocks(text: Sequence[Paragraph]) -> list[Block]:
    kinds = {"li": BlockKind.LIST_ITEM, "blockquote": BlockKind.QUOTATION}
    kinds |= dict.fromkeys(("h2", "h3", "h4", "h5"), BlockKind.CROSSHEAD)
    return [
        Block(next((k for m, k in kinds.items() if m in p.marks), BlockKind.PARAGRAPH), p.text)
        for p in text
    ]


def _footer(
    part: Sequence[Paragraph], fields: dict[str, tuple[str, Any]], extra: dict[str, Any]
) -> None:
    """Read rights, and the notes and captions beside the text."""
    kind = ""
    asides: dict[str, list[str]] = {}
    for paragraph in part:
        if "aside" in paragraph.marks:
            match = _ASIDE.match(paragraph.text)
            kind = match[1].casefold() if match else kind
            words = (match[2] if match else paragraph.line).strip()
            if words and kind:
                asides.setdefault(kind, []).append(words)
        elif _RIGHTS.match(paragraph.line) and "rights" not in fields and not _in_text(paragraph):
            fields["rights"] = ("rights", paragraph.line)
    pictures = [w for name in ("illustration", "image", "photo") for w in asides.pop(name, [])]
    if pictures:
        fields["captions"] = ("illustration", pictures)
    for name, values in asides.items():
        extra[name] = "; ".join(values)
