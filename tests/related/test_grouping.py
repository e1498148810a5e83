"""Which articles are editions of one text."""

import pytest

from articles.models import Article, Corpus, Coverage, Link
from articles.related.stories.grouping import settle_editions
from tests.factories import judge, make_article, make_link

pytestmark = pytest.mark.django_db


def groups() -> dict[int, int | None]:
    """Return the group of each article that has a row."""
    return dict(Coverage.objects.values_list("article_id", "editions"))


@pytest.fixture
def four(corpus: Corpus) -> list[Article]:
    """Return four articles, the first three editions of one text: a chain."""
    articles = [make_article(corpus) for _ in range(4)]
    make_link(articles[0], articles[1], "same_text")
    make_link(articles[1], articles[2], "edited_version")
    make_link(articles[2], articles[3], "excerpt")
    return articles


def test_a_group_is_named_by_its_smallest_id(four: list[Article]) -> None:
    settle_editions([four[2].pk, four[3].pk])

    first = four[0].pk
    assert groups() == {
        four[0].pk: first,
        four[1].pk: first,
        four[2].pk: first,
        four[3].pk: four[3].pk,
    }


def test_to_settle_again_changes_nothing(four: list[Article]) -> None:
    settle_editions([four[0].pk])

    assert settle_editions([article.pk for article in four[:3]]) == set()


def test_a_link_that_vanishes_parts_a_group(four: list[Article]) -> None:
    settle_editions([four[0].pk])
    Link.objects.filter(kind="same_text").delete()

    changed = settle_editions([four[0].pk, four[1].pk])

    assert changed == {four[1].pk, four[2].pk}
    assert groups()[four[2].pk] == four[1].pk


def test_a_rejected_link_holds_no_group_together(four: list[Article]) -> None:
    settle_editions([four[0].pk])
    judge(Link.objects.get(kind="edited_version"), verdict="rejected")

    settle_editions([four[2].pk])

    assert groups()[four[2].pk] == four[2].pk


def test_an_article_that_stands_no_more_is_in_no_group(four: list[Article]) -> None:
    settle_editions([four[0].pk])
    Article.objects.filter(pk=four[1].pk).update(standing=False)

    settle_editions([four[1].pk])

    assert [groups()[article.pk] for article in four[:3]] == [article.pk for article in four[:3]]
