"""How rare words are in each corpus, counted as they are asked for, and what rests on that.

A corpus that grows is weighed as it was, until it has grown by so much that all is counted anew: so
what two articles weigh, and how long each is, is of one time.
"""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from articles.related.events.lengths import Lengths
from articles.related.events.often import Often
from articles.related.events.weighing import Rarity, Values
from articles.related.store.lookup import Lookup
from articles.related.store.records import Several

# By this share a larger corpus grows, or shrinks, until its words are counted anew.
_GROWN = 0.02
# In one of no more articles that is done at once.
_COUNTED_EXACTLY = 5_000
# Corpora of which that is held, those that were met last.
_MOST_CORPORA = 8


class Rarities:
    """What is looked up by now, as far as it was asked for."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._corpora: OrderedDict[int, _Counted] = OrderedDict()
        # How often somebody went on.
        self._turn = 0

    def follow(self) -> None:
        """Go on with what is looked up by now."""
        self._turn += 1

    def of(self, corpus_id: int) -> Rarity:
        """Return how much words and names tell in a corpus."""
        return self._counted(corpus_id).rarity

    def lengths(self, some: Several, places: Sequence[int]) -> Values:
        """Return how long articles are, whose records are at some places: by words, by names.

        All that is weighed is of the corpus of the first.
        """
        counted = self._counted(int(some.heads["corpus"][0]))
        return counted.lengths.of(some, np.array(places, np.int64), counted.rarity)

    def _counted(self, corpus_id: int) -> "_Counted":
        articles = self._lookup.articles_of(corpus_id)
        counted = self._corpora.get(corpus_id)
        if counted is None:
            counted = self._corpora[corpus_id] = _Counted(self._lookup, articles, self._turn)
            if len(self._corpora) > _MOST_CORPORA:
                self._corpora.popitem(last=False)
        self._corpora.move_to_end(corpus_id)
        if counted.turn != self._turn:
            counted.turn = self._turn
            grown = abs(articles - counted.rarity.articles)
            if articles <= _COUNTED_EXACTLY or grown > _GROWN * counted.rarity.articles:
                counted.count_anew(articles)
        return counted


class _Counted:
    """What was counted in a corpus."""

    def __init__(self, lookup: Lookup, articles: int, turn: int) -> None:
        self._often = Often(lookup.words)
        self.lengths, self.turn = Lengths(), turn
        self.rarity = Rarity(articles, self._often.of)

    def count_anew(self, articles: int) -> None:
        """Forget what was counted when there were other articles."""
        self._often.forget()
        self.lengths.forget()
        self.rarity = Rarity(articles, self._often.of)
