"""In which order links are listed, each with what a page of it begins at."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Coalesce

from articles.models import Link
from articles.models.keyset import AnyField, Page, page
from articles.models.links import LinkQuerySet
from articles.parsed import KNOWN_DAYS

# What people made has no score, and comes first, as on the pages.
_MADE = 2.0
# What has a day no one knows comes last.
_NEVER = 10_000_000


class LinkOrder(StrEnum):
    """How links are listed: the newest first, the surest, or those of the nearest days."""

    NEWEST = "newest"
    SCORE = "score"
    DAYS = "days"


_FIELDS: Mapping[str, "AnyField"] = {
    "sure": models.FloatField(),
    "apart": models.IntegerField(),
}


def listed(rows: LinkQuerySet, order: LinkOrder, *, limit: int, cursor: str | None) -> Page[Link]:
    """Return a page of links, steady while links come in. Raises CursorError."""
    match order:
        case LinkOrder.SCORE:
            scored = rows.annotate(sure=Coalesce("score", Value(_MADE)))
            return page(scored, ("-sure", "-pk"), limit=limit, cursor=cursor, fields=_FIELDS)
        case LinkOrder.DAYS:
            return page(dated(rows), ("apart", "pk"), limit=limit, cursor=cursor, fields=_FIELDS)
        case _:
            return page(rows, ("-pk",), limit=limit, cursor=cursor)


def dated(rows: LinkQuerySet) -> LinkQuerySet:
    """Return links with ``apart``: days between the two, very many where one has no day."""
    days = Func(
        F("first__published_date"),
        F("second__published_date"),
        template="abs(%(expressions)s)",
        arg_joiner=" - ",
        output_field=models.IntegerField(),
    )
    known = When(
        first__published_precision__in=KNOWN_DAYS,
        second__published_precision__in=KNOWN_DAYS,
        then=Coalesce(days, Value(_NEVER)),
    )
    found: LinkQuerySet = rows.annotate(apart=Case(known, default=Value(_NEVER)))
    return found
