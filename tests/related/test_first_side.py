"""Which of a link's two is shown first."""

from datetime import date

import pytest

from articles.models import Corpus
from articles.related.links.first_side import in_order
from tests.factories import make_article, make_link

pytestmark = pytest.mark.django_db
EARLY, LATE = date(1932, 3, 19), date(1932, 3, 20)


@pytest.mark.parametrize("days", [(EARLY, LATE), (LATE, EARLY), (EARLY, EARLY), (None, EARLY)])
@pytest.mark.parametrize("derived", [0, 1])
def test_what_the_other_is_from_is_first_whatever_the_day(
    corpus: Corpus, days: tuple[date | None, date], derived: int
) -> None:
    pair = [make_article(corpus, published=day) for day in days]
    link = make_link(pair[0], pair[1], direction=("first", "second")[derived])

    assert in_order(link) == (pair[1 - derived], pair[derived])


@pytest.mark.parametrize(
    ("days", "first"),
    [((EARLY, LATE), 0), ((LATE, EARLY), 1), ((None, LATE), 1), ((EARLY, None), 0)],
)
def test_where_that_is_open_the_earlier_is_and_one_without_a_date_is_last(
    corpus: Corpus, days: tuple[date | None, date | None], first: int
) -> None:
    pair = [make_article(corpus, published=day) for day in days]

    assert in_order(make_link(pair[0], pair[1])) == (pair[first], pair[1 - first])
