"""A format for tests whose captures say what each version of its reader reads.

Each line is JSON: ``{"toy": {"1": {...}, "2": {...}}}``, by version of the reader the fields of an
article, null for no article, or a string for why it can't be read.
"""

import json
from collections.abc import Iterator
from datetime import date
from importlib.metadata import EntryPoint
from typing import IO, Any, ClassVar

import pytest

from articles.formats import registry
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import Credit, CreditKind, Dateline, ParsedArticle, PrintedDate, Refused
from articles.text import Block, BlockKind

PLAIN = ("source", "byline", "section", "page", "canonical_url", "external_id")


class ToyFormat:
    """Reads what its captures say that it reads."""

    name: ClassVar[str] = "toy"
    label: ClassVar[str] = "Toy"
    version: ClassVar[str] = "1"

    def sniff(self, head: bytes, origin: Origin) -> int:
        """Know toys."""
        del origin
        return 100 if head.startswith(b'{"toy"') else 0

    def read(
        self, stream: IO[bytes], origin: Origin, options: ReadOptions
    ) -> Iterator[ParsedArticle | Refused]:
        """Yield what this version reads."""
        del origin, options
        for number, line in enumerate(stream, 1):
            given = json.loads(line)["toy"]
            said = given.get(self.version, given["1"])
            if isinstance(said, str):
                yield Refused(f"line {number}", "toy", said)
            elif said is not None:
                yield article(f"line {number}", said)


def article(locator: str, said: dict[str, Any]) -> ParsedArticle:
    """Return the article that a line speaks of."""
    blocks = [Block(BlockKind.HEADLINE, said["headline"])] if said.get("headline") else []
    blocks += [Block(BlockKind.PARAGRAPH, words) for words in said.get("body", ())]
    published = said.get("published")
    return ParsedArticle(
        locator=locator,
        blocks=tuple(blocks),
        published=PrintedDate(date.fromisoformat(published)) if published else None,
        credits=tuple(Credit(CreditKind.PERSON, name) for name in said.get("people", ())),
        dateline=Dateline(said["place"]) if said.get("place") else None,
        **{name: said[name] for name in PLAIN if name in said},
    )


def capture(*lines: dict[str, Any]) -> bytes:
    """Return a capture; each line maps versions of the reader to what they read."""
    return b"".join(json.dumps({"toy": line}).encode() + b"\n" for line in lines)


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the format be found, at its first version."""
    point = EntryPoint(ToyFormat.name, f"{__name__}:ToyFormat", registry.GROUP)
    known = {**registry._points(), ToyFormat.name: point}
    monkeypatch.setattr(registry, "_points", lambda: known)
    monkeypatch.setattr(ToyFormat, "version", "1")
    monkeypatch.setattr(registry, "_loaded", lambda name: known[name].load()())
