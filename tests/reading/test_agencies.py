import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import agencies
from articles.reading.agency_table import AGENCIES

INVENTED = {"Meridian Wire": "Meridian Wire Service", "MWS": "Meridian Wire Service"}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("AP", "Associated Press"),
        ("A.P.", "Associated Press"),
        ("the Associated Press", "Associated Press"),
        ("ASSOCIATED PRESS", "Associated Press"),
        ("(AFP)", "Agence France-Presse"),
        ("Agence France Presse", "Agence France-Presse"),
        ("Reuters news agency", "Reuters"),
        ("Xinhua News Agency", "Xinhua"),
        ("dpa", "dpa"),
        ("DPA", "dpa"),
        ("Agencia EFE", "EFE"),
        ("PA", "PA Media"),
        ("Press Association", "PA Media"),
        ("TT", "TT"),
        ("La Presse Canadienne", "Canadian Press"),
        ("/ТАСС/", "TASS"),
        ("أ ف ب", "Agence France-Presse"),
        ("وكالة رويترز", "Reuters"),
        ("新华社", "Xinhua"),
    ],
)
def test_an_agency_is_known_by_its_names(printed: str, name: str) -> None:
    assert agencies.canonical(printed) == name


@pytest.mark.parametrize(
    "word",
    ["", "pa", "tt", "spa", "ap", "Pa", "mehr", "Press", "agency", "NATO", "the", "NA", "RSS"],
)
def test_an_ordinary_word_is_no_agency(word: str) -> None:
    assert agencies.canonical(word) is None


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("Dake Kang/AP", ("Associated Press",)),
        ("Reuters, AFP and dpa", ("Reuters", "Agence France-Presse", "dpa")),
        ("AFP - Agence France-Presse", ("Agence France-Presse",)),
        ("Jane Doe; Associated Press of Pakistan", ("Associated Press of Pakistan",)),
        ("MAP of the region", ()),
        ("ANA RUIZ", ()),
        ("mehr und mehr", ()),
        ("a sputnik in orbit", ()),
        ("Jane Doe", ()),
    ],
)
def test_agencies_are_found_in_a_credit_in_order(credit: str, names: tuple[str, ...]) -> None:
    assert agencies.find(credit) == names


def test_a_corpus_may_bring_agencies_of_its_own() -> None:
    assert agencies.canonical("meridian wire", extra=INVENTED) == "Meridian Wire Service"
    assert (
        agencies.canonical("The Meridian Wire Service", extra=INVENTED) == "Meridian Wire Service"
    )
    assert agencies.find("Jane Doe/MWS and AP", extra=INVENTED) == (
        "Meridian Wire Service",
        "Associated Press",
    )
    assert agencies.canonical("Meridian Wire") is None


def test_every_canonical_name_finds_itself() -> None:
    for agency in AGENCIES:
        assert agencies.canonical(agency.name) == agency.name
        assert agencies.agency(agency.name) == agency


def test_no_abbreviation_stands_for_two_agencies() -> None:
    shorts = [short for agency in AGENCIES for short in agency.abbreviations]

    assert len(shorts) == len(set(shorts))


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    name = agencies.canonical(text)

    assert name is None or agencies.canonical(name) == name
    assert all(agencies.agency(found) for found in agencies.find(text))


@given(st.text(alphabet=st.characters(), max_size=40))
def test_nul_and_surrogates_are_no_trouble(text: str) -> None:
    agencies.canonical(f"\x00{text}\ud800", extra=INVENTED)
    agencies.find(f"\x00{text}\ud800 AP", extra=INVENTED)
