"""While some articles are compared by event, the next are begun: nothing is lost by that."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from articles.models import Article, Change, Consumer, Corpus, Coverage, Link, LinkKind, LinkStatus
from articles.related.finding import following
from articles.related.finding.keeper import Keeper
from articles.related.finding.stopping import note
from articles.related.store.prints import ALONE
from tests.factories import judge, make_article, make_link, make_version
from tests.related.prose import story
from tests.related.test_events import ON, QUAKE, QUAKE_ELSEWHERE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keeper(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    """Return a keeper with which processes beside compare any two, to be related two by two."""
    monkeypatch.setattr("articles.related.finding.beside._WORTH_STARTING", 1)
    monkeypatch.setattr("articles.related.finding.beside._WORTH", 1)
    monkeypatch.setattr("articles.related.finding.steps.STEP", 2)
    for seed in ("one", "another"):
        make_article(corpus, headline=f"Of {seed}", paragraphs=story(seed), published=ON)
    for text in (QUAKE, QUAKE_ELSEWHERE):
        make_article(corpus, headline="Quake in Valdora", paragraphs=text, published=ON)
    following.catch_up(processes=1)
    with ALONE.writing(wait=True), Keeper(processes=2) as keeper:
        yield keeper


@pytest.fixture
def quakes() -> list[Article]:
    return list(Article.objects.order_by("pk")[2:])


def ahead(keeper: Keeper) -> None:
    """Relate all anew, as far as that the last two are begun and not finished."""
    note(Article.objects.values_list("pk", flat=True))
    assert keeper.step() == 2
    assert following.status().waiting == 2


def rest(keeper: Keeper) -> None:
    while keeper.step():
        pass
    assert following.status() == following.Status(0, None)


def kinds() -> set[str]:
    return set(Link.objects.filter(suggested=True).values_list("kind", flat=True))


def test_what_was_begun_is_finished_when_no_more_waits(keeper: Keeper) -> None:
    assert kinds() == {"same_event"}
    Link.objects.all().delete()
    ahead(keeper)
    assert kinds() == set()

    assert keeper.step() == 2

    assert kinds() == {"same_event"}
    assert keeper.step() == 0
    assert following.is_current()


def test_what_was_begun_is_finished_by_who_leaves(keeper: Keeper) -> None:
    Link.objects.all().delete()
    ahead(keeper)

    keeper.settle()

    assert kinds() == {"same_event"}
    assert following.is_current()


def test_what_was_begun_and_not_finished_waits(keeper: Keeper) -> None:
    Link.objects.all().delete()
    ahead(keeper)

    # As when the process is killed: nothing more is written.
    keeper.drop()

    assert following.status().waiting == 2
    rest(keeper)
    assert kinds() == {"same_event"}


def test_what_goes_after_it_was_begun_keeps_nothing_else_from_being_finished(
    keeper: Keeper, quakes: list[Article]
) -> None:
    Link.objects.all().delete()
    ahead(keeper)
    gone = quakes[1]
    Article.objects.filter(pk=gone.pk).update(version=None)
    gone.versions.all().delete()
    gone.delete()

    rest(keeper)

    assert not Link.objects.exists()
    assert Coverage.objects.get(article=quakes[0]).version == quakes[0].version


@pytest.mark.parametrize("is_begun_again", [False, True])
def test_what_is_edited_after_it_was_begun_is_compared_as_it_is(
    keeper: Keeper, quakes: list[Article], *, is_begun_again: bool
) -> None:
    ahead(keeper)
    with transaction.atomic():
        make_version(quakes[1], *story("something else", 40))
        note([quakes[1].pk])
    if is_begun_again:
        note(Article.objects.values_list("pk", flat=True)[:2])

    rest(keeper)

    assert kinds() == set()
    assert not Coverage.objects.exclude(story=None).exists()


def test_what_is_edited_is_no_more_compared_as_it_was(
    keeper: Keeper, quakes: list[Article], corpus: Corpus
) -> None:
    Link.objects.all().delete()
    one, another = Article.objects.order_by("pk")[:2]
    late = make_article(corpus, headline="Late", paragraphs=story("late"))
    for some in ((one, another), (quakes[0], late)):
        note([article.pk for article in some])
    assert keeper.step() == 2
    with transaction.atomic():
        make_version(quakes[1], *story("something else", 40))
        note([one.pk, quakes[1].pk])

    rest(keeper)

    assert not Link.objects.filter(first=quakes[0], second=quakes[1]).exists()


def test_what_the_next_are_is_found_though_these_were_not_there_yet(
    keeper: Keeper, quakes: list[Article], corpus: Corpus
) -> None:
    ahead(keeper)
    late = make_article(
        corpus, headline="Quake in Valdora", paragraphs=QUAKE_ELSEWHERE[::-1], published=ON
    )
    make_article(corpus, headline="Last", paragraphs=story("last"))

    rest(keeper)

    assert {link.first_id for link in Link.objects.filter(second=late)} == {
        quake.pk for quake in quakes
    }


def test_what_others_were_linked_to_these_by_since_they_were_begun_stays(
    keeper: Keeper, quakes: list[Article]
) -> None:
    ahead(keeper)
    late = make_link(Article.objects.earliest("pk"), quakes[0], LinkKind.BACKGROUND)

    rest(keeper)

    assert Link.objects.get(pk=late.pk).suggested


def test_what_was_found_again_since_these_were_begun_stays(
    keeper: Keeper, quakes: list[Article]
) -> None:
    late = make_link(
        Article.objects.earliest("pk"), quakes[0], LinkKind.BACKGROUND, suggested=False
    )
    ahead(keeper)
    Link.objects.filter(pk=late.pk).update(suggested=True)

    rest(keeper)

    assert Link.objects.get(pk=late.pk).suggested


def test_two_are_one_thing_by_event_though_another_was_found_since(
    keeper: Keeper, quakes: list[Article]
) -> None:
    ahead(keeper)
    late = make_link(quakes[0], quakes[1], LinkKind.BACKGROUND)

    rest(keeper)

    assert kinds() == {"same_event"}
    assert not Link.objects.filter(pk=late.pk, suggested=True).exists()


def test_what_a_person_says_after_it_was_begun_stands(keeper: Keeper) -> None:
    ahead(keeper)
    judge(Link.objects.get(), verdict="rejected")

    rest(keeper)

    assert Link.objects.get().status == LinkStatus.REJECTED


def waits() -> set[int]:
    return {*Change.objects.filter(consumer=Consumer.RELATED).values_list("article_id", flat=True)}


def test_of_whom_a_link_went_before_that_was_finished_is_in_no_story_with_it(
    keeper: Keeper, corpus: Corpus
) -> None:
    first, second = (
        make_article(corpus, headline="One text", paragraphs=story("copied"), published=ON)
        for _ in range(2)
    )
    rest(keeper)
    assert Coverage.objects.get(article=first).story is not None
    with transaction.atomic():
        note([*Article.objects.values_list("pk", flat=True)[:3]])
        make_version(second, *story("something else", 40))
    assert keeper.step() == 2
    assert second.pk in waits()
    assert kinds() == {"same_event"}
    assert Coverage.objects.get(article=first).story is not None

    # As when the process is killed: nothing more is written.
    keeper.drop()
    rest(keeper)

    assert Coverage.objects.get(article=first).story is None
