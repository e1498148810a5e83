"""Articles are shared out evenly, and the same by the same seed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.annotate.tasks.sharing import shared_out


@given(
    items=st.integers(0, 80),
    people=st.lists(st.integers(1, 99), min_size=1, max_size=7, unique=True),
    data=st.data(),
)
def test_everyone_gets_about_as_many_and_nobody_an_article_twice(
    items: int, people: list[int], data: st.DataObject
) -> None:
    each = data.draw(st.integers(1, len(people)))

    given_out = shared_out(items, people, each, "a seed")

    assert len(given_out) == items
    assert all(len(set(some)) == len(some) == each for some in given_out)
    loads = [sum(person in some for some in given_out) for person in people]
    assert max(loads) - min(loads) <= 1


def test_pairs_share_about_as_many_articles() -> None:
    given_out = shared_out(120, [1, 2, 3, 4], 2, "7")

    met = [sum({a, b} <= set(some) for some in given_out) for a, b in combinations((1, 2, 3, 4), 2)]
    assert max(met) - min(met) <= 2


def test_the_same_seed_gives_the_same_and_another_one_another() -> None:
    one = shared_out(50, [1, 2, 3, 4], 2, "7")

    assert shared_out(50, [1, 2, 3, 4], 2, "7") == one
    assert shared_out(50, [1, 2, 3, 4], 2, "8") != one


@pytest.mark.parametrize("each", [0, 3])
def test_an_article_needs_as_many_people_as_there_are(each: int) -> None:
    with pytest.raises(ValueError, match="people"):
        shared_out(5, [1, 2], each, "7")
