import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsed import Credit, CreditKind
from articles.reading import bylines


def person(name: str, role: str | None = None, place: str | None = None) -> Credit:
    return Credit(CreditKind.PERSON, name, role, place)


def agency(name: str, role: str | None = None) -> Credit:
    return Credit(CreditKind.AGENCY, name, role)


AP = agency("Associated Press")
AFP = agency("Agence France-Presse")

BYLINES: list[tuple[str, tuple[Credit, ...]]] = [
    (
        "By Jane Doe and John Roe in Almaty; Associated Press",
        (person("Jane Doe", place="Almaty"), person("John Roe", place="Almaty"), AP),
    ),
    (
        "ELAINE KURTENBACH, AP Business Writer",
        (person("Elaine Kurtenbach", "AP Business Writer"), AP),
    ),
    ("By: Associated Press ", (AP,)),
    ("(Reuters)", (agency("Reuters"),)),
    ("AFP - Agence France-Presse", (AFP,)),
    ("By The Associated Press", (AP,)),
    ("Associated Press in Beijing", (AP,)),
    ("By MATTHEW POE Associated Press", (person("Matthew Poe"), AP)),
    ("Jane Doe/AP", (person("Jane Doe"), AP)),
    ("By Jane Doe | AP", (person("Jane Doe"), AP)),
    ("Jane Doe | The Guardian", (person("Jane Doe"),)),
    ("By JANE DOE Staff Writer", (person("Jane Doe", "Staff Writer"),)),
    ("By Jane Doe For The Daily Mail", (person("Jane Doe"),)),
    (
        "By Jane Doe, Chief Political Correspondent, and John Roe, Health Editor",
        (
            person("Jane Doe", "Chief Political Correspondent"),
            person("John Roe", "Health Editor"),
        ),
    ),
    (
        "Reporting by Jane Doe in Paris and Ann Lee; Editing by Bob Roe",
        (
            person("Jane Doe", "reporting", "Paris"),
            person("Ann Lee", "reporting"),
            person("Bob Roe", "editing"),
        ),
    ),
    (
        "Photograph: Dake Kang/AP",
        (person("Dake Kang", "photograph"), agency("Associated Press", "photograph")),
    ),
    ("Jane Doe, with files from John Roe", (person("Jane Doe"), person("John Roe", "files"))),
    ("Jane Doe in Washington and agencies", (person("Jane Doe", place="Washington"),)),
    ("Jane Doe (Berlin)", (person("Jane Doe", place="Berlin"),)),
    (
        "Associated Press Writer Jane Doe contributed to this report.",
        (person("Jane Doe"), AP),
    ),
    ("By Jane Doe Published 9 Jan 2019", (person("Jane Doe"),)),
    ("Jane Doe jane@example.org @janedoe", (person("Jane Doe"),)),
    ("By J. K. O'NEIL and RONALD MCDONALD", (person("J. K. O'Neil"), person("Ronald McDonald"))),
    ("By Mary van der Berg", (person("Mary van der Berg"),)),
    ("Fatima al-Zahra", (person("Fatima al-Zahra"),)),
    ("Doe, Jane", (person("Jane Doe"),)),
    ("DOE, JANE", (person("Jane Doe"),)),
    ("Doe, Jane; Roe, John", (person("Jane Doe"), person("John Roe"))),
    ("By Prashant", (person("Prashant"),)),
    ("Von Hans Müller, dpa", (person("Hans Müller"), agency("dpa"))),
    (
        "Von Anna Schmidt und Karl Maier, Berlin",
        (person("Anna Schmidt", place="Berlin"), person("Karl Maier", place="Berlin")),
    ),
    ("Text: Hans Müller", (person("Hans Müller"),)),
    ("De nuestra corresponsal Ana Ruiz", (person("Ana Ruiz"),)),
    ("Por João da Silva, Lisboa", (person("João da Silva", place="Lisboa"),)),
    ("di Maria Rossi", (person("Maria Rossi"),)),
    ("Par Jean Dupont (avec AFP)", (person("Jean Dupont"), AFP)),
    ("LE MONDE AVEC AFP", (AFP,)),
    ("Автор: Иван Петров", (person("Иван Петров"),)),
    ("Haber: Ayşe Yılmaz", (person("Ayşe Yılmaz"),)),
    ("بقلم: أحمد خالد", (person("أحمد خالد"),)),
    ("بقلم أحمد خالد وسارة علي", (person("أحمد خالد"), person("سارة علي"))),
    ("أحمد حدّاد - القاهرة", (person("أحمد حدّاد", place="القاهرة"),)),
    ("Jane Doe - London - AP", (person("Jane Doe", place="London"), AP)),
    ("JANE DOE, AP Aviation Writer", (person("Jane Doe", "AP Aviation Writer"), AP)),
    ("本报记者 王小明", (person("王小明"),)),
]


