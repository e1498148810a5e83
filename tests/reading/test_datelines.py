from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import datelines

DATELINES: list[tuple[str, str | None, str | None]] = [
    ("ALMATY, Kazakhstan:", "ALMATY, Kazakhstan", None),
    ("WASHINGTON:", "WASHINGTON", None),
    ("WASHINGTON (AP) —", "WASHINGTON", "Associated Press"),
    ("ST. LOUIS (AP) --", "ST. LOUIS", "Associated Press"),
    ("(AP) —", None, "Associated Press"),
    ("PARIS, Jan 9 (Reuters) -", "PARIS", "Reuters"),
    ("BEIJING, Jan. 3 (Xinhua) --", "BEIJING", "Xinhua"),
    ("TEL AVIV, Israel (AP) —", "TEL AVIV, Israel", "Associated Press"),
    ("TOKYO (Kyodo)", "TOKYO", "Kyodo News"),
    ("Berlin (dpa) -", "Berlin", "dpa"),
    ("Kleinstadt (dpa) -", "Kleinstadt", "dpa"),
    ("LONDON —", "LONDON", None),
    ("Paris —", "Paris", None),
    ("NEW YORK:", "NEW YORK", None),
    ("MOSCOW/KYIV:", "MOSCOW/KYIV", None),
    ("SMALLTOWN, Ohio —", "SMALLTOWN, Ohio", None),
    ("ROMA, 9 GEN -", "ROMA", None),
    ("(ANSA) - ROMA, 9 GEN -", "ROMA", "ANSA"),
    ("Paris, 9 janvier (AFP) -", "Paris", "Agence France-Presse"),
    ("MADRID, 3 Ene. (EUROPA PRESS) -", "MADRID", "Europa Press"),
    ("Washington, 9 ene (EFE).-", "Washington", "EFE"),
    ("МОСКВА, 9 января. /ТАСС/.", "МОСКВА", "TASS"),
    ("МОСКВА, 9 янв - РИА Новости.", "МОСКВА", "RIA Novosti"),
    ("القاهرة (رويترز) -", "القاهرة", "Reuters"),
    ("القاهرة - أ ف ب:", "القاهرة", "Agence France-Presse"),
    ("LUXOR:", "LUXOR", None),
    ("BATAVIA —", "BATAVIA", None),
    ("SMYRNA, Sept. 9 (AP) —", "SMYRNA", "Associated Press"),
    ("PORT-SAÏD, 17 novembre. —", "PORT-SAÏD", None),
    ("بورسعيد:", "بورسعيد", None),
    ("新华社北京1月9日电", "北京", "Xinhua"),
]


@pytest.mark.parametrize(("printed", "place", "agency"), DATELINES, ids=[d[0] for d in DATELINES])
def test_a_dateline_is_cut_off_its_paragraph(
    printed: str, place: str | None, agency: str | None
) -> None:
    split = datelines.split(f"{printed} The harbour was closed.")

    assert split is not None
    assert (split.dateline.place, split.dateline.agency) == (place, agency)
    assert (split.printed, split.rest) == (printed, "The harbour was closed.")


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "Breaking: the harbour is closed",
        "BREAKING NEWS: the harbour is closed",
        "Question: What was closed?",
        "NATO: the alliance and its harbours",
        "US: harbour closed",
        "NATO, Russia: the talks begin",
        "BREAKING, Jan 9 - The harbour is closed",
        "UPDATE: This text was changed.",
        "WATCH: The harbour closes",
        "CORRECTION: The harbour is open.",
        "EXCLUSIVE - Harbour closed",
        "He said: no",
        "The deal (AP) — was off",
        "Paris is a city — it has a harbour",
        "Paris – a city on the Seine – has a harbour",
        "London: a history of the harbour",
        "HARBOUR TO STAY CLOSED",
        "John Smith (Reuters) said - and left",
        "AP - the agency",
        "“WASHINGTON: no,” he said.",
        "I — we — all of us",
        "1914 — the harbour closed",
    ],
)
def test_an_ordinary_paragraph_has_no_dateline(paragraph: str) -> None:
    assert datelines.split(paragraph) is None


def test_a_dateline_may_stand_on_a_line_of_its_own() -> None:
    split = datelines.split("القاهرة - أ ف ب")

    assert split is not None
    assert split.dateline.agency == "Agence France-Presse"
    assert split.rest == ""


def test_a_date_with_its_year_is_read() -> None:
    split = datelines.split("BEIJING, Jan. 3, 2019 (Xinhua) -- The harbour was closed.")

    assert split is not None
    assert split.day_month == "Jan. 3, 2019"
    assert split.printed_date is not None
    assert split.printed_date.date == date(2019, 1, 3)


def test_a_date_without_a_year_is_kept_as_printed() -> None:
    split = datelines.split("PARIS, Jan 9 (Reuters) - The harbour was closed.")

    assert split is not None
    assert (split.day_month, split.printed_date) == ("Jan 9", None)


def test_a_corpus_may_bring_agencies_of_its_own() -> None:
    paragraph = "SMALLTOWN (MWS) — The harbour was closed."

    split = datelines.split(paragraph, {"MWS": "Meridian Wire Service"})

    assert datelines.split(paragraph) is None
    assert split is not None
    assert split.dateline.agency == "Meridian Wire Service"


MARKS = st.text(alphabet="ABCab ()/[]—–-:.,9年\x00\ud800\u0627\n", max_size=80)


@given(
    st.sampled_from([printed for printed, _, _ in DATELINES] + ["", "PARIS", "(AP)"]),
    st.one_of(MARKS, st.text(alphabet=st.characters(), max_size=80)),
)
def test_no_character_is_lost_between_dateline_and_rest(printed: str, text: str) -> None:
    paragraph = printed + text

    split = datelines.split(paragraph)

    if split is not None:
        assert "".join(paragraph.split()) == "".join((split.printed + split.rest).split())
        assert split.printed == split.printed.strip()
        assert split.rest == split.rest.strip()
