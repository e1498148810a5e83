"""What was joined to which article, and to what was joined to that."""

from collections.abc import Iterable, Sequence

from django.db import connection

from articles.models import Article, TextCorrection
from articles.models.lookups import any_id

# All that was joined to articles, and to what was joined to them; with the number of each one's
# newest version at that time.
_PARTS = """
WITH RECURSIVE part (whole_id, article_id, after) AS (
    SELECT said.joined_into_id, said.article_id, said.after
    FROM articles_textcorrection AS said WHERE said.joined_into_id = ANY(%s)
    UNION
    SELECT part.whole_id, said.article_id, said.after
    FROM part JOIN articles_textcorrection AS said ON said.joined_into_id = part.article_id
)
"""
_JOINED_AND_CHANGED = """
SELECT part.whole_id, max(version.id)
FROM part JOIN articles_version AS version ON version.article_id = part.article_id
WHERE version.origin = 'published' AND version.number > part.after GROUP BY part.whole_id
"""
_NEWEST_SEEN = """
SELECT mine.whole_id, max(version.id)
FROM (
    SELECT part.whole_id, part.article_id FROM part
    UNION ALL SELECT id, id FROM unnest(%s::bigint[]) AS id
) AS mine JOIN articles_version AS version ON version.article_id = mine.article_id
GROUP BY mine.whole_id
"""


def joined_into(ids: set[int]) -> set[int]:
    """Return the articles to which some were joined, or are now."""
    joined = Article.objects.filter(any_id("id", ids), joined_into__isnull=False)
    said = TextCorrection.objects.filter(any_id("article_id", ids), joined_into__isnull=False)
    found = set(joined.order_by().values_list("joined_into_id", flat=True))
    return found.union(said.values_list("joined_into_id", flat=True))


def joined_and_changed(ids: Sequence[int]) -> dict[int, int]:
    """Return the articles to which others were joined that their outlet changed since.

    Each with the id of the newest such change.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PARTS + _JOINED_AND_CHANGED, [list(ids)])
        return dict(cursor.fetchall())


def newest_seen(article_ids: Iterable[int]) -> dict[int, int]:
    """Return the newest version that there is of articles and of all that was joined to each.

    By their ids, which grow: numbers of different articles can't be compared.
    """
    ids = list(article_ids)
    with connection.cursor() as cursor:
        cursor.execute(_PARTS + _NEWEST_SEEN, [ids, ids])
        return dict(cursor.fetchall())
