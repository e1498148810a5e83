"""Keeping the prints' store, and relating what changed: for the one process that does it."""

import gc
import logging
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import DatabaseError

from articles.durable_files import sync_folder
from articles.models import Article, Boilerplate, Consumer
from articles.models.planned import keep_plans
from articles.related.events.event_facts import entries_of_each
from articles.related.finding.beside import Beside
from articles.related.finding.looking import Looker
from articles.related.finding.steps import Steps
from articles.related.finding.stopping import note, note_unrelated
from articles.related.finding.texts import Reader, Text
from articles.related.matching.prints import LAST_BITS
from articles.related.store.prints import BUILDS, Prints
from articles.search.engine.faults import (
    BrokenIndexError,
    IndexLockedError,
    IndexRefusedError,
)
from articles.search.index.writing import is_idle

# Articles that are read at once to fill a store.
_READ = 1_000
# What is read of an article is let go as soon as it is related: to look for cycles among all that
# is kept of others, as often as Python does by itself, finds nothing and takes long.
_SELDOM = (100_000, 20, 20)

_log = logging.getLogger(__name__)

type Watch = Callable[[int], object]
type Near = Callable[[Text], Collection[int] | None]


class Keeper:
    """Relates what waits, step by step; ``watch`` is told how many articles so far.

    What ``watch`` raises ends the work, and nothing is lost by that. Raises what
    :mod:`articles.search.engine.faults` has.
    """

    def __init__(
        self, watch: Watch | None = None, *, near: Near | None = None, processes: int | None = None
    ) -> None:
        """``near`` tells with which articles a text is compared, where that is known.

        Many articles are prepared by so many ``processes`` beside this one, by none with 1; None is
        what the settings say.
        """
        wanted: int = settings.RELATE_PROCESSES if processes is None else processes
        self._beside = Beside(wanted)
        self._watch = watch or (lambda _: None)
        self._near = near
        self._steps: Steps | None = None
        self._done = 0
        self._collected = gc.get_threshold()

    def __enter__(self) -> Self:
        gc.set_threshold(*_SELDOM)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        gc.set_threshold(*self._collected)
        try:
            if kind is None:
                self.settle()
        finally:
            self.drop()
            self._beside.close()

    def drop(self) -> None:
        """Close what is open, at once."""
        if self._steps is not None:
            self._steps.drop()
        self._steps = None

    def settle(self) -> None:
        """Finish what was begun, and acknowledge all: until then it is to be related again."""
        if self._steps is not None:
            self._steps.settle()

    def step(self) -> int:
        """Relate some of the articles that changed; return of how many, 0 when none is left.

        Of an article alone all is found and kept then; the next step, or :meth:`settle`, commits
        and acknowledges it. Builds the store if none stands, or if the one that does turns out to
        be broken.
        """
        build = BUILDS.standing()
        try:
            taken = None if build is None or self._is_wasteful else self._step(build)
        except (DatabaseError, IndexLockedError, IndexRefusedError):
            self.drop()
            raise
        except Exception as fault:
            # What is damaged on disk may be told in any way.
            self.drop()
            if build is not None and (wrong := broken(build)):
                self._forget(wrong)
                return self.rebuild()
            if isinstance(fault, BrokenIndexError):
                raise IndexRefusedError(str(fault)) from fault
            raise
        except BaseException:
            self.drop()
            raise
        if taken is None:
            return self.rebuild() or int(not is_idle(Consumer.RELATED))
        if not taken:
            self._beside.close()
            return 0
        self._done += taken
        self._watch(self._done)
        return taken

    def verify(self) -> None:
        """Read all that is on disk; what is damaged is made anew by the next step."""
        build = BUILDS.standing()
        if build is not None and (wrong := broken(build)):
            self._forget(wrong)

    def _forget(self, wrong: str) -> None:
        _log.warning("The prints are broken and will be made anew: %s", wrong)
        BUILDS.forget()

    @property
    def _is_wasteful(self) -> bool:
        return self._steps is not None and self._steps.prints.is_wasteful

    def _step(self, build: Path) -> int:
        if self._steps is None and is_idle(Consumer.RELATED):
            return 0
        return self._opened(build).take()

    def rebuild(self) -> int:
        """Make the prints of all articles anew, and note those that were not related yet.

        What changes meanwhile waits, and is put in its place when it is related.
        """
        self.drop()
        # Who has the build open that goes would keep its room on the disk.
        self._beside.close()
        BUILDS.clear()
        # Of a time when more was kept of a print: nothing has these any more.
        Boilerplate.objects.filter(mark__gt=int(LAST_BITS)).delete()
        build = BUILDS.begin()
        prints = None
        try:
            prints = Prints(build)
            done, lost = self._fill(prints)
            note_unrelated()
            note(lost)
            for folder in (build, build.parent):
                sync_folder(folder)
            BUILDS.let_stand(build)
        except BaseException:
            if prints is not None:
                prints.drop()
            if BUILDS.named() != build:
                BUILDS.remove(build)
            raise
        prints.drop()
        BUILDS.clear()
        return done

    def _fill(self, prints: Prints) -> tuple[int, set[int]]:
        """Put all articles into a store; return how many, and those for which that failed."""
        done, lost = 0, set[int]()
        for texts, made in entries_of_each(_all_texts(), self._beside):
            lost |= {text.article_id for text in texts} - prints.put(made)
            done += len(texts)
            self._watch(done)
        prints.commit()
        return done, lost

    def _opened(self, build: Path) -> Steps:
        if self._steps is None or self._steps.prints.build != build:
            self.drop()
            # Who keeps the store holds a lock of its session, which is no other's so long.
            keep_plans()
            prints = Prints(build)
            self._steps = Steps(prints, Looker(prints, near=self._near), self._beside)
        return self._steps


def _all_texts() -> Iterator[Collection[Text]]:
    """Yield the texts of all articles that stand, some at a time."""
    reader, last = Reader(), 0
    articles = Article.objects.filter(standing=True).order_by("pk")
    while ids := list(articles.filter(pk__gt=last).values_list("pk", flat=True)[:_READ]):
        yield reader.texts(ids).values()
        last = ids[-1]


def broken(build: Path) -> str:
    """Return what is wrong with a build, or nothing. Raises IndexRefusedError."""
    try:
        prints = Prints(build)
        try:
            prints.verify()
        finally:
            prints.drop()
    except (IndexLockedError, IndexRefusedError):
        raise
    except Exception as fault:  # noqa: BLE001 -- what is damaged on disk may be told in any way
        return str(fault) or repr(fault)
    return ""
