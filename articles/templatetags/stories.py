"""What the pages of stories say in words and numbers."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template

from articles.models import Article
from articles.models.folding import fold

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """Return a share as a percentage: ``82 %``; less than one as such; nothing if not known."""
    if share is None:
        return ""
    return f"{share * 100:.0f} %" if share >= 0.01 or share == 0 else "under 1 %"


@register.filter
def listed(names: Sequence[str], most: int) -> str:
    """Return names as a list cut short: ``The Times, The Sun and 12 more``."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown


@register.filter
def credited_by(agencies: Mapping[int, Sequence[str]], article: Article) -> Sequence[str]:
    """Return the agencies that an article credits, others than its own source."""
    own = fold(article.source.name) if article.source else ""
    return [name for name in agencies.get(article.pk, ()) if fold(name) != own]


@register.filter
def days_to(first: date, last: date) -> str:
    """Return a stretch of days: ``3–9 March 1932``, ``28 February to 3 March 1932``."""
    if first == last:
        return f"{first.day} {first:%B} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B} {last.year}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {last.day} {last:%B} {last.year}"
    return f"{first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}"
