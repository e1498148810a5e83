"""Where the words of an orphan may be in the text that stands now: for a person to choose from.

Standard library and rapidfuzz alone. What ``anchoring`` would not place, since it is not sure
enough or could be in two places, is looked for with less care, and with a bound.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz, process

MOST = 5
# So much is shown around a place.
SHOWN = 60
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
# Of longer texts the beginning is looked through for words that are alike.
_WORDS = 5_000
_OCCURRENCES = 20
_LONGEST = 400
_LEAST_ALIKE = 65
_CONTEXT = 32
# What stands between the words that were before and after: at most so much of it.
_BETWEEN = 200
_EDGES = (12, 9, 6)


@dataclass(frozen=True, slots=True)
class LikelyPlace:
    """A place in a text: code points, end exclusive; how likely from 0 to 1; what is around it."""

    start: int
    end: int
    quote: str
    before: str
    after: str
    score: float


def likely_places(
    quote: str, prefix: str, suffix: str, text: str, blocks: Sequence[Sequence[Any]]
) -> list[LikelyPlace]:
    """Return where ``quote`` may be in ``text`` now, the likeliest first, at most MOST.

    ``prefix`` and ``suffix`` stood around it. Each place lies within one of ``blocks``, and no two
    overlap.
    """
    found: dict[tuple[int, int], float] = {}
    for start, end, alike in _candidates(quote, prefix, suffix, text):
        if end > start and any(first <= start and end <= last for _, first, last in blocks):
            around = _alike_around(prefix, suffix, text, start, end)
            score = 0.7 * alike + 0.3 * around
            found[start, end] = max(score, found.get((start, end), 0.0))
    chosen: list[LikelyPlace] = []
    for (start, end), score in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if all(end <= other.start or other.end <= start for other in chosen):
            chosen.append(_place(text, start, end, score))
        if len(chosen) == MOST:
            break
    return chosen


def _candidates(
    quote: str, prefix: str, suffix: str, text: str
) -> Iterator[tuple[int, int, float]]:
    """Yield places with how alike their words are to those that are looked for."""
    yield from _same_words(quote, text)
    if len(quote) <= _LONGEST:
        yield from _much_alike(quote, text)
    between = _between(prefix, suffix, text)
    if between is not None:
        start, end = between
        # Other words in the very same place are more likely than how alike they are.
        yield start, end, max(0.6, fuzz.ratio(quote, text[start:end]) / 100)


def _same_words(quote: str, text: str) -> Iterator[tuple[int, int, float]]:
    pattern = re.compile(re.escape(quote), re.IGNORECASE)
    for match in islice(pattern.finditer(text), _OCCURRENCES):
        yield match.start(), match.end(), 1.0 if match.group() == quote else 0.95


def _much_alike(quote: str, text: str) -> Iterator[tuple[int, int, float]]:
    words = [match.span() for match in islice(_WORD.finditer(text), _WORDS)]
    length = len(_WORD.findall(quote))
    places = [
        (words[at][0], words[at + size - 1][1])
        for size in range(max(1, length - 1), length + 2)
        for at in range(len(words) - size + 1)
    ]
    windows = [text[start:end] for start, end in places]
    alike = process.extract(
        quote, windows, scorer=fuzz.ratio, limit=4 * MOST, score_cutoff=_LEAST_ALIKE
    )
    for _, likeness, at in sorted(alike, key=itemgetter(2)):
        yield *places[at], likeness / 100


def _between(prefix: str, suffix: str, text: str) -> tuple[int, int] | None:
    """Return what stands between the words that were around; None where they are not there."""
    for edge in _EDGES:
        before, after = prefix.rstrip()[-edge:], suffix.lstrip()[:edge]
        place = _inner(before, after, text) if len(before) == len(after) == edge else None
        if place is not None:
            return place
    return None


def _inner(before: str, after: str, text: str) -> tuple[int, int] | None:
    start = text.find(before)
    if start < 0 or text.find(before, start + 1) >= 0:
        return None
    start += len(before)
    end = text.find(after, start, start + _BETWEEN)
    words = text[start : max(start, end)]
    inner = words.strip()
    if not inner:
        return None
    start += words.index(inner)
    return start, start + len(inner)


def _alike_around(prefix: str, suffix: str, text: str, start: int, end: int) -> float:
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    alike = (fuzz.ratio(prefix[-_CONTEXT:], before), fuzz.ratio(suffix[:_CONTEXT], after))
    return sum(alike) / 200


def _place(text: str, start: int, end: int, score: float) -> LikelyPlace:
    return LikelyPlace(
        start,
        end,
        text[start:end],
        text[max(0, start - SHOWN) : start],
        text[end : end + SHOWN],
        round(score, 3),
    )
