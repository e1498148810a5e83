"""What an article is related to, as its page tells."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Article, Corpus, Link, Role
from articles.related.links.kin import by_text, is_related, kin, rejected
from articles.related.links.why import Side, lacking, why
from articles.related.stories.grouping import settle_editions
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_story,
    make_version,
)

PASSAGES = {
    "words": 331,
    "longest": 58,
    "first_share": 0.38,
    "second_share": 0.82,
    "passages": [],
    "passages_total": 14,
    "is_whole": True,
    "names": ["Bilash", "Atajurt", "Xinjiang"],
    "days": 1,
}


@pytest.fixture
def ann(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def agency(corpus: Corpus, **more: Any) -> Article:
    return make_article(corpus, source=make_source(corpus, "Associated Press"), **more)


def cut(corpus: Corpus) -> Article:
    return make_article(
        corpus,
        source=make_source(corpus, "The Guardian"),
        paragraphs=("A paragraph that only this one has.", "The bridge opened on Tuesday."),
        published=date(1932, 3, 20),
    )


def test_why_is_told_of_the_text_that_shares_more(corpus: Corpus, ann: User) -> None:
    first, second = agency(corpus), cut(corpus)
    make_link(first, second, evidence=PASSAGES)

    [there] = kin(first, ann)[0].items
    [here] = kin(second, ann)[0].items

    assert there.why.sentence == (
        "82 % of the Guardian’s text is in this one, in 14 passages; "
        "Bilash, Atajurt, Xinjiang in common; 1 day apart"
    )
    assert here.why.sentence == (
        "82 % of this text is in Associated Press’s, in 14 passages; "
        "Bilash, Atajurt, Xinjiang in common; 1 day apart"
    )


@pytest.mark.parametrize(
    ("precision", "told"), [("day", True), ("minute", True), ("month", False), ("year", False)]
)
def test_days_apart_are_told_only_where_both_days_are_known(
    corpus: Corpus, ann: User, precision: str, *, told: bool
) -> None:
    first, second = agency(corpus, published_precision=precision), cut(corpus)
    make_link(first, second, evidence=PASSAGES)

    [found] = kin(first, ann)[0].items

    assert ("1 day apart" in found.why.sentence) is told


def test_paragraphs_that_nothing_is_shared_of_are_counted(corpus: Corpus, ann: User) -> None:
    told = ("The bridge opened on Tuesday.", "Crowds came from far away to see it.")
    first, second = agency(corpus, paragraphs=told), cut(corpus)
    make_link(first, second)

    [found] = kin(first, ann)[0].items

    assert "1 paragraph is not" in found.why.sentence


def test_a_paragraph_is_lacking_unless_a_passage_reaches_into_it() -> None:
    blocks = [["paragraph", 0, 30], ["paragraph", 32, 90], ["caption", 92, 150]]
    evidence = {"passages": [[5, 31, 0, 26]], "passages_total": 1}

    assert lacking(blocks, evidence, side=0) == 1
    assert lacking(blocks, evidence | {"passages_total": 201}, side=0) is None
    assert lacking((), evidence, side=0) is None


@pytest.mark.parametrize(
    ("kind", "evidence", "sentence"),
    [
        ("same_text", {"second_share": 1.0, "passages_total": 1}, "All of X’s text is in this one"),
        ("same_text", {"second_share": 0.994}, "99 % of X’s text"),
        ("excerpt", {"second_share": 0.001, "first_share": 0.0}, "1 % of X’s text"),
        ("quoted_passage", {}, "331 words of X’s text are in this one, in 14 passages"),
        ("edited_version", {"is_whole": False}, "too long to be compared to the end"),
    ],
)
def test_shares_are_told_as_people_say_them(
    kind: str, evidence: dict[str, Any], sentence: str
) -> None:
    link = Link(kind=kind, evidence=PASSAGES | evidence)

    told = why(link, days=None, first=Side("Y", is_this=True), second=Side("X"))

    assert sentence in told.sentence


def test_reports_of_one_event_are_told_by_names_and_days() -> None:
    link = Link(kind="same_event", evidence={"names": [], "words_in_common": ["rice", "vote"]})

    told = why(link, days=0, first=Side("X"), second=Side("Y"))

    assert told.sentence == "Rice, vote among the words in common; the same day"
    assert told.share is None


def test_relations_are_grouped_by_kind_earliest_first(corpus: Corpus, ann: User) -> None:
    article = agency(corpus)
    late, early, undated = (
        make_article(corpus, published=day) for day in (date(1932, 4, 2), date(1932, 4, 1), None)
    )
    for other in (late, undated, early):
        make_link(article, other)
    make_link(article, early, "same_event")

    found = kin(article, ann)

    assert [group.kind for group in found] == ["edited_version", "same_event"]
    assert [each.other for each in found[0].items] == [early, late, undated]


def test_what_is_rejected_or_withdrawn_is_not_shown(corpus: Corpus, ann: User) -> None:
    article = agency(corpus)
    judge(make_link(article, make_article(corpus)), ann, "rejected")
    make_link(article, make_article(corpus), status="withdrawn")
    make_link(article, make_article(corpus, standing=False))

    assert kin(article, ann) == []
    assert rejected(article, ann) == 1


def test_of_many_the_earliest_are_shown_and_all_are_counted(
    corpus: Corpus, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.related.links.kin.SHOWN", 2)
    article = agency(corpus)
    for day in (3, 1, 2):
        make_link(article, make_article(corpus, published=date(1932, 4, day)))

    [group] = kin(article, ann)

    assert [each.other.published_date for each in group.items] == [
        date(1932, 4, 1),
        date(1932, 4, 2),
    ]
    assert (group.total, group.beyond) == (3, 1)


def test_editions_of_a_text_on_the_event_stand_for_one(corpus: Corpus, ann: User) -> None:
    article = agency(corpus)
    days = [date(1932, 4, day) for day in (3, 1, 2)]
    late, early, alone = (make_article(corpus, published=day) for day in days)
    make_link(late, early, "same_text", score=1.0)
    settle_editions([late.pk, early.pk])
    for other in (late, early, alone):
        make_link(article, other, "follow_up", score=0.5)
        make_link(article, other, "excerpt")

    text, event = by_text(kin(article, ann))

    assert [each.other for each in text.items] == [early, alone, late]
    assert [each.other for each in event.items] == [early, alone]
    assert [each.other for each in event.items[0].editions] == [late]
    assert (event.total, event.beyond) == (3, 0)


def test_what_one_said_is_told_to_them(corpus: Corpus, ann: User) -> None:
    article = agency(corpus)
    link = make_link(article, make_article(corpus))
    judge(link, ann)
    judge(link, verdict="rejected")

    [found] = kin(article, ann)[0].items

    assert found.mine is not None
    assert found.mine.verdict == "confirmed"
    assert found.judgements == 2
    assert kin(article, make_member(corpus))[0].items[0].mine is None


@pytest.mark.django_db
def test_those_who_may_not_read_learn_nothing_of_the_texts() -> None:
    licensed = make_corpus("licensed", access="licensed")
    first, second = agency(licensed), cut(licensed)
    make_link(first, second, evidence=PASSAGES, found_direction="second")

    [outside] = kin(first, AnonymousUser())[0].items
    [inside] = kin(first, make_member(licensed))[0].items

    assert outside.why.sentence == "1 day apart"
    assert outside.why.share is None
    assert "82 %" in inside.why.sentence


def test_direction_is_told_from_where_one_stands(corpus: Corpus, ann: User) -> None:
    first, second = agency(corpus), cut(corpus)
    make_link(first, second, found_direction="second")

    assert kin(first, ann)[0].items[0].direction == "from"
    assert kin(second, ann)[0].items[0].direction == "to"


def test_evidence_of_a_former_text_is_told_to_be_that(corpus: Corpus, ann: User) -> None:
    first, second = agency(corpus), cut(corpus)
    make_link(first, second)
    assert kin(first, ann)[0].items[0].why.is_current

    make_version(second, "Other words entirely.")

    assert not kin(first, ann)[0].items[0].why.is_current


def test_an_article_is_related_once_its_present_text_was(corpus: Corpus) -> None:
    article = agency(corpus)
    assert not is_related(article)

    make_story(corpus, [article])
    assert is_related(article)

    make_version(article, "Other words entirely.")
    assert not is_related(article)


def test_many_relations_take_a_constant_number_of_queries(
    corpus: Corpus, ann: User, django_assert_max_num_queries: Any
) -> None:
    article = agency(corpus)
    for number in range(12):
        link = make_link(article, make_article(corpus, source=make_source(corpus)))
        if number % 2:
            judge(link, ann)

    with django_assert_max_num_queries(7):
        [group] = kin(article, ann)

    assert len(group.items) == 12
