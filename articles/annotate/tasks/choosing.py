"""Which articles a task is made of: of an answer, of a collection, or drawn of either by a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from articles.annotate.tasks.tasks import MOST_ARTICLES, TaskRefusedError
from articles.keeping.items import items_of
from articles.keeping.samples import SEED_CHARACTERS, lowest
from articles.models import Collection, Corpus
from articles.search.asking import Question
from articles.search.language.printing import printed

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Articles of one corpus to choose from: those of ``question``, or of ``collection``."""

    corpus: Corpus
    question: Question | None = None
    collection: Collection | None = None

    def total(self) -> int:
        """Return how many there are."""
        if self.collection is not None:
            return items_of(self.collection).count()
        return self._question().total()

    def articles(self, size: int | None = None, seed: str = "") -> Sequence[int]:
        """Return their ids: all of them in their order, or ``size`` drawn by a seed.

        One more than a task may have shows that there are too many. Raises TaskRefusedError,
        QueryError, TooSlowError.
        """
        if size is None:
            return list(islice(self._ids(), MOST_ARTICLES + 1))
        if not 1 <= size <= MOST_ARTICLES:
            raise TaskRefusedError(f"A sample has 1 to {MOST_ARTICLES:,} articles.", "size")
        if not seed or len(seed) > SEED_CHARACTERS or not seed.isprintable():
            raise TaskRefusedError(
                f"A seed is a word or a number of at most {SEED_CHARACTERS} characters.", "seed"
            )
        return lowest(self._ids(), seed, size)

    def recipe(self, size: int | None = None, seed: str = "") -> dict[str, Any]:
        """Return of what a task is made, for it to be told later."""
        told: dict[str, Any] = {}
        if self.collection is not None:
            told |= {"collection": self.collection.pk, "name": self.collection.name}
        else:
            told["query"] = printed(self._question().tree)
        if size is not None:
            told |= {"size": size, "seed": seed}
        return told

    def _question(self) -> Question:
        if self.question is None:
            raise TaskRefusedError("Say which articles are to be tagged.", "articles")
        return self.question.within([self.corpus.pk])

    def _ids(self) -> Iterator[int]:
        if self.collection is not None:
            held = items_of(self.collection).order_by("pk").values_list("article_id", flat=True)
            return iter(held.iterator(chunk_size=_BATCH))
        return chain.from_iterable(self._question().ids(batch=_BATCH))
