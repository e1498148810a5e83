"""Every construct of the language finds its articles of the small corpus, and no others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.language.errors import QueryError
from tests.search.conformance.engines import Engine, listed
from tests.search.conformance.shelf import SHELF

EVERYTHING = list(range(1, len(SHELF) + 1))
QUESTIONS = {
    "words": [
        ("", EVERYTHING),
        ("*", EVERYTHING),
        ("bridge", [1, 2, 4, 5]),
        ("BRIDGE", [1, 2, 4, 5]),
        ("bridges", [1, 2, 4, 5]),
        ("opening", [1, 2]),
        ("harbour bridge", [1, 2, 5]),
        ("nowhere", []),
        ("kind", [3]),
        ("camp", [6, 9]),
        ("bridge [] ...", [1, 2, 4, 5]),
        ("harbour – bridge", [1, 2, 5]),
        ("7", [12]),
        ("7.30", [12]),
        ("e-mail", [12]),
        ("example.org", [12]),
        ("o'clock", [12]),
        ("l'état", [12]),
    ],
    "accents, case and quotes": [
        ("brucke", [3]),
        ("brücke", [3]),
        ("BRÜCKE", [3]),
        ("urumqi", [6]),
        ("U\u0308ru\u0308mqi", [6]),
        ("elites", [9]),
        ("“camping”", [6, 9]),
        ("minister’s", [6]),
        ("minister's", [6]),
        ("„harbour bridge“", [1, 2]),
        ("«harbour bridge»", [1, 2]),
    ],
    "scripts": [
        ("新疆", [7]),
        ("疆新", []),
        ("营地", [7]),
        ("新营", []),
        ("会議", [7]),
        ("東京", [7]),
        ("معسكرات", [8]),
        ("معسكر", [8]),
        ("المدينة", [8]),
        ("हिन्दी", [11]),
        ("ไทย", [11]),
        ("新*", [7]),
        ('"新疆 营地"', []),
        ('"新疆的营地"', [7]),
        ("新疆 NEAR/1 营地", [7]),
    ],
    "phrases": [
        ('"harbour bridge"', [1, 2]),
        ('"bridge harbour"', []),
        ('"harbour bridges"', [1, 2]),
        ('"the harbour bridge opens"', [2]),
        ('"harbour br*"', [1, 2]),
        ('"harbour b?idge"', [1, 2]),
        ('"harbour (bridge OR tunnel) opens"', [1, 2]),
        ('"(crowds OR police) (came OR told)"', [1, 6]),
        ('"follow up"', [6]),
        ('"harbour night"', []),
        ('"harbour night"~1', [5]),
        ('"night harbour"~1', [5]),
        ('"one four"~1', []),
        ('"one four"~2', [10]),
        ('"four one"~2', [10]),
        ('"one two four"~1', [10]),
        ('="Harbour bridge"', [1]),
        ('="harbour bridge"', [2]),
        ('"=US police"', [6]),
        ('"zelensky~1 said"', [6]),
        ('"bridge bridge"', []),
    ],
    "nearness": [
        ("one NEAR/2 four", [10]),
        ("four NEAR/2 one", [10]),
        ("one NEAR/1 four", []),
        ("one PRE/2 four", [10]),
        ("four PRE/2 one", []),
        ("ten PRE/0 one", [10]),
        ("one NEAR/0 one", []),
        ("one NEAR/9 one", [10]),
        ("one NEAR/8 one", []),
        ("(minister OR president*) NEAR/3 camp*", [6]),
        ('"follow up" NEAR/0 camps', [6]),
        ("(two OR three) PRE/1 five", [10]),
        ("one NEAR/1 three NEAR/1 five", [10]),
        ("crowds NEAR/3 harbour", []),
        ("one near/2 four", []),
        ("… NOT bridge", [3, *range(6, 13)]),
        ("harbour – AND bridge", [1, 2, 5]),
    ],
    "wildcards and fuzzy": [
        ("wom?n", [9]),
        ("wom*", [9]),
        ("w?man", [9]),
        ("*ridge", [1, 2, 5]),
        ("*rid*", [1, 2, 4, 5]),
        ("b*e", [1, 2, 3, 5]),
        ("=b*e", [1, 2]),
        ("Ürü*", [6]),
        ("uru*", [6]),
        ("zelensky~1", [6]),
        ("zelenksy~1", []),
        ("zelenksy~2", [6]),
        ("bridgee~1", [1, 2, 4, 5]),
        ("bidge~", [1, 2, 5]),
    ],
    "exact": [
        ("=US", [6]),
        ("=us", [6]),
        ("=Us", []),
        ("=camp", [6]),
        ("=camps", [6]),
        ("=Camp", []),
        ("=Ürümqi", [6]),
        ("=Urumqi", []),
        ("=bridge", [1, 2]),
        ("=Bridge", [5]),
    ],
    "operators": [
        ("bridge -harbour", [4]),
        ("bridge NOT harbour", [4]),
        ("bridge AND harbour", [1, 2, 5]),
        ("+bridge +harbour", [1, 2, 5]),
        ("bridge OR kind", [1, 2, 3, 4, 5]),
        ("kind OR harbour bridge", [1, 2, 3, 5]),
        ("(kind OR harbour) crowds", [1, 2]),
        ("-bridge", [3, *range(6, 13)]),
        ("NOT (bridge OR kinder)", list(range(6, 13))),
        ("harbour -(crowds OR night)", []),
        ("crowds and bridge", []),
        ("-bridge OR crowds", [1, 2, 3, *range(6, 13)]),
    ],
    "parts": [
        ("headline:bridge", [1, 5]),
        ("title:bridge", [1, 5]),
        ("headline:(bridge crowds)", []),
        ("headline:(bridge OR crowds)", [1, 2, 5]),
        ('headline:"harbour bridge"', [1]),
        ("body:bridge", [2, 4]),
        ("caption:harbour", [5]),
        ("standfirst:zelenskyy", [6]),
        ("byline:oslo", [2]),
        ("oslo", []),
        ("headline:brid* body:crowd*", [1]),
    ],
    "names": [
        ('section:"world news"', [1, 9]),
        ("section:w*", [1, 9]),
        ("section:world", []),
        ("agency:reuters", [1, 6]),
        ('agency:("agence france-presse" OR bbc)', [6]),
        ("-agency:reuters crowds", [2]),
        ("source:10", [1, 2]),
        ("source:11", [2]),
        ("place:urumqi", [6]),
        ("lang:de", [3]),
        ("flag:undated", [10]),
    ],
    "dates": [
        ("date:2019-03-02", [2, 3]),
        ("date:2019-03", [1, 2, 3]),
        ("date:2019", [1, 2, 3]),
        ("date:2018-06..2019-03-01", [1, 3, 5]),
        ("date:2018-06-15", [5]),
        ("date:<2018", [6, 7, 8, 9, 10, 11, 12]),
        ("date:<=2018", [5, 6, 7, 8, 9, 10, 11, 12]),
        ("date:>2019-03-01", [2, 3]),
        ("date:>=2019-03-31", [3]),
        ("date:>2019-03-31", []),
        ("date:2016-02-29", [9]),
        ("date:2016-02", [9, 10]),
        ("date:..2014", [12]),
        ("-date:1000..", [4]),
        ("updated:2019-03", [3]),
        ("added:2024-01-03..2024-01-05", [3, 4, 5]),
        ("added:>2024-01-10", [11, 12]),
        ("added:..9999-12-31", EVERYTHING),
    ],
    "numbers": [
        ("length:>400", [1, 3, 6]),
        ("length:300..500", [2, 3]),
        ("length:<300 bridge", [4, 5]),
        ("edits:>0", [2]),
        ("edits:0 crowds", [1]),
    ],
    "has and is": [
        ("is:undated", [4]),
        ("has:byline", [2]),
        ("is:edited", [2]),
        ("has:date -is:edited crowds", [1]),
        ("-has:date", [4]),
    ],
}


@pytest.mark.parametrize(
    ("query", "ids"),
    [pytest.param(query, ids, id=f"{about}: {query}") for about, rows in QUESTIONS.items()
     for query, ids in rows],
)  # fmt: skip
def test_a_query_finds_its_articles(shelf: Engine, query: str, ids: list[int]) -> None:
    assert sorted(listed(shelf, query)) == ids
    assert shelf.count(query) == len(ids)


@pytest.mark.parametrize("query", ["...", "[]", "–", "&", "='", "~1", "**", "\u0301", "(…)", '"…"'])
def test_signs_alone_are_refused_and_find_not_everything(shelf: Engine, query: str) -> None:
    with pytest.raises(QueryError):
        listed(shelf, query)


@pytest.mark.parametrize("query", ["one NEAR/ four", "one PRE/x four", "one NEAR/-1 four"])
def test_nearness_without_its_number_is_refused(shelf: Engine, query: str) -> None:
    with pytest.raises(QueryError) as refused:
        listed(shelf, query)

    assert listed(shelf, refused.value.meant) in ([], [10])


KNOWN = st.sampled_from([query for rows in QUESTIONS.values() for query, _ in rows if query])


@settings(deadline=None)
@given(st.lists(KNOWN, min_size=1, max_size=3), st.sampled_from(["", "OR", "NOT"]))
def test_what_is_counted_can_be_listed_in_every_order(
    shelf: Engine, parts: list[str], joint: str
) -> None:
    query = f" {joint} ".join(f"({part})" for part in parts)
    try:
        found = sorted(listed(shelf, query))
    except QueryError:
        return

    assert shelf.count(query) == len(found)
    assert sorted(shelf.best(query)) == found
    assert shelf.count(f"-({query})") == len(SHELF) - len(found)


@settings(deadline=None)
@given(KNOWN, KNOWN)
def test_operators_join_answers_as_sets(shelf: Engine, one: str, other: str) -> None:
    try:
        ones, others = set(listed(shelf, one)), set(listed(shelf, other))
    except QueryError:
        return

    assert set(listed(shelf, f"({one}) AND ({other})")) == ones & others
    assert set(listed(shelf, f"({one}) OR ({other})")) == ones | others
    assert set(listed(shelf, f"({one}) NOT ({other})")) == ones - others
