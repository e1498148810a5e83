from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.records import (
    FieldErrors,
    article_from_fields,
    article_from_record,
)
from articles.parsed import Caption, CreditKind, Dateline, Flag, ParsedArticle, Precision
from articles.text import Block, BlockKind


def errors(record: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(FieldErrors) as caught:
        article_from_fields(record)
    return caught.value.errors


def read(**record: Any) -> ParsedArticle:
    found = article_from_record(record, "record 1")
    assert isinstance(found, ParsedArticle)
    return found


def words(item: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in item.blocks if block.kind is kind]


def test_our_own_fields_are_taken_as_they_are() -> None:
    found = article_from_fields(
        {
            "headline": "Keeper retires",
            "standfirst": "After forty winters.",
            "key_points": ["He came in 1886."],
            "body": "WESTHAVEN (AP) — He climbed the stairs.\n\nHe will miss the gulls.",
            "published": {"date": "2019-01-09", "precision": "day"},
            "modified": "2019-01-10T08:00:00+00:00",
            "byline": "By Jane Doe",
            "source": "The Harbour Post",
            "language": "en",
            "url": "https://harbour.example/1",
            "captions": [{"text": "The lamp.", "credit": "John Roe"}],
            "extra": {"box": 7},
        },
        "record 3",
    )

    assert found.locator == "record 3"
    assert words(found, BlockKind.KEY_POINT) == ["He came in 1886."]
    assert words(found, BlockKind.DATELINE) == ["WESTHAVEN (AP) —"]
    assert found.dateline == Dateline("WESTHAVEN", "Associated Press")
    assert found.published is not None
    assert (found.published.date, found.published.precision) == (date(2019, 1, 9), Precision.DAY)
    assert found.modified is not None
    assert found.modified.at == datetime(2019, 1, 10, 8, tzinfo=UTC)
    assert found.captions == (Caption("The lamp.", "John Roe"),)
    assert found.extra == {"box": 7}
    assert found.provenance["byline"].rule == "field byline"
    assert found.provenance["byline"].raw == "By Jane Doe"


def test_blocks_are_taken_with_their_kinds() -> None:
    found = article_from_fields(
        {
            "headline": "Keeper retires",
            "blocks": [
                {"kind": "paragraph", "text": "He climbed."},
                {"kind": "crosshead", "text": "The gulls"},
            ],
        }
    )

    assert found.blocks == (
        Block(BlockKind.HEADLINE, "Keeper retires"),
        Block(BlockKind.PARAGRAPH, "He climbed."),
        Block(BlockKind.CROSSHEAD, "The gulls"),
    )


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("published", "2019-02-30", "not a date"),
        ("published", "9999-12-31T23:59-23:59", "not a date"),
        ("published", "0000-01-01", "not a date"),
        ("published", {"date": "2019-01-09", "precision": "hour"}, "minute, day, month, year"),
        ("published", {"date": "2019-01-09", "at": "2018-01-09T00:00:00Z"}, "a day apart"),
        ("published", True, "must be a date"),
        ("modified", "soon", "not a date"),
        ("headline", {"a": 1}, "must be a string"),
        ("headline", "x" * 20_001, "longer than 20,000"),
        ("body", 7, "must be a string"),
        ("blocks", "x", "must be a list"),
        ("blocks", [{"kind": "poem", "text": "x"}], "Block 0 has a kind we don't know"),
        ("blocks", [{"kind": "paragraph"}], "Block 0 has no"),
        ("blocks", [7], "Block 0 must be an object"),
        ("url", "javascript:alert(1)", "http"),
        ("language", "klingonese", "no language we know"),
        ("authors", 7, "list of names"),
        ("captions", [7], "Each caption"),
        ("key_points", 7, "list of strings"),
        ("extra", [], "must be an object"),
        ("headline", "Keeper\0retires", "NUL"),
        ("extra", {"a": ["\ud800"]}, "surrogate"),
        ("user__password", "x", "no such field"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_wrong(field: str, value: Any, message: str) -> None:
    found = errors({"headline": "Keeper retires", field: value})

    assert list(found) == [field]
    assert message in found[field]


def test_every_wrong_field_is_named_at_once() -> None:
    found = errors({"headline": "A", "published": "soon", "url": "ftp://x", "language": "??"})

    assert set(found) == {"published", "url", "language"}


def test_a_record_needs_a_headline_or_a_body() -> None:
    assert list(errors({"source": "The Harbour Post"})) == ["body"]
    assert list(errors({"headline": "  ", "body": ""})) == ["body"]


def test_deep_extra_is_refused() -> None:
    deep: Any = []
    for _ in range(1_000):
        deep = [deep]

    assert "nested" in errors({"headline": "A", "extra": {"a": deep}})["extra"]


def test_marked_up_bodies_become_blocks() -> None:
    found = read(
        title="A &amp; B",
        body="<div><p>He <b>climbed</b>.<br>Slowly.</p><h2>The gulls</h2><ul><li>One</li></ul>"
        "<blockquote><p>“Never.”</p></blockquote><script>x()</script>Tail &lt;3</div>",
    )

    assert words(found, BlockKind.HEADLINE) == ["A & B"]
    assert words(found, BlockKind.PARAGRAPH) == ["He climbed.\nSlowly.", "Tail <3"]
    assert words(found, BlockKind.CROSSHEAD) == ["The gulls"]
    assert words(found, BlockKind.LIST_ITEM) == ["One"]
    assert words(found, BlockKind.QUOTATION) == ["“Never.”"]


def test_signs_of_less_and_more_are_no_mark_up() -> None:
    assert words(read(title="A", body="if a < b and b > c"), BlockKind.PARAGRAPH) == [
        "if a < b and b > c"
    ]


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    assert words(read(body="One.\r\nTwo."), BlockKind.PARAGRAPH) == ["One.", "Two."]
    assert words(read(body="One\nmore.\n \nTwo."), BlockKind.PARAGRAPH) == ["One\nmore.", "Two."]


def test_a_headline_repeated_in_the_body_is_dropped_and_recorded() -> None:
    found = read(title="Keeper retires", body="KEEPER RETIRES\n\nHe climbed.")

    assert words(found, BlockKind.PARAGRAPH) == ["He climbed."]
    assert found.dropped[0].reason == "repeat"
    assert Flag.REPEATS_DROPPED in found.flags


def test_a_closing_rights_line_is_rights_and_no_text() -> None:
    found = read(title="A", body="He climbed.\n\n© 2019 Harbour Newspapers. All rights reserved.")

    assert words(found, BlockKind.PARAGRAPH) == ["He climbed."]
    assert found.rights == "© 2019 Harbour Newspapers. All rights reserved."
    assert found.published is None


def test_authors_in_any_shape_are_credits() -> None:
    for authors in (
        ["Jane Doe", "John Roe"],
        "['Jane Doe', 'John Roe']",
        [{"name": "Jane Doe"}, {"name": "John Roe"}],
    ):
        names = [credit.name for credit in read(title="A", authors=authors).credits]
        assert names == ["Jane Doe", "John Roe"]


def test_an_agency_among_authors_is_an_agency() -> None:
    (credit,) = read(title="A", authors=["Reuters"]).credits

    assert credit.kind is CreditKind.AGENCY


def test_seconds_since_1970_are_a_date() -> None:
    found = read(title="A", timestamp=1547042400)

    assert found.published is not None
    assert found.published.at == datetime(2019, 1, 9, 14, tzinfo=UTC)


def test_what_our_own_export_writes_is_read_back() -> None:
    found = read(
        headline="Keeper retires",
        text="Keeper retires\n\nHe climbed.",
        blocks=[
            {"kind": "headline", "start": 0, "end": 14},
            {"kind": "paragraph", "start": 16, "end": 27},
        ],
        source={"id": 3, "name": "The Harbour Post"},
        published={"at": None, "date": "2019-01-01", "precision": "month"},
        dateline={"place": "WESTHAVEN", "agency": None},
        extra={"box": 7},
    )

    assert [block.text for block in found.blocks] == ["Keeper retires", "He climbed."]
    assert found.source == "The Harbour Post"
    assert found.published is not None
    assert found.published.precision is Precision.MONTH
    assert found.dateline == Dateline("WESTHAVEN")
    assert found.extra["box"] == 7


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "name", "kind", "date", "at", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *("headline", "body", "blocks", "published", "byline", "authors", "captions"),
                *("dateline", "key_points", "source_domain", "url", "agency", "extra"),
            ]
        ),
        _VALUES,
    )
)
def test_any_record_is_an_article_or_errors(record: dict[str, Any]) -> None:
    try:
        found: object = article_from_fields(record)
    except FieldErrors as fault:
        found = fault.errors

    assert found
