"""A question is changed by clicks: trees in, trees out, and all of them can be typed."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.search.language.printing import printed
from articles.search.language.query import parse
from articles.search.language.refining import (
    asks_for_all,
    clauses,
    cleared,
    days_of,
    excluding,
    filters_only,
    including,
    sayable,
    values_of,
    within_days,
    without,
    words_only,
)
from articles.search.language.tree import And, Node, conjunction, disjunction
from tests.search.test_query import trees

# None of them is a value in the trees.
VALUES = st.sampled_from(
    ["Reuters", "Le Monde", "O'Hara & Sons", "新华社", 'The "Late" Edition', "“Prawda”", "42"]
)
FIELDS = st.sampled_from(["source", "agency", "place"])
DAYS = st.none() | st.dates(date(1600, 1, 1), date(2100, 1, 1))


def whole_days(tree: Node) -> bool:
    """Whether a tree has no dates outermost."""
    return days_of(tree) == (None, None)


@given(trees(), FIELDS, VALUES)
def test_including_a_value_and_taking_it_away_gives_back_the_question(
    tree: Node, field: str, value: str
) -> None:
    assert without(including(tree, field, value), field, value) == tree


@given(trees(), FIELDS, VALUES)
def test_excluding_a_value_and_taking_it_away_gives_back_the_question(
    tree: Node, field: str, value: str
) -> None:
    assert without(excluding(tree, field, value), field, value) == tree


@given(trees(), FIELDS, st.lists(st.tuples(VALUES, st.booleans()), max_size=5), DAYS, DAYS)
def test_whatever_is_clicked_can_be_typed(
    tree: Node,
    field: str,
    clicks: list[tuple[str, bool]],
    start: date | None,
    end: date | None,
) -> None:
    for value, wanted in clicks:
        tree = including(tree, field, value) if wanted else excluding(tree, field, value)
    tree = within_days(tree, start, end)

    assert parse(printed(tree)) == tree


@given(trees(), FIELDS, VALUES)
def test_a_value_is_known_to_be_included_or_excluded(tree: Node, field: str, value: str) -> None:
    said = sayable(value)

    included, excluded = values_of(including(excluding(tree, field, value), field, value), field)
    assert said in included
    assert said not in excluded
    included, excluded = values_of(excluding(including(tree, field, value), field, value), field)
    assert said not in included
    assert said in excluded


@given(trees())
def test_the_pills_are_the_whole_question(tree: Node) -> None:
    pills = clauses(tree)

    typed = [f"-({pill.text})" if pill.negated else f"({pill.text})" for pill in pills]
    assert parse(" ".join(typed)) == tree
    for index, pill in enumerate(pills):
        rest = " ".join(typed[:index] + typed[index + 1 :])
        assert parse(rest) == pill.without


@given(trees())
def test_words_and_filters_are_the_whole_question(tree: Node) -> None:
    both = conjunction([words_only(tree), filters_only(tree)])

    assert sorted(map(printed, parts(both))) == sorted(map(printed, parts(tree)))


@given(trees(), DAYS, DAYS)
def test_days_that_are_set_are_those_of_the_question(
    tree: Node, start: date | None, end: date | None
) -> None:
    assume(start is None or end is None or start <= end)

    assert days_of(within_days(tree, start, end)) == (start, end)
    if whole_days(tree):
        assert within_days(within_days(tree, start, end), None, None) == tree


def parts(tree: Node) -> tuple[Node, ...]:
    """Return the outermost parts of a tree."""
    return tree.children if isinstance(tree, And) else (tree,)


@pytest.mark.parametrize(
    ("typed", "value", "becomes"),
    [
        ("", "A", 'source:"A"'),
        ("war", "A", 'war source:"A"'),
        ("source:B war", "A", 'source:("B" OR "A") war'),
        ('source:("B" OR "C")', "A", 'source:("B" OR "C" OR "A")'),
        ("source:B OR source:C", "A", 'source:("B" OR "C" OR "A")'),
        ("war OR source:B", "A", '(war OR source:"B") source:"A"'),
        ("-source:A", "A", 'source:"A"'),
        ("-source:(A OR B)", "A", '-source:"B" source:"A"'),
        ("source:a", "A", 'source:"a"'),
        ("source:É", "e", 'source:"É"'),
        # Who asks for both at once asks for a third as well.
        ("source:B source:C", "A", 'source:"B" source:"C" source:"A"'),
        ("-has:source", "A", '-has:source OR source:"A"'),
        ("source:A", "", 'source:"A" OR -has:source'),
        ("has:source", "", "-has:source"),
    ],
)
def test_a_value_is_added_to_those_asked_for(typed: str, value: str, becomes: str) -> None:
    assert printed(including(parse(typed), "source", value)) == becomes


@pytest.mark.parametrize(
    ("typed", "value", "becomes"),
    [
        ("war", "A", 'war -source:"A"'),
        ("-source:B", "A", '-source:"B" -source:"A"'),
        ("source:(A OR B)", "A", 'source:"B" -source:"A"'),
        ("source:A", "", 'source:"A" has:source'),
        ("-has:source", "", "has:source"),
    ],
)
def test_a_value_is_set_aside(typed: str, value: str, becomes: str) -> None:
    assert printed(excluding(parse(typed), "source", value)) == becomes


def test_a_field_of_which_nothing_can_be_lacking_has_no_empty_value() -> None:
    with pytest.raises(ValueError, match="place"):
        including(parse(""), "place", "")


def test_a_field_is_cleared_of_what_it_includes_alone() -> None:
    tree = parse("war source:(A OR B) -source:C agency:D (source:E OR peace)")

    left = parse("war -source:C agency:D (source:E OR peace)")
    assert cleared(tree, "source") == left
    assert not asks_for_all(tree, "source")
    assert asks_for_all(parse("author:A author:B"), "author")


@pytest.mark.parametrize(
    ("start", "end", "becomes"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "war date:2019 x"),
        (date(2019, 1, 1), date(2020, 2, 29), "war date:2019-01..2020-02 x"),
        (date(2019, 2, 1), date(2019, 2, 28), "war date:2019-02 x"),
        (date(2020, 2, 1), date(2020, 2, 28), "war date:2020-02-01..2020-02-28 x"),
        (date(2019, 5, 4), date(2019, 5, 4), "war date:2019-05-04 x"),
        (date(2019, 5, 4), date(2019, 5, 1), "war date:2019-05-01..2019-05-04 x"),
        (date(2019, 1, 1), None, "war date:2019.. x"),
        (None, date(2019, 1, 31), "war date:..2019-01 x"),
        (None, None, "war x"),
    ],
)
def test_days_are_set_where_days_stood(start: date | None, end: date | None, becomes: str) -> None:
    tree = parse("war date:1930 date:>1920 x")

    assert printed(within_days(tree, start, end)) == becomes


def test_days_within_brackets_are_left() -> None:
    tree = parse("(date:1930 OR war) updated:1931")

    changed = within_days(tree, date(1932, 1, 1), None)
    assert printed(changed) == "(date:1930 OR war) updated:1931 date:1932.."


def test_several_dates_leave_the_days_that_all_allow() -> None:
    assert days_of(parse("date:1930..1939 date:>1934")) == (date(1935, 1, 1), date(1939, 12, 31))


def test_pills_say_of_which_field_they_are() -> None:
    tree = parse(
        'war -source:"A B" agency:(X OR Y) date:>2019 headline:"a b" has:url (a OR place:b)'
    )

    found = [(pill.field, pill.value, pill.negated) for pill in clauses(tree)]
    assert found == [
        (None, "war", False),
        ("source", "A B", True),
        ("agency", "X or Y", False),
        ("date", "2020..", False),
        ("headline", '"a b"', False),
        ("has", "its address is known", False),
        (None, 'a OR place:"b"', False),
    ]
    assert clauses(parse("")) == []
    assert clauses(disjunction([parse("a"), parse("b")]))[0].without == parse("")
