"""Collections: made, shared, filled, noted on, taken back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from articles.history.undo import UndoRefusedError, undo
from articles.keeping import collections
from articles.keeping.collections import (
    CollectionNameTakenError,
    CollectionRefusedError,
    NotYoursError,
)
from articles.models import (
    Access,
    Act,
    Article,
    Collection,
    CollectionItem,
    Corpus,
    Door,
    Membership,
    Operation,
    Role,
)
from articles.search.asking import ask
from tests.factories import make_article, make_corpus, make_member, make_user
from tests.keeping.collected import in_it, make_camps

type Index = Callable[[], int]


@pytest.fixture
def maker(corpus: Corpus) -> User:
    """Return someone who makes collections."""
    return make_member(corpus)


@pytest.fixture
def camps(corpus: Corpus, maker: User) -> Collection:
    """Return an empty, private collection."""
    return make_camps(corpus, maker)


def test_a_collection_is_made_with_articles_in_their_order(corpus: Corpus, maker: User) -> None:
    one, two = make_article(corpus), make_article(corpus)

    made = collections.make(
        corpus, name=" The  camps ", by=maker, door=Door.PAGE, articles=[two.pk, one.pk, two.pk]
    )

    assert made.collection.name == "The camps"
    assert in_it(made.collection) == [two.pk, one.pk]
    assert (made.added, made.already, made.elsewhere) == (2, 0, 0)
    assert made.operation is not None
    assert made.operation.summary == "Made “The camps” with 2 articles"
    assert made.operation.act == Act.COLLECT


def test_it_says_what_was_added_was_there_and_is_of_another_corpus(
    corpus: Corpus, maker: User, camps: Collection
) -> None:
    there, new = make_article(corpus), make_article(corpus)
    other = make_article(make_corpus(access=Access.OPEN))
    joined = make_article(corpus, standing=False)
    collections.add(camps, [there.pk], by=maker, door=Door.PAGE)

    ids = [there.pk, new.pk, other.pk, joined.pk, 10**15]
    found = collections.add(camps, ids, by=maker, door=Door.API)

    assert (found.added, found.already, found.elsewhere) == (1, 1, 3)
    assert in_it(camps) == [there.pk, new.pk]
    assert collections.add(camps, [new.pk], by=maker, door=Door.API).operation is None


def test_all_of_an_answer_is_added_that_is_of_its_corpus(
    corpus: Corpus, maker: User, camps: Collection, index: Index
) -> None:
    wanted = [make_article(corpus, headline=f"Camp {n}") for n in range(5)]
    make_article(corpus, headline="Harbour")
    make_article(make_corpus(access=Access.OPEN), headline="Camp elsewhere")
    make_article(make_corpus(), headline="Camp of others")
    collections.add(camps, [wanted[0].pk], by=maker, door=Door.PAGE)
    index()

    question = ask("camp", maker)
    before = collections.preview(camps, question)
    found = collections.add_answer(camps, question, by=maker, door=Door.PAGE)

    assert (before.add, before.already, before.elsewhere) == (4, 1, 1)
    assert (found.added, found.already, found.elsewhere) == (4, 1, 1)
    assert sorted(in_it(camps)) == [article.pk for article in wanted]
    index()
    assert ask('collection:"camps"', maker).total() == 5


def test_more_than_one_request_can_do_is_refused(
    camps: Collection, maker: User, monkeypatch: pytest.MonkeyPatch, corpus: Corpus, index: Index
) -> None:
    monkeypatch.setattr(collections, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(collections, "MOST_BY_JOB", 2)
    for _ in range(3):
        make_article(corpus)
    index()

    assert collections.preview(camps, ask("", maker)).is_too_much
    with pytest.raises(CollectionRefusedError, match="take a sample"):
        collections.add_answer(camps, ask("", maker), by=maker, door=Door.PAGE)
    assert in_it(camps) == []


def test_everything_is_undone_and_done_again(
    corpus: Corpus, maker: User, camps: Collection
) -> None:
    one, two = make_article(corpus), make_article(corpus)
    added = collections.add(camps, [one.pk, two.pk], by=maker, door=Door.PAGE).operation
    noted = collections.annotate(camps, two.pk, "See page 4", by=maker, door=Door.PAGE)
    renamed = collections.edit(camps, name="All camps", by=maker, door=Door.PAGE)
    taken = collections.take_out(camps, [one.pk], by=maker, door=Door.PAGE)
    removed = collections.remove(camps, by=maker, door=Door.PAGE)
    assert not Collection.objects.exists()
    assert not CollectionItem.objects.exists()
    assert removed.summary == "Removed “All camps”, a collection of 1 article"

    back = undo(removed, by=maker, door=Door.PAGE)
    assert [item.note for item in camps.items.all()] == ["See page 4"]
    undo(back, by=maker, door=Door.PAGE)
    assert not Collection.objects.exists()
    undo(Operation.objects.latest("pk"), by=maker, door=Door.PAGE)
    for operation in (taken, renamed, noted, added):
        assert operation is not None
        undo(operation, by=maker, door=Door.PAGE)
    camps.refresh_from_db()
    assert camps.name == "Camps"
    assert in_it(camps) == []
    assert Article.objects.count() == 2


def test_an_undo_leaves_later_work_alone(corpus: Corpus, maker: User, camps: Collection) -> None:
    article = make_article(corpus)
    added = collections.add(camps, [article.pk], by=maker, door=Door.PAGE).operation
    collections.annotate(camps, article.pk, "Mine", by=maker, door=Door.PAGE)

    assert added is not None
    with pytest.raises(UndoRefusedError, match="Noted on an article in “Camps”"):
        undo(added, by=maker, door=Door.PAGE)


def test_a_private_collection_is_its_makers_alone(
    corpus: Corpus, superuser: User, camps: Collection
) -> None:
    article = make_article(corpus)
    for other in (superuser, make_member(corpus, Role.ADMIN), make_user()):
        assert not Collection.objects.visible_to(other).exists()
        assert not Collection.objects.readable_by(other).exists()
        with pytest.raises(NotYoursError):
            collections.add(camps, [article.pk], by=other, door=Door.PAGE)
        with pytest.raises(NotYoursError):
            collections.remove(camps, by=other, door=Door.PAGE)


def test_a_shared_one_is_filled_by_members_and_kept_by_its_maker(
    corpus: Corpus, maker: User, camps: Collection
) -> None:
    article, member, admin = make_article(corpus), make_member(corpus), make_member(corpus)
    Membership.objects.filter(user=admin).update(role=Role.ADMIN)
    collections.edit(camps, shared=True, by=maker, door=Door.PAGE)

    assert collections.add(camps, [article.pk], by=member, door=Door.PAGE).added == 1
    assert collections.annotate(camps, article.pk, "Seen", by=member, door=Door.PAGE)
    with pytest.raises(NotYoursError, match="maker’s to say"):
        collections.edit(camps, shared=False, by=member, door=Door.PAGE)
    with pytest.raises(NotYoursError, match="by its maker"):
        collections.remove(camps, by=member, door=Door.PAGE)
    assert not Collection.objects.visible_to(make_user()).exists()
    collections.remove(camps, by=admin, door=Door.PAGE)


def test_who_filled_a_collection_cannot_reach_into_it_once_it_is_private_again(
    corpus: Corpus, maker: User, camps: Collection
) -> None:
    article, member = make_article(corpus), make_member(corpus)
    collections.edit(camps, shared=True, by=maker, door=Door.PAGE)
    added = collections.add(camps, [article.pk], by=member, door=Door.PAGE).operation
    collections.edit(camps, shared=False, by=maker, door=Door.PAGE)

    assert added is not None
    with pytest.raises(UndoRefusedError, match="no longer shared"):
        undo(added, by=member, door=Door.PAGE)
    assert in_it(camps) == [article.pk]


def test_who_is_no_member_any_more_has_no_way_in(
    corpus: Corpus, maker: User, camps: Collection
) -> None:
    Membership.objects.filter(user=maker).delete()

    with pytest.raises(NotYoursError):
        collections.edit(camps, name="Mine still", by=maker, door=Door.PAGE)
    with pytest.raises(NotYoursError, match="Only members"):
        collections.make(corpus, name="Another", by=maker, door=Door.PAGE)


def test_what_is_collected_is_in_nobody_elses_history(
    corpus: Corpus, superuser: User, maker: User, camps: Collection
) -> None:
    assert camps.pk
    assert Operation.objects.visible_to(maker).count() == 1
    for other in (superuser, make_member(corpus, Role.ADMIN)):
        assert not Operation.objects.visible_to(other).exists()


def test_names_are_one_per_maker_and_corpus(corpus: Corpus, maker: User, camps: Collection) -> None:
    other = make_member(corpus)
    collections.make(corpus, name="Camps", by=other, door=Door.PAGE)
    second = collections.make(corpus, name="Ports", by=maker, door=Door.PAGE).collection

    with pytest.raises(CollectionNameTakenError):
        collections.make(corpus, name=" Camps", by=maker, door=Door.PAGE)
    with pytest.raises(CollectionNameTakenError):
        collections.edit(second, name=camps.name, by=maker, door=Door.PAGE)
    assert collections.edit(second, name="Ports", by=maker, door=Door.PAGE) is None
    for name in ("", "  ", "x" * 201):
        with pytest.raises(CollectionRefusedError):
            collections.make(corpus, name=name, by=maker, door=Door.PAGE)


def test_collections_are_copied_and_merged_with_their_notes(
    corpus: Corpus, maker: User, camps: Collection
) -> None:
    one, two, three = (make_article(corpus) for _ in range(3))
    collections.add(camps, [one.pk, two.pk], by=maker, door=Door.PAGE)
    collections.annotate(camps, two.pk, "Look", by=maker, door=Door.PAGE)
    ports = collections.make(
        corpus, name="Ports", by=maker, door=Door.PAGE, articles=[one.pk, three.pk]
    ).collection

    copied = collections.copy(camps, name="Camps II", by=maker, door=Door.PAGE)
    merged = collections.merge(camps, ports, by=maker, door=Door.PAGE)

    assert in_it(copied.collection) == [one.pk, two.pk]
    assert (merged.added, merged.already) == (1, 1)
    assert ports.items.get(article=two).note == "Look"
    elsewhere = make_corpus()
    other = make_member(elsewhere, user=maker)
    foreign = collections.make(elsewhere, name="F", by=other, door=Door.PAGE).collection
    with pytest.raises(CollectionRefusedError, match="same corpus"):
        collections.merge(camps, foreign, by=maker, door=Door.PAGE)
