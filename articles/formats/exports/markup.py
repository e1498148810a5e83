"""HTML exports into paragraphs, each with the classes that stand around it."""

import re
from collections.abc import Iterator

from lxml import etree, html

from articles.formats.exports.paragraphs import Document, Paragraph, tidy
from articles.formats.protocol import FormatError

MAX_HTML = 64 * 1024 * 1024
_SKIPPED = frozenset({"script", "style", "noscript", "svg", "template", "title"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "em", "font", "i"}
    | {"img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr"}
)
# Spans that stand for lines of their own, in pages laid out by breaks alone.
_LINES = frozenset({"DocPublicationName", "DocHeader", "TitreArticleVisu"})
_BLANK_LINE = re.compile(r"\n[ \n]*\n")
_DECLARED = re.compile(rb"<meta[^>]{0,200}\sdocuments=[\"']?(\d{1,6})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read(data: bytes) -> Document:
    """Return the page's paragraphs: what stands between the ends of blocks."""
    if len(data) > MAX_HTML:
        raise FormatError(
            "The HTML file is larger than 64 MB. Save the export in parts.", code="too_large"
        )
    declared = _DECLARED.search(data[:65_536])
    parser = html.HTMLParser(encoding=_encoding(data), remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data.replace(b"\0", b""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise FormatError(
            "The HTML file holds nothing that can be read.", code="damaged"
        ) from error
    count = int(declared[1]) if declared else None
    return Document(tuple(_paragraphs(root)), declared=count)


def _encoding(data: bytes) -> str:
    """Return UTF-8 where the bytes are that, whatever the page says; else what it says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        found = _CHARSET.search(data[:8192])
        named = found[1].decode("ascii", "replace").lower() if found else ""
        return named if named in {"windows-1252", "iso-8859-15", "iso-8859-2"} else "cp1252"
    return "utf-8"


class _Walk:
    """The paragraph under way, and the classes of the elements that are open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: frozenset[str] = frozenset()
        self.link = ""
        self.around: list[frozenset[str]] = [frozenset()]

    def enter(self, tag: str, node: etree._Element) -> None:
        self.around.append(_around(self.around[-1], tag, node))
        if tag == "a" and not self.link:
            self.link = node.get("href", "")

    def add(self, text: str) -> None:
        if not text.isspace():
            self.marks |= self.around[-1]
        self.pieces.append(_SPACE.sub(" ", text))

    def close(self) -> list[Paragraph]:
        """Return what stood here: mostly one paragraph; two breaks part it."""
        texts = [tidy(text) for text in _BLANK_LINE.split("".join(self.pieces))]
        found = [Paragraph(text, link=self.link, marks=self.marks) for text in texts if text]
        self.pieces.clear()
        self.marks, self.link = frozenset(), ""
        return found


def _paragraphs(root: etree._Element) -> Iterator[Paragraph]:
    walk = _Walk()
    skipping = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else "span"
        start = event == "start"
        if tag in _SKIPPED:
            skipping += 1 if start else -1
        elif tag == "br" and start:
            walk.pieces.append("\n")
        elif _ends_paragraph(tag, node):
            yield from walk.close()
        if start:
            walk.enter(tag, node)
        else:
            walk.around.pop()
        text = node.text if start else node.tail
        if text and not skipping:
            walk.add(text)
    yield from walk.close()


def _ends_paragraph(tag: str, node: etree._Element) -> bool:
    return tag not in _INLINE or (tag == "span" and node.get("class", "") in _LINES)


def _around(outer: frozenset[str], tag: str, node: etree._Element) -> frozenset[str]:
    """Return the marks inside an element; the outer set itself where it adds none."""
    own = {*(node.get("class") or "").split()[:8], tag}
    if tag == "div" and (node.get("id") or "").startswith("article-"):
        own.add(node.get("id", ""))
    elif node.get("id") in {"hd", "artHdr"}:
        own.add("#hd")
    return outer if own <= outer or len(outer) > 200 else outer | own
