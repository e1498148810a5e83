"""A page's tree, and the caps that keep hostile pages from costing more than a moment.

What a page may cost is bounded here once, so that no code behind it needs to fear a page: libxml2
stops at 256 levels, and we count bytes and tags before anything else walks the tree.
"""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from articles.formats.protocol import FormatError

MAX_BYTES = 10 * 1024 * 1024
# The largest of some 440 pages of news that we measured is far below this.
MAX_TAGS = 120_000

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,12});?")
_LAST_CODE = 0x10FFFF
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|\s*Page saved with SingleFile\s+url:)\s*(https?://\S+)",
    re.IGNORECASE,
)


def parse(text: str) -> HtmlElement:
    """Return the root of a page; raise FormatError where it is empty, too large or too deep."""
    if not text.strip():
        raise FormatError("The page is empty: there is nothing to read in it.", code="empty")
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=False,
        no_network=True,
    )
    data = _XML_DECLARATION.sub("", without_controls(text), count=1).encode("utf-8", "replace")
    try:
        root: HtmlElement = document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise FormatError(
            "The page holds no HTML that can be read. Open it in a browser and save it again.",
            code="damaged",
        ) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise FormatError(
            "The page nests its elements more than 256 deep, so that part of it would be lost. "
            "Paste the article's text instead.",
            code="too_deep",
        )
    if root.xpath("count(//*)") > MAX_TAGS:
        raise FormatError(
            f"The page has more than {MAX_TAGS:,} tags, far more than any article. "
            "Save the article alone, or paste its text.",
            code="too_large",
        )
    return root


def without_controls(text: str) -> str:
    """Return markup without characters that no XML text may hold, written out or as references.

    The parser lets them in and then refuses to have a text with them moved.
    """
    text = _CONTROLS.sub(" ", text)
    return _REFERENCE.sub(_plain_reference, text) if "&#" in text else text


def _plain_reference(match: re.Match[str]) -> str:
    digits = match[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if code <= _LAST_CODE and not _CONTROLS.match(chr(code)):
        return match[0]
    return " "


def check_size(size: int) -> None:
    """Raise FormatError if a page of ``size`` bytes is more than we read."""
    if size > MAX_BYTES:
        raise FormatError(
            f"The page is larger than {MAX_BYTES // 1024 // 1024} MB, which no article is. "
            "Save it without its pictures, or paste its text.",
            code="too_large",
        )


def saved_from(text: str) -> str:
    """Return the address that a browser or SingleFile noted at the top of a saved page, or ``""``."""
    found = _SAVED_FROM.search(text[:4096])
    return found[1] if found else ""


def words_of(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join("".join(element.itertext()).split())
