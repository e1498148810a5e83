"""Pages of two public collections, with what they must be read as.

Neither collection is part of this project; both are folders that the caller names.
"""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class BodyPage:
    """A page of scrapinghub/article-extraction-benchmark: bytes, address, its body's text."""

    name: str
    data: bytes
    url: str
    body: str


@dataclass(frozen=True)
class FieldPage:
    """A page of flairNLP/fundus' parser tests: bytes, address, the fields its parser must read."""

    name: str
    data: bytes
    url: str
    title: str
    authors: frozenset[str]
    published: datetime


def half(name: str) -> int:
    """Return which half of its collection a page is in: rules are tuned on 0 and judged on 1."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def body_pages(folder: Path) -> list[BodyPage]:
    """Return the pages with known bodies: ``ground-truth.json`` and ``html/`` in ``folder``."""
    truth = json.loads((folder / "ground-truth.json").read_bytes())
    return [
        BodyPage(
            name,
            gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            entry.get("url", ""),
            entry.get("articleBody", ""),
        )
        for name, entry in truth.items()
    ]


def field_pages(folder: Path) -> list[FieldPage]:
    """Return the pages with known fields below ``folder``.

    A publisher's parser has versions; its n-th version reads its n-th page by date.
    """
    pages: list[FieldPage] = []
    for truth in sorted(folder.rglob("*.json")):
        dated = re.compile(re.escape(truth.stem) + r"_\d{4}_\d\d_\d\d\.html\.gz")
        files = sorted(f for f in truth.parent.glob("*.html.gz") if dated.fullmatch(f.name))
        known = json.loads(truth.read_bytes())
        info = truth.parent / "meta.info"
        addresses = json.loads(info.read_bytes()) if info.exists() else {}
        versions = sorted(known, key=lambda version: [int(n) for n in re.findall(r"\d+", version)])
        for version, file in zip(versions, files, strict=False):
            fields = known[version]
            if "title" not in fields or "publishing_date" not in fields:
                continue
            pages.append(
                FieldPage(
                    file.name,
                    gzip.decompress(file.read_bytes()),
                    addresses.get(file.name, {}).get("url", ""),
                    fields["title"],
                    frozenset(fields.get("authors") or ()),
                    datetime.fromisoformat(fields["publishing_date"]),
                )
            )
    return pages
