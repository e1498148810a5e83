"""Which prints of a corpus are boilerplate: looked at anew when articles with them come and go."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from articles.models import Boilerplate, Change, Consumer
from articles.models.links import OF_TEXT
from articles.models.lookups import any_id, id_array
from articles.models.planned import ask
from articles.related.finding.looked_at import LookedAt
from articles.related.matching.boilerplate import (
    LEAST_ARTICLES,
    MOST_LOOKED_AT,
    Holder,
    is_boilerplate,
)
from articles.related.store.prints import Prints

# A print that is known from so many articles is looked at again when they are a quarter more.
_MORE = 1.25
# Whoever holds a print that is boilerplate now, or no more, is related anew; at most so many.
_MOST_HOLDERS = 20_000


_SEEN = "SELECT mark, articles, stops FROM articles_boilerplate WHERE corpus_id = %s::bigint"
_KEEP = """
    INSERT INTO articles_boilerplate (corpus_id, mark, articles, stops)
    SELECT %s::bigint, mark, articles, stops <> 0
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS found (mark, articles, stops)
    ON CONFLICT (corpus_id, mark) DO UPDATE
    SET articles = excluded.articles, stops = excluded.stops
"""
# An alignment is kept as long as its versions are: these are to be found anew.
_UNALIGNED = """
    UPDATE articles_link SET first_version_id = NULL
    WHERE corpus_id = %s AND suggested AND kind = ANY(%s::text[])
        AND first_id = ANY(%s::bigint[]) AND second_id = ANY(%s::bigint[])
    RETURNING first_id, second_id
"""
_KINDS = [kind.value for kind in OF_TEXT]


@dataclass(slots=True)
class Stops:
    """The prints that are boilerplate, by corpus; for the one process that relates."""

    # How often another print became boilerplate, or was it no more.
    changes: int = 0
    _known: dict[int, set[int]] = field(default_factory=dict)
    _seen: dict[int, dict[int, int]] = field(default_factory=dict)
    _looked_at: LookedAt = field(default_factory=LookedAt)

    def of(self, corpus_id: int) -> set[int]:
        """Return the prints of a corpus that are boilerplate."""
        self._read(corpus_id)
        return self._known[corpus_id]

    def seen(self, corpus_id: int) -> dict[int, int]:
        """Return the prints of a corpus that are kept, with how many articles had each then."""
        self._read(corpus_id)
        return self._seen[corpus_id]

    def _read(self, corpus_id: int) -> None:
        if corpus_id not in self._known:
            rows = ask(_SEEN, [corpus_id])
            self._seen[corpus_id] = {mark: articles for mark, articles, _ in rows}
            self._known[corpus_id] = {mark for mark, _, is_stop in rows if is_stop}

    def not_looked_at(self, state: Hashable, corpus_id: int, marks: Sequence[int]) -> list[int]:
        """Return prints of a corpus that were not looked at yet in a state of the store; once."""
        numbers = np.array(marks, np.uint64)
        known = self._looked_at.has(state, corpus_id, numbers).tolist()
        self._looked_at.add(state, corpus_id, numbers)
        return [mark for mark, is_known in zip(marks, known, strict=True) if not is_known]

    def forget(self) -> None:
        """Read them again: what was found was not kept."""
        self._known.clear()
        self._seen.clear()
        self._looked_at.forget()


def review(
    prints: Prints,
    stops: Stops,
    touched: Mapping[int, Iterable[int]],
    now: set[int],
) -> None:
    """Look at prints that articles came with, or went with, by corpus, and keep what is found.

    Articles that it concerns are noted to be related anew, but those that are related ``now``.
    """
    for corpus_id, marks in touched.items():
        found = _found(prints, corpus_id, set(marks), stops)
        known = stops.of(corpus_id)
        fresh = {mark for mark, (is_stop, _) in found.items() if is_stop} - known
        freed = {mark for mark, (is_stop, _) in found.items() if not is_stop} & known
        _keep(corpus_id, found, freed, stops.seen(corpus_id))
        known |= fresh
        known -= freed
        if fresh or freed:
            stops.changes += 1
            _note(prints, corpus_id, fresh, freed, now)


def _found(
    prints: Prints, corpus_id: int, marks: set[int], stops: Stops
) -> dict[int, tuple[bool, int]]:
    """Return of the prints that are due whether they are boilerplate, and in how many articles."""
    known = stops.of(corpus_id)
    counts = prints.frequencies(corpus_id, marks & known)
    counts |= prints.frequencies(corpus_id, marks, least=LEAST_ARTICLES)
    often = stops.not_looked_at(prints.state, corpus_id, sorted(counts))
    seen = stops.seen(corpus_id)
    due = [
        mark for mark in often
        if counts[mark] <= MOST_LOOKED_AT or mark not in seen
        or not seen[mark] / _MORE < counts[mark] < seen[mark] * _MORE
    ]  # fmt: skip
    found = {}
    for holders, together in _by_holders(prints, corpus_id, due):
        verdict = is_boilerplate(holders)
        found.update({mark: (verdict, max(counts[mark], len(holders))) for mark in together})
    return found


def _by_holders(
    prints: Prints, corpus_id: int, due: Sequence[int]
) -> Iterator[tuple[list[Holder], list[int]]]:
    """Yield articles that have prints, with all prints of which they are those looked at."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for mark, holders in prints.holders(corpus_id, due, limit=MOST_LOOKED_AT).items():
        alike.setdefault(holders, []).append(mark)
    known = prints.abouts.holders({id_ for holders in alike for id_ in holders})
    for holders, together in alike.items():
        yield [known[id_] for id_ in holders if id_ in known], together


