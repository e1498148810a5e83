"""Writing a build: articles from the database into it, and the changes that wait."""

from collections.abc import Callable, Iterable
from itertools import batched
from pathlib import Path

import tantivy
from django.db import connection

from articles.models import Change, Consumer
from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.search.engine import index as engine
from articles.search.engine.faults import BrokenIndexError, told_apart
from articles.search.index.loading import documents

# Articles that are in memory at once.
_LOADED = 250
# Rows that are looked through for articles: an import writes several an article.
_WINDOW = 10_000
_WAITING = "SELECT id, article_id FROM articles_change WHERE consumer = %s ORDER BY id LIMIT %s"
_ACKNOWLEDGED = "DELETE FROM articles_change WHERE id = ANY(%s::bigint[])"


class Writer:
    """The one that writes a build. Raises the errors of :mod:`articles.search.engine.faults`.

    ``heed`` is called between articles: what it raises ends the work.
    """

    def __init__(
        self, build: Path, heed: Callable[[], object], *, rebuilding: bool = False
    ) -> None:
        self.build = build
        self._heed = heed
        self._writer: tantivy.IndexWriter | None = engine.writer(build, many=rebuilding)

    def put(self, article_ids: Iterable[int]) -> None:
        """Put articles as they are now in place of what was known of them."""
        for ids in batched(article_ids, _LOADED, strict=False):
            engine.forget(self._open(), ids)
            self.add(ids)

    def add(self, article_ids: Iterable[int]) -> None:
        """Put articles of which nothing is known yet."""
        for ids in batched(article_ids, _LOADED, strict=False):
            self._heed()
            made, _ = documents(ids)
            engine.add(self._open(), made)

    def commit(self) -> None:
        """Let readers see what was put, and keep it whatever happens."""
        with told_apart():
            self._open().commit()

    def close(self) -> None:
        """End, when what goes on in the background is done."""
        with told_apart():
            self._open().wait_merging_threads()
        self._writer = None

    def drop(self) -> None:
        """End at once; what was not committed is lost."""
        self._writer = None

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise BrokenIndexError(f"{self.build.name} is no longer written.")
        return self._writer


class Waiting:
    """Some of the changes that wait: articles, and the rows that say so."""

    def __init__(
        self, limit: int, consumer: Consumer = Consumer.SEARCH, *, but: Iterable[int] = ()
    ) -> None:
        """Look for at most ``limit`` articles, those that have waited longest.

        Rows that are in hand already are looked past with ``but``.
        """
        in_hand = set(but)
        self.articles: set[int] = set()
        self.rows: list[int] = []
        for row, article in ask(_WAITING, [consumer.value, _WINDOW]):
            if row in in_hand or (article not in self.articles and len(self.articles) >= limit):
                continue
            self.articles.add(article)
            self.rows.append(row)

    def acknowledge(self) -> None:
        """Forget the rows: what they tell is committed. Rows that came later stay."""
        ask(_ACKNOWLEDGED, [id_array(self.rows)])


def acknowledge_all() -> None:
    """Forget every row that there is: all articles are about to be read."""
    Change.objects.filter(consumer=Consumer.SEARCH).delete()


def is_idle(consumer: Consumer = Consumer.SEARCH) -> bool:
    """Whether nothing waits to be taken in; asked often, so cheaply."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM articles_change WHERE consumer = %s)", [consumer]
        )
        row = cursor.fetchone()
    return not (row and row[0])
