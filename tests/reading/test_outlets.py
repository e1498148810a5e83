import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import outlets
from articles.reading.outlet_table import OUTLETS


@pytest.mark.parametrize(
    "name",
    [
        "The Guardian",
        "Guardian",
        "THE GUARDIAN",
        "theguardian.com",
        "www.theguardian.com",
        "https://www.theguardian.com/world/x",
        "The Guardian (London)",
        "guardian.co.uk",
        "  The Guardian  ",
    ],
)
def test_one_outlet_has_many_names(name: str) -> None:
    assert outlets.canonical(name) == "The Guardian"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("NYT", "The New York Times"),
        ("washington post", "The Washington Post"),
        ("The Washington Post - Online", "The Washington Post"),
        ("El Pais", "El País"),
        ("Press and Journal", "The Press and Journal"),
        ("The Guardian (Nigeria)", "The Guardian (Nigeria)"),
        ("SPIEGEL ONLINE", "Der Spiegel"),
        ("الجزيرة نت", "Al Jazeera"),
        ("Коммерсантъ", "Kommersant"),
    ],
)
def test_an_alias_gives_the_masthead(name: str, canonical: str) -> None:
    assert outlets.canonical(name) == canonical


@pytest.mark.parametrize(
    "name",
    ["", "Times", "Sun", "Jane Doe", "The Meridian Courier", "example.org", "\x00", "\ud800"],
)
def test_an_unknown_or_vague_name_gives_none(name: str) -> None:
    assert outlets.canonical(name) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("news.bbc.co.uk", "BBC News"),
        ("https://amp.lemonde.fr/a?b=c", "Le Monde"),
        ("http://user@www.dw.com:8080/x", "Deutsche Welle"),
        ("THEGUARDIAN.COM.", "The Guardian"),
        ("asia.nikkei.com", "Nikkei Asia"),
        ("nottheguardian.com", None),
        ("theguardian.com.evil.example", None),
        ("co.uk", None),
        ("", None),
        ("http://[::1", None),
    ],
)
def test_a_domain_gives_its_outlet_subdomains_included(address: str, name: str | None) -> None:
    assert outlets.by_domain(address) == name


def test_a_place_in_brackets_is_stripped() -> None:
    assert outlets.strip_place("The Herald (Glasgow)") == "The Herald"
    assert outlets.strip_place("The Herald") == "The Herald"
    assert outlets.strip_place("(Glasgow)") == "(Glasgow)"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.org", "example.org"),
        ("https://news.example.co.uk/story", "example.co.uk"),
        ("amp.courier.example.com.au", "example.com.au"),
        ("example.org", "example.org"),
        ("localhost", "localhost"),
    ],
)
def test_an_unknown_host_falls_back_to_its_domain(host: str, domain: str) -> None:
    assert outlets.from_domain(host) == domain


def test_every_outlet_is_found_by_its_name_aliases_and_domains() -> None:
    for outlet in OUTLETS:
        assert outlets.canonical(outlet.name) == outlet.name
        assert outlets.outlet(outlet.name) == outlet
        assert len(outlet.country) == 2
        for domain in outlet.domains:
            assert outlets.by_domain(domain) == outlet.name


def test_no_domain_and_no_alias_belongs_to_two_outlets() -> None:
    domains = [domain for outlet in OUTLETS for domain in outlet.domains]
    aliases = [(alias, outlet.name) for outlet in OUTLETS for alias in outlet.aliases]

    assert len(domains) == len(set(domains))
    assert [alias for alias, name in aliases if outlets.canonical(alias) != name] == []


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    name = outlets.canonical(text)

    outlets.strip_place(text)
    assert outlets.from_domain(outlets.from_domain(text)) == outlets.from_domain(text)
    assert name is None or outlets.canonical(name) == name
