"""Large answers are put into collections by the worker: as a request would, bit by bit."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.contrib.auth.models import User

from articles.annotate.spreading import collecting, spreads
from articles.annotate.spreading.collecting import already_in, start_collecting
from articles.history.undo import undo
from articles.keeping import collections
from articles.keeping.collections import CollectionRefusedError
from articles.models import (
    Access,
    Act,
    Article,
    Collection,
    Corpus,
    Door,
    Membership,
    Operation,
    Spread,
    SpreadStatus,
)
from articles.search.asking import ask
from articles.search.language.errors import QueryError
from tests.factories import make_article, make_corpus, make_member
from tests.keeping.collected import in_it, make_camps

pytestmark = pytest.mark.django_db

type Index = Callable[[], int]


class LeftError(Exception):
    """The worker is to end."""


@pytest.fixture
def maker(corpus: Corpus) -> User:
    """Return a viewer: who may collect, and not tag."""
    return make_member(corpus)


@pytest.fixture
def camps(corpus: Corpus, maker: User) -> Collection:
    return make_camps(corpus, maker)


@pytest.fixture
def found(corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Return the articles of the answer to “camp”, the newest first; one elsewhere has it too."""
    made = [
        make_article(corpus, headline=f"Camp {day}", published=date(1932, 5, day))
        for day in range(7, 0, -1)
    ]
    make_article(corpus, headline="Fog")
    make_article(make_corpus(access=Access.OPEN), headline="Camp")
    index()
    monkeypatch.setattr(collecting, "ARTICLES_AT_ONCE", 2)
    return made


def job_of(camps: Collection, maker: User, query: str = "camp") -> Spread:
    found = collections.found_in(ask(query, maker), camps.corpus_id)
    return start_collecting(camps, query, found, by=maker, door=Door.PAGE)


def done(job: Spread) -> Spread:
    spreads.run(job.pk)
    job.refresh_from_db()
    return job


def test_it_makes_what_a_request_would_make(
    corpus: Corpus, camps: Collection, maker: User, found: Sequence[Article]
) -> None:
    collections.add(camps, [found[3].pk], by=maker, door=Door.PAGE)
    at_once = collections.make(corpus, name="At once", by=maker, door=Door.PAGE).collection
    collections.add(at_once, [found[3].pk], by=maker, door=Door.PAGE)
    added = collections.add_answer(at_once, ask("camp", maker), by=maker, door=Door.PAGE)

    job = done(job_of(camps, maker))

    assert (job.status, job.problem) == (SpreadStatus.DONE, "")
    assert in_it(camps) == in_it(at_once)
    assert (job.made, already_in(job)) == (added.added, added.already) == (6, 1)
    assert (job.done, job.total) == (7, 7)
    assert job.operation is not None
    assert added.operation is not None
    assert job.operation.act == added.operation.act == Act.COLLECT
    assert job.operation.summary == "Added 6 articles to “Camps”"
    assert job.operation.size == added.operation.size


def test_all_of_it_is_undone_and_done_again(
    camps: Collection, maker: User, found: Sequence[Article]
) -> None:
    job = done(job_of(camps, maker))
    assert job.operation is not None

    back = undo(job.operation, by=maker, door=Door.PAGE)
    assert in_it(camps) == []
    undo(back, by=maker, door=Door.PAGE)

    assert sorted(in_it(camps)) == sorted(article.pk for article in found)


def test_what_was_made_for_it_is_undone_with_what_it_was_filled_with(
    corpus: Corpus, maker: User, found: Sequence[Article]
) -> None:
    made = collections.make(corpus, name="Filled", by=maker, door=Door.PAGE)
    job = start_collecting(
        made.collection, "camp", len(found), by=maker, door=Door.PAGE, making=made.operation
    )

    job = done(job)

    assert (job.status, job.made) == (SpreadStatus.DONE, 7)
    assert job.operation == made.operation
    [operation] = Operation.objects.filter(act=Act.COLLECT)
    assert (operation.summary, operation.size) == ("Made “Filled” with 7 articles", 7)
    back = undo(operation, by=maker, door=Door.PAGE)
    assert not Collection.objects.filter(name="Filled").exists()
    undo(back, by=maker, door=Door.PAGE)
    assert len(in_it(Collection.objects.get(name="Filled"))) == 7


@pytest.mark.parametrize("query", ["nothing-like-it", "headline:(camp"])
def test_what_was_made_for_nothing_can_be_undone(
    corpus: Corpus, maker: User, found: Sequence[Article], query: str
) -> None:
    assert found
    made = collections.make(corpus, name="Empty", by=maker, door=Door.PAGE)

    job = done(
        start_collecting(made.collection, query, 0, by=maker, door=Door.PAGE, making=made.operation)
    )

    assert job.made == 0
    assert job.operation == made.operation
    assert job.operation is not None
    undo(job.operation, by=maker, door=Door.PAGE)
    assert not Collection.objects.filter(name="Empty").exists()


def test_what_was_broken_off_goes_on_where_it_was(
    camps: Collection, maker: User, found: Sequence[Article]
) -> None:
    def leave() -> None:
        raise LeftError

    job = job_of(camps, maker)
    with pytest.raises(LeftError):
        spreads.run(job.pk, watch=leave)
    assert len(in_it(camps)) == 2

    job = done(job)

    assert in_it(camps) == [article.pk for article in found]
    assert (job.made, job.done) == (7, 7)
    assert Operation.objects.filter(act=Act.COLLECT).count() == 2


def test_a_job_whose_work_was_undone_meanwhile_ends(
    camps: Collection, maker: User, found: Sequence[Article]
) -> None:
    assert found
    job = job_of(camps, maker)

    def take_back() -> None:
        operation = Spread.objects.get(pk=job.pk).operation
        assert operation is not None
        undo(operation, by=maker, door=Door.PAGE)

    spreads.run(job.pk, watch=take_back)

    job.refresh_from_db()
    assert job.status == SpreadStatus.CANCELLED
    assert in_it(camps) == []


@pytest.mark.parametrize("how", ["removed", "no member"])
def test_it_ends_where_the_collection_is_no_more_ones_own(
    camps: Collection, maker: User, found: Sequence[Article], how: str
) -> None:
    assert found
    job = job_of(camps, maker)

    def lose() -> None:
        if how == "removed":
            collections.remove(camps, by=maker, door=Door.PAGE)
        else:
            Membership.objects.filter(user=maker).delete()

    spreads.run(job.pk, watch=lose)

    job.refresh_from_db()
    assert job.status == SpreadStatus.FAILED
    assert "no longer shared" in job.problem
    assert len(in_it(camps)) == (0 if how == "removed" else 2)


def test_what_is_there_already_makes_no_operation(
    camps: Collection, maker: User, found: Sequence[Article]
) -> None:
    collections.add(camps, [article.pk for article in found], by=maker, door=Door.PAGE)

    job = done(job_of(camps, maker))

    assert (job.status, job.made, already_in(job)) == (SpreadStatus.DONE, 0, 7)
    assert job.operation is None


def test_more_than_can_be_undone_and_what_cannot_be_read_is_refused(
    camps: Collection, maker: User, found: Sequence[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found
    monkeypatch.setattr(collections, "MOST_BY_JOB", 6)
    with pytest.raises(CollectionRefusedError, match="at most 6"):
        job_of(camps, maker)
    with pytest.raises(QueryError):
        job_of(camps, maker, "(camp")
    assert not Spread.objects.exists()
