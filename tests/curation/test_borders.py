"""Articles that are two, and two that are one."""

import pytest

from articles.curation.borders import join, split
from articles.curation.fields import StaleError, correct, state_of
from articles.curation.texts import TextRefusedError, blocks_of, choose_version, correct_text
from articles.history.undo import UndoRefusedError, undo
from articles.models import Article, Corpus, CorrectedField, Door, Operation
from articles.text import Block, BlockKind
from tests.factories import current, make_article, make_corpus, make_source

DOOR = Door.API


def test_each_part_has_its_own_text_and_the_values_of_the_whole(corpus: Corpus) -> None:
    article = make_article(corpus, source=make_source(corpus), external_id="a")
    correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=DOOR)
    [headline, first, second] = blocks_of(current(article))

    _, new = split(article, [[headline], [first], [second]], by=None, door=DOOR)

    article.refresh_from_db()
    assert [current(a).text for a in (article, *new)] == [headline.text, first.text, second.text]
    for part in new:
        assert (part.source, part.published_date) == (article.source, article.published_date)
        assert (part.page, part.standing) == ("7", True)
        # Identity stays with the one that the outlet published.
        assert (part.external_id, part.read_external_id) == (None, None)
    assert article.external_id == "a"
    assert Operation.objects.filter(act="split").get().size == 3


def test_parts_are_corrected_each_on_its_own(corpus: Corpus) -> None:
    article = make_article(corpus)
    blocks = blocks_of(current(article))
    _, [new] = split(article, [blocks[:2], blocks[2:]], by=None, door=DOOR)

    correct([new.pk], {CorrectedField.PAGE: "8"}, by=None, door=DOOR)

    article.refresh_from_db()
    new.refresh_from_db()
    assert (article.page, new.page) == (None, "8")


def test_a_split_whose_part_was_worked_on_is_not_undone(corpus: Corpus) -> None:
    article = make_article(corpus)
    blocks = blocks_of(current(article))
    operation, [new] = split(article, [blocks[:2], blocks[2:]], by=None, door=DOOR)
    correct_text(new, [Block(BlockKind.HEADLINE, "Mine")], by=None, door=DOOR)

    with pytest.raises(UndoRefusedError):
        undo(operation, by=None, door=DOOR)

    new.refresh_from_db()
    assert (new.headline, new.standing) == ("Mine", True)


def test_a_split_into_fewer_than_two_or_into_nothing_is_refused(corpus: Corpus) -> None:
    article = make_article(corpus)
    blocks = blocks_of(current(article))

    for parts in ([], [blocks], [blocks, []]):
        with pytest.raises(TextRefusedError):
            split(article, parts, by=None, door=DOOR)

    assert Article.objects.count() == 1


def test_what_someone_changed_meanwhile_is_neither_split_nor_joined(corpus: Corpus) -> None:
    article, other = make_article(corpus), make_article(corpus)
    shown = state_of(article)
    blocks = blocks_of(current(article))
    correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=DOOR)

    with pytest.raises(StaleError):
        split(article, [blocks[:2], blocks[2:]], by=None, door=DOOR, expected_state=shown)
    with pytest.raises(StaleError):
        join(article, [other], by=None, door=DOOR, expected_state=shown)

    assert Article.objects.filter(standing=True).count() == 2


def test_a_joined_head_is_part_of_the_others_body(corpus: Corpus) -> None:
    article = make_article(corpus, headline="One", paragraphs=("First.",))
    other = make_article(corpus, headline="Two", paragraphs=("Second.",))

    join(article, [other], by=None, door=DOOR)

    article.refresh_from_db()
    assert blocks_of(current(article)) == [
        Block(BlockKind.HEADLINE, "One"),
        Block(BlockKind.PARAGRAPH, "First."),
        Block(BlockKind.CROSSHEAD, "Two"),
        Block(BlockKind.PARAGRAPH, "Second."),
    ]


def test_several_are_joined_at_once_and_what_was_joined_leads_on(corpus: Corpus) -> None:
    article, second, third = (make_article(corpus, headline=name) for name in ("A", "B", "C"))

    operation = join(article, [second, third], by=None, door=DOOR)

    assert operation.size == 3
    assert {a.joined_into_id for a in Article.objects.exclude(pk=article.pk)} == {article.pk}
    assert list(Article.objects.filter(standing=True)) == [article]


def test_what_can_not_be_joined_is_refused(corpus: Corpus) -> None:
    article, other, third = (make_article(corpus) for _ in range(3))
    stranger = make_article(make_corpus())
    join(article, [other], by=None, door=DOOR)

    for one, others in (
        (article, []),
        (article, [article]),
        (article, [stranger]),
        (article, [other]),
        (third, [other]),
        (other, [third]),
    ):
        with pytest.raises(TextRefusedError):
            join(one, others, by=None, door=DOOR)

    assert Article.objects.filter(standing=True).count() == 3


def test_what_was_joined_meanwhile_does_not_come_to_stand_twice(corpus: Corpus) -> None:
    article, other = make_article(corpus), make_article(corpus)
    blocks = blocks_of(current(other))
    join(article, [other], by=None, door=DOOR)

    with pytest.raises(TextRefusedError):
        split(other, [blocks[:2], blocks[2:]], by=None, door=DOOR)
    with pytest.raises(TextRefusedError):
        correct_text(other, blocks[:1], by=None, door=DOOR)
    with pytest.raises(TextRefusedError):
        choose_version(other, current(other), by=None, door=DOOR)

    assert list(Article.objects.filter(standing=True)) == [article]


def test_one_that_is_named_twice_is_joined_once(corpus: Corpus) -> None:
    article = make_article(corpus, headline="A", paragraphs=("First.",))
    other = make_article(corpus, headline="B", paragraphs=("Second.",))

    join(article, [other, other], by=None, door=DOOR)

    article.refresh_from_db()
    assert current(article).text.count("Second.") == 1
