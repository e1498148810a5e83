"""What was asked is remembered of the latest states of the index, and no longer."""

import pytest

from articles.search.deadline import Asked, asked
from articles.search.language.query import parse
from articles.search.remembering import Memory, is_lasting


class Questions:
    """Answers with how many were asked so far."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> Asked[int]:
        self.asked += 1
        number = self.asked
        return asked(lambda: number)


def test_what_is_asked_again_is_not_put_to_the_engine() -> None:
    memory, ask = Memory(), Questions()

    answers = [memory.asked("s", key, ask).answer() for key in ("a", "b", "a", "b")]

    assert answers == [1, 2, 1, 2]


def test_another_state_of_the_index_has_answers_of_its_own() -> None:
    memory, ask = Memory(), Questions()

    answers = [memory.asked(state, "a", ask).answer() for state in ("s", "t", "s")]

    assert answers == [1, 2, 1]


def test_of_states_that_no_one_asks_any_more_nothing_is_kept() -> None:
    memory, ask = Memory(states=2), Questions()
    for state in ("s", "t", "s", "u"):
        memory.asked(state, "a", ask)

    # “s” was asked again after “t”.
    assert [memory.asked(state, "a", ask).answer() for state in ("s", "u", "t")] == [1, 3, 4]


def test_what_is_asked_least_is_forgotten_first() -> None:
    memory, ask = Memory(most=2), Questions()
    for key in ("a", "b", "a", "c"):
        memory.asked("s", key, ask)

    assert [memory.asked("s", key, ask).answer() for key in ("a", "c", "b")] == [1, 3, 4]


def test_what_failed_is_asked_again() -> None:
    memory, ask = Memory(), Questions()

    def fail() -> int:
        raise LookupError

    failed = memory.asked("s", "a", lambda: asked(fail))
    with pytest.raises(LookupError):
        failed.answer()

    assert memory.asked("s", "a", ask).answer() == 1


@pytest.mark.parametrize(
    ("query", "lasting"),
    [
        ("bridge date:1932", True),
        ("bridge -(is:undated OR collection:Camps)", False),
        ('source:"The Post"', False),
        (" ".join(f"w{number}" for number in range(100)), False),
    ],
)
def test_what_names_mean_is_remembered_for_no_one_else(query: str, lasting: bool) -> None:  # noqa: FBT001 -- what is expected
    assert is_lasting(parse(query)) is lasting
