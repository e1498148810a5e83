"""Word's docx into paragraphs: the two parts that matter, read with limits and without entities."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from articles.formats.exports.paragraphs import Document, Paragraph, tidy
from articles.formats.protocol import FormatError

MAX_UNPACKED = 200 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY = "word/document.xml"
_START = 512 * 1024
_TAG = re.compile(r"<[^<>]*>")
_OFF = frozenset({"0", "false", "off", "none"})


def read(stream: IO[bytes]) -> Document:
    """Return the document's paragraphs, those of its tables in their place."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise FormatError(
                    "The Word file unpacks to more than 200 MB, which no export does.",
                    code="too_large",
                )
            body = _part(archive, _BODY)
            links = _links(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        KeyError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        etree.XMLSyntaxError,
    ) as error:
        raise FormatError(
            "The Word file is damaged or is not a Word document. Open it in Word, save it again "
            "as .docx, and try that.",
            code="damaged",
        ) from error
    return Document(tuple(_paragraphs(body, links)), knows_bold=True)


def start(head: bytes) -> str:
    """Return the text at the start of a document, as far as the start of its file holds it."""
    at = head.find(_BODY.encode())
    if at < 30 or head[at - 30 : at - 26] != b"PK\x03\x04":
        return ""
    extra = int.from_bytes(head[at - 2 : at], "little")
    data = head[at + len(_BODY) + extra :]
    if head[at - 22 : at - 20] == b"\x08\x00":
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, _START)
        except zlib.error:
            return ""
    text = data[:_START].decode("utf-8", "replace")
    return html.unescape(_TAG.sub("", text.replace("</w:p>", "\n").replace("</w:tc>", "\n")))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as part:
        # The sizes that a zip declares may lie; what is read may not grow beyond them.
        data = part.read(MAX_UNPACKED + 1)
    if len(data) > MAX_UNPACKED:
        raise ValueError("unpacks to more than it declares")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type declaration")
    return root


def _links(archive: zipfile.ZipFile) -> dict[str, str]:
    name = "word/_rels/document.xml.rels"
    if name not in archive.namelist():
        return {}
    return {
        node.get("Id", ""): node.get("Target", "") for node in _part(archive, name).iter(_RELATION)
    }


def _paragraphs(root: etree._Element, links: dict[str, str]) -> Iterator[Paragraph]:
    """Walk once: a paragraph inside a text box ends with its own end, not its host's."""
    open_: list[_Open] = []
    fallback = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag
        if tag == _FALLBACK:
            fallback += 1 if event == "start" else -1
        elif fallback:
            continue
        elif tag == f"{_W}p":
            if event == "start":
                open_.append(_Open())
                continue
            paragraph = open_.pop().close()
            if paragraph is not None:
                yield paragraph
        elif event == "start" and open_:
            open_[-1].take(node, links)


class _Open:
    """A paragraph under way."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._bold = False
        self._link = ""

    def take(self, node: etree._Element, links: dict[str, str]) -> None:
        tag = node.tag
        if tag == f"{_W}t":
            self._pieces.append(node.text or "")
        elif tag == f"{_W}tab":
            self._pieces.append(" ")
        elif tag in {f"{_W}br", f"{_W}cr"}:
            self._pieces.append("\n")
        elif tag == f"{_W}b" and node.get(f"{_W}val", "1") not in _OFF:
            self._bold = True
        elif tag == f"{_W}hyperlink" and not self._link:
            self._link = links.get(node.get(f"{_R}id", ""), "")

    def close(self) -> Paragraph | None:
        text = tidy("".join(self._pieces))
        return Paragraph(text, self._bold, self._link) if text else None
