"""Texts are read once while an article is related, and anew for the next."""

import gc
from typing import Any

import pytest

from articles.models import Article, Corpus
from articles.related.finding.keeper import Keeper
from articles.related.finding.texts import Reader
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_a_text_is_read_once_until_all_is_read_anew(
    corpus: Corpus, django_assert_num_queries: Any
) -> None:
    one, other = (make_article(corpus, paragraphs=(words,)) for words in ("One day.", "Two days."))
    reader = Reader()
    with django_assert_num_queries(1):
        found = reader.texts([one.pk, other.pk])
        again = reader.texts([other.pk])
    assert list(found) == sorted([one.pk, other.pk])
    assert again == {other.pk: found[other.pk]}

    Article.objects.filter(pk=one.pk).update(byline="Ann Lee", standing=True)
    Article.objects.filter(pk=other.pk).update(standing=False)
    reader.forget()
    with django_assert_num_queries(1):
        now = reader.texts([one.pk, other.pk])
    assert {pk: text.byline for pk, text in now.items()} == {one.pk: "Ann Lee"}


def test_an_article_that_does_not_stand_is_asked_for_again(corpus: Corpus) -> None:
    article = make_article(corpus, paragraphs=("One day.",))
    Article.objects.filter(pk=article.pk).update(standing=False)
    reader = Reader()
    assert reader.texts([article.pk]) == {}

    Article.objects.filter(pk=article.pk).update(standing=True)
    assert set(reader.texts([article.pk])) == {article.pk}


def test_cycles_are_looked_for_seldom_only_while_articles_are_related() -> None:
    before = gc.get_threshold()
    with Keeper(processes=1):
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
