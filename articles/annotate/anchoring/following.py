"""What is noted where tags may have to follow a text that changed while they were made."""

from collections.abc import Iterable, Mapping

from django.db import connection

from articles.models import Change, Consumer, Mention, Task


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


def note_task(task: Task) -> None:
    """Have what was tagged in a task that is closed carried on."""
    tagged = Mention.objects.filter(task=task).order_by().values_list("article_id", flat=True)
    note(tagged.distinct())


def note_all() -> int:
    """Have carried on whatever has no place in the text of its article; return how many articles.

    For what was missed: a process that was killed between making a tag and noting that the text
    had changed meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO articles_change (article_id, consumer)
            SELECT DISTINCT mention.article_id, %s FROM articles_mention AS mention
            JOIN articles_article AS article ON article.id = mention.article_id
            LEFT JOIN articles_task AS task ON task.id = mention.task_id
            WHERE article.standing AND article.version_id IS NOT NULL
                AND (mention.task_id IS NULL OR mention.layer_of_id IS NULL
                    OR task.closed_at IS NOT NULL)
                AND NOT EXISTS (SELECT FROM articles_anchor AS anchor
                    WHERE anchor.mention_id = mention.id
                        AND anchor.version_id = article.version_id)
            """,
            [Consumer.ANNOTATE.value],
        )
        return int(cursor.rowcount)
