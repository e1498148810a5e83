"""How many articles have words is asked once of each, and never told of another one."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.related.events import often
from articles.related.events.numbers import Numbers
from articles.related.events.often import Frequencies, Often

# Few enough for many to have one slot.
NUMBERS = st.lists(st.integers(1, 1 << 20).map(lambda n: n * 7), max_size=60)


def counted(numbers: Numbers) -> Frequencies:
    return (numbers % 1_000).astype(np.int32)


@given(st.lists(NUMBERS, max_size=12))
def test_of_each_number_is_told_what_was_counted_of_it(asked: list[list[int]]) -> None:
    known = Often(counted)
    known._make(64)

    for numbers in asked:
        found = known.of(np.array(numbers, np.uint32))
        assert found.tolist() == [number % 1_000 for number in numbers]


def test_what_was_counted_is_not_counted_again() -> None:
    times = Counter[int]()

    def count(numbers: Numbers) -> Numbers:
        times.update(numbers.tolist())
        return numbers

    known = Often(count)
    # Two that have the same slot, and one more.
    numbers = np.array([5, 5 + often._LEAST, 9], np.uint32)
    for number in numbers:
        known.of(np.array([number]))
    for _ in range(3):
        assert known.of(numbers).tolist() == numbers.tolist()
    assert set(times.values()) == {1}

    known.forget()
    known.of(numbers[:1])
    assert times[5] == 2


def test_more_than_there_are_slots_are_counted_right() -> None:
    known = Often(counted)
    numbers = np.arange(1, 4 * often._LEAST, dtype=np.uint32)

    for part in np.array_split(numbers, 9):
        assert known.of(part).tolist() == (part % 1_000).tolist()
    assert known.of(numbers).tolist() == (numbers % 1_000).tolist()
