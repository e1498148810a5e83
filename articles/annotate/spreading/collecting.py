"""Large answers put into collections by the worker, bit by bit: what a request has no time for.

The rows are those that :func:`articles.keeping.collections.add_answer` would make: the articles of
the collection's corpus, the newest first, each once.
"""

from typing import Any

from django.contrib.auth.models import User

from articles.annotate.spreading.spreading import COLLECT, HAS_BEGUN, Bit, start
from articles.keeping import collections, items
from articles.keeping.collections import NotYoursError, counted, quoted
from articles.models import Collection, Door, Operation, Role, Spread
from articles.search.asking import Question, ask
from articles.search.engine.answers import Sort

# So many articles are put in at a time.
ARTICLES_AT_ONCE = 10_000


def start_collecting(
    collection: Collection,
    query: str,
    found: int,
    *,
    by: User,
    door: Door,
    making: Operation | None = None,
) -> Spread:
    """Return the job that adds all of a query's answer to a collection, to be left to the worker.

    ``found`` is how many that are (``collections.found_in``). Of a collection that was made for it
    ``making`` is the operation that did: what the job adds is put down to the same.

    Raises CollectionRefusedError, SpreadRefusedError, NotAllowedError.
    """
    collections.check_size(found, collections.MOST_BY_JOB)
    plan = {
        "collection": collection.pk,
        "name": collection.name,
        "query": query,
        "door": str(door),
    }
    return start(collection.corpus, COLLECT, plan, by=by, role=Role.VIEWER, going_on_with=making)


def already_in(spread: Spread) -> int:
    """Return how many articles were found in the collection already."""
    return int(spread.plan.get("already", 0))


class CollectWork:
    """The work of a job that adds an answer to a collection."""

    def __init__(self, spread: Spread) -> None:
        self._spread = spread
        self._asked: Question | None = None

    def total(self) -> int:
        """Return how many articles of the answer are in the collection's corpus."""
        return self._question().total()

    def summary(self, made: int) -> str:
        """Return what was done."""
        name = quoted(self._spread.plan["name"])
        if self._spread.plan.get(HAS_BEGUN):
            return f"Made {name} with {counted(made)}" if made else f"Made {name}"
        return f"Added {counted(made)} to {name}"

    def bit(self, place: str, operation: Operation) -> Bit:  # noqa: ARG002 -- rows are put down to it
        """Put some articles more in."""
        found = self._question().page(sort=Sort.NEWEST, limit=ARTICLES_AT_ONCE, cursor=place)
        # Held, so that nobody removes it meanwhile; and it may be private by now.
        visible = Collection.objects.visible_to(self._spread.by).select_for_update(of=("self",))
        collection: Collection | None = visible.filter(pk=self._spread.plan["collection"]).first()
        if collection is None:
            raise NotYoursError(collections.GONE)
        added, already, _ = items.put_in(collection, found.ids)
        more: dict[str, Any] = {"already": already_in(self._spread) + already}
        self._spread.plan |= more
        return Bit(len(found.ids), added, found.next, more=more)

    def _question(self) -> Question:
        if self._asked is None:
            asked = ask(self._spread.plan["query"], self._spread.by)
            self._asked = asked.within([self._spread.corpus_id])
        return self._asked
