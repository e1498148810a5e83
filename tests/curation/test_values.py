"""What a correction may hold: brought into normal form, or refused with a sentence."""

from typing import Any

import pytest

from articles.curation.values import BadValueError, checked, words
from articles.models import CorrectedField

PUBLISHED = CorrectedField.PUBLISHED
LINES = (
    CorrectedField.SOURCE,
    CorrectedField.BYLINE,
    CorrectedField.SECTION,
    CorrectedField.PAGE,
    CorrectedField.EDITION,
    CorrectedField.EXTERNAL_ID,
)


@pytest.mark.parametrize("field", LINES)
def test_a_line_is_trimmed_and_an_empty_one_is_none(field: CorrectedField) -> None:
    assert checked(field, "  A \n\t7 ") == "A 7"
    assert checked(field, " \n ") is None
    assert checked(field, None) is None


@pytest.mark.parametrize("field", LINES)
@pytest.mark.parametrize("value", [7, True, ["a"], {"a": 1}, b"a", "a\0b", "x" * 20_001])
def test_what_no_line_can_be_is_refused(field: CorrectedField, value: Any) -> None:
    with pytest.raises(BadValueError) as refused:
        checked(field, value)

    assert refused.value.field is field
    assert refused.value.sentence


def test_a_lone_surrogate_becomes_a_mark_that_can_be_stored() -> None:
    assert checked(CorrectedField.BYLINE, "By \ud800 Jane") == "By \ufffd Jane"


@pytest.mark.parametrize(
    "line", ["\u202eenaJ yB\u202c", "👩\u200d👩\u200d👧 family", "e\u0301"[:1] + "x", "\u200bA"]
)
def test_bidi_marks_emoji_and_joiners_are_kept(line: str) -> None:
    assert checked(CorrectedField.BYLINE, line) == line


def test_letters_are_composed() -> None:
    assert checked(CorrectedField.BYLINE, "Rene\u0301e") == "Ren\u00e9e"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"date": "1932-03-19"}, {"date": "1932-03-19", "precision": "day", "at": None}),
        (
            {"date": "1932-03-19", "precision": "month"},
            {"date": "1932-03-01", "precision": "month", "at": None},
        ),
        (
            {"date": "1932-03-19", "precision": "year"},
            {"date": "1932-01-01", "precision": "year", "at": None},
        ),
        (
            {"at": "2019-03-19T23:30:00-05:00"},
            {"date": "2019-03-19", "precision": "minute", "at": "2019-03-20T04:30:00+00:00"},
        ),
        (
            {"date": "2019-03-19", "precision": "minute"},
            {"date": "2019-03-19", "precision": "day", "at": None},
        ),
        ({}, None),
        (None, None),
    ],
)
def test_a_date_says_what_is_known(given: Any, kept: Any) -> None:
    assert checked(PUBLISHED, given) == kept


@pytest.mark.parametrize(
    "given",
    [
        {"date": "2019-02-30"},
        {"date": "0000-01-01"},
        {"date": "10000-01-01"},
        {"at": "9999-12-31T23:59-23:59"},
        {"at": "0001-01-01T00:00+23:59"},
        {"at": "2019-03-19T10:00"},
        {"date": "yesterday"},
        {"date": "2019-03-19\0"},
        {"date": 7},
        {"date": ["2019-03-19"]},
        {"date": "2019-03-19", "precision": "hour"},
        {"date": "2019-03-19", "precision": ["day"]},
        {"precision": "day"},
        {"at": 7},
        "2019-03-19",
        ["2019-03-19"],
        7,
    ],
)
def test_a_date_that_there_is_not_is_refused(given: Any) -> None:
    with pytest.raises(BadValueError):
        checked(PUBLISHED, given)


@pytest.mark.parametrize(
    "given",
    [
        "Ann Lee",
        [{"name": "Ann Lee"}],
        [{"kind": "robot", "name": "Ann Lee"}],
        [{"kind": ["person"], "name": "Ann Lee"}],
        [{"kind": "person", "name": ""}],
        [{"kind": "person", "name": "A\0nn"}],
        [{"kind": "person", "name": "x" * 301}],
        [{"kind": "person", "name": "Ann", "role": "x" * 201}],
        ["Ann Lee"],
        [{"kind": "person", "name": f"Ann {n}"} for n in range(201)],
    ],
)
def test_credits_that_name_nobody_are_refused(given: Any) -> None:
    with pytest.raises(BadValueError):
        checked(CorrectedField.CREDITS, given)


@pytest.mark.parametrize("given", ["Paris", ["Paris"], {"place": 7}, {"place": "x" * 301}])
def test_a_dateline_that_is_none_is_refused(given: Any) -> None:
    with pytest.raises(BadValueError):
        checked(CorrectedField.DATELINE, given)


@pytest.mark.parametrize(
    "given", ["example.org/a", "javascript:alert(1)", "ftp://example.org/", "https://", "http:///a"]
)
def test_an_address_is_of_the_web(given: str) -> None:
    with pytest.raises(BadValueError):
        checked(CorrectedField.CANONICAL_URL, given)


def test_a_language_is_a_tag() -> None:
    assert checked(CorrectedField.LANGUAGE, "EN") == "en"
    with pytest.raises(BadValueError):
        checked(CorrectedField.LANGUAGE, "not a language at all")


def test_flags_are_no_field_to_write() -> None:
    with pytest.raises(BadValueError):
        checked(CorrectedField.FLAGS, {"undated": 1})


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (PUBLISHED, {"date": "1932-03-19", "precision": "day", "at": None}, "19 March 1932"),
        (PUBLISHED, {"date": "1932-03-01", "precision": "month", "at": None}, "March 1932"),
        (PUBLISHED, {"date": "1932-01-01", "precision": "year", "at": None}, "1932"),
        (PUBLISHED, None, "none"),
        (CorrectedField.DATELINE, {"place": "Paris", "agency": "AFP"}, "Paris, AFP"),
        (
            CorrectedField.CREDITS,
            [{"kind": "person", "name": "Ann Lee", "role": "editing", "place": None}],
            "Ann Lee (editing)",
        ),
        (CorrectedField.PAGE, "7", "7"),
    ],
)
def test_a_value_is_put_into_words(field: CorrectedField, value: Any, shown: str) -> None:
    assert words(field, value) == shown
