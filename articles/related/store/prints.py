"""The store of prints: what is known of all articles when one of them is related, in builds.

A log of records (``records``), and who has which number (``lookup``). An article is read, and found
by others, as soon as it is put; it is kept whatever happens when it is committed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from articles.models import Consumer
from articles.related.events import about
from articles.related.events.about import About
from articles.related.events.abouts import Abouts
from articles.related.events.matter import Matter
from articles.related.events.numbers import MIX, Places
from articles.related.store.lookup import Lookup
from articles.related.store.records import Head, gone, packed
from articles.related.store.segments import Known
from articles.related.store.writing import Writing
from articles.search.index.alone import Alone
from articles.search.index.builds import Builds

# Raised when records change, or what is in them; or prints.
FORMAT = 6
BUILDS = Builds(Consumer.RELATED, "RELATED_DIR", FORMAT)
ALONE = Alone(0x4E55)
_BITS = 44
_MASK = (1 << _BITS) - 1
# Records that were replaced stay: so many bytes, or of all so many times what they need.
_SPARE, _MOST_WASTE = 64 * 1024 * 1024, 3
# Of prints that are looked up together so many articles are in memory, or all of one.
_HOLDERS = 100_000
_NOTHING = Matter(0, 0, b"", b"", b"", b"")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it is kept. ``text`` is alike for the same words, ``key`` by source and day.

    ``seal`` is alike only where all of it is: a number of 44 bits.
    """

    article_id: int
    corpus_id: int
    prints: Sequence[int]
    text: int
    key: int
    about: About | None = None
    seal: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that shares prints with one that is looked up, and how many."""

    article_id: int
    shared: int


# Articles, and how many prints each of them shares.
type Shared = tuple[Known, Places]


def _text(corpus_id: int, text: int) -> int:
    """Return a text's number mixed with its corpus, as it is kept; and of that, the number."""
    return (text ^ (corpus_id * MIX)) & _MASK


