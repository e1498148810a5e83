"""RIS, as EndNote, Mendeley and Zotero read it."""

from articles.export.reference import Reference


def ris(ref: Reference) -> str:
    r"""Return one record, its lines ended by ``\r\n`` as the form asks."""
    tags = [
        ("TY", "NEWS"),
        ("ID", ref.identifier),
        ("TI", ref.title),
        *(("AU", author.inverted) for author in ref.authors),
        ("T2", ref.publication),
        ("PY", f"{ref.issued[0]:04}" if ref.issued else ""),
        ("DA", _date(ref.issued)),
        ("SE", ref.section),
        ("SP", ref.page),
        ("ET", ref.edition),
        ("LA", ref.language),
        ("AB", ref.abstract),
        ("UR", ref.address),
    ]
    lines = [f"{tag}  - {value}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _date(issued: tuple[int, ...]) -> str:
    """Return ``YYYY/MM/DD/``: what is not known is empty between its slashes."""
    if not issued:
        return ""
    parts = [f"{issued[0]:04}", *(f"{part:02}" for part in issued[1:])]
    return "/".join([*parts, *[""] * (4 - len(parts))])
