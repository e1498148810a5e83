"""What was looked at is known as long as nothing changes."""

from collections.abc import Iterable

import numpy as np

from articles.related.events.numbers import Large
from articles.related.finding.looked_at import LookedAt


def numbers(*some: int) -> Large:
    return np.array(some, np.uint64)


def known(looked_at: LookedAt, state: str, what: int, some: Iterable[int]) -> list[bool]:
    found: list[bool] = looked_at.has(state, what, numbers(*some)).tolist()
    return found


MOST = (1 << 64) - 1


def test_what_was_looked_at_is_known_in_that_state() -> None:
    looked_at = LookedAt()
    looked_at.add("a", 1, numbers(3, 0, MOST))

    assert known(looked_at, "a", 1, [3, 0, MOST, 4]) == [True, True, True, False]


def test_in_another_state_nothing_is_known() -> None:
    looked_at = LookedAt()
    looked_at.add("a", 1, numbers(3))
    looked_at.add("b", 1, numbers(4))

    assert known(looked_at, "b", 1, [3, 4]) == [False, True]
    assert known(looked_at, "a", 1, [3]) == [False]


def test_numbers_of_two_things_are_apart() -> None:
    looked_at = LookedAt()
    looked_at.add("a", 1, numbers(3))
    looked_at.add("a", 2, numbers(5))

    assert known(looked_at, "a", 1, [3, 5]) == [True, False]
    assert known(looked_at, "a", 2, [3, 5]) == [False, True]


def test_nothing_is_known_once_all_is_forgotten() -> None:
    looked_at = LookedAt()
    looked_at.add("a", 1, numbers(3, MOST))
    looked_at.forget()

    assert known(looked_at, "a", 1, [3, MOST]) == [False, False]


def test_nothing_is_taken_for_another_however_much_there_is() -> None:
    looked_at = LookedAt()
    looked_at.add("a", 1, np.arange(1, 6_000_000, 2, dtype=np.uint64))

    assert not looked_at.has("a", 1, np.arange(0, 2_000_000, 2, dtype=np.uint64)).any()
