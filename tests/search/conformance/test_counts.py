"""Facets, times and orders: exact, and of the very articles that can be listed."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.engine.answers import Sort
from articles.search.index.documents import Document
from tests.search.conformance.engines import Engine, listed
from tests.search.conformance.shelf import article, day

SHOWN = st.integers(1, 40)
# So many authors, the most frequent of whom have most articles: more than segments name at once.
AUTHORS = 1_500


def test_facets_are_counted_as_the_answer_is(shelf: Engine) -> None:
    found = shelf.facets("bridge", ["source", "section", "lang", "corpus", "place"], 1)

    assert found["source"].values == [("10", 2)]
    assert found["source"].others == 1
    assert (found["section"].values, found["section"].others) == ([("Sport", 1)], 1)
    assert found["lang"].values == [("en", 4)]
    assert (found["corpus"].values, found["corpus"].others) == ([("1", 3)], 1)
    assert (found["place"].values, found["place"].others) == ([], 0)


def test_time_is_charted_at_each_zoom_by_what_is_known(shelf: Engine) -> None:
    march = 2019 * 12 + 2

    assert shelf.times("bridge OR kinder", "year") == {2018: 1, 2019: 3}
    assert shelf.times("bridge OR kinder", "month") == {march: 3}
    assert shelf.times("bridge OR kinder", "day") == {day(1).toordinal(): 1, day(2).toordinal(): 1}


def test_orders_are_by_date_length_and_arrival(shelf: Engine) -> None:
    assert listed(shelf, "bridge", sort=Sort.NEWEST) == [2, 1, 5, 4]
    assert listed(shelf, "bridge", sort=Sort.OLDEST) == [4, 5, 1, 2]
    assert listed(shelf, "bridge", sort=Sort.LONGEST) == [1, 2, 5, 4]
    assert listed(shelf, "bridge", sort=Sort.SHORTEST) == [4, 5, 2, 1]
    assert listed(shelf, "bridge", sort=Sort.ADDED) == [5, 4, 2, 1]


def test_a_word_in_the_headline_weighs_more(shelf: Engine) -> None:
    assert shelf.best("crowds") == [2, 1]
    assert shelf.best("bridge")[0] == 5


def test_an_answer_keeps_to_some_corpora_in_all_it_says(shelf: Engine) -> None:
    assert listed(shelf, "bridge", corpora=[2]) == [5]
    assert listed(shelf, "-crowds", corpora=[2]) == [5]
    assert listed(shelf, "bridge OR *", corpora=[2]) == [5]
    assert listed(shelf, "bridge", corpora=[1, 2], sort=Sort.NEWEST) == [2, 1, 5, 4]
    assert shelf.best("bridge", corpora=[2]) == [5]
    assert shelf.facets("bridge", ["corpus"], 9, corpora=[2])["corpus"].values == [("2", 1)]


def author(number: int) -> str:
    """Return who wrote an article: a few wrote most, and many one each."""
    return str(number * number * 7 % 90_001 % (number % AUTHORS + 1) + 1)


def written() -> Sequence[Document]:
    """Return articles by many authors, on many days."""
    first = date(2019, 1, 1)
    return [
        article(
            number,
            f"{'odd' if number % 2 else 'even'} {'third' if number % 3 == 0 else 'other'}",
            published=first + timedelta(days=number % 50),
            names={"author": tuple(dict.fromkeys((author(number), author(number + 7))))},
        )
        for number in range(1, 4_001)
    ]


@pytest.fixture(scope="module")
def many(made: Callable[..., Engine]) -> Engine:
    """Return an engine that was given its articles in parts, so that it holds them in parts."""
    engine = made()
    documents = written()
    for start in range(0, len(documents), 1_000):
        engine.write(documents[start : start + 1_000])
    # Some were written again, and so are gone from their first place.
    engine.write(documents[500:700])
    return engine


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(["", "odd", "third", "odd third", "-third"]), SHOWN)
def test_the_most_frequent_of_many_values_are_counted_exactly(
    many: Engine, query: str, shown: int
) -> None:
    ids = set(listed(many, query, limit=1_000))
    counts = Counter(
        name for document in written() if document.id in ids for name in document.names["author"]
    )
    expected = sorted(counts.items(), key=lambda row: (-row[1], row[0]))

    found = many.facets(query, ["author", "lang"], shown)

    assert list(found["author"].values) == expected[:shown]
    assert found["author"].others == sum(counts.values()) - sum(n for _, n in expected[:shown])
    assert found["lang"].values == [("en", len(ids))]


def test_bars_add_up_to_the_answer(many: Engine) -> None:
    for query in ("", "odd", "third -odd"):
        assert sum(many.times(query, "day").values()) == many.count(query)


def test_articles_without_a_value_and_with_several_are_counted_exactly_among_many_values(
    made: Callable[..., Engine],
) -> None:
    def agencies(number: int) -> tuple[str, ...]:
        return tuple(f"Agency {n}" for n in range(number % 5))

    documents = [
        article(
            number,
            "word",
            published=None if number % 100 == 0 else date(2019, 1, 1),
            names={
                # A section each, so that no part of the index names all: four have none.
                **({} if number % 250 == 0 else {"section": (f"Section {number}",)}),
                "agency": agencies(number),
            },
        )
        for number in range(1, 1_001)
    ]
    engine = made()
    for start in (0, 500):
        engine.write(documents[start : start + 500])
    counts = Counter(name for each in documents for name in each.names["agency"])

    found = engine.facets("word", ["section", "agency", "flag"], 2)

    assert found["section"].none == 4
    assert found["section"].others == 994
    assert list(found["agency"].values) == counts.most_common(2)
    assert found["agency"].none == 200
    assert found["agency"].others == sum(counts.values()) - sum(n for _, n in counts.most_common(2))
    assert (found["flag"].values, found["flag"].none) == ([], 1_000)
    assert engine.times("word", "year") == {2019: 990}
