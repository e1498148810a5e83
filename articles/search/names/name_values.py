"""What every kind of name has in common: folded, by number, and as the index holds its values."""

from collections.abc import Iterable

from django.db.models import Q

from articles.models.folding import fold

# More values than this of a name with a * are as good as all.
MANY = 5_000


def texts(ids: Iterable[int]) -> list[str]:
    """Return ids as the index has them."""
    return [str(pk) for pk in ids]


def by_folded(value: str) -> Q:
    """Match rows with a folded name, or those that begin so with a * after it."""
    if value.endswith("*"):
        return Q(folded__startswith=fold(value.rstrip("*")))
    return Q(folded=fold(value))


def by_name(value: str) -> Q:
    """Match rows of a name in any case."""
    if value.endswith("*"):
        return Q(name__istartswith=value.rstrip("*"))
    return Q(name__iexact=value)


def by_number(value: str) -> Q:
    """Match a number, as scripts give it."""
    known = value.isascii() and value.isdigit() and len(value) < 19
    return Q(pk=int(value)) if known else Q(pk__in=())
