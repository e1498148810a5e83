"""Search by the API: answers by parts, their pages, who sees what, and what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Access, Article, Corpus, Coverage
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member, make_person, make_source

type Index = Callable[[], int]

SEARCH = "/api/v1/search/"
VALIDATE = "/api/v1/search/validate/"


@pytest.fixture
def reader(corpus: Corpus, with_token: MakeClient) -> Client:
    """Return the script of someone who may read the corpus."""
    return with_token(make_member(corpus))


def found(client: Client, **params: str | int) -> Any:
    response = client.get(SEARCH, params)
    assert response.status_code == 200, response.content
    return response.json()


def ids(answer: Any) -> list[int]:
    return [row["id"] for row in answer["results"]]


def test_an_answer_has_articles_with_their_hits_and_their_number(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    article = make_article(
        corpus, headline="Harbour strike", paragraphs=("Nothing.", "The harbours 🚢 were still.")
    )
    make_article(corpus, headline="Fog")
    index()

    answer = found(reader, q="harbour")

    [row] = answer["results"]
    assert row["id"] == article.pk
    assert row["url"].endswith(f"/api/v1/articles/{article.pk}/")
    assert row["hits"]["count"] == 2
    assert _cut(row, "headline") == ["Harbour"]
    assert _cut(row, "snippet") == ["harbours"]
    assert (answer["total"], answer["query"], answer["sort"]) == (1, "harbour", "relevance")
    assert answer["facets"] is None
    assert answer["histogram"] is None
    assert answer["index"] == {"behind": False, "waiting": 0}


def _cut(row: Any, name: str) -> list[str]:
    return [row[name][span["start"] : span["end"]] for span in row["hits"][name]]


@pytest.mark.parametrize("part", ["results", "total", "facets", "histogram", "texts"])
def test_each_part_can_be_asked_for_alone(
    reader: Client, corpus: Corpus, index: Index, part: str
) -> None:
    make_article(corpus, headline="Harbour strike")
    index()

    answer = found(reader, q="harbour", include=part)

    parts = {"results", "total", "facets", "histogram", "texts"}
    assert {name for name in parts if answer[name] is not None} == {part}


def test_facets_and_bars_count_what_can_be_listed(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    gazette, post = make_source(corpus, "The Gazette"), make_source(corpus, "The Post")
    for source in (gazette, gazette, post):
        make_article(corpus, source=source, people=(make_person(corpus),), headline="Harbour")
    index()

    answer = found(
        reader, q="harbour", include="facets,histogram", facets="source", values=1, zoom="year"
    )

    [facet] = answer["facets"]
    assert (facet["field"], facet["others"]) == ("source", 1)
    assert [(value["value"], value["count"]) for value in facet["values"]] == [("The Gazette", 2)]
    listed = found(reader, q='harbour source:"The Gazette"', include="total,facets")
    assert listed["total"] == 2
    assert listed["facets"][0]["values"][0]["state"] == "included"
    assert answer["histogram"]["zoom"] == "year"
    assert sum(bar["count"] for bar in answer["histogram"]["bars"]) == 3


@pytest.fixture
def editions(corpus: Corpus) -> list[Article]:
    """Three articles of one text on two days, and one of its own."""
    days = (date(1931, 1, 1), date(1931, 1, 1), date(1932, 1, 1), date(1932, 1, 1))
    made = [make_article(corpus, headline=f"Harbour {day}", published=day) for day in days]
    for each in made[:3]:
        Coverage.objects.create(article=each, editions=made[0].pk)
    return made


@pytest.mark.usefixtures("editions")
def test_distinct_texts_are_counted_in_all_and_in_each_bar(reader: Client, index: Index) -> None:
    index()

    answer = found(reader, q="harbour", include="total,texts,histogram", zoom="year")
    without = found(reader, q="harbour", include="histogram", zoom="year")

    assert (answer["total"], answer["texts"]) == (4, {"count": 2, "exact": True})
    bars = answer["histogram"]["bars"]
    assert [(bar["count"], bar["texts"]) for bar in bars] == [(2, 1), (2, 2)]
    assert answer["histogram"]["texts_exact"] is True
    assert [bar["texts"] for bar in without["histogram"]["bars"]] == [None, None]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_a_folded_list_has_each_text_once(
    reader: Client, editions: list[Article], index: Index, sort: str
) -> None:
    index()

    first = found(reader, q="harbour", fold="true", sort=sort, limit=1)
    second = reader.get(first["next"]).json()
    whole = found(reader, q="harbour", sort=sort)

    rows = {row["id"]: row["editions"] for each in (first, second) for row in each["results"]}
    assert sorted(rows.values()) == [0, 2]
    assert rows[editions[3].pk] == 0
    assert second["next"] is None
    assert reader.get(second["previous"]).json()["results"] == first["results"]
    assert {row["editions"] for row in whole["results"]} == {None}
    assert len(whole["results"]) == 4


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "longest", "shortest", "added"])
def test_pages_list_all_of_an_answer_once_in_every_order(
    reader: Client, corpus: Corpus, index: Index, sort: str
) -> None:
    made = {make_article(corpus, headline=f"Harbour {n}").pk for n in range(5)}
    index()

    listed, address = [], f"{SEARCH}?q=harbour&sort={sort}&limit=2"
    while address:
        page = reader.get(address).json()
        listed += ids(page)
        last, address = page, page["next"]

    assert len(listed) == 5
    assert set(listed) == made
    assert ids(reader.get(last["previous"]).json()) == listed[2:4]


def test_pages_by_date_stay_in_step_while_articles_come_and_change(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    made = [
        make_article(corpus, headline="Harbour", published=date(1931, 1, day))
        for day in range(1, 7)
    ]
    index()
    first = found(reader, q="harbour", sort="newest", limit=2)
    make_article(corpus, headline="Harbour, the newest", published=date(1931, 2, 1))
    Article.objects.filter(pk=made[0].pk).update(section="Ports")
    index()

    second = reader.get(first["next"]).json()

    in_order = [article.pk for article in reversed(made)]
    assert ids(first) + ids(second) == in_order[:4]
    assert not second["moved"]


def test_pages_by_relevance_say_that_the_index_moved(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    for n in range(4):
        make_article(corpus, headline=f"Harbour {n}")
    index()
    first = found(reader, q="harbour", limit=2)
    make_article(corpus, headline="Harbour strike")
    index()

    assert reader.get(first["next"]).json()["moved"]


def test_it_says_what_the_index_has_not_taken_in(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, headline="Harbour")
    index()
    gone = make_article(corpus, headline="Harbour strike")
    make_article(make_corpus("of-others"), headline="Harbour of others")

    assert found(reader, q="harbour")["index"] == {"behind": True, "waiting": 1}
    index()
    Article.objects.filter(pk=gone.pk).update(standing=False)
    answer = found(reader, q="harbour strike")

    assert answer["results"] == []
    assert answer["total"] == 1
    assert answer["index"]["behind"]


def test_of_a_licensed_corpus_strangers_get_metadata_and_one_line(
    client: Client, with_token: MakeClient, index: Index
) -> None:
    licensed = make_corpus(access=Access.LICENSED)
    paragraphs = [f"Harbour {n}. " + f"secret{n} " * 80 for n in range(4)]
    make_article(licensed, headline="News", paragraphs=tuple(paragraphs))
    index()

    [seen] = found(client, q="harbour")["results"]
    [read] = found(with_token(make_member(licensed)), q="harbour")["results"]

    assert "\n" not in seen["snippet"]
    assert len(seen["snippet"]) < 200
    assert read["snippet"].count("\n") == 1
    assert "text" not in seen


def test_what_may_not_be_known_of_is_not_counted_either(
    client: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, source=make_source(corpus, "Hidden Post"), headline="Harbour")
    index()

    answer = found(client, q="", include="results,total,facets,histogram")

    assert (answer["total"], answer["results"]) == (0, [])
    assert not [value for facet in answer["facets"] for value in facet["values"]]
    assert not answer["histogram"]["bars"]
    assert found(client, q='source:"Hidden Post"')["total"] == 0


def test_broken_syntax_is_told_with_its_place(client: Client, index: Index) -> None:
    index()

    body = problem(client.get(SEARCH, {"q": "harbour date:2019-02-30"}))

    assert body["status"] == 400
    assert (body["position"], body["length"]) == (13, 10)
    assert body["meant"] == "harbour date:2019-02-28"
    assert body["errors"]["q"]


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=a%00b", "q=(", 'q="a', "q=a&q=b", "limit=", "limit=-1", "limit=0", "limit=NaN",
        "limit=1e3", "limit=" + "9" * 30, "cursor=x", "cursor=a1.zz", "cursor=b" + "9" * 30,
        "q=a&cursor=a1844674407370955161", "q=a&cursor=a1001",
        "sort=score", "sort=-date", "include=text", "fold=1", "include=results,",
        "facets=user__password",
        "facets=source;", "values=0", "values=x", "zoom=week", "user__password__startswith=a",
        "_connector=OR", "corpus=default", "q=date:2019-02-30", "q=date:0000",
        "q=date:9999-12-31T23:59-23:59", "q=user__password:a", "q=date:..", "q=length:>x",
        "q=NOT", "q=a~9", "q=" + "(" * 500, "q=" + "a%20NEAR%20" * 500 + "a",
    ],
)  # fmt: skip
def test_bad_parameters_are_refused(client: Client, index: Index, query: str) -> None:
    index()
    client.raise_request_exception = False

    body = problem(client.get(f"{SEARCH}?{query}"))

    assert body["status"] == 400
    assert body.get("errors")


@pytest.mark.parametrize(
    "query", ["*", "?a*", "*a*", "a* OR " * 3_000 + "b", "-" * 50 + "a", "9999999..", "%_'\\;--"]
)
def test_what_costs_much_or_looks_odd_is_answered(
    reader: Client, corpus: Corpus, index: Index, query: str
) -> None:
    make_article(corpus, headline="Alpha bravo")
    index()

    status = reader.get(SEARCH, {"q": query, "include": "results,total,facets,histogram"})

    assert status.status_code == 200, status.content


def test_without_an_index_one_is_asked_to_wait(client: Client, corpus: Corpus) -> None:
    del corpus
    response = client.get(SEARCH)

    assert problem(response)["status"] == 503
    assert response.headers["Retry-After"]


@pytest.mark.usefixtures("busy_engine")
def test_what_takes_too_long_is_stopped(reader: Client, corpus: Corpus, index: Index) -> None:
    make_article(corpus)
    index()

    response = reader.get(SEARCH, {"q": "a* b* c*"})

    assert problem(response)["status"] == 503
    assert response.headers["Retry-After"]


@pytest.mark.parametrize("token", ["nr_expired", ""])
def test_a_token_that_is_none_is_refused(client: Client, index: Index, token: str) -> None:
    index()

    response = client.get(SEARCH, headers={"Authorization": f"Token {token}"})

    assert problem(response)["status"] == 401
    assert problem(client.get(f"{SEARCH}?token=nr_x"))["status"] == 401


def test_a_page_of_people_leads_to_the_same_answer(client: Client, index: Index) -> None:
    index()

    link = client.get(SEARCH, {"q": "harbour strike"}).headers["Link"]

    assert '/articles/?q=harbour+strike>; rel="alternate"' in link


def test_reading_a_query_gives_its_normal_form_and_its_tree(client: Client, db: None) -> None:
    del db
    body = client.get(VALIDATE, {"q": "a  AND NOT b"}).json()

    assert body["valid"]
    assert body["query"] == "a -b"
    assert [child["type"] for child in body["tree"]["children"]] == ["word", "not"]
    assert body["error"] is None


def test_what_was_probably_meant_by_small_letters_is_hinted_at(client: Client, db: None) -> None:
    del db
    body = client.get(VALIDATE, {"q": "a near/5 b"}).json()

    assert body["valid"]
    assert body["error"] is None
    assert (body["hint"]["position"], body["hint"]["meant"]) == (2, "a NEAR/5 b")
    assert client.get(VALIDATE, {"q": "a NEAR/5 b"}).json()["hint"] is None


def test_a_query_of_signs_alone_is_refused(client: Client, superuser: User) -> None:
    del superuser
    refused = problem(client.get(SEARCH, {"q": "[]"}))

    assert refused["status"] == 400
    assert (refused["position"], refused["length"]) == (0, 2)


def test_every_kind_of_node_is_told(client: Client, db: None) -> None:
    del db
    query = (
        'a~1 "b (c OR d)"~2 (e NEAR/3 f) headline:g source:h date:2019..2020-02 length:>8 '
        "has:date (is:edited OR =I) -j"
    )

    tree = client.get(VALIDATE, {"q": query}).json()["tree"]

    kinds = [child["type"] for child in tree["children"]]
    assert kinds == [
        "word", "phrase", "near", "in", "named", "dates", "numbers", "has", "or", "not",
    ]  # fmt: skip
    assert tree["children"][5] == {
        "type": "dates", "field": "date", "start": "2019", "end": "2020-02",
    }  # fmt: skip
    assert client.get(VALIDATE).json()["tree"] == {"type": "everything"}


def test_reading_a_broken_query_is_no_failure(client: Client, db: None) -> None:
    del db
    response = client.get(VALIDATE, {"q": "😀 bridge("})

    assert response.status_code == 200
    body = response.json()
    assert not body["valid"]
    assert body["error"]["position"] == 8
    assert body["tree"] is None


def test_two_queries_cannot_be_read_at_once(client: Client, superuser: User) -> None:
    del superuser
    assert problem(client.get(f"{VALIDATE}?q=a&q=b"))["errors"] == {"q": "Give this once."}
