"""Known names: whoever is known in a corpus, by all of their names, wherever they stand.

A name that several entities have is offered for the one that was tagged most. What is found is kept
in memory while the names of the corpus stay the same, which is asked in a few milliseconds.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from articles.annotate.recognisers import Found, StoredBlock
from articles.annotate.spreading.words_of_names import WordsOfNames
from articles.models import Corpus

NAME = "known names"
# One letter names nobody.
_LEAST_LETTERS = 2
# Corpora whose names are kept in memory: some tens of megabytes each, at 100,000 names.
_KEPT = 4

# The last change of any name or merge tells that it may have been one of this corpus; names that
# are added or removed are counted in the corpus alone.
_STATE = """
    SELECT
        (SELECT count(*) FROM articles_entityname WHERE corpus_id = %(corpus)s),
        (SELECT coalesce(max(id), 0) FROM articles_entityname WHERE corpus_id = %(corpus)s),
        (SELECT coalesce(max(pgh_id), 0) FROM articles_entitynameevent WHERE corpus_id = %(corpus)s
            AND pgh_label = 'after'),
        (SELECT coalesce(max(pgh_id), 0) FROM articles_entityevent WHERE corpus_id = %(corpus)s
            AND pgh_label = 'after')
"""
# Names made in somebody's blind work are nobody else's.
_NAMES = """
    SELECT stands.id, stands.kind, stands.name, names.name,
        (SELECT count(*) FROM (
            SELECT FROM articles_mention WHERE entity_id = stands.id LIMIT 1000) AS counted)
    FROM articles_entityname AS names
    JOIN articles_entity AS own ON own.id = names.entity_id
    JOIN articles_entity AS stands ON stands.id = coalesce(own.merged_into_id, own.id)
    LEFT JOIN articles_task AS task ON task.id = coalesce(names.task_id, stands.task_id)
    WHERE names.corpus_id = %(corpus)s AND coalesce(NOT task.blind, true)
    ORDER BY 5 DESC, stands.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A name and whom it names."""

    entity: int
    kind: str
    stands: str
    name: str


class KnownNames:
    """Finds the names it was given."""

    name = NAME

    def __init__(self, names: Sequence[Known]) -> None:
        self._known = [each for each in names if len(each.name.strip()) >= _LEAST_LETTERS]
        self._words = WordsOfNames([each.name for each in self._known])

    def find(
        self, text: str, blocks: Sequence[StoredBlock], language: str | None
    ) -> Iterator[Found]:
        """Yield the known names of a text, the longest where several begin alike."""
        for hit in self._words.find(text, blocks, language):
            known = self._known[hit.name]
            yield Found(hit.start, hit.end, known.kind, known.entity, known.stands, hit.sure)


_lock = threading.Lock()
_kept: "OrderedDict[int, tuple[tuple[int, ...], KnownNames]]" = OrderedDict()


def of_corpus(corpus: Corpus) -> KnownNames:
    """Return what finds the names of a corpus as they are now."""
    state = _state(corpus)
    with _lock:
        kept = _kept.get(corpus.pk)
        if kept is not None and kept[0] == state:
            _kept.move_to_end(corpus.pk)
            return kept[1]
    made = KnownNames(_names(corpus))
    with _lock:
        _kept[corpus.pk] = (state, made)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return made


def _state(corpus: Corpus) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"corpus": corpus.pk})
        row: tuple[int, ...] = cursor.fetchone()
    return row


def _names(corpus: Corpus) -> list[Known]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {"corpus": corpus.pk})
        return [Known(*row[:4]) for row in cursor.fetchall()]
