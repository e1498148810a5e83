"""What reading a place again shows, as data and in few words."""

from collections.abc import Iterator
from typing import Any

from articles.changes import Change, Passage, changes
from articles.curation.reread_compare import Finding, Found
from articles.curation.texts import blocks_of
from articles.ingest.preparing import Prepared
from articles.models import Capture
from articles.text import Block, BlockKind

# Of what was kept, beside what was not.
CONTEXT = 30
PIECE = 120


def as_json(capture: Capture, finding: Finding) -> dict[str, Any]:
    """Return all there is to say of a place. JSON types only."""
    readings, item = finding.readings, finding.item
    known: dict[str, Any] = {}
    if readings is not None:
        known = {
            "article": readings.article.pk,
            "version": readings.published.number,
            "headline": readings.best.read.get("headline"),
            "reader": f"{readings.best.reader} {readings.best.reader_version}",
        }
    return {
        "found": finding.found.value,
        "capture": capture.pk,
        "locator": finding.locator,
        **known,
        **({"headline_now": item.headline} if item is not None else {}),
        **({"reason": finding.reason} if finding.reason else {}),
        **({"fields": {k: list(v) for k, v in finding.fields.items()}} if finding.fields else {}),
        **({"text": [_as_json(p) for p in _changed(finding)]} if _has_texts(finding) else {}),
    }


def in_words(finding: Finding) -> Iterator[str]:
    """Yield short lines: passages with cut words in ``[-…-]`` and new ones in ``{+…+}``."""
    if _has_texts(finding):
        for passage in _changed(finding):
            yield f"{passage.kind.value.replace('_', ' ')}: {_in_words(passage)}"
    for name, (before, after) in finding.fields.items():
        yield f"{name}: {_value(before)} → {_value(after)}"
    if finding.reason:
        yield finding.reason


def _has_texts(finding: Finding) -> bool:
    return finding.found is Found.TEXT


def _changed(finding: Finding) -> list[Passage]:
    if finding.readings is None or finding.item is None:
        return []
    before, after = blocks_of(finding.readings.best), _blocks(finding.item)
    return [passage for passage in changes(before, after) if not passage.is_kept]


def _blocks(item: Prepared) -> list[Block]:
    return [Block(BlockKind(kind), item.text[start:end]) for kind, start, end in item.blocks]


def _as_json(passage: Passage) -> dict[str, Any]:
    return {
        "kind": passage.kind.value,
        "runs": [[run.change.value, run.text] for run in passage.runs],
    }


def _in_words(passage: Passage) -> str:
    pieces = []
    last = len(passage.runs) - 1
    for index, run in enumerate(passage.runs):
        words = " ".join(run.text.split(" "))
        match run.change:
            case Change.KEPT if len(words) > 2 * CONTEXT + 1:
                begin = words[:CONTEXT] if index > 0 else ""
                end = words[-CONTEXT:] if index < last else ""
                pieces.append(f"{begin}…{end}")
            case Change.KEPT:
                pieces.append(words)
            case Change.CUT:
                pieces.append(f"[-{_short(words)}-]")
            case Change.ADDED:
                pieces.append(f"{{+{_short(words)}+}}")
    return "".join(pieces).replace("\n", " ")


def _value(value: Any) -> str:
    if value in (None, [], {}):
        return "none"
    return _short(value if isinstance(value, str) else str(value))


def _short(text: str) -> str:
    return text if len(text) <= PIECE else f"{text[:PIECE]}…"