@pytest.mark.parametrize(("printed", "credits_"), BYLINES, ids=[row[0] for row in BYLINES])
def test_a_byline_gives_its_credits(printed: str, credits_: tuple[Credit, ...]) -> None:
    assert bylines.parse(printed) == credits_


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Staff and agencies",
        "Staff",
        "By STAFF",
        "Guardian staff",
        "Our Foreign Staff",
        "Par notre correspondant",
        "Email The Author",
        "Admin",
        "Editor",
        "Staff Reporter",
        "By the Editorial Board",
        "https://example.org/jane",
        "@janedoe",
        "12:30",
        "A cura di Redazione",
        "From wire dispatches",
        "FACEBOOK TWITTER EMAIL PRINT",
        "The Guardian",
    ],
)
def test_an_impersonal_byline_names_nobody(printed: str) -> None:
    assert bylines.parse(printed) == ()


def test_a_corpus_may_bring_agencies_of_its_own() -> None:
    found = bylines.parse("By Jane Doe, MWS", extra_agencies={"MWS": "Meridian Wire Service"})

    assert found == (person("Jane Doe"), agency("Meridian Wire Service"))


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By: Associated Press",
        "By JANE DOE and JOHN ROE",
        "Associated Press",
        "Staff and agencies",
        "Guardian staff",
        "Jane Doe in Washington",
        "Jane Doe, Washington correspondent",
        "JANE DOE, AP Business Writer",
        "Par Jean Dupont",
        "Par notre correspondant",
        "Von Hans Müller, dpa",
        "Reporting by Jane Doe; Editing by John Roe",
        "بقلم: أحمد خالد",
    ],
)
def test_a_byline_is_told_from_other_lines(line: str) -> None:
    assert bylines.looks_like_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By the end of the year, officials said",
        "By Friday the city had fallen",
        "By contrast, Paris",
        "By Monday",
        "From Paris with love",
        "FACEBOOK TWITTER EMAIL PRINT",
        "NO COMPROMISE IN SIGHT",
        "Nuclear Ambitions",
        "Reuters reported the deal on Monday.",
        "Text of the agreement",
        "Words and deeds",
        "Staff shortages",
        "Ships of three navies to meet off Lisbon for winter exercise",
        "The harbour was closed, Jane Doe said in Paris.",
    ],
)
def test_another_line_is_no_byline(line: str) -> None:
    assert not bylines.looks_like_byline(line)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    found = bylines.parse(text)

    bylines.looks_like_byline(text)
    assert all(credit.name.strip() for credit in found)
    assert len({(credit.kind, credit.name) for credit in found}) == len(found)


NAMES = st.sampled_from(["Jane Doe", "John Roe", "Ana Ruiz", "Hans Müller", "Mary van der Berg"])


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_a_list_of_names_gives_each_person_once(names: list[str]) -> None:
    printed = " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]

    assert [credit.name for credit in bylines.parse(f"By {printed}")] == names


@given(NAMES)
def test_a_parsed_name_parses_to_itself(name: str) -> None:
    (credit,) = bylines.parse(name)

    assert bylines.parse(credit.name) == (credit,)


@pytest.mark.parametrize(
    "text", ["(" * 400, "a@" * 200, " and" * 100, "/" * 400, ", " * 200, "By " * 130]
)
def test_hostile_repetition_ends(text: str) -> None:
    assert bylines.parse(text) == ()
