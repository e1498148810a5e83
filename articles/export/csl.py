"""CSL-JSON, as citeproc, Pandoc and Zotero read it."""

import json
from typing import Any

from articles.export.reference import Name, Reference


def csl(ref: Reference) -> dict[str, Any]:
    """Return one item, type ``article-newspaper``."""
    item: dict[str, Any] = {
        "id": ref.identifier,
        "type": "article-newspaper",
        "title": ref.title,
        "author": [_name(author) for author in ref.authors],
        "container-title": ref.publication,
        "issued": {"date-parts": [list(ref.issued)]} if ref.issued else None,
        "section": ref.section,
        "page": ref.page,
        "edition": ref.edition,
        "language": ref.language,
        "abstract": ref.abstract,
        "URL": ref.address,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(ref: Reference) -> str:
    """Return a list of the one item, as programs that read CSL-JSON expect."""
    return json.dumps([csl(ref)], ensure_ascii=False, indent=2) + "\n"


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}
