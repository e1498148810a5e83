from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsed import Precision, PrintedDate
from articles.reading import dates

DAYS = [
    "2019-01-09",
    "20190109",
    "2019/01/09",
    "9 Jan 2019",
    "9th of January 2019",
    "9-Jan-2019",
    "Jan. 9, 2019",
    "JANUARY 9, 2019",
    "Wednesday, 9 January 2019",
    "9. Januar 2019",
    "9.1.2019",
    "9 de enero de 2019",
    "le 9 janvier 2019 à 10h22",
    "9 gennaio 2019",
    "9 de janeiro de 2019",
    "9 januari 2019",
    "9 januari 2019 om 10:22 uur",
    "9 января 2019 г.",
    "9 січня 2019",
    "9 Ocak 2019",
    "9 stycznia 2019",
    "9. tammikuuta 2019",
    "9 ledna 2019",
    "٩ يناير ٢٠١٩",
    "9 كانون الثاني 2019",
    "9 كانون الثاني/يناير 2019",
    "9 جانفي 2019",
    "2019年1月9日",
    "2019年1月9日 10:22",
    "2019년 1월 9일",
    "2019. január 9.",
    "2019-01-09 10:22",
    "2019-01-09T10:22:33",
    "9 January 2019 10:22 a.m.",
]


@pytest.mark.parametrize("text", DAYS)
def test_a_printed_day_is_read(text: str) -> None:
    assert dates.parse(text) == PrintedDate(date(2019, 1, 9))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2019-01-09T10:22:33Z", "2019-01-09T10:22:33+00:00"),
        ("2019-01-09T10:22:33.123+05:30", "2019-01-09T10:22:33+05:30"),
        ("2019-01-09 10:22:33 -0500", "2019-01-09T10:22:33-05:00"),
        ("20190109T102233Z", "2019-01-09T10:22:33+00:00"),
        ("Wed, 09 Jan 2019 10:22:00 +0100", "2019-01-09T10:22:00+01:00"),
        ("Wed 9 Jan 2019 10.22 GMT", "2019-01-09T10:22:00+00:00"),
        ("January 9, 2019 at 5:32 p.m. EST", "2019-01-09T17:32:00-05:00"),
        ("Thursday January 10 2019 12:01am GMT", "2019-01-10T00:01:00+00:00"),
        ("10.22 GMT 9 January 2019", "2019-01-09T10:22:00+00:00"),
        ("9. Januar 2019, 10:22 Uhr MEZ", "2019-01-09T10:22:00+01:00"),
        ("9 января 2019 г. 10:22 МСК", "2019-01-09T10:22:00+03:00"),
        ("9 Jan 2019 10:22 UTC+2", "2019-01-09T10:22:00+02:00"),
    ],
)
def test_an_instant_needs_a_time_and_a_zone(text: str, instant: str) -> None:
    found = dates.parse(text)

    assert found is not None
    assert found.precision is Precision.MINUTE
    assert found.at == datetime.fromisoformat(instant)
    assert found.date == datetime.fromisoformat(instant).date()


def test_the_printed_day_is_the_outlets_not_utcs() -> None:
    found = dates.parse("2019-01-09T23:30:00-05:00")

    assert found is not None
    assert found.at is not None
    assert found.at.astimezone(UTC).date() == date(2019, 1, 10)
    assert found.date == date(2019, 1, 9)


