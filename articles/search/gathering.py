"""The lines of a question that are sorted by their words: all, or a random sample of many.

Articles are read in an order that a seed makes, until there are lines enough. So the same seed
gives the same sample of the same articles, and every article is as likely in it as any other.
"""

import hashlib
import heapq
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from articles.search.asking import Question
from articles.search.deadline import TooSlowError
from articles.search.kwic import NEIGHBOURS, Context, contexts, texts
from articles.search.language.fields import OF_TAGS
from articles.search.language.tree import Has, Named, walk
from articles.search.marking import marker

MAX_LINES = 10_000
# Where time runs out, so many lines and their multiples are a sample that is worth having.
ENOUGH_LINES = 1_000
# Articles whose texts are in memory at once.
BATCH = 250
_IDS = 20_000
# Lines of so many questions are kept for pages and other orders of them, in megabytes each.
_KEPT = 4
# Sorts after all words.
_LAST = "\U0010ffff"
_KEPT_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lines, the newest article's first.

    ``of`` is how many there are in all: about, where these are a sample of them.
    """

    lines: Sequence[Context]
    of: int
    is_sample: bool


@dataclass(slots=True)
class _Shelf:
    """What this process gathered last."""

    kept: OrderedDict[Hashable, tuple[float, Gathered]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable) -> Gathered | None:
        with self.lock:
            found = self.kept.get(key)
            if found is None or found[0] < time.monotonic():
                return None
            self.kept.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, gathered: Gathered) -> None:
        with self.lock:
            self.kept[key] = time.monotonic() + _KEPT_SECONDS, gathered
            self.kept.move_to_end(key)
            while len(self.kept) > _KEPT:
                self.kept.popitem(last=False)

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()


_SHELF = _Shelf()


class Patience:
    """How long one question may take in all; then TooSlowError."""

    __slots__ = ("_until",)

    def __init__(self) -> None:
        self._until = time.monotonic() + settings.SEARCH_SECONDS

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._until

    def check(self) -> None:
        """Raise TooSlowError if the time is over."""
        if self.is_over:
            raise TooSlowError(
                f"This took longer than {settings.SEARCH_SECONDS:g} seconds and was stopped. Ask "
                "for rarer words, or for a narrower range of dates."
            )


def gathered(question: Question, seed: int) -> Gathered:
    """Return a question's lines, or a sample of MAX_LINES of them; raise TooSlowError."""
    key = (
        question.tree, _meant(question), question.corpora, question.added_since,
        question.reading.state, seed,
    )  # fmt: skip
    known = _SHELF.get(key)
    if known is None:
        known = _gather(question, seed)
        _SHELF.put(key, known)
    return known


def _meant(question: Question) -> Hashable:
    """Return what the names in a question mean: to another reader, or later, they mean others."""
    names = {
        (node.field, node.value) if isinstance(node, Named) else ("has", node.what)
        for node in walk(question.tree)
        if isinstance(node, Named) or (isinstance(node, Has) and node.what in OF_TAGS)
    }
    means = ((name, question.compiler.mean(*name)) for name in names)
    return frozenset((name, None if ids is None else frozenset(ids)) for name, ids in means)


def by_words(lines: Sequence[Context], place: int) -> list[Context]:
    """Return lines by a neighbour: ``place`` 1 is the first to the right, -1 the first to the left.

    Among equals by the neighbours between it and the keyword, the nearest first, then by those
    beyond it; case and accents make no difference. Lines that lack it come last.
    """
    at = abs(place) - 1
    order = [at, *(n for n in range(NEIGHBOURS) if n != at)]

    def key(line: Context) -> list[str]:
        near = line.after if place > 0 else line.before
        return [near[n] if n < len(near) else _LAST for n in order]

    return sorted(lines, key=key)


def _gather(question: Question, seed: int) -> Gathered:
    patience = Patience()
    newest_first: list[int] = []
    for ids in question.ids(batch=_IDS):
        newest_first += ids
        patience.check()
    drawn = _drawn(newest_first, seed)
    found, read, is_all = _read(question, drawn, patience)
    order = {pk: place for place, pk in enumerate(newest_first)}
    most = MAX_LINES if is_all else len(found) // ENOUGH_LINES * ENOUGH_LINES
    kept = found[:most]
    kept.sort(key=lambda line: order[line.article_id])
    if len(found) <= MAX_LINES and is_all and len(drawn) == len(newest_first):
        return Gathered(kept, len(kept), is_sample=False)
    of = round(len(found) / max(read, 1) * len(newest_first))
    return Gathered(kept, max(of, len(found)), is_sample=True)


def _read(
    question: Question, ids: Sequence[int], patience: Patience
) -> tuple[list[Context], int, bool]:
    """Return the lines of articles until there are too many, of how many, and if time sufficed."""
    of_query = marker(question.tree)
    found: list[Context] = []
    read = 0
    for start in range(0, len(ids), BATCH):
        for text in texts(ids[start : start + BATCH], question.corpora):
            found += contexts(of_query, text)
            read += 1
            if len(found) > MAX_LINES:
                return found, read, True
        if patience.is_over and len(found) > ENOUGH_LINES:
            # The order is random: what was read is a sample too, if a smaller one.
            return found, read, False
        patience.check()
    return found, read, True


def _drawn(ids: Sequence[int], seed: int) -> list[int]:
    """Return articles in the order of a seed; of very many those alone that may be needed."""
    return heapq.nsmallest(MAX_LINES + 1, ids, key=lambda pk: _rank(seed, pk))


def _rank(seed: int, article_id: int) -> bytes:
    return hashlib.blake2b(b"%d:%d" % (seed, article_id), digest_size=8).digest()


def counted(lines: Sequence[Context], place: int, most: int) -> list[tuple[str, int]]:
    """Return the most frequent neighbours at a place, as they are sorted by, with their numbers."""
    at = abs(place) - 1
    sides = (line.after if place > 0 else line.before for line in lines)
    found = Counter(near[at] for near in sides if at < len(near))
    return sorted(found.most_common(most), key=lambda row: (-row[1], row[0]))


def forget() -> None:
    """Keep nothing of what was gathered."""
    _SHELF.clear()
