"""Relating what waits, step by step, the texts of the next while the last are compared by event."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.db import IntegrityError, transaction

from articles.models import Consumer
from articles.models.planned import plan_anew
from articles.related.finding.beside import Beside
from articles.related.finding.looking import Looker
from articles.related.finding.relating import Begun, Relater
from articles.related.finding.settling import flag, settle
from articles.related.finding.stopping import note
from articles.related.store.prints import Prints
from articles.search.index.writing import Waiting

# Articles of one step: some seconds' work, told of and kept together.
STEP = 200
_TRIES = 3


class _Ahead(NamedTuple):
    """Articles that wait, and were begun to be related."""

    waiting: Waiting
    begun: Begun


class Steps:
    """Relates what waits, by an open store; ``done`` is how many articles so far.

    Raises DatabaseError, and what :mod:`articles.search.engine.faults` has.
    """

    def __init__(self, prints: Prints, looker: Looker, beside: Beside) -> None:
        self.prints = prints
        self.done = 0
        self._relater = Relater(prints, looker, beside)
        # What is compared by event, while the next is begun.
        self._ahead: _Ahead | None = None
        # What was related, and waits for the commit that is owed.
        self._owed: Waiting | None = None
        self._plan_at = 0
        # How often each article could not be related wholly.
        self._failed: Counter[int] = Counter()

    def drop(self) -> None:
        """Close the store at once; what was begun is to be related again."""
        if self._ahead is not None:
            self._ahead.begun.close()
        self._ahead = self._owed = None
        self.prints.drop()

    def settle(self) -> None:
        """Finish what was begun, and acknowledge all: until then it is to be related again."""
        self._finish_ahead()
        self._commit()

    def take(self) -> int:
        """Relate some articles; return of how many that is done, 0 when none is left."""
        before = self.done
        while self.done == before and self._go_on():
            pass
        return self.done - before

    def _go_on(self) -> bool:
        """Begin to relate some, finish others, or both; return whether anything was left to do.

        While processes beside compare some by event, the texts of the next are looked at, so that
        all have something to do; few are related at once.
        """
        self._commit()
        if self.done >= self._plan_at:
            # There may be twice as many links by now.
            plan_anew()
            self._plan_at = max(2 * self.done, STEP)
        ahead = self._ahead
        waiting = Waiting(STEP, Consumer.RELATED, but=ahead.waiting.rows if ahead else ())
        is_beside = self._relater.is_beside(len(waiting.articles))
        if ahead and not (is_beside and waiting.articles.isdisjoint(ahead.waiting.articles)):
            self._finish_ahead()
        elif not waiting.rows:
            return False
        elif is_beside:
            self._begin(waiting)
        else:
            self._relate(waiting)
        return True

    def _commit(self) -> None:
        """Commit what is owed, and acknowledge it."""
        if self._owed is not None:
            self.prints.commit()
            self._owed.acknowledge()
        self._owed = None

    def _begin(self, waiting: Waiting) -> None:
        """Begin to relate articles, and finish those that were begun before."""

        def begin() -> Begun:
            texts, failed = self._relater.put(waiting.articles, before_replacing=self._finish_ahead)
            with transaction.atomic():
                return self._relater.begin(waiting.articles - failed, texts, failed, is_kept=True)

        begun, is_finished = self._tried(begin), False
        try:
            is_finished = self._finish_ahead()
        finally:
            if is_finished:
                self._ahead = _Ahead(waiting, begun)
            else:
                begun.close()

    def _finish_ahead(self) -> bool:
        """Finish what was begun, if anything was; return whether nothing had to be done anew."""
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return True
        try:
            with ahead.begun, self._forgetting(), transaction.atomic():
                self._finish(*ahead)
        except IntegrityError:
            # An article went while it was related.
            self._relate(ahead.waiting)
            return False
        self.done += len(ahead.waiting.articles)
        return True

    def _relate(self, waiting: Waiting) -> None:
        """Put articles into the store, relate them, and acknowledge that with what is found."""

        def relate() -> None:
            texts, failed = self._relater.put(waiting.articles, before_replacing=self._finish_ahead)
            with (
                transaction.atomic(),
                self._relater.begin(waiting.articles - failed, texts, failed) as begun,
            ):
                self._finish(waiting, begun)

        self._tried(relate)
        self._owed = waiting if self.prints.is_owed else None
        self.done += len(waiting.articles)

    def _finish(self, waiting: Waiting, begun: Begun) -> None:
        """Keep what articles are to others and what follows from it, and acknowledge it."""
        changed = self._relater.finish(begun)
        article_ids = set(begun.article_ids)
        failed = settle(changed | article_ids, article_ids - begun.texts.keys()) | begun.failed
        if not self.prints.is_owed:
            waiting.acknowledge()
        self._try_again(failed)

    def _try_again(self, failed: set[int]) -> None:
        """Let articles be tried again that a fault of ours kept from being related, some times."""
        if not failed:
            return
        flag(failed)
        self._failed.update(failed)
        note([id_ for id_ in failed if self._failed[id_] < _TRIES])

    def _tried[Done](self, work: Callable[[], Done]) -> Done:
        """Do something, and again if it fails because an article went while it was related."""
        for _ in range(1, _TRIES):
            with suppress(IntegrityError), self._forgetting():
                return work()
        with self._forgetting():
            return work()

    @contextmanager
    def _forgetting(self) -> Iterator[None]:
        """Forget what was found and is not kept, if it fails."""
        try:
            yield
        except BaseException:
            self._relater.forget()
            raise
