"""What two articles that are not one text are to each other: same event, follow-up, background.

Pure. Likeness says whether they are about one thing; time, and what an article says of itself, say
how. All of it is cautious: what is not plain is not suggested.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from articles.related.weighing import Likeness
from articles.text import BlockKind

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]

# So alike they must be: days apart at most, and the score from which on.
_BARS = ((3, 0.26), (14, 0.30), (120, 0.38), (400, 0.45))
_UNDATED_BAR = 0.36
_LEAST_COSINE = 0.12
# On such days one event is reported as news.
_SAME_DAYS = 2
# So many days may lie between two articles.
LATEST = _BARS[-1][0]
KINDS = ("same_event", "follow_up", "background", "correction")
_OLD_YEARS = 3
_CORRECTION = re.compile(
    r"^\s*(?:correction|corrections|clarification|corrected|erratum|rectificatif|berichtigung)"
    r"\b\s*[:.\-–—]",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"^(?:how|why|what|who|explainer|timeline|profile|background|analysis|factbox|history)\b"
    r"|[:;–—-]\s*(?:how|why|what|who)\b|\b(?:years|months)\b.*[:,]|[:,].*\b(?:years|months)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Manner:
    """How an article tells: as a notice of correction, or as one who looks back or explains."""

    corrects: bool = False
    looks_back: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """How two articles are related, and which of them is from the other: 1, 2, or 0 if neither."""

    kind: str
    derived: int = 0


def manner(text: str, blocks: Iterable[StoredBlock], day: date | None) -> Manner:
    """Return how an article tells, by its headline and by the years it speaks of."""
    headline, body = "", []
    for kind, start, end in blocks:
        if kind == BlockKind.HEADLINE:
            headline = text[int(start) : int(end)]
        elif kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            body.append(text[int(start) : int(end)])
    corrects = bool(_CORRECTION.match(headline) or (body and _CORRECTION.match(body[0])))
    years = {int(year) for part in body for year in _YEAR.findall(part)}
    old = {year for year in years if day is None or year < day.year}
    return Manner(corrects, bool(_LOOKS_BACK.search(headline)) or len(old) >= _OLD_YEARS)


def days_between(first: date | None, second: date | None) -> int | None:
    """Return the days from the first to the second, negative if it was before."""
    return (second - first).days if first is not None and second is not None else None


def related(likeness: Likeness, days: int | None, first: Manner, second: Manner) -> Related | None:
    """Return what two articles are to each other; None where that is not plain."""
    bar = _bar(days)
    if bar is None or likeness.score < bar or likeness.cosine < _LEAST_COSINE:
        return None
    if first.corrects != second.corrects:
        return Related("correction", 1 if first.corrects else 2)
    if first.looks_back != second.looks_back:
        return Related("background", 1 if first.looks_back else 2)
    if days is not None and abs(days) > _SAME_DAYS:
        return Related("follow_up", 2 if days > 0 else 1)
    return Related("same_event")


def _bar(days: int | None) -> float | None:
    if days is None:
        return _UNDATED_BAR
    return next((bar for most, bar in _BARS if abs(days) <= most), None)
