"""Links one after another, the surest first: the next to look at, and those above a score."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from articles.models import Link, LinkKind, LinkStatus
from articles.models.keyset import CursorError
from articles.models.links import LinkQuerySet

# As the index has them. What people made has no score, and comes first.
ORDER = (F("score").desc(nulls_first=True), F("pk").asc())
_BACK = (F("score").asc(nulls_last=True), F("pk").desc())
# More than these are not counted.
COUNTED = 10_000
_PLACE = re.compile(r"(-|[0-9](?:\.[0-9]{1,20})?(?:e-[0-9]{1,3})?)_([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Left:
    """How many there are; ``more`` says that there are further ones."""

    count: int
    more: bool


def place_of(link: Link) -> str:
    """Return a link's place in the order, as an address holds it."""
    score = "-" if link.score is None else repr(float(link.score))
    return f"{score}_{link.pk}"


def following(rows: LinkQuerySet, place: str | None = None) -> Link | None:
    """Return the first of ``rows`` behind a place, or of all. Raises CursorError."""
    found = rows if not place else rows.filter(_beyond(place))
    return _first(found.order_by(*ORDER))


def previous(rows: LinkQuerySet, place: str) -> Link | None:
    """Return the last of ``rows`` before a place. Raises CursorError."""
    return _first(rows.filter(_short_of(place)).order_by(*_BACK))


def before(rows: LinkQuerySet, place: str) -> Left:
    """Count those of ``rows`` before a place. Raises CursorError."""
    return left(rows.filter(_short_of(place)))


def left(rows: LinkQuerySet) -> Left:
    """Count ``rows``, up to a bound."""
    count = rows.order_by()[: COUNTED + 1].count()
    return Left(min(count, COUNTED), count > COUNTED)


def above(rows: LinkQuerySet, score: float) -> LinkQuerySet:
    """Return those of ``rows`` that are open, and as sure as a score or surer; least sure first."""
    found = rows.filter(status=LinkStatus.SUGGESTED, score__gte=score)
    return found.order_by(*_BACK)


def by_kind(rows: LinkQuerySet) -> Mapping[LinkKind, int]:
    """Return how many of ``rows`` are of each kind, in the order of kinds."""
    counted = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: counted[kind] for kind in LinkKind if kind in counted}


def _first(rows: Any) -> Link | None:
    wanted = ("first__source", "second__source", "corpus")
    found: Link | None = rows.select_related(*wanted).first()
    return found


def _beyond(place: str) -> Q:
    score, pk = _read(place)
    if score is None:
        return Q(score=None, pk__gt=pk) | Q(score__isnull=False)
    return Q(score__lt=score) | Q(score=score, pk__gt=pk)


def _short_of(place: str) -> Q:
    score, pk = _read(place)
    if score is None:
        return Q(score=None, pk__lt=pk)
    return Q(score=None) | Q(score__gt=score) | Q(score=score, pk__lt=pk)


def _read(place: str) -> tuple[float | None, int]:
    found = _PLACE.fullmatch(place[:60])
    if found is None:
        raise CursorError("This is no place in the list of links. Start at its beginning.")
    return (None if found[1] == "-" else float(found[1])), int(found[2])
