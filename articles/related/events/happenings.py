"""What two articles that are not one text are to each other: same event, follow-up, background.

Pure. Likeness says whether they are about one thing; time, and what an article says of itself, say
how. All of it is cautious: what is not plain is not suggested.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.text import BlockKind

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]

# So alike they must be: days apart at most, and the score from which on. By measuring, see
# docs/decisions/0012-related-coverage.md.
_BARS = ((3, 0.18), (14, 0.20), (60, 0.23), (120, 0.26), (400, 0.28))
# Without a day they may be years apart: what looks back may, what is one event may not.
_UNDATED_BAR, _UNDATED_BACK_BAR = 0.34, 0.28
# On such days one event is reported as news; later is what came of it, and long after it is past.
_SAME_DAYS, _FOLLOWING_DAYS = 1, 120
# So many days may lie between two articles, and so alike they are at the least.
LATEST, LEAST = _BARS[-1][0], _BARS[0][1]
KINDS = ("same_event", "follow_up", "background", "correction")
_HEAD = 100
_CORRECTION = re.compile(
    r"\s*(?:corrections?|clarifications?|corrected|erratum|rectificatif|berichtigung)\b\s*[:.–—-]",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"^(?:how|why|what|who|explainer|timeline|profile|background|analysis|factbox|q ?& ?a)\b"
    r"|[:;–—]\s*(?:how|why|what|who|the story of|a history of)\b"
    r"|^(?:\d+|two|three|four|five|six|seven|ten)\s+(?:ways|things|questions|facts|reasons)\b"
    r"|\b(?:days|weeks|months|years|decades)\s+(?:of|on|later)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|following|in the wake of|in aftermath of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manner:
    """How an article tells, by its headline.

    As a notice of correction; as one who looks back or explains; of what came after another thing.
    """

    corrects: bool = False
    looks_back: bool = False
    comes_after: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """How two articles are related, and which of them is from the other: 1, 2, or 0 if neither."""

    kind: str
    derived: int = 0


def manner(text: str, blocks: Iterable[StoredBlock]) -> Manner:
    """Return how an article tells."""
    first: dict[str, str] = {}
    for kind, start, end in blocks:
        first.setdefault(str(kind), text[int(start) : int(end)])
    headline = first.get(BlockKind.HEADLINE, "")
    corrects = _CORRECTION.match(headline) or _CORRECTION.match(
        first.get(BlockKind.PARAGRAPH, "")[:_HEAD]
    )
    return Manner(bool(corrects), bool(_LOOKS_BACK.search(headline)), bool(_AFTER.search(headline)))


def related(
    score: float, days: int | None, first: Manner, second: Manner, *, one_source: bool
) -> Related | None:
    """Return what two articles are to each other; None where that is not plain.

    ``days`` are from the first to the second, None where one is undated; ``one_source`` says that
    one outlet ran both, as far as is known: none corrects another.
    """
    looks_back = first.looks_back != second.looks_back
    if score < (_UNDATED_BACK_BAR if days is None and looks_back else _bar(days)):
        return None
    later = _later(days)
    if one_source and first.corrects != second.corrects:
        corrects = 1 if first.corrects else 2
        if later in {0, corrects}:
            return Related("correction", corrects)
    if looks_back:
        return Related("background", 1 if first.looks_back else 2)
    if days is None or not later:
        return Related("same_event")
    if abs(days) > _FOLLOWING_DAYS:
        # Who read the later one finds in the earlier what was before.
        return Related("background", 3 - later)
    after = (first, second)[later - 1].comes_after and not (first, second)[2 - later].comes_after
    if abs(days) > _SAME_DAYS or after:
        return Related("follow_up", later)
    return Related("same_event")


def _later(days: int | None) -> int:
    """Return which of two is the later one; 0 of one day, or where that is not known."""
    if not days:
        return 0
    return 2 if days > 0 else 1


def _bar(days: int | None) -> float:
    if days is None:
        return _UNDATED_BAR
    return next((bar for most, bar in _BARS if abs(days) <= most), math.inf)
