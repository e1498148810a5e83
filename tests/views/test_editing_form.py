"""Fields as a form writes them and reads them again."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.curation.values import BadValueError, checked
from articles.models import CorrectedField
from articles.views.editing.editing_form import PARTS, Typed, unpacked, value_of, written

NOTHING = dict.fromkeys(PARTS)
zones = st.integers(-14 * 60, 14 * 60).map(lambda ahead: timezone(timedelta(minutes=ahead)))
instants = st.datetimes(
    datetime(2, 1, 3),  # noqa: DTZ001 -- the zone is drawn beside it
    datetime(9998, 12, 30),  # noqa: DTZ001 -- likewise
    timezones=zones,
    allow_imaginary=False,
).map(lambda at: at.replace(microsecond=0))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(days, st.sampled_from(["day", "month", "year"]))
def test_a_day_comes_back_as_it_was(day: date, precision: str) -> None:
    value = checked(CorrectedField.PUBLISHED, {"date": day.isoformat(), "precision": precision})

    typed = written(NOTHING | {CorrectedField.PUBLISHED: value}, {})

    assert checked(CorrectedField.PUBLISHED, value_of(CorrectedField.PUBLISHED, typed)) == value


@given(instants, zones, st.integers(-1, 1))
def test_an_instant_comes_back_as_it_was(at: datetime, zone: timezone, apart: int) -> None:
    day = (at.date() + timedelta(days=apart)).isoformat()
    value = checked(
        CorrectedField.MODIFIED,
        {"date": day, "precision": "minute", "at": at.astimezone(UTC).isoformat()},
    )
    read = {CorrectedField.MODIFIED: at.astimezone(zone).isoformat()}

    typed = written(NOTHING | {CorrectedField.MODIFIED: value}, read)

    assert checked(CorrectedField.MODIFIED, value_of(CorrectedField.MODIFIED, typed)) == value


# The first date in words loads what reads them.
@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_for_a_date_is_a_date_or_refused(day: str, time: str, zone: str) -> None:
    typed = Typed(dict(zip(PARTS[CorrectedField.PUBLISHED], (day, time, zone), strict=True)))

    try:
        value = checked(CorrectedField.PUBLISHED, value_of(CorrectedField.PUBLISHED, typed))
    except BadValueError:
        return
    assert value is None or date.fromisoformat(value["date"])


@given(st.text())
def test_what_was_shown_is_read_again_or_is_nothing(text: str) -> None:
    typed = Typed({"section": text}, [{"kind": "person", "name": text, "role": "", "place": ""}])

    assert unpacked(typed.packed()) == typed
    assert unpacked(text) is None


@pytest.mark.parametrize(
    ("time", "zone"), [("9:05", "Z"), ("09:05", "utc"), ("09:05:00", "+0000"), ("9:05", "-00:00")]
)
def test_times_are_read_as_people_write_them(time: str, zone: str) -> None:
    typed = Typed({"published_day": "2019-05-17", "published_time": time, "published_zone": zone})

    value = checked(CorrectedField.PUBLISHED, value_of(CorrectedField.PUBLISHED, typed))

    assert value["at"] == "2019-05-17T09:05:00+00:00"
