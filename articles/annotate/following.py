"""What is noted where tags may have to follow a text that changed while they were made."""

from collections.abc import Iterable, Mapping

from django.db import connection

from articles.models import Change, Consumer


def note_moved(versions: Mapping[int, int]) -> None:
    """Have the tags of articles carried on if what was tagged is not, or no more, their version.

    ``versions`` are those that were tagged, by article. To be called once the tags are committed:
    an import that commits later finds them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO articles_change (article_id, consumer)
            SELECT article.id, %s FROM articles_article AS article
            JOIN unnest(%s::bigint[], %s::bigint[]) AS tagged (id, version_id)
            ON tagged.id = article.id AND tagged.version_id <> article.version_id
            """,
            [Consumer.ANNOTATE.value, list(versions), list(versions.values())],
        )


def note(articles: Iterable[int]) -> None:
    """Have the tags of articles carried on to their current versions."""
    Change.objects.bulk_create(
        Change(article_id=article, consumer=Consumer.ANNOTATE) for article in articles
    )
