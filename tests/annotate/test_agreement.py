"""Agreement is counted as published, by hand, and by whoever is taken first."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate.entities import Entity  # type: ignore[import-untyped]  # no types
from nervaluate.strategies import (  # type: ignore[import-untyped]  # no types
    EntityTypeEvaluation,
    ExactEvaluation,
    PartialEvaluation,
    StrictEvaluation,
)

from articles.annotate.agreement.agreement import Compared, Scheme, compared, differences
from articles.annotate.agreement.chance import alpha, cohen, fleiss, labels_of, of_kind
from articles.annotate.agreement.pairing import Named, Span, by_kind, by_place

KINDS = ("person", "place")
spans = st.lists(
    st.builds(
        lambda start, length, kind: Span(start, start + length, kind),
        st.integers(0, 40),
        st.integers(1, 15),
        st.sampled_from(KINDS),
    ),
    max_size=8,
)


def f1s(found: Compared) -> dict[str, float | None]:
    return {scheme.value: found.f1(scheme).value for scheme in Scheme}


def test_each_way_of_counting_asks_for_something_else() -> None:
    # The same; another kind; longer, of the same kind; longer, of another kind; and one alone each.
    ada = [
        Span(0, 5, "person"), Span(10, 15, "person"), Span(20, 25, "person"),
        Span(30, 35, "person"), Span(40, 45, "person"),
    ]  # fmt: skip
    bo = [
        Span(0, 5, "person"), Span(10, 15, "place"), Span(20, 27, "person"),
        Span(30, 37, "place"), Span(50, 55, "place"),
    ]  # fmt: skip

    found = compared(ada, bo)

    # Of five on either side: 1 strict; 2 exact; 2 and two halves; 2 of one kind.
    assert f1s(found) == pytest.approx({"strict": 0.2, "exact": 0.4, "partial": 0.6, "kind": 0.4})
    assert (found.kinds.value, found.kinds.of) == (0.5, 2)
    shown = {scheme: found.f1(scheme) for scheme in Scheme}
    assert {each: (number.agreed, number.of) for each, number in shown.items()} == {
        "strict": (2, 10),
        "exact": (4, 10),
        "partial": (6, 10),
        "kind": (4, 10),
    }
    strict = found.tallies[Scheme.STRICT]
    assert (strict.correct, strict.incorrect, strict.missed, strict.spurious) == (1, 3, 1, 1)


@given(spans, spans)
@settings(deadline=None)
def test_what_is_shown_beside_a_share_divides_to_it(first: list[Span], second: list[Span]) -> None:
    found = compared(first, second)

    for number in (*(found.f1(scheme) for scheme in Scheme), found.kinds, found.entities):
        if number.value is not None:
            assert number.agreed is not None
            assert number.is_share
            assert number.agreed / number.of == pytest.approx(number.value)


def test_a_span_that_is_equal_is_found_behind_one_that_overlaps() -> None:
    # nervaluate itself says 0 of the one order and 0.67 of the other.
    ada, bo = [Span(0, 9, "person"), Span(0, 3, "person")], [Span(0, 3, "person")]

    assert compared(ada, bo).f1(Scheme.STRICT).value == pytest.approx(2 / 3)
    assert compared(bo, ada).f1(Scheme.STRICT).value == pytest.approx(2 / 3)


def test_touching_is_not_overlapping() -> None:
    paired = by_place([Span(0, 5, "person")], [Span(5, 9, "person")])

    assert not paired.pairs


def test_as_many_pairs_are_found_as_there_can_be() -> None:
    # The long one shares most with what the short one needs.
    first = [Span(0, 4, "a"), Span(5, 20, "a")]
    second = [Span(0, 12, "a"), Span(15, 18, "a")]

    assert len(by_place(first, second).pairs) == 2


def test_nothing_tagged_has_no_f1() -> None:
    found = compared([], []).f1(Scheme.STRICT)

    assert found.value is None
    assert found.why == "Nobody tagged anything here."


@given(spans, spans)
@settings(deadline=None)
def test_it_does_not_matter_who_is_taken_first(ada: list[Span], bo: list[Span]) -> None:
    there, back = compared(ada, bo), compared(bo, ada)

    assert f1s(there) == f1s(back)
    assert f1s(compared(ada[::-1], bo[::-1])) == f1s(there)
    assert there.entities == back.entities


@given(spans)
@settings(deadline=None)
def test_who_agrees_with_themselves_agrees_fully(ada: list[Span]) -> None:
    values = set(f1s(compared(ada, list(reversed(ada)))).values())

    assert values == ({1.0} if ada else {None})


@given(spans, spans)
@settings(deadline=None)
def test_what_is_counted_as_different_is_shown_as_different(
    ada: list[Span], bo: list[Span]
) -> None:
    found = compared(ada, bo)

    for scheme in Scheme:
        tally = found.tallies[scheme]
        alone = tally.missed + tally.spurious
        assert len(differences(ada, bo, scheme)) == tally.incorrect + tally.partial + alone


def _apart(drawn: list[tuple[int, int, str] | None]) -> list[Span]:
    """Return at most one span in each twenty characters."""
    return [
        Span(number * 20 + each[0], number * 20 + each[0] + each[1], each[2])
        for number, each in enumerate(drawn)
        if each
    ]


one = st.none() | st.tuples(st.integers(0, 8), st.integers(1, 8), st.sampled_from(KINDS))


@given(st.lists(st.tuples(one, one), max_size=8))
@settings(deadline=None)
def test_where_partners_are_plain_it_is_what_nervaluate_counts(
    drawn: list[tuple[Any, Any]],
) -> None:
    ada, bo = (_apart([each[number] for each in drawn]) for number in (0, 1))
    # Its ends are inclusive.
    true, predicted = ([Entity(s.kind, s.start, s.end - 1) for s in some] for some in (ada, bo))

    found = compared(ada, bo)

    for scheme, strategy in (
        (Scheme.STRICT, StrictEvaluation()),
        (Scheme.EXACT, ExactEvaluation()),
        (Scheme.PARTIAL, PartialEvaluation()),
        (Scheme.KIND, EntityTypeEvaluation()),
    ):
        theirs, _ = strategy.evaluate(true, predicted, list(KINDS))
        ours = found.tallies[scheme]
        assert (ours.correct, ours.incorrect, ours.partial, ours.missed, ours.spurious) == (
            theirs.correct, theirs.incorrect, theirs.partial, theirs.missed, theirs.spurious
        )  # fmt: skip
        assert (ours.f1.value or 0) == pytest.approx(theirs.f1)


def test_entities_are_compared_where_words_and_kind_agree() -> None:
    king, queen = Named(1, "person"), Named(2, "person")
    ada = [Span(0, 5, "person", king), Span(9, 12, "person", king), Span(20, 22, "person", king)]
    bo = [Span(0, 5, "person", king), Span(9, 12, "person", queen), Span(20, 23, "person", king)]

    found = compared(ada, bo)

    assert (found.entities.value, found.entities.of) == (0.5, 2)
    assert [each.place for each in differences(ada, bo, "entities")] == [(9, 12)]


def test_of_two_entities_at_the_same_words_the_same_one_is_meant() -> None:
    king, queen = Named(1, "person"), Named(2, "person")
    ada = [Span(0, 5, "person", king), Span(0, 5, "person", queen)]

    assert compared(ada, [Span(0, 5, "person", queen)]).entities.value == 1.0
    assert compared([Span(0, 5, "person", queen)], ada).entities.value == 1.0


def test_entities_of_blind_work_are_the_same_if_they_share_a_name() -> None:
    known = Named(1, "person", frozenset({"emily davison"}))
    hers = Named(2, "person", frozenset({"emily davison", "davison"}), is_blind=True)
    his = Named(3, "person", frozenset({"davison"}), is_blind=True)
    namesake = Named(4, "person", frozenset({"emily davison"}))

    assert hers.is_same(his)
    assert hers.is_same(known)
    assert known.is_same(hers)
    assert not known.is_same(his)
    # Two that the corpus tells apart are two.
    assert not known.is_same(namesake)
    assert not hers.is_same(Named(5, "place", frozenset({"davison"}), is_blind=True))


def test_a_word_bears_the_kinds_that_lie_on_any_of_it() -> None:
    words = [(0, 3), (4, 9), (10, 14)]

    found = labels_of(words, [Span(0, 5, "person"), Span(4, 9, "event"), Span(9, 10, "place")])

    assert found == [("person",), ("event", "person"), ()]


def test_cohens_kappa_is_that_of_the_example() -> None:
    # Fifty applications, read by two people: Wikipedia, "Cohen's kappa", simple example.
    counted = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}

    assert cohen(counted).value == pytest.approx(0.4)
    assert cohen({(b, a): n for (a, b), n in counted.items()}).value == pytest.approx(0.4)
    assert cohen(counted).agreed == 35
    assert not cohen(counted).is_share


def test_cohens_kappa_by_hand_of_words() -> None:
    # Ten words; Ada tags three as persons, Bo two of these and one more.
    # Observed 8/10; by chance .3 * .3 + .7 * .7 = .58; (.8 - .58) / .42
    counted = Counter({(True, True): 2, (True, False): 1, (False, True): 1, (False, False): 6})

    assert cohen(counted).value == pytest.approx(0.22 / 0.42)


def test_fleiss_kappa_is_that_of_the_example() -> None:
    # Ten subjects, fourteen raters, five answers: Fleiss 1971, as in Wikipedia, "Fleiss' kappa".
    rows = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    counted = Counter(
        tuple(answer for answer, count in enumerate(row) for _ in range(count)) for row in rows
    )

    assert fleiss(counted).value == pytest.approx(0.210, abs=5e-4)


@given(
    st.dictionaries(
        st.lists(st.sampled_from("abc"), min_size=2, max_size=4).map(tuple), st.integers(1, 9)
    ),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_fleiss_kappa_knows_no_order_of_people(counted: dict[Any, int], random: Any) -> None:
    shuffled: Counter[Any] = Counter()
    for answers, count in counted.items():
        shuffled[tuple(random.sample(answers, len(answers)))] += count

    ours, theirs = fleiss(counted).value, fleiss(shuffled).value
    assert ours == (theirs if theirs is None else pytest.approx(theirs))


def test_full_agreement_is_one() -> None:
    assert cohen({("a", "a"): 3, ("b", "b"): 4}).value == 1.0
    assert fleiss({("a", "a", "a"): 3, ("b", "b"): 4}).value == pytest.approx(1.0)
    assert alpha([[1, 1], [2, 2, 2]], "nominal").value == pytest.approx(1.0)


def test_where_nothing_varies_there_is_no_number() -> None:
    for found in (
        cohen({("a", "a"): 9}),
        fleiss({("a", "a"): 9}),
        alpha([[1, 1], [1, 1]], "nominal"),
    ):
        assert found.value is None
        assert "same" in found.why
    assert cohen({}).value is None
    assert fleiss({("a",): 3}).value is None
    assert alpha([[1], []], "ordinal").why == "No article was coded by two people."


def test_krippendorffs_alpha_is_that_of_the_example() -> None:
    # Twelve units, four observers: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    units: list[list[float]] = [
        [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
    ]  # fmt: skip

    assert alpha(units, "nominal").value == pytest.approx(0.743, abs=5e-4)
    assert alpha(units, "ordinal").value == pytest.approx(0.815, abs=5e-4)
    assert alpha(units, "interval").value == pytest.approx(0.849, abs=5e-4)
    assert alpha([unit[::-1] for unit in units[::-1]], "ordinal").value == pytest.approx(
        0.815, abs=5e-4
    )


def test_a_kind_is_looked_at_by_itself() -> None:
    counted: Counter[Any] = Counter({(("a", "b"), ("b",)): 2, ((), ("a",)): 1})

    assert of_kind(counted, "a") == {(True, False): 2, (False, True): 1}
    assert of_kind(counted, "b") == {(True, True): 2, (False, False): 1}


def test_spans_of_a_kind_find_each_other_first() -> None:
    ada = [Span(0, 5, "person")]
    bo = [Span(0, 5, "place"), Span(0, 7, "person")]

    assert by_kind(ada, bo).pairs == [(ada[0], bo[1])]
    assert by_place(ada, bo).pairs == [(ada[0], bo[0])]
