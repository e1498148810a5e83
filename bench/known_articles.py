"""Articles whose headline and paragraphs are known, from folders of other people's and our own."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """A known article: ``body`` holds ``(is_crosshead, text)`` in order."""

    headline: str
    standfirst: str
    body: tuple[tuple[bool, str], ...]
    language: str

    @property
    def for_tuning(self) -> bool:
        """Whether this article is in the half that rules may be tuned on."""
        return hashlib.sha256(self.headline.encode()).digest()[0] % 2 == 0


def load(path: Path) -> list[Known]:
    """Return the articles of a JSONL file, or of every file in a folder, each once.

    Understood are: text files with the headline on the first line and blank lines between
    paragraphs (the BBC set), fundus' ground truth, and JSONL with ``headline`` or ``title`` and
    ``paragraphs``, ``body`` or ``text``.
    """
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found = [known for file in files if file.is_file() for known in _read(file)]
    usable = (known for known in found if known.headline and len(known.body) > 2)
    return list({known.headline: known for known in usable}.values())


def _read(file: Path) -> Iterator[Known]:
    if file.suffix == ".txt":
        yield from _text(file)
    elif file.suffix == ".json":
        yield from _fundus(file)
    elif file.suffix == ".jsonl":
        for line in file.read_text(encoding="utf-8").splitlines():
            yield from _record(json.loads(line))


def _text(file: Path) -> Iterator[Known]:
    text = file.read_bytes().decode("utf-8", errors="replace")
    pieces = [" ".join(piece.split()) for piece in text.split("\n\n")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1 and "\ufffd" not in text:
        yield Known(pieces[0], "", tuple((False, piece) for piece in pieces[1:]), "en")


def _fundus(file: Path) -> Iterator[Known]:
    ground_truth = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(ground_truth, dict):
        return
    for article in ground_truth.values():
        if not isinstance(article, dict) or not isinstance(article.get("body"), dict):
            continue
        body: list[tuple[bool, str]] = []
        for section in article["body"].get("sections", []):
            body.extend((True, text) for text in section["headline"])
            body.extend((False, text) for text in section["paragraphs"])
        summary = " ".join(article["body"].get("summary", []))
        yield Known(_one_line(article["title"]), _one_line(summary), _lines(body), file.parent.name)


def _record(record: dict[str, Any]) -> Iterator[Known]:
    body = record.get("paragraphs") or record.get("body") or record.get("text") or ""
    pieces = body if isinstance(body, list) else str(body).split("\n\n")
    headline = str(record.get("headline") or record.get("title") or "")
    standfirst = str(record.get("standfirst") or "")
    language = str(record.get("language") or "en")
    yield Known(
        _one_line(headline),
        _one_line(standfirst),
        _lines([(False, str(p)) for p in pieces]),
        language,
    )


def _lines(body: list[tuple[bool, str]]) -> tuple[tuple[bool, str], ...]:
    return tuple((crosshead, _one_line(text)) for crosshead, text in body if text.strip())


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
