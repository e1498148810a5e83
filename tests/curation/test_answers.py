"""The articles of a list, held fast."""

import pytest

from articles.curation import answers
from articles.curation.answers import SeveralCorporaError, TooManyError, hold
from articles.models import Article, Corpus
from tests.factories import make_article, make_corpus


def test_an_answer_has_another_fingerprint_when_an_article_more_or_another_is_in_it(
    corpus: Corpus,
) -> None:
    one, two = make_article(corpus), make_article(corpus)
    articles = Article.objects.all()

    of_one = hold(articles.filter(pk=one.pk)).fingerprint
    of_two = hold(articles.filter(pk=two.pk)).fingerprint
    of_both = hold(articles).fingerprint

    assert len({of_one, of_two, of_both}) == 3
    assert hold(articles.filter(pk=one.pk)).fingerprint == of_one


def test_an_empty_answer_is_of_no_corpus(corpus: Corpus) -> None:
    answer = hold(Article.objects.filter(corpus=corpus))

    assert (answer.corpus, answer.ids) == (None, ())


def test_more_than_are_corrected_at_once_are_refused(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "AT_ONCE", 1)
    make_article(corpus)
    make_article(corpus)

    with pytest.raises(TooManyError):
        hold(Article.objects.all())


def test_articles_of_several_corpora_are_refused_with_their_names(corpus: Corpus) -> None:
    other = make_corpus("other")
    make_article(corpus)
    make_article(other)

    with pytest.raises(SeveralCorporaError) as refused:
        hold(Article.objects.all())

    assert set(refused.value.corpora) == {corpus, other}
