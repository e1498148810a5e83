"""Undo of corrections, splits and joins."""

from datetime import date

import pytest

from articles.curation import borders, fields, texts
from articles.history import statements
from articles.history.undo import UndoRefusedError, undo
from articles.models import Article, Corpus, CorrectedField, Door, Operation
from articles.text import Block, BlockKind
from tests.factories import current, make_article, make_member, make_person, make_source


def test_a_correction_is_laid_over_what_was_read_and_taken_back(corpus: Corpus) -> None:
    article = make_article(corpus, source=make_source(corpus, "The Gazette"))
    editor = make_member(corpus)

    operation = fields.correct(
        [article.pk],
        {
            CorrectedField.PUBLISHED: {"date": "1932-04-01"},
            CorrectedField.SOURCE: "The Herald",
            CorrectedField.CREDITS: [{"kind": "person", "name": "Ann Lee"}],
        },
        by=editor,
        door=Door.PAGE,
    )
    assert operation is not None
    article.refresh_from_db()
    assert article.published_date == date(1932, 4, 1)
    assert article.source is not None
    assert article.source.name == "The Herald"
    assert [c.name for c in current(article).credits.filter(standing=True)] == ["Ann Lee"]

    undo(operation, by=editor, door=Door.PAGE)
    article = Article.objects.get(pk=article.pk)
    assert article.published_date == date(1932, 3, 19)
    assert article.source is not None
    assert article.source.name == "The Gazette"
    assert not current(article).credits.exists()
    assert not article.corrections.exists()


def test_many_rows_are_undone_as_few_are(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MANY", 1)
    article = make_article(corpus)
    first = fields.correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=Door.API)
    second = fields.correct([article.pk], {CorrectedField.PAGE: "8"}, by=None, door=Door.API)
    assert first is not None
    assert second is not None

    undo(second, by=None, door=Door.API)
    article.refresh_from_db()
    assert article.page == "7"
    undo(first, by=None, door=Door.API)
    article.refresh_from_db()
    assert article.page is None


def test_an_undo_can_itself_be_undone(corpus: Corpus) -> None:
    article = make_article(corpus)
    first = fields.correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=Door.API)
    assert first is not None

    back = undo(first, by=None, door=Door.API)
    undo(back, by=None, door=Door.API)

    article.refresh_from_db()
    assert article.page == "7"


def test_an_undo_is_refused_when_later_work_touched_the_same_row(corpus: Corpus) -> None:
    article = make_article(corpus)
    first = fields.correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=Door.API)
    second = fields.correct([article.pk], {CorrectedField.PAGE: "8"}, by=None, door=Door.API)
    assert first is not None
    assert second is not None

    with pytest.raises(UndoRefusedError, match="Page: 8") as refused:
        undo(first, by=None, door=Door.API)
    assert refused.value.later == [second]

    undo(second, by=None, door=Door.API)
    undo(first, by=None, door=Door.API)
    article.refresh_from_db()
    assert article.page is None
    assert Operation.objects.count() == 4


def test_a_split_makes_two_articles_and_its_undo_one_again(corpus: Corpus) -> None:
    article = make_article(corpus, people=(make_person(corpus, "Jane Doe"),))
    blocks = texts.blocks_of(current(article))
    second = [Block(BlockKind.HEADLINE, "Another story"), *blocks[2:]]

    operation, [new] = borders.split(article, [blocks[:2], second], by=None, door=Door.PAGE)

    article.refresh_from_db()
    assert current(article).text.endswith("The bridge opened on Tuesday.")
    assert (new.headline, new.published_date) == ("Another story", article.published_date)
    assert [c.name for c in current(new).credits.all()] == ["Jane Doe"]
    undo(operation, by=None, door=Door.PAGE)
    article.refresh_from_db()
    new.refresh_from_db()
    assert current(article).number == 1
    assert article.standing
    assert not new.standing


def test_a_join_makes_one_article_and_its_undo_two_again(corpus: Corpus) -> None:
    article = make_article(corpus)
    other = make_article(corpus, headline="The rest", paragraphs=("More of it.",))

    operation = borders.join(article, [other], by=None, door=Door.PAGE)

    article.refresh_from_db()
    other.refresh_from_db()
    assert "The rest" in current(article).text
    assert other.joined_into == article
    assert not other.standing
    undo(operation, by=None, door=Door.PAGE)
    article.refresh_from_db()
    other.refresh_from_db()
    assert "The rest" not in current(article).text
    assert other.standing
    assert other.joined_into is None