def _keep(
    corpus_id: int, found: dict[int, tuple[bool, int]], freed: set[int], seen: dict[int, int]
) -> None:
    """Keep what is boilerplate, and what many articles have that is not, as it is ``seen`` then."""
    kept = {
        mark: (is_stop, count)
        for mark, (is_stop, count) in sorted(found.items())
        if is_stop or count > MOST_LOOKED_AT
    }
    if kept:
        counts = id_array(count for _, count in kept.values())
        stops = id_array(is_stop for is_stop, _ in kept.values())
        ask(_KEEP, [corpus_id, id_array(kept), counts, stops])
    seen.update({mark: count for mark, (_, count) in kept.items()})
    gone = freed - kept.keys()
    if gone:
        for mark in gone:
            seen.pop(mark, None)
        Boilerplate.objects.filter(any_id("mark", gone), corpus=corpus_id).delete()


def _note(prints: Prints, corpus_id: int, fresh: set[int], freed: set[int], now: set[int]) -> None:
    """Let articles be related anew whose links rest on what is boilerplate now, or no more."""
    stopped = id_array(_holders(prints, corpus_id, fresh))
    links = ask(_UNALIGNED, [corpus_id, _KINDS, stopped, stopped]) if fresh else ()
    concerned = {id_ for pair in links for id_ in pair}
    again = (concerned | _holders(prints, corpus_id, freed)) - now
    note(again)


def _holders(prints: Prints, corpus_id: int, marks: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for mark in marks:
        if len(found) >= _MOST_HOLDERS:
            break
        found.update(*prints.holders(corpus_id, [mark], limit=_MOST_HOLDERS).values())
    return found


def note(article_ids: Iterable[int]) -> None:
    """Let articles be related anew."""
    ids = sorted(article_ids)
    Change.objects.bulk_create(
        [Change(article_id=id_, consumer=Consumer.RELATED) for id_ in ids], batch_size=5_000
    )


def note_unrelated() -> int:
    """Let all articles be related whose text was not; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_change (article_id, consumer)"
            " SELECT article.id, %s FROM articles_article AS article"
            " LEFT JOIN articles_coverage AS coverage ON coverage.article_id = article.id"
            " WHERE article.standing AND article.version_id IS NOT NULL"
            " AND coverage.version_id IS DISTINCT FROM article.version_id",
            [Consumer.RELATED],
        )
        return int(cursor.rowcount)


_FAILED = """
    FROM articles_coverage AS coverage
    JOIN articles_article AS article ON article.id = coverage.article_id
    WHERE coverage.version_id IS NULL AND article.standing AND article.version_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM articles_change AS change
            WHERE change.consumer = %s AND change.article_id = article.id
        )
"""


def failed() -> int:
    """Return how many articles could not be related wholly, and do not wait to be tried again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_FAILED}", [Consumer.RELATED])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def note_failed() -> int:
    """Let articles be tried again that could not be related wholly; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO articles_change (article_id, consumer) SELECT article.id, %s {_FAILED}",
            [Consumer.RELATED, Consumer.RELATED],
        )
        return int(cursor.rowcount)
