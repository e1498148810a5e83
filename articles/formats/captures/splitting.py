"""Where one article of a capture ends and the next begins.

No line says so. What says it is whether lines, read as one article, make a good one: a headline on
top or at the bottom whose words the body uses, key points likewise, a dateline in the first
paragraph and in no other, header lines beside the headline and not amid the body. Each possible
article is scored so, and the division with the best sum is taken (dynamic programming over the
places where a border may be). The scores are those of
:mod:`articles.formats.captures.evidence`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.formats.captures.evidence import IMPOSSIBLE, Evidence
from articles.formats.captures.labels import Label, Labelled

# How many possible starts of an article are tried for each possible end.
_NEWEST, _BEST_OLDER = 12, 8


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one article: indexes ``start`` to ``end``, exclusive, in the labelled lines."""

    start: int
    end: int


def split(lines: Sequence[Labelled], repeats: dict[int, int]) -> list[Part]:
    """Return the articles of a capture, in order; together they hold every line."""
    kept = [at for at, line in enumerate(lines) if line.label not in {Label.JUNK, Label.BREAK}]
    if not kept:
        return [Part(0, len(lines))] if lines else []
    starts = _best(Evidence(lines, repeats, kept))
    borders = [0, *(kept[at] for at in starts[1:]), len(lines)]
    return [Part(start, end) for start, end in pairwise(borders)]


def _best(evidence: Evidence) -> list[int]:
    """Return where the articles of the best division start.

    For each possible end, a few starts are tried: the latest, and of the earlier ones those that
    did best so far. That keeps the work in proportion to the length, and no article is too long.
    """
    places = [*evidence.places(), evidence.length]
    best = [0.0] + [IMPOSSIBLE] * (len(places) - 1)
    came = [0] * len(places)
    older: list[int] = []
    for end in range(1, len(places)):
        newest = range(max(0, end - _NEWEST), end)
        scores = {
            start: best[start]
            + evidence.border(places[start], places[end])
            + evidence.article(places[start], places[end])
            for start in (*older, *newest)
        }
        # Of equals, the longer article.
        came[end] = max(scores, key=lambda start: (scores[start], -start))
        best[end] = scores[came[end]]
        if end >= _NEWEST:
            rivals = [*older, newest[0]]
            older = sorted(sorted(rivals, key=lambda start: (-scores[start], start))[:_BEST_OLDER])
    starts: list[int] = []
    at = len(places) - 1
    while at:
        at = came[at]
        starts.append(places[at])
    return starts[::-1] or [0]
