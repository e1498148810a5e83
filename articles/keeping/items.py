"""What is in collections, as rows: put in many at a time, each article once."""

from collections.abc import Sequence
from itertools import batched

from django.db import connection
from django.db.models import QuerySet

from articles.models import Article, Collection, CollectionItem
from articles.models.lookups import any_id

_BATCH = 20_000


def items_of(collection: Collection) -> QuerySet[CollectionItem]:
    """Return what is in a collection and stands; not what was joined to another article."""
    found: QuerySet[CollectionItem] = CollectionItem.objects.filter(
        collection=collection, article__standing=True, article__version__isnull=False
    )
    return found


def put_in(collection: Collection, articles: Sequence[int]) -> tuple[int, int, int]:
    """Put articles in, within an operation.

    Returns how many were added, were there already, and are not of its corpus.
    """
    wanted = list(dict.fromkeys(articles))
    added = inside = 0
    for some in batched(wanted, _BATCH, strict=False):
        ids = list(some)
        of_it = Article.objects.filter(any_id("id", ids), corpus_id=collection.corpus_id)
        inside += of_it.filter(standing=True).count()
        with connection.cursor() as cursor:
            cursor.execute(_PUT_IN, {"collection": collection.pk, "ids": ids})
            added += cursor.rowcount
    return added, inside - added, len(wanted) - inside


# The order in which they were given is that of their rows.
_PUT_IN = """
INSERT INTO articles_collectionitem (collection_id, article_id, note, at)
SELECT collection.id, article.id, '', statement_timestamp()
FROM articles_collection AS collection,
    unnest(%(ids)s::bigint[]) WITH ORDINALITY AS given (id, place)
    JOIN articles_article AS article ON article.id = given.id
WHERE collection.id = %(collection)s AND article.corpus_id = collection.corpus_id
    AND article.standing
ORDER BY given.place
ON CONFLICT (collection_id, article_id) DO NOTHING
"""
_MERGE = """
INSERT INTO articles_collectionitem (collection_id, article_id, note, at)
SELECT %s, article_id, note, statement_timestamp() FROM articles_collectionitem
WHERE collection_id = %s ORDER BY id
ON CONFLICT (collection_id, article_id) DO NOTHING
"""


def copied(source: Collection, into: Collection) -> int:
    """Put what one collection holds into another, within an operation; return how much was new."""
    with connection.cursor() as cursor:
        cursor.execute(_MERGE, [into.pk, source.pk])
        return int(cursor.rowcount)