class Prints:
    """A build, open to read and to write; for the one process that keeps it."""

    def __init__(self, build: Path) -> None:
        """Open a build. Raises the errors of :mod:`articles.search.engine.faults`."""
        self.build = build
        self._records = Writing(build)
        try:
            self._lookup = Lookup(build, self._records, end=self._records.end, writes=True)
        except BaseException:
            self._records.close()
            raise
        self.abouts = Abouts(self._lookup, self._records)
        self._is_owed = False
        # Who shares prints, as that was asked last.
        self._asked: tuple[object, Shared] | None = None

    def put(self, entries: Iterable[Entry], without: Iterable[int] = ()) -> set[int]:
        """Put articles in place of what is known of them, and forget some; not yet committed.

        They are found from the next commit on. Returns which were put.
        """
        done = set()
        for entry in entries:
            self._records.add(_record_of(entry))
            done.add(entry.article_id)
        for id_ in sorted(without):
            self._records.add(gone(id_))
        return done

    def hold(self, entry: Entry) -> None:
        """Put an article, and have it found before it is committed.

        One alone: a commit takes long beside all else that is done for an article that arrives.
        """
        self.put([entry])
        self._lookup.follow(self._records.end)
        self._is_owed = True
        self.abouts.follow()

    @property
    def is_owed(self) -> bool:
        """Whether a commit is owed for what is held."""
        return self._is_owed

    @property
    def state(self) -> tuple[int, int]:
        """Up to where processes beside are to read what was committed."""
        return self._lookup.state

    def seals(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Return the seals of articles, of those that it holds."""
        known = self._lookup.find(article_ids)
        return dict(zip(known["article"].tolist(), known["seal"].tolist(), strict=True))

    def printed(self, article_ids: Iterable[int]) -> dict[int, tuple[tuple[int, ...], int]]:
        """Return the prints of articles that it holds, and the number of their text."""
        looked = self._records.looked(self._lookup.find(article_ids)["place"])
        heads, prints = looked.heads, looked.prints.tolist()
        found, end = {}, 0
        for id_, corpus, text, size in zip(
            heads["article"].tolist(), heads["corpus"].tolist(), heads["text"].tolist(),
            looked.print_sizes.tolist(), strict=True,
        ):  # fmt: skip
            start, end = end, end + size
            found[id_] = (tuple(prints[start:end]), _text(corpus, text))
        return found

    def commit(self) -> None:
        """Keep what was put whatever happens, and read it from now on."""
        self._records.commit()
        was = self._lookup.state
        self._lookup.follow(self._records.end)
        self._lookup.merge()
        self._is_owed = False
        if self._lookup.state != was:
            self.abouts.follow()

    def drop(self) -> None:
        """End at once; what was not committed is lost."""
        self._records.close()

    def articles(self) -> int:
        """Return how many articles it holds."""
        return len(self._lookup)

    def verify(self) -> None:
        """Read all that is on disk. Raises BrokenIndexError."""
        self._lookup.verify()

    @property
    def is_wasteful(self) -> bool:
        """Whether most of the records on disk were replaced: then all is made anew."""
        size = self._records.size
        return size >= _SPARE and size > _MOST_WASTE * self._lookup.bytes_in_use

    def alike(
        self,
        corpus_id: int,
        prints: Sequence[int],
        *,
        least: int,
        limit: int,
        but: int | None = None,
        few: bool = False,
    ) -> list[Hit]:
        """Return who shares at least so many of ``prints``, the most first.

        Of those that share as many, the lowest ids. ``but`` is a text whose copies are left out;
        ``few`` asks for those alone that have few.
        """
        known, shared = self._sharing(corpus_id, prints)
        wanted = shared >= least
        if but is not None:
            wanted &= known["text"] != _text(corpus_id, but)
        if few:
            wanted &= known["few"] != 0
        ids, shared = known["article"][wanted], shared[wanted]
        order = np.lexsort((ids, -shared))[:limit]
        return list(map(Hit, ids[order].tolist(), shared[order].tolist()))

    def _sharing(self, corpus_id: int, prints: Sequence[int]) -> Shared:
        """Return who shares any of some prints; the same are asked for twice in a row."""
        asked = (self._lookup.state, corpus_id, tuple(prints))
        if self._asked is None or self._asked[0] != asked:
            self._asked = (asked, self._lookup.sharing(corpus_id, prints))
        return self._asked[1]

    def copies(self, corpus_id: int, text: int, *, limit: int) -> list[int]:
        """Return who has the very same words, at most ``limit``: the same in whatever order."""
        return _by_key(self._lookup.copies(_text(corpus_id, text)), limit)

    def frequencies(
        self, corpus_id: int, prints: Iterable[int], *, least: int = 0
    ) -> dict[int, int]:
        """Return how many articles have each print, of those that no fewer than ``least`` have."""
        asked = list(prints)
        counts = self._lookup.prints(corpus_id, asked)
        often = np.flatnonzero(counts >= least)
        return {
            asked[at]: count
            for at, count in zip(often.tolist(), counts[often].tolist(), strict=True)
        }

    def holders(
        self, corpus_id: int, prints: Sequence[int], *, limit: int
    ) -> dict[int, tuple[int, ...]]:
        """Return who has each print: of many the same ``limit``, in whatever order they came."""
        found: dict[int, tuple[int, ...]] = {}
        for some in _parts(prints, self._lookup.prints(corpus_id, prints)):
            known, which = self._lookup.holders(corpus_id, some)
            order = np.lexsort((known["article"], known["key"], which))
            ids = known["article"][order].tolist()
            sizes = np.bincount(which, minlength=len(some))
            ends = np.cumsum(sizes)
            starts, lasts = ends - sizes, ends - np.maximum(sizes - limit, 0)
            for print_, start, last in zip(some, starts.tolist(), lasts.tolist(), strict=True):
                found[print_] = tuple(ids[start:last])
        return found


def _parts(prints: Sequence[int], counts: Places) -> Iterator[Sequence[int]]:
    """Yield prints some at a time, so that not too many articles have them."""
    part = np.cumsum(counts) // _HOLDERS
    bounds = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(prints)]
    for first, last in pairwise(bounds):
        yield prints[first:last]


def _by_key(known: Known, limit: int) -> list[int]:
    """Return the articles with the least keys."""
    order = np.lexsort((known["article"], known["key"]))[:limit]
    found: list[int] = known["article"][order].tolist()
    return found


def _record_of(entry: Entry) -> bytes:
    """Return an article as it is kept."""
    given = entry.about
    head = Head(
        article=entry.article_id,
        corpus=entry.corpus_id,
        source=given.source_id or 0 if given else 0,
        text=_text(entry.corpus_id, entry.text),
        key=entry.key,
        seal=entry.seal,
        day=given.day.toordinal() if given and given.day else 0,
        language=about.language_number(given.language) if given else 0,
        manner=about.manner_number(given.manner) if given else 0,
    )
    return packed(head, given.matter if given else _NOTHING, entry.prints)
