"""COinS: a reference in a ``span``'s title, by which Zotero reads the rows of a list."""

from urllib.parse import urlencode

from articles.export.reference import Reference


def coins(ref: Reference) -> str:
    """Return the context object. Dublin Core is the one of its forms that knows newspapers."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", ref.title),
        ("rft.source", ref.publication),
        ("rft.date", iso_date(ref.issued)),
        *(("rft.au", author.direct) for author in ref.authors),
        ("rft.language", ref.language),
        ("rft.identifier", ref.address),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def iso_date(issued: tuple[int, ...]) -> str:
    """Return ``2019-01-09``, ``2019-01`` or ``2019``."""
    return "-".join(f"{part:0{width}}" for part, width in zip(issued, (4, 2, 2), strict=False))
