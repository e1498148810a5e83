"""Concordance and comparison by the API."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from articles.models import Access, Corpus
from tests.api.conftest import MakeClient, problem
from tests.factories import current, make_article, make_corpus, make_member, make_source

type Index = Callable[[], int]

LINES = "/api/v1/search/concordance/"
COMPARE = "/api/v1/search/compare/"


@pytest.fixture
def reader(corpus: Corpus, with_token: MakeClient) -> Client:
    """Return the script of someone who may read the corpus."""
    return with_token(make_member(corpus))


def test_a_line_has_its_keyword_and_where_that_stands(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    article = make_article(
        corpus,
        headline="News 🚢",
        paragraphs=("At noon the harbour was still.",),
        source=make_source(corpus, "The Gazette"),
        published=date(1931, 5, 1),
    )
    index()

    body = reader.get(LINES, {"q": "harbours"}).json()

    [line] = body["results"]
    assert line["left"].rstrip().endswith("At noon the")
    assert line["hit"] == "harbour"
    assert line["right"].lstrip().startswith("was still")
    assert current(article).text[line["start"] : line["end"]] == "harbour"
    assert line["article"]["id"] == article.pk
    assert line["version"] == current(article).pk
    assert (line["source"], line["published"]["date"]) == ("The Gazette", "1931-05-01")
    assert body["query"] == "harbours"
    assert body["index"] == {"behind": False, "waiting": 0}


@pytest.mark.parametrize("sort", ["date", "-date", "source", "left1", "right2"])
def test_pages_of_lines_hold_each_hit_once(
    reader: Client, corpus: Corpus, index: Index, sort: str
) -> None:
    for n in range(5):
        make_article(corpus, headline="News", paragraphs=(f"Then word{n} harbour quay{n}.",))
    index()

    found, address = [], f"{LINES}?q=harbour&sort={sort}&limit=2"
    while address:
        page = reader.get(address).json()
        found += [(line["article"]["id"], line["start"]) for line in page["results"]]
        address = page["next"]

    assert len(found) == len(set(found)) == 5


def test_texts_that_may_not_be_read_have_no_lines(
    client: Client, with_token: MakeClient, index: Index
) -> None:
    licensed = make_corpus(access=Access.LICENSED)
    make_article(licensed, headline="News", paragraphs=("The harbour was still.",))
    index()

    assert client.get(LINES, {"q": "harbour"}).json()["results"] == []
    member = with_token(make_member(licensed))
    assert len(member.get(LINES, {"q": "harbour"}).json()["results"]) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"), ("q=date:2019", "q"), ("q=(", "q"), ("q=a&sort=newest", "sort"),
        ("q=a&seed=0", "seed"), ("q=a&seed=" + "9" * 30, "seed"), ("q=a&limit=x", "limit"),
        ("q=a&cursor=zz", "cursor"), ("q=a&lines=3", "lines"), ("q=%00", "q"),
    ],
)  # fmt: skip
def test_bad_parameters_of_a_concordance_are_refused(
    client: Client, index: Index, query: str, field: str
) -> None:
    index()

    body = problem(client.get(f"{LINES}?{query}"))

    assert body["status"] == 400
    assert list(body["errors"]) == [field]


def test_queries_are_compared_over_time_and_by_source(
    reader: Client, corpus: Corpus, index: Index
) -> None:
    gazette = make_source(corpus, "The Gazette")
    make_article(corpus, headline="Harbour", source=gazette, published=date(1931, 1, 1))
    make_article(corpus, headline="Harbour strike", source=gazette, published=date(1932, 1, 1))
    make_article(corpus, headline="Strike", source=make_source(corpus, "The Post"))
    index()

    body = reader.get(f"{COMPARE}?q=headline:harbour&q=headline:strike&q=a(&zoom=year").json()

    assert [each["total"] for each in body["queries"]] == [2, 2, 0]
    assert [bar["count"] for bar in body["queries"][0]["bars"]] == [1, 1]
    assert body["queries"][2]["error"]["position"] == 1
    row = next(row for row in body["rows"] if row["label"] == "The Gazette")
    assert [cell and cell["count"] for cell in row["cells"]] == [2, 1, None]
    assert body["shared"][0]["of"] == [0, 1]
    assert body["shared"][0]["count"] == 1
    listed = reader.get("/api/v1/search/", {"q": body["shared"][0]["query"]}).json()
    assert listed["total"] == 1


def test_what_may_not_be_known_of_is_not_compared(
    client: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, headline="Harbour", source=make_source(corpus, "Hidden Post"))
    index()

    body = client.get(f"{COMPARE}?q=harbour&q=headline:harbour").json()

    assert [each["total"] for each in body["queries"]] == [0, 0]
    assert "Hidden" not in str(body)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=a", "q"), ("", "q"), ("q=a&" * 6, "q"), ("q=a&q=b&zoom=week", "zoom"),
        ("q=a&q=b&by=user__password", "by"), ("q=a&q=%00", "q"), ("q=a&q=b&x=1", "x"),
    ],
)  # fmt: skip
def test_a_bad_comparison_is_refused(client: Client, index: Index, query: str, field: str) -> None:
    index()

    body = problem(client.get(f"{COMPARE}?{query}"))

    assert body["status"] == 400
    assert list(body["errors"]) == [field]
