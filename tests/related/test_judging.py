"""What people say of links."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.history.events import rows_of
from articles.history.telling import sentences, tell
from articles.history.undo import UndoRefusedError, undo
from articles.models import (
    Article,
    Change,
    Consumer,
    Corpus,
    Door,
    Judgement,
    Link,
    LinkKind,
    Operation,
    Role,
)
from articles.related.links import judging
from articles.related.links.judging import JudgingError
from tests.factories import judge, make_article, make_corpus, make_link, make_member

TEXT = ("The bridge opened on Tuesday after nine years.", "Crowds came to see it.")


@pytest.fixture
def ann(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def bob(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def pair(corpus: Corpus) -> tuple[Article, Article]:
    first = make_article(corpus, headline="The bridge", paragraphs=TEXT)
    second = make_article(corpus, headline="Bridge", published=date(1932, 3, 20))
    return first, second


@pytest.fixture
def link(corpus: Corpus) -> Link:
    return make_link(*pair(corpus))


def said(link: Link, verdict: str, by: User, **more: str) -> Operation | None:
    return judging.judge(link, verdict, by=by, door=Door.PAGE, **more)


def test_a_link_that_is_confirmed_is_accepted(link: Link, ann: User) -> None:
    operation = said(link, "confirmed", ann)

    assert operation is not None
    assert link.status == "accepted"
    assert operation.summary == "“The bridge” and “Bridge”: edited version confirmed"
    assert sentences(tell(rows_of(operation, limit=5).rows)) == [
        "Edited version: not judged → confirmed"
    ]


def test_saying_the_same_again_is_no_operation(link: Link, ann: User) -> None:
    said(link, "confirmed", ann, note="seen in print")

    assert said(link, "confirmed", ann) is None
    assert link.judgements.get().note == "seen in print"


def test_one_who_thinks_again_says_so_in_the_same_judgement(link: Link, ann: User) -> None:
    said(link, "confirmed", ann)
    said(link, "rejected", ann)

    assert link.status == "rejected"
    assert link.judgements.get().verdict == "rejected"


def test_of_two_who_disagree_both_are_kept(link: Link, ann: User, bob: User) -> None:
    said(link, "confirmed", ann, note="the same words")
    said(link, "rejected", bob, note="a common source")

    assert link.status == "disputed"
    assert dict(link.judgements.values_list("by", "note")) == {
        ann.pk: "the same words",
        bob.pk: "a common source",
    }


def test_undo_takes_back_what_one_said_and_leaves_the_others_word(
    link: Link, ann: User, bob: User
) -> None:
    first = said(link, "confirmed", ann)
    said(link, "rejected", bob)
    assert first is not None

    undo(first, by=ann, door=Door.PAGE)

    link.refresh_from_db()
    assert link.status == "rejected"


def test_withdrawing_leaves_a_suggestion_open(link: Link, ann: User) -> None:
    said(link, "rejected", ann)

    operation = judging.withdraw(link, by=ann, door=Door.PAGE)

    assert operation is not None
    assert link.status == "suggested"
    assert judging.withdraw(link, by=ann, door=Door.PAGE) is None


def test_changing_the_kind_rejects_one_and_confirms_the_other_at_once(
    link: Link, ann: User
) -> None:
    found = judging.change_kind(link, "excerpt", by=ann, door=Door.PAGE)

    assert (link.status, found.link.status, found.link.kind) == ("rejected", "accepted", "excerpt")
    assert found.link.evidence == link.evidence
    assert found.operation is not None
    assert found.operation.summary.endswith("excerpt confirmed, not edited version")

    undo(found.operation, by=ann, door=Door.PAGE)

    link.refresh_from_db()
    found.link.refresh_from_db()
    assert (link.status, found.link.status) == ("suggested", "withdrawn")


def test_a_direction_goes_along_where_it_makes_sense(corpus: Corpus, ann: User) -> None:
    link = make_link(*pair(corpus), found_direction="second")
    said(link, "confirmed", ann, direction="second")

    as_text = judging.change_kind(link, "same_text", by=ann, door=Door.PAGE).link
    as_event = judging.change_kind(as_text, "same_event", by=ann, door=Door.PAGE).link

    assert as_text.judgements.get().direction == ""
    assert as_event.direction == ""
    assert as_event.evidence == {}


def test_a_person_links_any_two(corpus: Corpus, ann: User) -> None:
    first, second = pair(corpus)

    made = judging.make(
        second, first, "disputes", by=ann, door=Door.PAGE, direction="first", note="page 4"
    )

    link = made.link
    assert (link.first, link.second) == (first, second)
    # What was named first is the second of the row.
    assert (link.status, link.direction, link.suggested) == ("accepted", "second", False)
    assert made.operation is not None

    undo(made.operation, by=ann, door=Door.PAGE)

    link.refresh_from_db()
    assert link.status == "withdrawn"
    assert not Link.objects.held().exists()


def test_linking_what_is_linked_confirms_it(link: Link, ann: User) -> None:
    made = judging.make(link.first, link.second, link.kind, by=ann, door=Door.PAGE)

    assert made.link.pk == link.pk
    assert made.link.status == "accepted"
    assert (
        judging.make(link.first, link.second, link.kind, by=ann, door=Door.PAGE).operation is None
    )


def test_what_cannot_be_linked_is_refused_with_the_reason(corpus: Corpus, ann: User) -> None:
    first, second = pair(corpus)
    elsewhere = make_article(make_corpus())
    gone = make_article(corpus, standing=False)

    for other, words in ((first, "same article"), (elsewhere, "corpora"), (gone, "no more")):
        with pytest.raises(JudgingError, match=words) as fault:
            judging.make(first, other, "excerpt", by=ann, door=Door.PAGE)
        assert fault.value.field == "article"
    with pytest.raises(JudgingError, match="A kind is one of"):
        judging.make(first, second, "cousin", by=ann, door=Door.PAGE)
    assert not Link.objects.exists()
    assert not Operation.objects.exists()


def test_a_direction_of_texts_needs_what_supports_it_or_a_note(link: Link, ann: User) -> None:
    with pytest.raises(JudgingError, match="Say in the note") as fault:
        said(link, "confirmed", ann, direction="second")
    assert fault.value.field == "direction"
    assert not Judgement.objects.exists()

    said(link, "confirmed", ann, direction="second", note="The desk book says so.")

    assert link.direction == "second"


def test_a_direction_that_is_printed_needs_no_note_and_can_be_cleared(
    corpus: Corpus, ann: User
) -> None:
    link = make_link(*pair(corpus), found_direction="second")
    said(link, "confirmed", ann, direction="second")
    assert link.direction == "second"

    said(link, "confirmed", ann, direction="none")

    assert link.direction == ""


def test_a_follow_up_follows_what_was_earlier(corpus: Corpus, ann: User) -> None:
    link = make_link(*pair(corpus), "follow_up")

    assert judging.supports(link, "second")
    assert not judging.supports(link, "first")
    said(link, "confirmed", ann, direction="second")
    assert link.direction == "second"


@pytest.mark.parametrize(
    ("kind", "verdict", "more", "field"),
    [
        (LinkKind.SAME_EVENT, "confirmed", {"direction": "first"}, "direction"),
        (LinkKind.EXCERPT, "rejected", {"direction": "first", "note": "x"}, "direction"),
        (LinkKind.EXCERPT, "confirmed", {"direction": "up"}, "direction"),
        (LinkKind.EXCERPT, "perhaps", {}, "verdict"),
        (LinkKind.EXCERPT, "confirmed", {"note": "x" * 10_001}, "note"),
    ],
)
def test_what_makes_no_sense_is_refused(
    corpus: Corpus, ann: User, kind: str, verdict: str, more: dict[str, str], field: str
) -> None:
    link = make_link(*pair(corpus), kind)

    with pytest.raises(JudgingError) as fault:
        said(link, verdict, ann, **more)

    assert fault.value.field == field
    assert not Judgement.objects.exists()


def test_many_are_judged_as_one_with_one_undo(corpus: Corpus, ann: User, bob: User) -> None:
    articles = [make_article(corpus) for _ in range(4)]
    links = [make_link(articles[0], other) for other in articles[1:]]
    judge(links[1], bob, "rejected")
    judge(links[2], ann)

    operation, became = judging.judge_many(links, "confirmed", by=ann, door=Door.PAGE)

    assert [each.what for each in became] == ["changed", "changed", "unchanged"]
    assert operation is not None
    assert (operation.size, operation.summary) == (2, "2 links confirmed")
    assert statuses(links) == ["accepted", "disputed", "accepted"]

    undo(operation, by=ann, door=Door.PAGE)

    assert statuses(links) == ["suggested", "rejected", "accepted"]


def test_of_what_is_open_only_what_others_judged_is_left_alone(
    corpus: Corpus, ann: User, bob: User
) -> None:
    articles = [make_article(corpus) for _ in range(3)]
    links = [make_link(articles[0], other) for other in articles[1:]]
    judge(links[0], bob, "rejected")

    _, became = judging.judge_many(links, "confirmed", by=ann, door=Door.PAGE, only_open=True)

    assert [each.what for each in became] == ["unchanged", "changed"]
    assert statuses(links) == ["rejected", "accepted"]


def test_a_link_of_an_article_that_stands_no_more_is_refused(link: Link, ann: User) -> None:
    Article.objects.filter(pk=link.first_id).update(standing=False)

    _, [became] = judging.judge_many([link], "confirmed", by=ann, door=Door.PAGE)

    assert became.what == "refused"
    with pytest.raises(JudgingError, match="no more"):
        said(link, "confirmed", ann)


def test_what_is_said_is_noted_for_what_must_catch_up(link: Link, ann: User) -> None:
    Change.objects.all().delete()

    said(link, "confirmed", ann)

    for consumer in (Consumer.SEARCH, Consumer.RELATED):
        noted = Change.objects.filter(consumer=consumer).values_list("article_id", flat=True)
        assert set(noted) == {link.first_id, link.second_id}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_both_kept(link: Link, ann: User, bob: User) -> None:
    barrier = Barrier(2)

    def speak(by: User, verdict: str) -> None:
        row = Link.objects.select_related("corpus").get(pk=link.pk)
        barrier.wait()
        judging.judge(row, verdict, by=by, door=Door.PAGE)
        connection.close()

    threads = [Thread(target=speak, args=each) for each in ((ann, "confirmed"), (bob, "rejected"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    link.refresh_from_db()
    assert link.status == "disputed"
    assert link.judgements.count() == 2


def test_an_undo_is_refused_once_the_same_person_said_otherwise(link: Link, ann: User) -> None:
    first = said(link, "confirmed", ann)
    said(link, "rejected", ann)
    assert first is not None

    with pytest.raises(UndoRefusedError, match="edited version rejected"):
        undo(first, by=ann, door=Door.PAGE)


def statuses(links: list[Link]) -> list[str]:
    known = dict(Link.objects.values_list("pk", "status"))
    return [known[link.pk] for link in links]
