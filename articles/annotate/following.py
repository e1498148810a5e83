"""What is noted where tags may have to follow a text that changed while they were made."""

from articles.models import Article, Change, Consumer


def note_if_moved(article: int, version: int) -> None:
    """Have the tags of an article carried on if ``version`` is not, or no more, its current one.

    To be called once what was tagged is committed: an import that commits later finds it.
    """
    if Article.objects.filter(pk=article).exclude(version=version).exists():
        note([article])


def note(articles: list[int]) -> None:
    """Have the tags of articles carried on to their current versions."""
    Change.objects.bulk_create(
        Change(article_id=article, consumer=Consumer.ANNOTATE) for article in articles
    )
