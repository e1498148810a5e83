"""What is alike on average is gathered, and what is apart stays apart."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from articles.related.stories.clustering import gathered

ITEMS = list("abcdef")
PAIRS = st.sampled_from(list(combinations(ITEMS, 2)))


def test_two_that_are_alike_enough_are_a_group() -> None:
    assert gathered(ITEMS[:3], {("a", "b"): 0.5, ("b", "c"): 0.1}, least=0.2) == [["a", "b"], ["c"]]


def test_a_chain_is_no_group_where_its_ends_are_not_alike() -> None:
    chain = {("a", "b"): 0.5, ("b", "c"): 0.38, ("c", "d"): 0.5}

    assert gathered(ITEMS[:4], chain, least=0.2) == [["a", "b"], ["c", "d"]]


def test_what_stands_for_several_counts_as_several() -> None:
    likeness = {("a", "b"): 0.6, ("b", "c"): 0.6}

    assert gathered(["a", "b", "c"], likeness, least=0.35) == [["a", "b"], ["c"]]
    assert gathered(["c", "b", "a"], likeness, least=0.35, weights={"a": 9})[0] == ["c", "b"]


def test_two_groups_that_hang_together_more_closely_than_with_each_other_stay_two() -> None:
    within = dict.fromkeys(combinations("abcd", 2), 0.6) | dict.fromkeys(
        combinations("efgh", 2), 0.5
    )
    between = dict.fromkeys(product("abcd", "efgh"), 0.2)

    assert gathered("abcdefgh", within | between, least=0.1) == [list("abcd"), list("efgh")]
    assert gathered("efgh", dict.fromkeys(combinations("efgh", 2), 0.2), least=0.1) == [
        list("efgh")
    ]


def test_two_that_are_much_alike_let_a_third_join() -> None:
    likeness = {("a", "b"): 0.9, ("b", "c"): 0.2, ("a", "c"): 0.2}

    assert gathered("abc", likeness, least=0.1) == [["a", "b", "c"]]


@given(
    likeness=st.dictionaries(PAIRS, st.floats(0, 1), max_size=15),
    apart=st.lists(PAIRS, max_size=4),
    least=st.floats(0.05, 0.9),
)
def test_groups_are_a_partition_that_keeps_apart_what_is_apart(
    likeness: dict[tuple[str, str], float], apart: list[tuple[str, str]], least: float
) -> None:
    groups = gathered(ITEMS, likeness, least=least, apart=apart)

    assert sorted(item for group in groups for item in group) == ITEMS
    of = {item: number for number, group in enumerate(groups) for item in group}
    assert all(of[one] != of[other] for one, other in apart)
    assert gathered(ITEMS, dict(reversed(likeness.items())), least=least, apart=apart) == groups
    for group in groups:
        inner = [likeness.get(pair, 0.0) for pair in combinations(group, 2)]
        assert not inner or max(inner) >= least
