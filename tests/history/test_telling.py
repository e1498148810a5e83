"""What operations changed, in the words of the fields."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from articles.curation import borders, fields, texts, twins
from articles.history.events import RowChange, rows_of
from articles.history.operations import act
from articles.history.row_changes import event_model
from articles.history.telling import sentences, tell
from articles.history.undo import TRACKED
from articles.models import (
    Act,
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Door,
    Membership,
    Operation,
    Role,
    Source,
    SourceAlias,
)
from articles.models.keyset import CursorError
from articles.text import Block, BlockKind
from tests.factories import current, make_article, make_member, make_person, make_source


def corrected(articles: list[Article], changes: dict[CorrectedField, Any]) -> Operation:
    ids = [article.pk for article in articles]
    operation = fields.correct(ids, changes, by=None, door=Door.PAGE)
    assert operation is not None
    return operation


def said(operation: Operation) -> list[str]:
    return sentences(tell(rows_of(operation, limit=100).rows))


def test_a_correction_is_told_from_what_was_read(corpus: Corpus) -> None:
    article = make_article(corpus, source=make_source(corpus, "The Gazette"), section="News")

    operation = corrected(
        [article],
        {
            CorrectedField.PUBLISHED: {"date": "1932-04-01"},
            CorrectedField.SOURCE: "The Herald",
            CorrectedField.SECTION: None,
        },
    )

    assert set(said(operation)) == {
        "Published: 19 March 1932 → 1 April 1932",
        "Source: The Gazette → The Herald",
        "Section: News → none",
    }


def test_a_second_correction_is_told_from_the_first(corpus: Corpus) -> None:
    article = make_article(corpus)
    corrected([article], {CorrectedField.PAGE: "7"})

    assert said(corrected([article], {CorrectedField.PAGE: "8"})) == ["Page: 7 → 8"]
    back = corrected([article], {CorrectedField.PAGE: fields.AS_READ})
    assert said(back) == ["Page: 8 → none"]


def test_corrected_credits_are_told_from_those_read(corpus: Corpus) -> None:
    article = make_article(corpus, people=(make_person(corpus, "Jane Doe"),))

    operation = corrected(
        [article],
        {CorrectedField.CREDITS: [{"kind": "person", "name": "Ann Lee", "role": "Editor"}]},
    )

    assert said(operation) == ["Credits: Jane Doe → Ann Lee (Editor)"]


def test_texts_are_told_by_their_versions(corpus: Corpus) -> None:
    article, other = make_article(corpus), make_article(corpus, headline="The rest")
    blocks = [Block(BlockKind.HEADLINE, "Put right")]

    operation = texts.correct_text(article, blocks, by=None, door=Door.PAGE)
    joined = borders.join(article, [other], by=None, door=Door.PAGE)

    assert operation is not None
    assert said(operation) == ["Text: as read → version 2 (corrected)"]
    assert set(said(joined)) == {
        "Text: version 2 (corrected) → version 3 (corrected)",
        "Text: as read → joined to “Put right”",
    }


def test_a_name_moves_and_a_role_changes(corpus: Corpus) -> None:
    first, second = make_source(corpus, "Gazette"), make_source(corpus, "Herald")
    ann = make_member(corpus, Role.VIEWER, User.objects.create_user("ann"))

    with act(
        Act.MOVE_ALIASES, corpus=corpus, by=None, summary="Moved", door=Door.COMMAND
    ) as operation:
        SourceAlias.objects.filter(source=first).update(source=second)
        Membership.objects.filter(user=ann).update(role=Role.EDITOR)

    assert said(operation) == [
        "Role of ann: Viewer → Editor",
        "Name “Gazette” moved from Gazette to Herald",
    ]


def test_names_that_were_told_apart(corpus: Corpus) -> None:
    first, second = make_source(corpus, "Gazette"), make_source(corpus, "The Gazette")

    operation = twins.tell_apart(first, second, by=None, door=Door.PAGE)

    assert operation is not None
    [change] = tell(rows_of(operation, limit=5).rows)
    assert change.about.name == "“gazette” and “the gazette”"
    assert sentences([change]) == ["They are: perhaps the same → different"]


@pytest.mark.parametrize("model", TRACKED)
def test_every_tracked_row_is_told(corpus: Corpus, model: type[models.Model]) -> None:
    columns = {field.attname: None for field in event_model(model)._meta.concrete_fields}
    known = {
        "article_id": 1, "source_id": 1, "user_id": 1, "corpus_id": corpus.pk, "id": 1,
        "field": "page", "role": "viewer", "printed": "Gazette", "name": "Gazette", "note": "",
        "kind": "source", "first": "a", "second": "b", "quote": "Gladstone", "placing": "made",
        "start": 1, "end": 10, "value": "war", "code": "topic", "number": 1, "status": "accepted",
        "verdict": "confirmed",
    }  # fmt: skip
    state = {name: known.get(name) for name in columns if not name.startswith("pgh_")}

    made = RowChange(model, 1, None, timezone.now(), None, state)
    removed = RowChange(model, 1, None, timezone.now(), state, None)

    for change in tell([made, removed]):
        assert change.about.kind
        assert change.about.name
    assert sentences(tell([made])) or model in {Correction, Source}


def test_changes_come_in_pages_both_ways(corpus: Corpus) -> None:
    articles = [make_article(corpus, headline=f"Number {number}") for number in range(7)]
    operation = corrected(articles, {CorrectedField.PAGE: "7", CorrectedField.SECTION: "News"})

    first = rows_of(operation, limit=5)
    second = rows_of(operation, limit=5, cursor=first.next)
    third = rows_of(operation, limit=5, cursor=second.next)
    back = rows_of(operation, limit=5, cursor=third.previous)

    assert [len(some.rows) for some in (first, second, third)] == [5, 5, 4]
    assert len({row.id for some in (first, second, third) for row in some.rows}) == 14
    assert back.rows == second.rows
    assert (first.previous, third.next) == (None, None)
    assert back.previous is not None
    assert rows_of(operation, limit=5, cursor=back.previous).rows == first.rows


@pytest.mark.parametrize("cursor", ["x", "1", "1.2.3", "--1.2", "1.٣", f"1.{'9' * 19}", "1.2\n"])
def test_a_place_that_is_none_is_refused(corpus: Corpus, cursor: str) -> None:
    operation = corrected([make_article(corpus)], {CorrectedField.PAGE: "7"})

    with pytest.raises(CursorError):
        rows_of(operation, limit=5, cursor=cursor)


def test_a_page_of_changes_takes_a_constant_number_of_queries(
    corpus: Corpus, django_assert_max_num_queries: Any
) -> None:
    articles = [make_article(corpus, source=make_source(corpus)) for _ in range(30)]
    operation = corrected(articles, {CorrectedField.SOURCE: "The Herald"})

    with django_assert_max_num_queries(16):
        assert len(said(operation)) == 30


def test_what_stood_before_is_what_was_known_then(corpus: Corpus) -> None:
    article = make_article(corpus, section="News")
    version = current(article)
    version.first_seen = version.first_seen.replace(year=2000)
    version.save()
    operation = corrected([article], {CorrectedField.SECTION: "Sport"})
    version.pk, version.number, version.locator = None, 2, "2"
    version.first_seen = version.last_seen = operation.at.replace(year=2099)
    version.read = {**version.read, "section": "Weather"}
    version.save()

    assert said(operation) == ["Section: News → Sport"]
