"""The life of an article, of an outlet, of an author."""

from articles.curation import borders, fields, texts
from articles.history import lives
from articles.history.operations import act
from articles.history.telling import sentences
from articles.history.undo import undo
from articles.models import Act, Corpus, CorrectedField, Door, Operation, Role, SourceAlias
from articles.text import Block, BlockKind
from tests.factories import make_article, make_member, make_person, make_source, make_user


def test_an_articles_life_is_told_from_its_storing_on(corpus: Corpus) -> None:
    editor = make_member(corpus, Role.EDITOR)
    article, other = make_article(corpus), make_article(corpus, headline="The rest")
    first = fields.correct(
        [article.pk, other.pk], {CorrectedField.PAGE: "7"}, by=editor, door=Door.PAGE
    )
    assert first is not None
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "Put right")], by=editor, door=Door.PAGE)
    borders.join(article, [other], by=editor, door=Door.PAGE)

    life = lives.life_of_article(article, editor)

    assert [entry.what for entry in life.rows] == ["operation"] * 3 + ["stored"]
    join, text, page, stored = life.rows
    assert page.standing is not None
    assert page.standing.operation == first
    assert sentences(page.changes) == ["Page: none → 7"]
    assert sentences(text.changes) == ["Text: as read → version 2 (corrected)"]
    assert set(sentences(join.changes)) == {
        "Text: version 2 (corrected) → version 3 (corrected)",
        "Text: as read → joined to “Put right”",
    }
    assert stored.version == article.version


def test_those_who_are_no_members_see_what_changed_and_not_who_did_it(corpus: Corpus) -> None:
    article = make_article(corpus)
    fields.correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=Door.PAGE)

    [entry, _] = lives.life_of_article(article, make_user()).rows

    assert entry.standing is None
    assert sentences(entry.changes) == ["Page: none → 7"]


def test_a_life_comes_in_pages_both_ways(corpus: Corpus) -> None:
    article, editor = make_article(corpus), make_member(corpus, Role.EDITOR)
    for number in range(5):
        fields.correct([article.pk], {CorrectedField.PAGE: str(number)}, by=editor, door=Door.PAGE)

    first = lives.life_of_article(article, editor, limit=4)
    second = lives.life_of_article(article, editor, limit=4, cursor=first.next)
    back = lives.life_of_article(article, editor, limit=4, cursor=second.previous)

    assert [len(first.rows), len(second.rows)] == [4, 2]
    assert [entry.numbers for entry in back.rows] == [entry.numbers for entry in first.rows]
    assert second.next is None


def test_a_source_that_an_import_made_is_told_as_such(corpus: Corpus) -> None:
    editor = make_member(corpus, Role.EDITOR)
    source, other = make_source(corpus, "Gazette"), make_source(corpus, "Herald")
    with act(Act.MOVE_ALIASES, corpus=corpus, by=editor, summary="Moved", door=Door.PAGE):
        SourceAlias.objects.filter(source=source).update(source=other)

    life = lives.life_of_source(source, editor).rows

    assert life[0].what == "operation"
    assert {entry.what for entry in life[1:]} == {"outside"}
    assert sentences(life[0].changes) == ["Name “Gazette” moved from Gazette to Herald"]
    assert "Name: none → Gazette" in sentences(c for e in life[1:] for c in e.changes)
    moved_in = lives.life_of_source(other, editor).rows[0]
    assert sentences(moved_in.changes) == ["Name “Gazette” moved from Gazette to Herald"]


def test_an_authors_life_knows_who_was_found_to_be_the_same(corpus: Corpus) -> None:
    ann, lee = make_person(corpus, "Ann Lee"), make_person(corpus, "A. Lee")
    with act(Act.MERGE_AUTHORS, corpus=corpus, by=None, summary="Same", door=Door.PAGE):
        lee.same_as = ann
        lee.save(update_fields=["same_as"])

    [entry, *_] = lives.life_of_person(ann, make_member(corpus)).rows

    assert sentences(entry.changes) == ["Another name of: none → Ann Lee"]


def test_a_redone_correction_is_told_thrice(corpus: Corpus) -> None:
    article, editor = make_article(corpus), make_member(corpus, Role.EDITOR)
    first = fields.correct([article.pk], {CorrectedField.PAGE: "7"}, by=editor, door=Door.PAGE)
    assert first is not None
    undo(undo(first, by=editor, door=Door.PAGE), by=editor, door=Door.PAGE)

    life = lives.life_of_article(article, editor).rows

    told = [sentences(entry.changes) for entry in life[:3]]
    assert told == [["Page: none → 7"], ["Page: 7 → none"], ["Page: none → 7"]]
    summaries = list(Operation.objects.order_by("-pk").values_list("summary", flat=True))
    assert summaries[0].startswith("Done again: Page: 7")
    assert summaries[1].startswith("Undone: Page: 7")
    assert [entry.standing.can_undo for entry in life[:3] if entry.standing] == [True, False, False]
