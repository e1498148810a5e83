"""A page's tree, and the caps that keep hostile pages from costing more than a moment.

What a page may cost is bounded here once, so that no code behind it needs to fear a page: libxml2
stops at 256 levels, and we count bytes and tags before anything else walks the tree.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from articles.formats.protocol import FormatError

MAX_BYTES = 10 * 1024 * 1024
# Of 439 pages of news, the largest has 4,098 elements, and none has more than 258 inside another.
# Time grows with the square of the second figure: at these caps the worst page takes seconds.
MAX_TAGS = 30_000
MAX_CHILDREN = 4_000

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_WHITE = frozenset(b"\t\n\r")
_CONTROLS_TO_SPACES = bytes(
    code if code >= 0x20 or code in _WHITE else 0x20 for code in range(0x100)
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NONCHARACTERS = ("\ufffe", "\uffff")
# References that may be to such a character; most references are to others, and are not looked at.
_REFERENCE = re.compile(
    r"&#([xX]0*(?:[\da-fA-F]|1[\da-fA-F]|[dD][89a-fA-F][\da-fA-F]{2}|[fF]{3}[eEfF]|[\da-fA-F]{6,12})"
    r"(?![\da-fA-F])|0*(?:[12]?\d|3[01]|5[5-7]\d{3}|6553[45]|\d{7,12})(?!\d));?"
)
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
    data = _without_controls(_XML_DECLARATION.sub("", text, count=1))
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
    if root.xpath("count(//*)") > MAX_TAGS or root.xpath(f"boolean(//*[*[{MAX_CHILDREN + 1}]])"):
        raise FormatError(
            f"The page has more than {MAX_TAGS:,} elements, or more than {MAX_CHILDREN:,} in one: "
            "far more than any article. Save the article alone, or paste its text.",
            code="too_large",
        )
    return root


def _without_controls(text: str) -> bytes:
    """Return markup as UTF-8 without characters that no XML text may hold, or references to them.

    The parser lets them in and then refuses to have a text with them moved.
    """
    if "&#" in text:
        text = _REFERENCE.sub(_plain_reference, text)
    for noncharacter in _NONCHARACTERS:
        text = text.replace(noncharacter, " ")
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = _SURROGATE.sub(" ", text).encode()
    return data.translate(_CONTROLS_TO_SPACES)


def _plain_reference(match: re.Match[str]) -> str:
    digits = match[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_text = code in _WHITE or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return match[0] if is_text and code not in {0xFFFE, 0xFFFF} else " "


def check_size(size: int) -> None:
    """Raise FormatError if a page of ``size`` bytes is more than we read."""
    if size > MAX_BYTES:
        raise FormatError(
            f"The page is larger than {MAX_BYTES // 1024 // 1024} MB, which no article is. "
            "Save it without its pictures, or paste its text.",
            code="too_large",
        )


def saved_from(text: str) -> str:
    """Return the address that a browser or SingleFile noted atop a saved page, or ``""``."""
    found = _SAVED_FROM.search(text[:4096])
    return found[1] if found else ""


def labelled(root: HtmlElement, label: re.Pattern[str]) -> Iterator[str]:
    """Yield the words that stand after a label in a list of facts: "**Author** Jane Doe"."""
    for element in root.iter("strong", "b", "dt", "th"):
        if len(element) or not label.fullmatch((element.text or "").strip()):
            continue
        after = element.getnext()
        words = " ".join((element.tail or "").split()).strip(" :")
        if not words and after is not None:
            words = words_of(after).strip(" :")
        if words:
            yield words


def words_of(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join("".join(element.itertext()).split())
