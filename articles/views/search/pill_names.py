"""What the numbers of a question's part stand for: a story's name, an article's headline."""

from collections.abc import Sequence

from django.utils.text import Truncator

from articles.models import Article
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.search.names import labels
from articles.search.names.naming import Names

OF_ARTICLES = frozenset({"related", "copy-of"})
NUMBERED = OF_ARTICLES | {"story"}
_SHOWN = 60
# So many figures are surely a number that a row may have.
_DIGITS = 18


def called(user: Visitor, field: str, values: Sequence[str]) -> list[str]:
    """Return what values of a field of ``NUMBERED`` are called, as far as ``user`` may know."""
    numbers = [each for each in values if each.isdecimal() and len(each) <= _DIGITS]
    if not numbers:
        return list(values)
    if field in OF_ARTICLES:
        rows = Article.objects.visible_to(user).filter(any_id("id", [int(n) for n in numbers]))
        named = {str(pk): line or "Untitled" for pk, line in rows.values_list("pk", "headline")}
    else:
        told = labels.stories(Names(user), numbers)
        named = {number: each.label for number, each in told.items()}
    return [Truncator(named.get(each, each)).chars(_SHOWN) for each in values]
