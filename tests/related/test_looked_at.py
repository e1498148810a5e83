"""A print is looked at once in a state of the store."""

from articles.related.finding.looked_at import LookedAt


def test_a_print_is_looked_at_once_in_a_state() -> None:
    looked_at = LookedAt()

    assert looked_at.others("a", 1, [3, 5, 0]) == [3, 5, 0]
    assert looked_at.others("a", 1, [5, 8, 0]) == [8]


def test_a_print_is_looked_at_again_in_another_state() -> None:
    looked_at = LookedAt()
    looked_at.others("a", 1, [3])
    looked_at.others("b", 1, [4])

    assert looked_at.others("b", 1, [3, 4]) == [3]
    assert looked_at.others("a", 1, [3]) == [3]


def test_prints_of_two_corpora_are_looked_at_apart() -> None:
    looked_at = LookedAt()
    looked_at.others("a", 1, [3])

    assert looked_at.others("a", 2, [3]) == [3]
    assert looked_at.others("a", 1, [3]) == []


def test_all_are_looked_at_again_once_they_are_forgotten() -> None:
    looked_at = LookedAt()
    looked_at.others("a", 1, [3, (1 << 32) - 1])
    looked_at.forget()

    assert looked_at.others("a", 1, [3, (1 << 32) - 1]) == [3, (1 << 32) - 1]


def test_no_print_is_taken_for_another_however_many_there_are() -> None:
    looked_at = LookedAt()
    odd = range(1, 6_000_000, 2)
    looked_at.others("a", 1, odd)

    assert looked_at.others("a", 1, range(0, 2_000_000, 2)) == [*range(0, 2_000_000, 2)]
