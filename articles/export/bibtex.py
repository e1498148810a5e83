"""BibTeX, as BibTeX, biblatex and Zotero read it."""

import re
import unicodedata

from articles.export.reference import Name, Reference

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_{}"},
}
_ESCAPES = str.maketrans(_SPECIAL)
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to"})


def bibtex(ref: Reference, *, unique: bool = False) -> str:
    """Return one entry, its text in UTF-8; with ``unique`` its key is no other article's."""
    fields = {
        "author": " and ".join(_name(author) for author in ref.authors),
        # Doubled braces keep the capitals of names.
        "title": f"{{{_tex(ref.title)}}}",
        "journal": _tex(ref.publication),
        "entrysubtype": "newspaper",
        "date": "-".join(
            f"{part:0{width}}" for part, width in zip(ref.issued, (4, 2, 2), strict=False)
        ),
        "year": f"{ref.issued[0]:04}" if ref.issued else "",
        "pages": _tex(ref.page),
        "edition": _tex(ref.edition),
        "language": ref.language,
        "abstract": _tex(ref.abstract),
        "url": _address(ref.address),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    called = f"{key(ref)}-{_ascii(ref.identifier)}" if unique else key(ref)
    return "\n".join([f"@article{{{called},", *lines, "}"]) + "\n"


def key(ref: Reference) -> str:
    """Return a key of ASCII letters and digits, such as ``doe2019harbour``."""
    who = _ascii(ref.authors[0].family or ref.authors[0].literal) if ref.authors else ""
    year = str(ref.issued[0]) if ref.issued else ""
    words = (_ascii(word) for word in ref.title.split())
    what = next((word for word in words if word and word not in _SMALL_WORDS), "")
    found = who + year + what
    return found if any(char.isalpha() for char in found) else _ascii(ref.identifier)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def _tex(text: str) -> str:
    return text.translate(_ESCAPES)


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{_tex(name.literal)}}}"
    # BibTeX wants the suffix in the middle: von Last, Jr, First.
    parts = [part for part in (name.family, name.suffix, name.given) if part]
    return ", ".join(_tex(part) for part in parts)


def _address(url: str) -> str:
    """Return an address as it may stand in braces."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
