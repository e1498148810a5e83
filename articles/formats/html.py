"""Web pages, saved or fetched: one page is one article, or is refused as none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, ClassVar

from articles.formats.pages import article, decode, mhtml, tree
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import Dropped, ParsedArticle, ReadItem

_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml"})
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|meta|title|div|p)\b", re.IGNORECASE
)
_LEADING = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml[^>]{0,200}>\s*<(?:!doctype\s+html|html)|!--)",
    re.IGNORECASE,
)


class HtmlFormat:
    """One HTML page, or one MHTML archive of a page."""

    name: ClassVar[str] = "html"
    label: ClassVar[str] = "Web page (HTML, MHTML)"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Return how surely this is a page: by its first tag, then by its name or media type."""
        text = head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
        text = text.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
        if mhtml.is_archive(text):
            return 90
        named = origin.suffix in _SUFFIXES or "html" in origin.media_type.lower()
        if _LEADING.search(text):
            return 80 if named else 70
        if _MARKUP.search(text):
            return 60 if named else 20
        return 5 if named else 0

    def read(self, stream: IO[bytes], origin: Origin, options: ReadOptions) -> Iterator[ReadItem]:
        """Yield the page's one article, or why it is none."""
        del options  # a page says itself what its fields are
        data = stream.read(tree.MAX_BYTES + 1)
        tree.check_size(len(data))
        media_type, url = origin.media_type, origin.url
        if mhtml.is_archive(data):
            data, media_type, saved = mhtml.page(data)
            url = url or saved
        decoded = decode.decode(data, media_type)
        item = article.read(decoded.text, url)
        if decoded.nuls and isinstance(item, ParsedArticle):
            noted = Dropped(0, "nul", f"{decoded.nuls} NUL characters")
            item = replace(item, dropped=(*item.dropped, noted))
        yield item
