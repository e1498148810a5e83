"""Questions that take too long are given up; what they hold is bounded."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from articles.models import Corpus
from articles.search import deadline
from articles.search.deadline import SLOTS, TooSlowError, in_time
from articles.search.index import store
from articles.search.language.errors import QueryError


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Return what lets slow questions end; the slots are this test's own."""
    monkeypatch.setattr(deadline, "_slots", deadline._Slots())
    opened = threading.Event()
    yield opened
    opened.set()


def test_what_is_answered_in_time_is_returned() -> None:
    assert in_time(lambda: 42) == 42


def test_a_slow_question_is_given_up(gate: threading.Event, settings: Settings) -> None:
    settings.SEARCH_SECONDS = 0.01

    with pytest.raises(TooSlowError, match="was stopped"):
        in_time(gate.wait)


def test_who_joins_what_another_asked_has_time_of_their_own(
    gate: threading.Event, settings: Settings
) -> None:
    settings.SEARCH_SECONDS = 3_600
    # Of another, whose time is over.
    theirs = replace(deadline.asked(gate.wait), until=0.0)
    with pytest.raises(TooSlowError, match="was stopped"):
        theirs.answer()

    threading.Thread(target=gate.set).start()

    assert theirs.waited_for(deadline.deadline()).answer() is True


def test_slow_questions_take_a_bounded_number_of_threads_and_then_others_are_refused_at_once(
    gate: threading.Event, settings: Settings
) -> None:
    settings.SEARCH_SECONDS = 0.01
    # Those of other tests may end meanwhile.
    before = set(threading.enumerate())
    for _ in range(SLOTS):
        with pytest.raises(TooSlowError, match="was stopped"):
            in_time(gate.wait)
    settings.SEARCH_SECONDS = 3_600

    for _ in range(3):
        with pytest.raises(TooSlowError, match="busy"):
            in_time(lambda: 42)
    assert len(set(threading.enumerate()) - before) == SLOTS

    gate.set()
    for thread in threading.enumerate():
        if thread.name == "asking":
            thread.join()
    assert in_time(lambda: 42) == 42


def test_a_process_that_was_forked_has_threads_of_its_own(
    gate: threading.Event, settings: Settings
) -> None:
    settings.SEARCH_SECONDS = 0.01
    for _ in range(SLOTS):
        with pytest.raises(TooSlowError):
            in_time(gate.wait)
    before = deadline._slots

    deadline._after_fork()

    assert deadline._slots is not before
    settings.SEARCH_SECONDS = 60
    assert in_time(os.getpid) == os.getpid()


def test_a_wrong_question_is_told_as_such() -> None:
    def ask() -> None:
        raise QueryError("No.", position=3)

    with pytest.raises(QueryError, match="No"):
        in_time(ask)


@pytest.mark.django_db
def test_an_engine_that_fails_is_no_fault_of_the_one_who_asks(corpus: Corpus) -> None:
    del corpus

    def ask() -> None:
        raise ValueError("An IO error occurred")

    with pytest.raises(store.IndexMissingError):
        in_time(ask)
