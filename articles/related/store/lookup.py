"""Who has which words and prints: looked up in segments, which follow the log of records.

Most articles are in one segment in a folder, those that came later in some in memory. An article
that was put again, or is gone, is a row that does not stand any more, until all is merged.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import batched
from pathlib import Path
from typing import Any

import numpy as np

from articles.related.events.numbers import Numbers, Places
from articles.related.matching.prints import LAST_BITS
from articles.related.store import segments
from articles.related.store.less import Less
from articles.related.store.nearest import Asked, counted, weighed
from articles.related.store.records import GONE, UNIT, Records, stretches
from articles.related.store.segments import Flags, Known, Segment, mixed
from articles.search.engine.faults import BrokenIndexError, told_apart

# The folder of a build in which all were merged that the log had up to a place.
_FOLDER = "segment-"
# Records that are taken in at once. Of so long a stretch of the log, in units, so many are a part
# that is put on disk until all are merged: in memory an article takes 2 kB.
_AT_ONCE = 10_000
_LONG, _PART = 50_000_000, 50_000
_PARTS = "part-"
# A segment is merged with the one before it that is not so many times as large.
_TIMES_LARGER = 4
# So many articles, and such a share, may be in memory, or stand no more: else all are merged.
_MOST, _MOST_SHARE = 5_000, 0.1


class Lookup:
    """The articles of a build, as its log has them up to some place.

    Raises the errors of :mod:`articles.search.engine.faults`.
    """

    def __init__(self, build: Path, records: Records, *, end: int, writes: bool = False) -> None:
        """Know the articles up to a place; ``writes`` says that this is who writes the log."""
        self._build, self._records, self._writes = build, records, writes
        self._segments: list[Segment] = []
        # Which rows of each segment stand.
        self._stand: list[Flags] = []
        # In units, the records of all that stand.
        self._in_use = 0
        # The articles of each corpus.
        self._sizes: Counter[int] = Counter()
        # How often numbers are in segments on behalf of rows that do not stand.
        self._less_words, self._less_prints = Less(), Less()
        self._end, self._merged_to = 0, -1
        self.follow(end)
        if writes:
            self._tidy()

    @property
    def state(self) -> tuple[int, int]:
        """Up to where in the log articles were merged, and up to where they are known."""
        return max(self._merged_to, 0), self._end

    @property
    def bytes_in_use(self) -> int:
        """How many bytes the records of all articles take."""
        return UNIT * self._in_use

    def __len__(self) -> int:
        return sum(self._sizes.values())

    def follow(self, end: int) -> None:
        """Know the records up to a place, or further; what they replace stands no more."""
        self._open()
        if not self._writes:
            # Who writes the log may have merged what came since.
            end = max(end, self._end)
        if self._end > end:
            raise BrokenIndexError("A segment tells of more than the log has.")
        places = self._records.walk(self._end, end)
        if self._writes and end - self._end > _LONG:
            for number, some in enumerate(batched(places, _PART, strict=False)):
                self._take(np.array(some, np.int64), self._build / f"{_PARTS}{number}")
            self._end = end
            self.merge(always=True)
            return
        for some in batched(places, _AT_ONCE, strict=False):
            self._take(np.array(some, np.int64))
        self._end = end

    def merge(self, *, always: bool = False) -> bool:
        """Merge all into one segment on disk, if much is in memory; for who writes the log.

        Returns whether that was done.
        """
        rows = sum(map(len, self._segments))
        merged = len(self._segments[0]) if self._merged_to > 0 else 0
        spare = max(rows - merged, rows - len(self))
        if not rows or not (always or spare > max(_MOST, _MOST_SHARE * merged)):
            return False
        folder = self._build / f"{_FOLDER}{self._end}"
        if not folder.exists():
            segments.save(self._segments, self._stand, folder)
        self._open()
        self._tidy()
        return True

    def verify(self) -> None:
        """Read all that is on disk. Raises BrokenIndexError."""
        for folder in self._folders()[:1]:
            segments.verify(folder)
        for some, stand in self._both():
            articles, places = (some.known[name][stand] for name in ("article", "place"))
            for first in range(0, len(places), _AT_ONCE):
                rows = slice(first, first + _AT_ONCE)
                faults = self._records.faults(places[rows])
                if faults or not (self._records.articles(places[rows]) == articles[rows]).all():
                    raise BrokenIndexError("Records of articles are damaged.")

    def find(self, article_ids: Iterable[int]) -> Known:
        """Return what is known of some articles, of those that there are."""
        ids = np.fromiter(article_ids, np.int64)
        found = []
        for one, stand in self._both():
            rows = one.find(ids)
            rows = rows[rows >= 0]
            found.append(one.known[rows[stand[rows]]])
        return _joined(found)

    def articles_of(self, corpus_id: int) -> int:
        """Return how many articles a corpus has."""
        return self._sizes[corpus_id]

    def words(self, numbers: Numbers) -> Any:
        """Return how many articles have each of some words and names."""
        return self._counted("words", numbers, self._less_words)

    def prints(self, corpus_id: int, prints: Sequence[int]) -> Places:
        """Return how many articles of a corpus have each of some prints."""
        found: Places = self._counted("prints", _marks(corpus_id, prints), self._less_prints)
        return found

    def holders(self, corpus_id: int, prints: Sequence[int]) -> tuple[Known, Places]:
        """Return the articles that have any of some prints, once for each, and for which."""
        marks = _marks(corpus_id, prints)
        found, which = [], [np.zeros(0, np.int64)]
        for one, stand in self._both():
            begins, sizes = one.prints.spans(marks)
            rows = one.prints.rows[stretches(begins, sizes)]
            # Another corpus's have the same number now and then.
            here = stand[rows] & (one.known["corpus"][rows] == corpus_id)
            found.append(one.known[rows[here]])
            which.append(np.arange(len(marks)).repeat(sizes)[here])
        return _joined(found), np.concatenate(which)

    def copies(self, text: int) -> Known:
        """Return the articles that have the very same text."""
        found = []
        for one, stand in self._both():
            rows = one.texts.having(np.array([text & int(LAST_BITS)], np.uint32))
            found.append(one.known[rows[stand[rows]]])
        known = _joined(found)
        same: Known = known[known["text"] == text]
        return same

    def sharing(self, corpus_id: int, prints: Sequence[int]) -> tuple[Known, Places]:
        """Return the articles that have any of some prints, and how many."""
        marks = _marks(corpus_id, prints)
        found, shared = [], [np.zeros(0, np.int64)]
        for one, stand in self._both():
            rows, counts = counted(one.prints.having(marks), len(one))
            here = stand[rows] & (one.known["corpus"][rows] == corpus_id)
            found.append(one.known[rows[here]])
            shared.append(counts[here])
        return _joined(found), np.concatenate(shared)

    def near(self, asked: Asked, *, least: float, least_words: int, limit: int) -> Known:
        """Return who has the most of what is asked, by weight; of equals those of the lowest ids.

        No less than ``least``, and so many words and names.
        """
        found, sums = [], [np.zeros(0)]
        for some, stand in self._both():
            rows, weights = weighed(some, asked, least, least_words)
            rows, weights = rows[stand[rows]], weights[stand[rows]]
            if len(rows) > limit:
                heaviest = np.partition(weights, -limit)[-limit]
                rows, weights = rows[weights >= heaviest], weights[weights >= heaviest]
            found.append(some.known[rows])
            sums.append(weights)
        known = _joined(found)
        order = np.lexsort((known["article"], -np.concatenate(sums)))[:limit]
        nearest: Known = known[order]
        return nearest

    def _both(self) -> "zip[tuple[Segment, Flags]]":
        return zip(self._segments, self._stand, strict=True)

    def _counted(self, field: str, numbers: Numbers, less: Less) -> Any:
        counts = np.zeros(len(numbers), np.int64)
        for one in self._segments:
            counts += getattr(one, field).spans(numbers)[1]
        return counts - less.of(numbers)

    def _folders(self) -> list[Path]:
        """Return the folders of segments, the latest first."""
        ends = [one.name.removeprefix(_FOLDER) for one in self._build.glob(f"{_FOLDER}*")]
        known = sorted((int(end) for end in ends if end.isdecimal()), reverse=True)
        return [self._build / f"{_FOLDER}{end}" for end in known]

    def _open(self) -> None:
        """Begin with what is on disk, if that is another segment by now.

        One that is broken is made anew from the log by who writes it.
        """
        folders = self._folders()
        end = int(folders[0].name.removeprefix(_FOLDER)) if folders else 0
        if end == self._merged_to:
            return
        self._segments, self._stand = [], []
        self._in_use = 0
        self._sizes.clear()
        self._less_words, self._less_prints = Less(), Less()
        if folders:
            try:
                self._add(segments.opened(folders[0]))
            except BrokenIndexError:
                if not self._writes:
                    raise
                with told_apart():
                    shutil.rmtree(folders[0])
                self._open()
                return
        self._merged_to = self._end = end

    def _tidy(self) -> None:
        """Remove what is left of segments that are merged, or were not written to their end."""
        kept = self._folders()[:1]
        for other in (*self._build.glob(f"{_FOLDER}*"), *self._build.glob(f"{_PARTS}*")):
            if other not in kept:
                shutil.rmtree(other, ignore_errors=True)

    def _add(self, segment: Segment) -> None:
        self._segments.append(segment)
        self._stand.append(np.ones(len(segment), np.bool_))
        self._in_use += int(segment.known["size"].sum())
        corpora, counts = np.unique(segment.known["corpus"], return_counts=True)
        self._sizes.update(dict(zip(corpora.tolist(), counts.tolist(), strict=True)))

    def _take(self, places: Places, folder: Path | None = None) -> None:
        """Take in records: of each article the last one stands. In a ``folder``, or in memory."""
        looked = self._records.looked(places)
        ids = looked.heads["article"]
        _, last = np.unique(ids[::-1], return_index=True)
        keep = np.sort(len(ids) - 1 - last)
        self._replace(ids[keep].astype(np.int64))
        keep = keep[looked.heads["form"][keep] != GONE]
        if not len(keep):
            return
        if len(keep) < len(places):
            places = places[keep]
            looked = self._records.looked(places)
        made = segments.segment(places, looked)
        if folder is not None:
            segments.save([made], [np.ones(len(made), np.bool_)], folder)
            self._add(segments.opened(folder))
            return
        self._add(made)
        self._merge_small()

    def _replace(self, article_ids: Places) -> None:
        """Let what was known of articles stand no more."""
        for one, stand in self._both():
            rows = one.find(article_ids)
            rows = rows[rows >= 0]
            rows = rows[stand[rows]]
            if len(rows):
                stand[rows] = False
                self._in_use -= int(one.known["size"][rows].sum())
                self._sizes.subtract(one.known["corpus"][rows].tolist())
                self._count_out(one.known["place"][rows], 1)

    def _count_out(self, places: Places, times: int) -> None:
        """Leave out so many times more what stands in some records where numbers are counted."""
        looked = self._records.looked(places)
        prints = looked.prints ^ mixed(looked.heads["corpus"]).repeat(looked.print_sizes)
        self._less_words.add(looked.words, times)
        self._less_prints.add(prints, times)

    def _merge_small(self) -> None:
        """Merge the last segments, all in memory, as long as they are about as large."""
        first = 1 if self._merged_to > 0 else 0
        while len(self._segments) - first > 1:
            two, stand = self._segments[-2:], self._stand[-2:]
            if len(two[0]) > _TIMES_LARGER * len(two[1]):
                return
            for one, rows in zip(two, stand, strict=True):
                if not rows.all():
                    self._count_out(one.known["place"][~rows], -1)
            made = segments.merge(two, stand)
            del self._segments[-2:], self._stand[-2:]
            self._segments.append(made)
            self._stand.append(np.ones(len(made), np.bool_))


def _marks(corpus_id: int, prints: Sequence[int]) -> Numbers:
    """Return prints as they are looked up."""
    marks: Numbers = np.array(prints, np.uint32) ^ mixed(np.array([corpus_id]))
    return marks


def _joined(found: Sequence[Known]) -> Known:
    """Return rows of segments as one; numpy takes long to see that rows are of one kind."""
    known = np.empty(sum(map(len, found)), segments.ROW)
    end = 0
    for some in found:
        start, end = end, end + len(some)
        known[start:end] = some
    return known
