"""Flags that someone looked at."""

import pytest

from articles.curation.fields import CorrectionRefusedError, correct, look_at
from articles.history.undo import undo
from articles.ingest import effective
from articles.models import Article, Corpus, CorrectedField, Correction, Door, Operation
from tests.factories import make_article


@pytest.fixture
def article(corpus: Corpus) -> Article:
    """Return an article without a date and without a source."""
    made = make_article(corpus, published=None)
    effective.derive([made.pk])
    made.refresh_from_db()
    assert made.flags == ["undated", "no_source"]
    return made


def look(*articles: Article, flags: set[str]) -> Operation | None:
    return look_at([a.pk for a in articles], flags, by=None, door=Door.API)


def test_a_flag_that_was_looked_at_is_shown_no_more(article: Article) -> None:
    look(article, flags={"undated"})

    article.refresh_from_db()
    assert article.flags == ["no_source"]


def test_the_operation_calls_flags_as_pages_do(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(flags=["undated", "truncated"])

    operation = look(article, flags={"truncated", "undated"})

    assert operation is not None
    assert operation.summary.startswith("No fault: undated, cut short (")


def test_flags_looked_at_one_after_another_add_up(article: Article) -> None:
    look(article, flags={"undated"})
    look(article, flags={"no_source"})

    article.refresh_from_db()
    assert article.flags == []
    assert (Correction.objects.get().value or {}).keys() == {"undated", "no_source"}


def test_an_undo_shows_them_again(article: Article) -> None:
    operation = look(article, flags={"undated", "no_source"})
    assert operation is not None

    undo(operation, by=None, door=Door.API)

    article.refresh_from_db()
    assert article.flags == ["undated", "no_source"]


def test_flags_that_are_not_there_are_no_operation(article: Article) -> None:
    assert look(article, flags={"no_body", "nonsense"}) is None
    assert look(article, flags=set()) is None

    assert not Operation.objects.exists()


def test_a_flag_that_its_cause_left_comes_back_with_it(article: Article) -> None:
    dated = {CorrectedField.PUBLISHED: {"date": "1932-03-19"}}
    operation = correct([article.pk], dated, by=None, door=Door.API)
    assert operation is not None
    article.refresh_from_db()
    assert article.flags == ["no_source"]

    undo(operation, by=None, door=Door.API)

    article.refresh_from_db()
    assert article.flags == ["undated", "no_source"]


def test_flags_of_nothing_are_refused(article: Article) -> None:
    del article

    with pytest.raises(CorrectionRefusedError):
        look(flags={"undated"})
