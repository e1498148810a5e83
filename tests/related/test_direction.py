"""Direction is claimed where something supports it, and left open where not."""

from datetime import date

from articles.related.matching.alignment import Alignment
from articles.related.matching.direction import Direction, Facts, direction_of

EDITED = Alignment((), 300, 80, 0.5, 0.9)
QUOTED = Alignment((), 60, 40, 0.1, 0.15)
MONDAY, TUESDAY = date(2024, 3, 4), date(2024, 3, 5)


def test_it_is_open_without_evidence() -> None:
    assert direction_of(Facts("The Post"), Facts("The Argus"), EDITED) is None


def test_who_credits_the_others_source_is_from_it() -> None:
    wire = Facts("Associated Press")
    paper = Facts("The Guardian", byline="By AP", agencies=("Associated Press",))

    assert direction_of(wire, paper, EDITED) == Direction("second", ("byline: By AP",))
    assert direction_of(paper, wire, EDITED) == Direction("first", ("byline: By AP",))


def test_a_dateline_and_a_later_day_are_told_with_it() -> None:
    wire = Facts("Reuters", day=MONDAY)
    paper = Facts("The Argus", dateline_agency="Reuters", day=TUESDAY)

    found = direction_of(wire, paper, EDITED)

    assert found == Direction("second", ("dateline: Reuters", "time: 1 day later"))


def test_an_agency_that_neither_is_leaves_it_open() -> None:
    first = Facts("The Argus", agencies=("Reuters",), day=MONDAY)
    second = Facts("The Post", agencies=("Reuters",), day=TUESDAY)

    assert direction_of(first, second, EDITED) is None


def test_a_credit_that_time_gainsays_leaves_it_open() -> None:
    wire = Facts("Reuters", day=TUESDAY)
    paper = Facts("The Argus", agencies=("Reuters",), day=MONDAY)

    assert direction_of(wire, paper, EDITED) is None


def test_a_later_day_alone_supports_it_for_a_text_but_not_for_a_quotation() -> None:
    first, second = Facts("The Argus", day=MONDAY), Facts("The Post", day=TUESDAY)

    assert direction_of(first, second, EDITED) == Direction("second", ("time: 1 day later",))
    assert direction_of(first, second, QUOTED) is None


def test_two_that_credit_each_other_leave_it_open() -> None:
    first = Facts("The Argus", byline="The Post contributed")
    second = Facts("The Post", byline="with The Argus")

    assert direction_of(first, second, EDITED) is None


def test_the_same_outlet_is_no_evidence() -> None:
    first = Facts("Reuters", agencies=("Reuters",))

    assert direction_of(first, Facts("Reuters", byline="Reuters"), EDITED) is None
