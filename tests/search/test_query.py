"""The query language: what is typed becomes a tree, and a tree what can be typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.search.language.errors import QueryError
from articles.search.language.fields import OWN, Field, Kind
from articles.search.language.printing import printed
from articles.search.language.query import hint, parse
from articles.search.language.tree import (
    And,
    Dates,
    Everything,
    Has,
    In,
    Is,
    Named,
    Near,
    Node,
    Not,
    Numbers,
    Or,
    Partial,
    Phrase,
    Word,
    conjunction,
    disjunction,
    is_positional,
    negation,
    walk,
)

WORDS = st.sampled_from(
    ["camp", "camps*", "wom?n", "Ürümqi", "新疆", "معسكر", "o'brien", "follow-up", "7.30", "and"]
)
PARTIALS = st.one_of(
    st.builds(Partial, st.integers(1600, 2030)),
    st.builds(Partial, st.integers(1600, 2030), st.integers(1, 12)),
    st.builds(Partial, st.integers(1600, 2030), st.integers(1, 12), st.integers(1, 28)),
)


def a_word() -> st.SearchStrategy[Word]:
    plain = st.builds(Word, WORDS, st.booleans())
    fuzzy = st.builds(Word, st.sampled_from(["zelensky", "Ürümqi"]), fuzzy=st.integers(1, 2))
    return plain | fuzzy


def in_order(pair: tuple[Partial | int, Partial | int]) -> bool:
    """Whether a range does not end before it begins."""
    start, end = pair
    if isinstance(start, Partial) and isinstance(end, Partial):
        return start.first <= end.last
    return isinstance(start, int) and isinstance(end, int) and start <= end


def a_range[T: (Partial, int)](
    values: st.SearchStrategy[T],
) -> st.SearchStrategy[tuple[T | None, T | None]]:
    both = st.tuples(values, values).filter(in_order)
    return both | values.map(lambda v: (v, None)) | values.map(lambda v: (None, v))


def positional() -> st.SearchStrategy[Node]:
    places = st.lists(
        st.lists(a_word(), min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=3
    )
    phrases = st.builds(Phrase, places.map(tuple), st.integers(0, 20))
    return st.recursive(
        a_word() | phrases,
        lambda below: (
            st.builds(Near, below, below, st.integers(1, 20), st.booleans())
            | st.lists(below, min_size=2, max_size=3).map(disjunction)
        ),
        max_leaves=4,
    )


def trees() -> st.SearchStrategy[Node]:
    """Trees in normal form, of everything that there is."""
    words = positional()
    leaves = st.one_of(
        words,
        st.builds(In, st.sampled_from(["headline", "body"]), words),
        st.builds(
            Named,
            st.sampled_from(["source", "agency"]),
            st.sampled_from(["BBC", "The Gazette", "al-Jazeera*"]),
        ),
        a_range(PARTIALS).map(lambda pair: Dates("date", *pair)),
        a_range(st.integers(0, 9_999)).map(lambda pair: Numbers("length", *pair)),
        st.builds(Has, st.sampled_from(sorted(OWN.has))),
        st.builds(Is, st.sampled_from(sorted(OWN.is_))),
        st.just(Everything()),
    )
    return st.recursive(
        leaves,
        lambda below: (
            below.map(negation)
            | st.lists(below, min_size=2, max_size=4).map(conjunction)
            | st.lists(below, min_size=2, max_size=4).map(disjunction)
        ),
        max_leaves=12,
    )


@given(trees())
def test_a_printed_tree_is_read_as_the_same_tree(tree: Node) -> None:
    assert parse(printed(tree)) == tree


@given(st.text() | st.text(alphabet='ab"()*?~:=-+ ORANDTPEN/5.<>', max_size=40))
@example("a NEAR/x b")
@example("– NOT a")
@example("headline:(a source:b)")
@example('"(')
@example("source:(")
@example("has:")
@example("date:>")
@example("a~99999999999999999999")
@example("date:>9999")
@example("date:9999-12-31..")
@example("length:>99999999999999999999")
def test_whatever_is_typed_is_read_or_refused_at_a_place_within_it(text: str) -> None:
    tree, refused = None, None
    try:
        tree = parse(text)
    except QueryError as fault:
        refused = fault
    if refused is not None:
        assert 0 <= refused.position <= len(text)
        assert refused.message.endswith((".", "?"))
    if tree is not None:
        assert parse(printed(tree)) == tree


def test_words_beside_each_other_must_all_be_there() -> None:
    assert parse("harbour strike") == And((Word("harbour"), Word("strike")))


def test_not_binds_more_tightly_than_and_and_and_than_or() -> None:
    assert parse("a b OR NOT c d") == Or(
        (And((Word("a"), Word("b"))), And((Not(Word("c")), Word("d"))))
    )


def test_nearness_binds_more_tightly_than_not() -> None:
    assert parse("-a NEAR/5 b") == Not(Near(Word("a"), Word("b"), 5))


def test_nearness_takes_groups_of_alternatives() -> None:
    assert parse("(uighur OR kazakh*) PRE/5 camp*") == Near(
        Or((Word("uighur"), Word("kazakh*"))), Word("camp*"), 5, ordered=True
    )


def test_operators_are_words_unless_in_capitals() -> None:
    assert parse("bread and butter") == And((Word("bread"), Word("and"), Word("butter")))


def test_typographic_quotes_are_quotes() -> None:
    assert parse("“harbour bridge”") == parse('"harbour bridge"')


def test_a_pasted_headline_is_its_words() -> None:
    assert printed(parse("Harbour – 7 dead & 10 hurt…")) == "Harbour 7 dead 10 hurt…"


def test_a_phrase_holds_wildcards_and_alternatives() -> None:
    assert parse('"the (minister OR president) sa*"~3') == Phrase(
        ((Word("the"),), (Word("minister"), Word("president")), (Word("sa*"),)), 3
    )


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("date:2019", Partial(2019), Partial(2019)),
        ("date:2019-01..2019-03", Partial(2019, 1), Partial(2019, 3)),
        ("date:>2019", Partial(2020), None),
        ("date:<2019-01", None, Partial(2018, 12)),
        ("date:>=2019-12-31", Partial(2019, 12, 31), None),
        ("date:>2019-12-31", Partial(2020, 1, 1), None),
        ("date:..2019", None, Partial(2019)),
    ],
)
def test_dates_are_days_months_years_and_ranges_of_them(
    typed: str, start: Partial | None, end: Partial | None
) -> None:
    assert parse(typed) == Dates("date", start, end)


@pytest.mark.parametrize(
    ("typed", "position", "meant"),
    [
        ("camps date:2019-02-30", 11, "camps date:2019-02-28"),
        ("headlin:bar", 0, "headline:bar"),
        ("is:undate", 3, "is:undated"),
        ("(a OR b", 0, "(a OR b)"),
        ("a)", 1, "a"),
        ('say "a b', 4, 'say "a b"'),
        ("a && b", 2, "a AND b"),
        ("date:2019..2018", 5, "date:2018..2019"),
        ("abc~5", 3, "abc~2"),
        ("Trumpp:x", 0, '"Trumpp:x"'),
        ("date:2019/03/05", 5, "date:2019-03-05"),
        ("a date: 2019", 2, "a date:2019"),
        ('source: "The Gazette"', 0, 'source:"The Gazette"'),
        ("a NEAR/ b", 2, "a NEAR/10 b"),
        ("a NEAR/ 3 b", 2, "a NEAR/3 b"),
        ("a NEAR/x b", 2, "a NEAR/10 b"),
        ("a NEAR/-1 b", 2, "a NEAR/1 b"),
        ("a NEAR/ship", 2, "a NEAR/10 ship"),
        ("(a OR c) PRE/5x b", 9, "(a OR c) PRE/5 b"),
        ("-(a NEAR/) (b)", 4, ""),
        ('a PRE/"b c"', 2, 'a PRE/10"b c"'),
        ("NEAR/FAR", 0, ""),
        ("  [] …", 2, ""),
        ("– AND a", 2, ""),
    ],
)
def test_an_error_says_where_and_what_was_meant(typed: str, position: int, meant: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(typed)

    assert (refused.value.position, refused.value.meant) == (position, meant)
    parse(refused.value.meant)


@pytest.mark.parametrize("typed", ['"a NEAR/x b"', "=NEAR/x", "NEARER/x", "SOMEWHERE/NEAR/x"])
def test_letters_like_an_operator_s_are_words_where_none_can_be(typed: str) -> None:
    assert printed(parse(typed)) == typed


def test_signs_alone_mean_nothing_beside_something() -> None:
    both = And((Word("a"), Word("b")))
    assert parse("[] a – b &") == parse("a – AND b") == both
    assert parse("a – NOT b") == And((Word("a"), Not(Word("b"))))
    assert parse("a – OR b") == Or((Word("a"), Word("b")))


@pytest.mark.parametrize(
    ("typed", "position", "meant"),
    [
        ("a near/5 b", 2, "a NEAR/5 b"),
        ("(a Pre/2 b) near/3 c", 3, "(a PRE/2 b) NEAR/3 c"),
        ("“a near/5 b” c near/5 d", 15, '"a near/5 b" c NEAR/5 d'),
    ],
)
def test_nearness_in_small_letters_is_words_with_a_hint(
    typed: str, position: int, meant: str
) -> None:
    assert not any(isinstance(node, Near) for node in walk(parse(typed)))
    found = hint(typed)

    assert found is not None
    assert (found.position, found.meant) == (position, meant)
    parse(found.meant)


@pytest.mark.parametrize(
    "typed",
    ["a NEAR/5 b", '"a near/5 b"', "near/5", "linear/5 a", "a near/x b", "a near/9999 b", ""],
)
def test_there_is_no_hint_where_nothing_else_can_be_meant(typed: str) -> None:
    assert hint(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a (", ""),
        ("a ((", ""),
        ("a OR (b", "a OR (b)"),
        ("a (b (c", "a (b (c))"),
        ("(sorce:x", "(source:x)"),
        ('a ("', ""),
        ("(" * 9 + "a", ""),
    ],
)
def test_what_was_meant_can_itself_be_read(typed: str, meant: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(typed)

    assert refused.value.meant == meant


@pytest.mark.parametrize(
    "typed",
    ["source:", "has:", "(date:)", "a OR", "AND b", "a NEAR/5", "(", "()", "?", "a NEAR (b c)"],
)
def test_what_lacks_something_is_refused(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(typed)


def test_ten_thousand_terms_are_read_and_deep_brackets_refused() -> None:
    many = parse(" OR ".join(f"word{number}" for number in range(10_000)))
    assert isinstance(many, Or)
    assert len(many.children) == 10_000

    with pytest.raises(QueryError, match="nested"):
        parse("(" * 5_000 + "a" + ")" * 5_000)


def test_a_feature_adds_its_fields() -> None:
    more = OWN.with_more(
        [Field("entity", Kind.NAMES, "A tagged entity", 'entity:"Jane Doe"')], has={"tag": "a tag"}
    )

    assert parse('entity:"Jane Doe" has:tag', more) == And(
        (Named("entity", "Jane Doe"), Has("tag"))
    )
    assert is_positional(parse("a OR b"))


def test_a_word_with_a_colon_is_a_word_unless_it_names_a_field() -> None:
    assert parse("Breaking: strike") == And((Word("Breaking:"), Word("strike")))


def test_what_is_wanted_may_be_what_is_not() -> None:
    assert parse("+-a b") == And((Not(Word("a")), Word("b")))


@pytest.mark.parametrize(
    "query",
    [
        "a" + " NEAR b" * 5_000,
        "(" * 30 + "a" + (" PRE b" * 50 + ")") * 30,
        "a NEAR/" + "9" * 5_000 + " b",
        '"a b"~' + "9" * 5_000,
    ],
)
def test_chains_and_numbers_beyond_measure_are_refused_and_not_fallen_over(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)
