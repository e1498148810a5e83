"""References in each form, from what is known of an article."""

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.export.bibtex import bibtex, key
from articles.export.coins import coins
from articles.export.csl import csl, csl_json
from articles.export.formatted import apa, chicago, mla, plain
from articles.export.reference import Name, Reference, split_name
from articles.export.ris import ris

JANE, JOHN = Name("Doe", "Jane Q."), Name("Roe", "John")
BRIDGE = Reference(
    identifier="newsroom-1",
    title="Bridge “nearly” opens & 100% hold their breath",
    authors=(JANE, JOHN),
    publication="The Harbour Post",
    issued=(1932, 3, 19),
    section="Home",
    page="A1",
    language="en",
    address="https://post.example/a_b",
)
BARE = Reference(identifier="newsroom-2", title="Bridge opens")
texts = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Jane Doe", Name("Doe", "Jane")),
        ("Henrietta van der Post", Name("van der Post", "Henrietta")),
        ("Simone de Beauvoir", Name("de Beauvoir", "Simone")),
        ("Sammy Davis Jr.", Name("Davis", "Sammy", "Jr.")),
        ("Doe, Jane", Name("Doe", "Jane")),
        ("Plato", Name("Plato")),
        ("De Gaulle", Name("Gaulle", "De")),
        ("夏目漱石", Name("夏目漱石")),
    ],
)
def test_a_name_has_its_parts(printed: str, expected: Name) -> None:
    assert split_name(printed) == expected


@given(texts)
def test_no_part_of_a_name_is_lost(printed: str) -> None:
    name = split_name(printed)

    letters = sorted(c for c in f"{name.family}{name.given}{name.suffix}" if c.isalnum())
    assert letters == sorted(c for c in printed if c.isalnum())


def test_chicago_prints_a_bibliography_entry() -> None:
    assert plain(chicago(BRIDGE)) == (
        "Doe, Jane Q., and John Roe. “Bridge ‘nearly’ opens & 100% hold their breath.” "
        "The Harbour Post, March 19, 1932. https://post.example/a_b."
    )
    assert [run.text for run in chicago(BRIDGE) if run.italic] == ["The Harbour Post"]


def test_apa_prints_initials_and_the_year_first() -> None:
    assert plain(apa(BRIDGE)) == (
        "Doe, J. Q., & Roe, J. (1932, March 19). Bridge “nearly” opens & 100% hold their breath. "
        "The Harbour Post, A1. https://post.example/a_b"
    )


def test_mla_shortens_the_month_and_drops_the_scheme() -> None:
    assert plain(mla(BRIDGE)) == (
        "Doe, Jane Q., and John Roe. “Bridge ‘nearly’ opens & 100% hold their breath.” "
        "The Harbour Post, 19 Mar. 1932, p. A1, post.example/a_b."
    )


def test_what_is_not_known_leaves_no_hole() -> None:
    assert plain(chicago(BARE)) == "“Bridge opens.” n.d."
    assert plain(apa(BARE)) == "Bridge opens. (n.d.)."
    assert plain(mla(BARE)) == "“Bridge opens.”"


@pytest.mark.parametrize(
    ("issued", "in_chicago", "in_apa", "in_mla"),
    [
        ((2019,), "2019", "(2019)", "2019"),
        ((2019, 9), "September 2019", "(2019, September)", "Sept. 2019"),
        ((2019, 5, 1), "May 1, 2019", "(2019, May 1)", "1 May 2019"),
    ],
)
def test_a_date_is_printed_as_far_as_it_is_known(
    issued: tuple[int, ...], in_chicago: str, in_apa: str, in_mla: str
) -> None:
    ref = Reference(identifier="x", title="Bridge", publication="Post", issued=issued)

    assert plain(chicago(ref)) == f"“Bridge.” Post, {in_chicago}."
    assert plain(apa(ref)) == f"Bridge. {in_apa}. Post."
    assert plain(mla(ref)) == f"“Bridge.” Post, {in_mla}."


def test_a_question_needs_no_stop() -> None:
    ref = Reference(identifier="x", title="Who cut the ribbon?", publication="Post")

    assert plain(chicago(ref)).startswith("“Who cut the ribbon?” Post")


def test_of_many_authors_the_mla_names_one() -> None:
    ref = Reference(identifier="x", title="Bridge", authors=(JANE, JOHN, Name("Poe", "Ann")))

    assert plain(mla(ref)).startswith("Doe, Jane Q., et al. “Bridge.”")


def test_bibtex_escapes_what_tex_would_read() -> None:
    entry = bibtex(BRIDGE)

    assert entry.startswith("@article{doe1932bridge,\n")
    assert r"opens \& 100\% hold" in entry
    assert "author = {Doe, Jane Q. and Roe, John}" in entry
    assert "date = {1932-03-19}" in entry
    assert "url = {https://post.example/a_b}" in entry


@given(title=texts, family=texts, address=texts)
def test_bibtex_braces_always_balance(title: str, family: str, address: str) -> None:
    entry = bibtex(Reference("newsroom-1", title, (Name(family),), title, address=address))

    bare = entry.replace(r"\textbackslash{}", "").replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")
    assert key(Reference("newsroom-1", title, (Name(family),))).isascii()


def test_an_agency_keeps_its_name_whole() -> None:
    ref = Reference(identifier="x", title="Bridge", authors=(Name(literal="Agence France-Presse"),))

    assert "author = {{Agence France-Presse}}" in bibtex(ref)
    assert csl(ref)["author"] == [{"literal": "Agence France-Presse"}]
    assert plain(apa(ref)).startswith("Agence France-Presse. (n.d.)")


def test_ris_is_a_newspaper_article_with_its_lines_in_order() -> None:
    lines = ris(BRIDGE).split("\r\n")

    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    assert {"AU  - Doe, Jane Q.", "AU  - Roe, John", "T2  - The Harbour Post"} <= set(lines)
    assert "DA  - 1932/03/19/" in lines


@pytest.mark.parametrize(("issued", "line"), [((1932,), "1932///"), ((1932, 3), "1932/03//")])
def test_ris_leaves_open_what_of_a_date_is_not_known(issued: tuple[int, ...], line: str) -> None:
    assert f"DA  - {line}\r\n" in ris(Reference(identifier="x", title="Bridge", issued=issued))


def test_csl_json_reads_back() -> None:
    (item,) = json.loads(csl_json(BRIDGE))

    assert item["type"] == "article-newspaper"
    assert item["author"][0] == {"family": "Doe", "given": "Jane Q."}
    assert item["issued"] == {"date-parts": [[1932, 3, 19]]}
    assert csl(BARE) == {
        "id": "newsroom-2",
        "type": "article-newspaper",
        "title": "Bridge opens",
    }


def test_coins_say_that_it_is_a_newspaper_article() -> None:
    pairs = parse_qs(coins(BRIDGE))

    assert pairs["rft.type"] == ["newspaperArticle"]
    assert pairs["rft.source"] == ["The Harbour Post"]
    assert pairs["rft.au"] == ["Jane Q. Doe", "John Roe"]
    assert pairs["rft.date"] == ["1932-03-19"]
