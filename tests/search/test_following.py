"""The worker's loop: changes are taken in, others stand by, and it ends when it is told to."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from articles.models import Corpus
from articles.search.asking import ask
from articles.search.index import alone, indexing, store
from articles.search.index.following import follow
from tests.factories import make_article, make_corpus, make_user
from tests.faults.processes import until
from tests.loops import run_beside

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("default", name="Default")


@pytest.fixture
def someone() -> User:
    return make_user("root", is_superuser=True)


def followed() -> AbstractContextManager[list[str]]:
    """Run the worker's loop beside; give what it says."""
    return run_beside(follow, alone.is_followed)


def answers(query: str, user: User) -> Callable[[], bool]:
    """Return what tells whether a query is answered."""

    def has_answer() -> bool:
        try:
            return bool(ask(query, user).total())
        except store.IndexMissingError:
            return False

    return has_answer


def test_an_index_is_built_and_follows(corpus: Corpus, someone: User) -> None:
    make_article(corpus, headline="First tram")
    with followed() as said:
        until(answers("first", someone), "the first index")
        make_article(corpus, headline="Second tram")
        until(answers("second", someone), "a change")

    assert said == []
    assert not alone.is_followed()


def test_one_loop_takes_over_when_another_ends(corpus: Corpus, someone: User) -> None:
    with followed():
        with followed() as other:
            make_article(corpus, headline="First tram")
            until(answers("first", someone), "the first index")
        make_article(corpus, headline="Second tram")
        until(answers("second", someone), "a change")
    assert other == []


def test_who_wants_to_build_it_anew_gets_it(corpus: Corpus, someone: User) -> None:
    make_article(corpus, headline="First tram")
    with followed():
        until(answers("first", someone), "the first index")
        before = store.standing()

        call_command("reindex")

        assert store.standing() != before
        make_article(corpus, headline="Second tram")
        until(answers("second", someone), "a change")


def test_an_index_that_is_deleted_is_built_anew(corpus: Corpus, someone: User) -> None:
    make_article(corpus, headline="First tram")
    with followed():
        until(answers("first", someone), "the first index")
        shutil.rmtree(store.folder())

        until(answers("first", someone), "another index")


def test_a_segment_that_is_deleted_is_noticed_by_who_asks_and_repaired(
    corpus: Corpus, someone: User
) -> None:
    make_article(corpus, headline="First tram")
    indexing.catch_up()
    broken = store.standing()
    assert broken is not None
    with followed():
        until(alone.is_written, "a writer")
        next(broken.glob("*.term")).unlink()

        # Who had it open still reads it; who opens it tells the worker.
        store._OPEN.build = None
        until(lambda: store.standing() != broken, "that it is noticed")
        until(answers("first", someone), "another index")


def test_a_lost_connection_is_waited_for(corpus: Corpus, someone: User) -> None:
    make_article(corpus, headline="First tram")
    with followed() as said:
        until(answers("first", someone), "the first index")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                " AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        make_article(corpus, headline="Second tram")

        until(answers("second", someone), "a change")
    assert any("waits for the database" in line for line in said)
