"""The order and the counts of the work list."""

import pytest

from articles.curation import worklist
from articles.models import Article, Corpus
from articles.parsed import Flag
from tests.factories import make_article


@pytest.fixture
def articles(corpus: Corpus) -> list[Article]:
    """Return flagged articles, in the order of the list."""
    made = [make_article(corpus, published=None, flags=["undated"]) for _ in range(5)]
    return made[::-1]


def test_each_place_leads_to_the_next_and_the_last_to_none(articles: list[Article]) -> None:
    found = Article.objects.flagged()

    walked = [worklist.next_after(found, None)]
    while (last := walked[-1]) is not None:
        walked.append(worklist.next_after(found, worklist.place_of(last)))

    assert walked == [*articles, None]


def test_what_is_left_counts_from_an_article_on(articles: list[Article]) -> None:
    found = Article.objects.flagged()

    assert [worklist.left_from(found, each).count for each in articles] == [5, 4, 3, 2, 1]
    assert worklist.left_from(found, None).count == 5


def test_beyond_a_bound_it_says_that_there_are_more(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "COUNTED", 3)

    assert worklist.left_from(Article.objects.flagged(), articles[0]) == worklist.Left(3, more=True)


def test_an_article_counts_for_each_of_its_flags(corpus: Corpus) -> None:
    make_article(corpus, flags=["undated", "no_source"])
    make_article(corpus, flags=["no_source"])

    counted = worklist.counts(Article.objects.flagged())

    assert counted == {Flag.UNDATED: 1, Flag.NO_SOURCE: 2}
