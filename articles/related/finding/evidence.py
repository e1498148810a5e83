"""What a link rests on, as it is kept with it in JSON.

Of the text kinds::

    {"words": 331, "longest": 58, "first_share": 0.38, "second_share": 0.89, "is_whole": true,
     "passages": [[first_start, first_end, second_start, second_end], ...], "passages_total": 14,
     "names": ["Bilash", "Atajurt", "Xinjiang"], "days": 1,
     "direction": {"side": "second", "because": ["byline: Associated Press"]}}

``words`` that both have, and in the ``longest`` passage; shares of the words of each side's body.
Passages are code points of the versions' texts, at most 200 by length, in the order of the first.
``is_whole`` is false where a bound on work ended the comparison. ``names`` are those of which all
words are in both, as printed in either or of who is tagged: at most 12, those that tell most first,
which are rare in the corpus and stand often in both; so they are of the event kinds. ``days`` are
from the first to the second, null where a day is not known. ``direction`` is absent where it is
open; its ``side`` is from the other one.

Of the event kinds: ``cosine``, ``names_cosine``, ``names``, ``words_in_common``, ``days``.
"""

import heapq
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from articles.related.events.abouts import Abouts
from articles.related.events.weighing import names_of_both
from articles.related.finding.texts import Text
from articles.related.matching.alignment import Alignment
from articles.related.matching.direction import Direction, Facts

MOST_PASSAGES = 200
MOST_NAMES = 12

type Names = Callable[[Text, Text], list[str]]


def facts_of(text: Text) -> Facts:
    """Return what direction rests on."""
    return Facts(text.source, text.byline, text.agencies, text.dateline_agency, text.day, text.at)


def of_text(
    first: Text,
    second: Text,
    alignment: Alignment,
    direction: Direction | None,
    names: Sequence[str],
) -> dict[str, Any]:
    """Return the evidence of a link of a text kind; ``names`` are those that both have."""
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
        "names": names[:MOST_NAMES],
        "days": days_between(first, second),
    }
    if direction is not None:
        found["direction"] = {"side": direction.side, "because": list(direction.because)}
    return found


def named_in(texts: Iterable[Text], abouts: Abouts) -> Names:
    """Return what tells of two of some texts the names that both have, by how much they tell.

    ``abouts`` tells what they are about, of those that it knows.
    """
    profiles = abouts.told({text.article_id for text in texts})

    def names(first: Text, second: Text) -> list[str]:
        one, other = profiles.get(first.article_id), profiles.get(second.article_id)
        if one is None or other is None:
            return []
        return names_of_both(first.corpus_id, one, other, abouts.rarities.of(first.corpus_id))

    return names


def days_between(first: Text, second: Text) -> int | None:
    """Return the days from the first to the second."""
    if first.day is None or second.day is None:
        return None
    return (second.day - first.day).days
