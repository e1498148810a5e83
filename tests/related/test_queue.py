"""Links one after another, the surest first."""

import pytest

from articles.models import Corpus, Link
from articles.models.keyset import CursorError
from articles.related.links import queue
from tests.factories import make_article, make_link


@pytest.fixture
def links(corpus: Corpus) -> list[Link]:
    """Return links in the order of the queue: by hand, then from sure to unsure, then by id."""
    scores = (None, None, 1.0, 0.1 + 0.2, 0.3, 0.3, 5e-05, 0.0)
    return [make_link(make_article(corpus), make_article(corpus), score=score) for score in scores]


def test_each_is_shown_once_from_the_first_to_the_last(links: list[Link]) -> None:
    rows = Link.objects.all()
    found: list[Link] = []
    place = None
    while (link := queue.following(rows, place)) is not None:
        found.append(link)
        place = queue.place_of(link)

    assert found == links


def test_the_one_before_and_how_many_are_before(links: list[Link]) -> None:
    rows = Link.objects.all()

    for number, link in enumerate(links):
        place = queue.place_of(link)
        assert queue.previous(rows, place) == (links[number - 1] if number else None)
        assert queue.before(rows, place) == queue.Left(number, more=False)


def test_those_above_a_score_are_open_and_the_least_sure_comes_first(links: list[Link]) -> None:
    Link.objects.filter(pk=links[2].pk).update(status="accepted")

    assert list(queue.above(Link.objects.all(), 0.3)) == [links[5], links[4], links[3]]


@pytest.mark.parametrize("place", ["x", "0.5", "_1", "nan_1", "0.5_", "1e999_1", "0.5_1\n"])
@pytest.mark.django_db
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(CursorError):
        queue.following(Link.objects.all(), place)
