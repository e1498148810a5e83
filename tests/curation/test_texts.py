"""Corrected texts: versions beside those of the outlet, until it publishes another."""

import pytest

from articles.curation.fields import StaleError, correct, state_of
from articles.curation.texts import (
    TextRefusedError,
    blocks_of,
    choose_version,
    composed_of,
    correct_text,
)
from articles.history.undo import undo
from articles.ingest.preparing import TEXT_CHARACTERS
from articles.models import Article, Corpus, CorrectedField, Door, Operation, Origin, Version
from articles.text import Block, BlockKind
from tests.factories import current, make_article, make_member, make_person

HEADLINE = Block(BlockKind.HEADLINE, "Put right")


def put_right(article: Article, *blocks: Block, state: str | None = None) -> Operation | None:
    return correct_text(article, blocks, by=None, door=Door.API, expected_state=state)


def test_a_corrected_text_is_a_version_of_its_own(corpus: Corpus) -> None:
    editor = make_member(corpus)
    article = make_article(corpus, people=(make_person(corpus, "Jane Doe"),), page="7")
    first = current(article)
    before = Version.objects.values().get(pk=first.pk)

    correct_text(article, [HEADLINE], by=editor, door=Door.PAGE)

    article.refresh_from_db()
    version = current(article)
    assert (version.number, version.origin, version.by) == (2, Origin.CORRECTED, editor)
    assert (version.previous, version.rereads) == (first, None)
    assert (version.capture_id, version.locator) == (first.capture_id, first.locator)
    assert (article.headline, article.page, article.edits) == ("Put right", "7", 0)
    assert article.flags == ["no_source", "no_body"]
    assert [c.name for c in version.credits.all()] == ["Jane Doe"]
    assert Version.objects.values().get(pk=first.pk) == before


def test_its_spans_hold_its_blocks(corpus: Corpus) -> None:
    article = make_article(corpus)
    blocks = [
        HEADLINE,
        Block(BlockKind.STANDFIRST, "With marks: 👩\u200d👧 e\u0301 \u202eabc\u202c."),
        Block(BlockKind.PARAGRAPH, "One\r\ntwo."),
    ]

    put_right(article, *blocks)

    article.refresh_from_db()
    assert blocks_of(current(article)) == [
        HEADLINE,
        Block(BlockKind.STANDFIRST, "With marks: 👩\u200d👧 é \u202eabc\u202c."),
        Block(BlockKind.PARAGRAPH, "One\ntwo."),
    ]
    assert article.standfirst == "With marks: 👩\u200d👧 é \u202eabc\u202c."


def test_nul_and_lone_surrogates_are_taken_out(corpus: Corpus) -> None:
    article = make_article(corpus)

    put_right(article, Block(BlockKind.HEADLINE, "A\0b\ud800c"))

    article.refresh_from_db()
    assert article.headline == "Ab\ufffdc"


def test_the_same_text_in_the_same_blocks_is_no_operation(corpus: Corpus) -> None:
    article = make_article(corpus)

    assert put_right(article, *blocks_of(current(article))) is None

    assert article.versions.count() == 1
    assert not Operation.objects.exists()


def test_the_same_words_in_other_blocks_are_a_correction(corpus: Corpus) -> None:
    article = make_article(corpus)
    [headline, first, *others] = blocks_of(current(article))

    put_right(article, headline, Block(BlockKind.STANDFIRST, first.text), *others)

    article.refresh_from_db()
    assert article.standfirst == first.text


@pytest.mark.parametrize("blocks", [[], [Block(BlockKind.PARAGRAPH, " \n \0 ")]])
def test_a_text_without_words_is_refused(corpus: Corpus, blocks: list[Block]) -> None:
    article = make_article(corpus)

    with pytest.raises(TextRefusedError):
        put_right(article, *blocks)

    assert article.versions.count() == 1


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(TextRefusedError):
        composed_of([Block(BlockKind.PARAGRAPH, "x" * (TEXT_CHARACTERS + 1))])


def test_a_headline_of_two_thousand_characters_is_taken_and_named_in_short(
    corpus: Corpus,
) -> None:
    article = make_article(corpus)
    put_right(article, Block(BlockKind.HEADLINE, "x" * 2_000))
    article.refresh_from_db()

    operation = put_right(article, HEADLINE)

    assert operation is not None
    assert len(operation.summary) < 200


def test_what_someone_changed_meanwhile_is_not_overwritten(corpus: Corpus) -> None:
    article = make_article(corpus)
    shown = state_of(article)
    correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=Door.API)

    with pytest.raises(StaleError):
        put_right(article, HEADLINE, state=shown)

    assert article.versions.count() == 1


def test_an_undo_lets_the_text_before_stand_and_keeps_the_corrected_one(corpus: Corpus) -> None:
    article = make_article(corpus)
    put_right(article, HEADLINE)
    second = put_right(article, Block(BlockKind.HEADLINE, "Twice"))
    assert second is not None

    undo(second, by=None, door=Door.API)

    article.refresh_from_db()
    assert article.headline == "Put right"
    assert [v.number for v in article.versions.all()] == [1, 2, 3]


def test_an_older_version_can_be_chosen_and_the_choice_undone(corpus: Corpus) -> None:
    article = make_article(corpus)
    first = current(article)
    put_right(article, HEADLINE)

    operation = choose_version(article, first, by=None, door=Door.API)

    assert operation is not None
    article.refresh_from_db()
    assert article.version == first
    assert choose_version(article, first, by=None, door=Door.API) is None
    undo(operation, by=None, door=Door.API)
    article.refresh_from_db()
    assert article.headline == "Put right"
