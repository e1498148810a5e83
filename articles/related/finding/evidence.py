"""What a link rests on, as it is kept with it in JSON.

Of the text kinds::

    {"words": 331, "longest": 58, "first_share": 0.38, "second_share": 0.89, "is_whole": true,
     "passages": [[first_start, first_end, second_start, second_end], ...], "passages_total": 14,
     "names": ["Bilash", "Atajurt", "Xinjiang"], "days": 1,
     "direction": {"side": "second", "because": ["byline: Associated Press"]}}

``words`` that both have, and in the ``longest`` passage; shares of the words of each side's body.
Passages are code points of the versions' texts, at most 200 by length, in the order of the first.
``is_whole`` is false where a bound on work ended the comparison. ``names`` are in both, as printed
or of who is tagged, those that the first has most often first; ``days``
are from the first to the second, null where a day is not known. ``direction`` is absent where it is
open; its ``side`` is from the other one.

Of the event kinds: ``cosine``, ``names_cosine``, ``names``, ``words_in_common``, ``days``.
"""

import heapq
from collections.abc import Mapping
from typing import Any

from articles.related.events.profiling import Profile
from articles.related.finding.texts import Text
from articles.related.matching.alignment import Alignment
from articles.related.matching.direction import Direction, Facts

MOST_PASSAGES = 200
MOST_NAMES = 12
_UNKNOWN = Profile({}, {}, ())


def facts_of(text: Text) -> Facts:
    """Return what direction rests on."""
    return Facts(text.source, text.byline, text.agencies, text.dateline_agency, text.day, text.at)


def of_text(
    first: Text,
    second: Text,
    alignment: Alignment,
    direction: Direction | None,
    profiles: Mapping[int, Profile],
) -> dict[str, Any]:
    """Return the evidence of a link of a text kind; ``profiles`` are those of both articles."""
    one, other = (profiles.get(text.article_id, _UNKNOWN).printed for text in (first, second))
    longest = heapq.nlargest(MOST_PASSAGES, alignment.passages, key=lambda each: each.length)
    passages = [
        [
            first.words.starts[each.first],
            first.words.ends[each.first + each.length - 1],
            second.words.starts[each.second],
            second.words.ends[each.second + each.length - 1],
        ]
        for each in sorted(longest, key=lambda each: each.first)
    ]
    found: dict[str, Any] = {
        "words": alignment.words,
        "longest": alignment.longest,
        "first_share": round(alignment.first_share, 4),
        "second_share": round(alignment.second_share, 4),
        "passages": passages,
        "passages_total": len(alignment.passages),
        "is_whole": alignment.is_whole,
        "names": [name for name in one if name in set(other)][:MOST_NAMES],
        "days": days_between(first, second),
    }
    if direction is not None:
        found["direction"] = {"side": direction.side, "because": list(direction.because)}
    return found


def days_between(first: Text, second: Text) -> int | None:
    """Return the days from the first to the second."""
    if first.day is None or second.day is None:
        return None
    return (second.day - first.day).days