@pytest.mark.parametrize(
    ("text", "first", "precision"),
    [
        ("Jan 2019", date(2019, 1, 1), Precision.MONTH),
        ("enero de 2019", date(2019, 1, 1), Precision.MONTH),
        ("2019-01", date(2019, 1, 1), Precision.MONTH),
        ("2019年1月", date(2019, 1, 1), Precision.MONTH),
        ("2019", date(2019, 1, 1), Precision.YEAR),
        ("٢٠١٩", date(2019, 1, 1), Precision.YEAR),
    ],
)
def test_a_month_or_a_year_is_an_interval(text: str, first: date, precision: Precision) -> None:
    assert dates.parse(text) == PrintedDate(first, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-02-30",
        "30 February 2019",
        "February 30, 2019",
        "2019年13月1日",
        "0000-01-01",
        "0000",
        "0123-01-09",
        "9999-12-31T23:59-23:59",
        "9999-12-31",
        "2019-01-09T25:00:00Z",
        "20191332",
        "31/04/2019",
        "9 Jan",
        "yesterday",
        "version 1.2.3",
        "9 Jan 19",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert dates.parse(text) is None


def test_an_ambiguous_date_is_never_guessed() -> None:
    assert dates.parse("01/02/2019") is None
    assert dates.parse("01/02/2019", language="en") is None


@pytest.mark.parametrize(
    ("day_first", "day"), [(True, date(2019, 2, 1)), (False, date(2019, 1, 2))]
)
def test_an_ambiguous_date_follows_what_is_known(day_first: bool, day: date) -> None:  # noqa: FBT001
    assert dates.parse("01/02/2019", day_first=day_first) == PrintedDate(day)


def test_a_language_settles_the_order() -> None:
    assert dates.parse("01/02/2019", language="fr") == PrintedDate(date(2019, 2, 1))
    assert dates.parse("01/02/2019", language="fr", day_first=False) == PrintedDate(
        date(2019, 1, 2)
    )


def test_a_day_above_twelve_settles_itself() -> None:
    assert dates.parse("13/02/2019") == PrintedDate(date(2019, 2, 13))
    assert dates.parse("02/13/2019") == PrintedDate(date(2019, 2, 13))


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("Date: 9 Jan 2019", "9 Jan 2019"),
        ("Published: January 9, 2019", "January 9, 2019"),
        ("  Last updated on 9 January 2019 by Jane Doe", "9 January 2019"),
        ("Publié le 9 janvier 2019", "9 janvier 2019"),
        ("Load-Date: 2019-01-09", "2019-01-09"),
        ("Load-Date: 20190109", "20190109"),
        ("نشر في ٩ يناير ٢٠١٩", "٩ يناير ٢٠١٩"),
        ("GÜNCELLEME: 9 OCAK 2019", "9 OCAK 2019"),
    ],
)
def test_a_header_line_gives_its_date_and_the_raw_string(line: str, raw: str) -> None:
    assert dates.find(line) == (PrintedDate(date(2019, 1, 9)), raw)


def test_a_time_belongs_to_the_raw_string() -> None:
    found = dates.find("Last updated 9 Jan 2019 at 10:22 GMT")

    assert found is not None
    assert found[0].at == datetime(2019, 1, 9, 10, 22, tzinfo=UTC)
    assert found[1] == "9 Jan 2019 at 10:22 GMT"


@pytest.mark.parametrize("line", ["", "By Jane Doe", "Date:", "Room 1984 was closed", "x" * 500])
def test_a_line_without_a_date_gives_none(line: str) -> None:
    assert dates.find(line) is None


def test_unix_seconds_are_an_instant() -> None:
    found = dates.from_epoch(1547029320)

    assert found == PrintedDate(
        date(2019, 1, 9), Precision.MINUTE, datetime(2019, 1, 9, 10, 22, tzinfo=UTC)
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, -1e300, 10**40])
def test_seconds_beyond_any_calendar_give_none(value: float) -> None:
    assert dates.from_epoch(value) is None


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back_from_its_iso_form(day: date) -> None:
    assert dates.parse(day.isoformat()) == PrintedDate(day)
    assert dates.parse(f"{day:%Y%m%d}") == PrintedDate(day)


@given(
    st.datetimes(
        min_value=datetime(1500, 1, 2),  # noqa: DTZ001 - hypothesis wants naive bounds
        max_value=datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.timezones().filter(
            lambda zone: zone.utcoffset(datetime(2019, 1, 9)) in {timedelta(0), timedelta(hours=1)}  # noqa: DTZ001
        ),
    )
)
def test_every_instant_is_read_back_from_its_iso_form(at: datetime) -> None:
    at = at.replace(microsecond=0)
    if (at.utcoffset() or timedelta(0)).seconds % 60:
        return  # zones before standard time: no newspaper prints seconds of an offset

    printed = at.isoformat()

    found = dates.parse(printed)

    assert found is not None
    assert found.at == datetime.fromisoformat(printed)
    assert found.date == at.date()


FRAGMENTS = st.lists(
    st.one_of(
        st.integers(0, 99999).map(str),
        st.sampled_from(
            ["-", "/", ".", ":", "T", "Z", " ", "+", "Jan", "mayo", "年", "月", "日", "pm"]
        ),
    ),
    max_size=14,
).map("".join)


@given(st.one_of(FRAGMENTS, st.text(alphabet=st.characters(), max_size=60)))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    found = dates.parse(text)

    if found is not None and found.at is not None:
        assert found.at.tzinfo is not None
        assert found.at.astimezone(UTC)


@given(st.one_of(FRAGMENTS, st.text(alphabet=st.characters(), max_size=60)), st.text(max_size=20))
def test_a_raw_date_comes_from_its_line(text: str, before: str) -> None:
    line = before + text

    found = dates.find(line)

    assert found is None or found[1] in line
