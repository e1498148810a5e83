"""The work list: flagged articles, taken one by one in the order of lists.

Its order is a keyset, so that the next article follows from the place of the last one, whatever
others have put right meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from articles.models import Article, CorrectedField
from articles.models.articles import ArticleQuerySet
from articles.models.keyset import Cursor, page
from articles.parsed import Flag

ORDER = ("-sort_at", "-pk")
# Beyond this, what is left is not counted to the last.
COUNTED = 10_000
# Flagged articles of which flags are counted one by one.
COUNTED_BY_FLAG = 200_000
# The fields by which a flag is put right; where there are none, it is the text that needs a look.
FIELDS: Mapping[Flag, tuple[CorrectedField, ...]] = {
    Flag.UNDATED: (CorrectedField.PUBLISHED,),
    Flag.IMPLAUSIBLE_DATE: (CorrectedField.PUBLISHED,),
    Flag.NO_SOURCE: (CorrectedField.SOURCE,),
}


@dataclass(frozen=True, slots=True)
class Left:
    """How many articles are left; ``more`` says that they are more than were counted."""

    count: int
    more: bool


def place_of(article: Article) -> str:
    """Return an article's place in the list, behind which the next one is looked for."""
    return Cursor((article.sort_at, article.pk), backwards=False).encode()


def next_after(found: ArticleQuerySet, place: str | None) -> Article | None:
    """Return the first of the articles behind a place, the first of all without one.

    Raises CursorError for what is no place.
    """
    rows: list[Article] = page(found, ORDER, limit=1, cursor=place).rows
    return rows[0] if rows else None


def left_from(found: ArticleQuerySet, article: Article | None) -> Left:
    """Count the articles from one on, itself included; all of them without one."""
    if article is not None:
        here = Q(sort_at__lt=article.sort_at) | Q(pk__lte=article.pk)
        found = found.filter(here, sort_at__lte=article.sort_at)
    count = found.order_by()[: COUNTED + 1].count()
    return Left(min(count, COUNTED), count > COUNTED)


def counts(found: ArticleQuerySet) -> dict[Flag, int]:
    """Return how many articles have each flag, in the order of flags; those with none left out."""
    some, params = found.order_by().values_list("flags")[:COUNTED_BY_FLAG].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT flag, count(*) FROM ({some}) AS flagged, unnest(flagged.flags) AS flag"  # noqa: S608 -- Django's own statement, with its parameters apart
            " GROUP BY flag",
            params,
        )
        by_flag = dict(cursor.fetchall())
    return {flag: by_flag[flag.value] for flag in Flag if flag.value in by_flag}
