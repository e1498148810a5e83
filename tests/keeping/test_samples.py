"""Samples: the same seed draws the same articles, and strata get their share."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.keeping import samples
from articles.keeping.collections import CollectionRefusedError
from articles.keeping.samples import By, Share, allotted, lowest
from articles.models import Access, Collection, Corpus, Door
from articles.search.asking import ask
from tests.factories import make_article, make_corpus, make_member, make_source

type Index = Callable[[], int]

sizes = st.dictionaries(st.text(max_size=3), st.integers(1, 1_000), max_size=12)


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who collects."""
    return make_member(corpus)


@given(st.lists(st.integers(1, 10**9), unique=True, max_size=60), st.integers(0, 60), st.text())
def test_a_seed_draws_the_same_in_whatever_order(ids: list[int], count: int, seed: str) -> None:
    assert lowest(ids, seed, count) == lowest(sorted(ids, reverse=True), seed, count)
    assert len(lowest(ids, seed, count)) == min(count, len(ids))
    # Of a larger answer the drawn ones that were drawn before are drawn in the same order.
    kept = [pk for pk in lowest([*ids, 10**9 + 1], seed, count) if pk != 10**9 + 1]
    assert kept == lowest(ids, seed, count)[: len(kept)]


@given(sizes, st.integers(0, 3_000), st.sampled_from(Share))
def test_strata_get_what_is_drawn_and_no_more_than_they_have(
    known: dict[str, int], size: int, share: Share
) -> None:
    take = allotted(known, size, share)

    assert set(take) == set(known)
    assert sum(take.values()) == min(size, sum(known.values()))
    assert all(0 <= take[value] <= of for value, of in known.items())
    if share is Share.EQUAL and take:
        # Whoever has less than another has all that there is of it, or one less by rounding.
        most = max(take.values())
        assert all(take[v] >= min(known[v], most - 1) for v in known)
    if share is Share.PROPORTIONAL and take:
        total = sum(known.values())
        assert all(abs(take[v] - min(size, total) * known[v] / total) < 1 for v in known)


def test_a_sample_is_a_collection_with_its_recipe(
    corpus: Corpus, reader: User, index: Index
) -> None:
    made = {make_article(corpus, headline=f"Camp {n}").pk for n in range(20)}
    make_article(make_corpus(access=Access.OPEN), headline="Camp elsewhere")
    index()
    question = ask("camp  AND -harbour", reader)

    def draw(name: str, seed: str) -> list[int]:
        found = samples.draw(
            question, corpus, name=name, size=5, seed=seed, by_whom=reader, door=Door.PAGE
        )
        items = found.collection.items.order_by("pk")
        return list(items.values_list("article_id", flat=True))

    first, again, other = draw("One", "42"), draw("Two", "42"), draw("Three", "43")

    assert first == again
    assert first != other
    assert len(set(first) & made) == 5
    recipe = Collection.objects.get(name="One").recipe
    assert recipe.pop("at")
    assert recipe == {"query": "camp -harbour", "seed": "42", "size": 5, "of": 20, "drawn": 5}


def test_strata_are_planned_as_they_are_drawn(corpus: Corpus, reader: User, index: Index) -> None:
    big, small = make_source(corpus, "Big"), make_source(corpus, "Small")
    for _ in range(8):
        make_article(corpus, source=big)
    for _ in range(2):
        make_article(corpus, source=small)
    make_article(corpus)
    index()
    question = ask("", reader)

    equal = samples.plan(question, corpus, size=6, by=By.SOURCE, share=Share.EQUAL)
    made = samples.draw(
        question, corpus, name="S", size=6, seed="s", by_whom=reader, door=Door.PAGE,
        by=By.SOURCE, share=Share.EQUAL,
    )  # fmt: skip

    assert [(s.label, s.of, s.drawn) for s in equal.strata] == [
        ("Big", 8, 3), ("Small", 2, 2), ("no source", 1, 1),
    ]  # fmt: skip
    assert (made.added, equal.drawn, equal.of) == (6, 6, 11)
    assert made.collection.recipe["strata"][0] == {"label": "Big", "of": 8, "drawn": 3}
    by_source = made.collection.items.filter(article__source=small).count()
    assert by_source == 2


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        (By.YEAR, ["1931", "1932", "undated"]),
        (By.MONTH, ["1931-02", "1932, month not known", "1932-03", "undated"]),
        (By.LANG, ["en", "de", "no language"]),
        (By.SECTION, ["no section"]),
    ],
)
def test_strata_are_what_is_known_of_articles(
    corpus: Corpus, reader: User, index: Index, by: By, labels: list[str]
) -> None:
    make_article(corpus, published=date(1931, 2, 3))
    make_article(corpus, published=date(1932, 1, 1), published_precision="year", language="de")
    make_article(corpus, published=date(1932, 3, 1))
    make_article(corpus, published=None, language=None)
    index()

    strata = samples.plan(ask("", reader), corpus, size=4, by=by).strata

    assert [s.label for s in strata] == labels


def test_what_cannot_be_drawn_is_refused(corpus: Corpus, reader: User, index: Index) -> None:
    make_article(corpus, headline="Camp")
    index()

    for query, size, seed, expected in (
        ("harbour", 5, "1", "Nothing of this answer"),
        ("camp", 0, "1", "A sample has 1 to"),
        ("camp", 5, " ", "A seed is"),
        ("camp", 5, "a\nb", "A seed is"),
    ):
        with pytest.raises(CollectionRefusedError, match=expected):
            samples.draw(
                ask(query, reader), corpus, name="S", size=size, seed=seed, by_whom=reader,
                door=Door.PAGE,
            )  # fmt: skip
    assert not Collection.objects.exists()
