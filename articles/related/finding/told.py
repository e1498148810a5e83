"""Pairs of articles of which all was told, while nothing changed: from the other side it is it too.

Of a corpus that is related whole each pair is met twice. Texts need not be aligned again, and why
two are on one event need not be told again, where the link stands as it was found.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np

from articles.models.links import OF_TEXT
from articles.related.events.events import Kept
from articles.related.events.happenings import KINDS
from articles.related.events.numbers import Large
from articles.related.finding.linking import Pair, Row
from articles.related.finding.looked_at import LookedAt
from articles.related.finding.texts import Text

_ALL = (1 << 64) - 1


class Told:
    """What was told in a ``state`` of all that it rests on; for the one process that relates."""

    def __init__(self) -> None:
        self._looked_at = LookedAt()

    def add_texts(self, state: Hashable, pairs: Iterable[tuple[Text, Text]]) -> None:
        """Take texts as aligned with each other, and what was found as kept."""
        self._looked_at.add(state, "texts", _numbers(map(_stamps, pairs)))

    def texts(self, state: Hashable, rows: Iterable[Row], texts: Mapping[int, Text]) -> set[Pair]:
        """Return the pairs that are linked as their texts would be, and nobody judged."""
        rows = list(rows)
        judged = {row.pair for row in rows if row.judged}
        linked = [
            row.pair
            for row in rows
            if row.kind in OF_TEXT and row.suggested and row.pair not in judged
            if texts.keys() >= set(row.pair)
            if row.versions == tuple(texts[id_].version_id for id_ in row.pair)
        ]
        numbers = _numbers(_stamps((texts[one], texts[other])) for one, other in linked)
        known = self._looked_at.has(state, "texts", numbers).tolist()
        return {pair for pair, is_known in zip(linked, known, strict=True) if is_known}

    def add_events(self, state: Hashable, pairs: Iterable[Pair]) -> None:
        """Take articles as compared by event, and what was found as kept."""
        self._looked_at.add(state, "events", _numbers(pairs))

    def events(self, state: Hashable, rows: Iterable[Row]) -> dict[int, dict[int, Kept]]:
        """Return what articles are linked as by event, each with others, as it was told."""
        linked = [row for row in rows if row.kind in KINDS and row.suggested]
        numbers = _numbers(row.pair for row in linked)
        known = self._looked_at.has(state, "events", numbers).tolist()
        told: dict[int, dict[int, Kept]] = {}
        for row, is_known in zip(linked, known, strict=True):
            if is_known and row.score is not None:
                one, other = row.pair
                told.setdefault(one, {})[other] = Kept(row.kind, row.score)
                told.setdefault(other, {})[one] = Kept(row.kind, row.score)
        return told

    def forget(self) -> None:
        """Forget all: it was not kept."""
        self._looked_at.forget()


def _stamps(pair: Sequence[Text]) -> tuple[int, ...]:
    return tuple(text.stamp for text in pair)


def _numbers(things: Iterable[Hashable]) -> Large:
    return np.array([hash(each) & _ALL for each in things], np.uint64)
