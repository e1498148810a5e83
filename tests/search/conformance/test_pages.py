"""Pages while articles arrive, change and go: who was there all the time is listed once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from articles.search.engine.answers import Sort
from articles.search.index.documents import Document
from tests.search.conformance.engines import Engine, listed
from tests.search.conformance.shelf import SHELF, article

NUMBERS = st.integers(1, 30)
KEYED = [sort for sort in Sort if sort is not Sort.RELEVANCE]


@pytest.mark.parametrize("sort", KEYED)
@pytest.mark.parametrize("limit", [1, 2, 5, 50])
def test_pages_there_and_back_are_the_same(shelf: Engine, sort: Sort, limit: int) -> None:
    there = []
    page = shelf.page("", sort=sort, limit=limit)
    assert not page.fewer
    while True:
        there.append(page)
        if not page.more:
            break
        page = shelf.page("", sort=sort, limit=limit, after=page.last)
        assert page.fewer

    assert sorted(id_ for each in there for id_ in each.ids) == [each.id for each in SHELF]
    for before, page in pairwise(there):
        back = shelf.page("", sort=sort, limit=limit, before=page.first)
        assert back.ids == before.ids
        assert back.more


def test_a_page_past_either_end_is_empty(shelf: Engine) -> None:
    assert not shelf.page("", sort=Sort.ADDED, limit=5, after=0).ids
    assert not shelf.page("", sort=Sort.ADDED, limit=5, before=(1 << 64) - 1).ids


def test_an_article_written_again_is_there_once_and_a_gone_one_is_not(
    made: Callable[..., Engine],
) -> None:
    engine = made([article(1, "old words"), article(2, "others")])

    engine.write([article(1, "new words")], gone=[2])

    assert listed(engine, "") == [1]
    assert listed(engine, "old OR others") == []
    assert listed(engine, "new") == [1]
    assert engine.count("words") == 1


def some(number: int, length: int, age: int) -> Document:
    """Return an article that is found by a word."""
    made = article(number, "word", published=date(2019, 1, 1) + timedelta(days=age))
    return replace(made, length=length)


class Reading(RuleBasedStateMachine):
    """Someone pages through answers, one in each order, while another writes."""

    make: Callable[..., Engine]

    @initialize(numbers=st.lists(NUMBERS, min_size=3, max_size=20, unique=True))
    def begin(self, numbers: list[int]) -> None:
        self.known = {number: some(number, number % 3, number % 5) for number in numbers}
        self.engine = type(self).make(list(self.known.values()))
        # Of each order: what was listed, from where it goes on, and who has not moved since.
        self.seen: dict[Sort, list[int]] = {sort: [] for sort in KEYED}
        self.after: dict[Sort, int | None] = dict.fromkeys(KEYED)
        self.still: dict[Sort, set[int]] = {sort: set(self.known) for sort in KEYED}

    @rule(number=NUMBERS, length=st.integers(0, 3), age=st.integers(0, 6))
    def write(self, number: int, length: int, age: int) -> None:
        """Put an article there, or let one be of another length and day."""
        self.known[number] = some(number, length, age)
        self.engine.write([self.known[number]])
        for still in self.still.values():
            still.discard(number)

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        self.known.pop(number, None)
        self.engine.write([], gone=[number])
        for still in self.still.values():
            still.discard(number)

    @rule(sort=st.sampled_from(KEYED), limit=st.integers(1, 7))
    def read_on(self, sort: Sort, limit: int) -> None:
        """Read a further page; at the end all is compared and begun again."""
        page = self.engine.page("word", sort=sort, limit=limit, after=self.after[sort])
        self.seen[sort] += page.ids
        self.after[sort] = page.last
        if not page.more:
            listed_once = [id_ for id_ in self.seen[sort] if id_ in self.still[sort]]
            assert sorted(listed_once) == sorted(self.still[sort])
            self.seen[sort], self.after[sort], self.still[sort] = [], None, set(self.known)

    @invariant()
    def counts_agree(self) -> None:
        if hasattr(self, "known"):
            assert self.engine.count("word") == len(self.known)


def test_who_does_not_move_is_listed_once_while_others_come_and_go(
    made: Callable[..., Engine],
) -> None:
    class Machine(Reading):
        make = staticmethod(made)

    few = settings(max_examples=8, stateful_step_count=25, deadline=None)
    Machine.TestCase.settings = few
    Machine.TestCase("runTest").runTest()
