"""Reading articles."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Access, Corpus
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member, make_person, make_source

DETAIL_KEYS = (  # noqa: SIM905 -- as the documentation prints them
    "id url external_id corpus source headline standfirst snippet key_points published modified "
    "byline credits dateline section page edition language canonical_url captions rights extra "
    "text_available text blocks word_count flags corrections provenance version capture"
).split()


@pytest.fixture
def client(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus))


def test_a_detail_has_the_fixed_keys_in_their_order(corpus: Corpus, client: Client) -> None:
    article = make_article(
        corpus,
        source=make_source(corpus, "The Straits Courier"),
        people=(make_person(corpus, "Jane Doe"),),
        agencies=("Associated Press",),
    )

    body: dict[str, Any] = client.get(f"/api/v1/articles/{article.pk}/").json()

    assert list(body) == DETAIL_KEYS
    assert body["url"] == f"http://testserver/api/v1/articles/{article.pk}/"
    assert body["corpus"] == {"id": corpus.pk, "slug": "default"}
    assert body["source"]["name"] == "The Straits Courier"
    assert body["published"] == {
        "at": None,
        "date": "1932-03-19",
        "precision": "day",
        "origin": "read",
    }
    assert [credit["name"] for credit in body["credits"]] == ["Jane Doe", "Associated Press"]
    assert body["blocks"][0] == {"kind": "headline", "start": 0, "end": len(article.headline)}


def test_block_offsets_count_code_points(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus, headline="🦘 leaps", paragraphs=("A 🦘 and a é.",))

    body = client.get(f"/api/v1/articles/{article.pk}/").json()

    words = [body["text"][block["start"] : block["end"]] for block in body["blocks"]]
    assert words == ["🦘 leaps", "A 🦘 and a é."]


@pytest.mark.parametrize("rows", [2, 20])
def test_a_list_takes_a_constant_number_of_queries(
    corpus: Corpus, client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        make_article(
            corpus,
            source=make_source(corpus),
            people=(make_person(corpus),),
            headline=f"Number {number}",
        )
    client.get("/api/v1/articles/")

    with django_assert_num_queries(5):
        body = client.get("/api/v1/articles/").json()

    assert len(body["results"]) == rows
    assert "text" not in body["results"][0]


def test_pages_lead_through_all_rows_and_back(corpus: Corpus, client: Client) -> None:
    ids = [make_article(corpus).pk for _ in range(5)]

    first = client.get("/api/v1/articles/?corpus=default&limit=2").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    back = client.get(second["previous"]).json()

    pages = [[row["id"] for row in page["results"]] for page in (first, second, third)]
    assert [row for page in pages for row in page] == ids[::-1]
    assert first["previous"] is None
    assert third["next"] is None
    assert back["results"] == first["results"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("user__password__startswith=a", "user__password__startswith"),
        ("_connector=OR", "_connector"),
        ("limit=0", "limit"),
        ("limit=NaN", "limit"),
        ("limit=", "limit"),
        ("limit=999999999999999999999999999999", "limit"),
        ("cursor=nonsense", "cursor"),
        ("published_after=2019-02-30", "published_after"),
        ("published_after=0000-01-01", "published_after"),
        ("section=%00", "section"),
        ("%00=1", ""),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, field: str) -> None:
    response = client.get(f"/api/v1/articles/?{query}")

    assert response.status_code == 400
    assert list(problem(response)["errors"]) == [field]


@pytest.mark.parametrize("path", ["articles/", "search/", "links/", "operations/", "sources/"])
def test_more_rows_than_there_can_be_are_as_many_as_can_be(
    superuser: User, with_token: MakeClient, index: Callable[[], int], path: str
) -> None:
    client = with_token(superuser)
    index()

    for limit in (200, 201, 100_000):
        assert client.get(f"/api/v1/{path}?limit={limit}").status_code == 200
    refused = problem(client.get(f"/api/v1/{path}?limit=0"))
    assert "more than 200 is 200" in refused["errors"]["limit"]


def test_what_was_stored_a_moment_ago_is_in_the_plain_list(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    make_article(make_corpus(access=Access.OPEN))

    # There is no index at all.
    whole = client.get("/api/v1/articles/").json()
    of_one = client.get("/api/v1/articles/?corpus=default&sort=newest").json()

    assert len(whole["results"]) == 2
    assert [row["id"] for row in of_one["results"]] == [article.pk]
    assert of_one["index"] is None


def test_the_list_takes_a_query_and_says_how_the_index_stands(
    corpus: Corpus, client: Client, index: Callable[[], int]
) -> None:
    made = [make_article(corpus, headline=f"Harbour {n}") for n in range(3)]
    make_article(corpus, headline="Fog")
    index()
    make_article(corpus, headline="Harbour again")

    first = client.get("/api/v1/articles/?q=headline:harbour&limit=2").json()
    second = client.get(first["next"]).json()

    found = [row["id"] for row in first["results"] + second["results"]]
    assert found == [article.pk for article in reversed(made)]
    assert first["index"] == {"behind": True, "waiting": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("source=The Gazette", ["one"]),
        ("source=the gazette&q=nothing", []),
        ("author=Jane Doe", ["one"]),
        ("agency=Meridian Wire", ["two"]),
        ("published_after=1931-01-02", ["two"]),
        ("published_before=1931-01-02T10:00:00%2B06:00", ["one"]),
        ("published_after=1931-01-01&published_before=1931-12-31", ["two", "one"]),
        ("language=ar", ["two"]),
        ("section=Ports", ["one"]),
        ("undated=true", ["three"]),
        ("undated=no", ["two", "one"]),
        ("flagged=any", ["three"]),
        ("flagged=undated", ["three"]),
        ("corpus=default&section=ports&source=", ["one"]),
        ("sort=oldest", ["three", "one", "two"]),
        ("sort=oldest&corpus=default&q=has:date", ["one", "two"]),
    ],
)
def test_the_filters_say_what_the_query_says(
    corpus: Corpus, client: Client, index: Callable[[], int], query: str, found: list[str]
) -> None:
    gazette, jane = make_source(corpus, "The Gazette"), make_person(corpus, "Jane Doe")
    make_article(
        corpus, headline="one", source=gazette, people=(jane,), section="Ports",
        published=date(1931, 1, 1),
    )  # fmt: skip
    make_article(
        corpus, headline="two", agencies=("Meridian Wire",), language="ar",
        published=date(1931, 5, 1),
    )  # fmt: skip
    make_article(corpus, headline="three", published=None)
    index()

    listed = client.get(f"/api/v1/articles/?{query}").json()["results"]

    assert [row["headline"] for row in listed] == found


@pytest.mark.parametrize(
    ("query", "status", "fields"),
    [
        ("source=Nowhere", 404, ["source"]),
        ("author=Nobody&corpus=none", 404, ["corpus", "author"]),
        ("source=Nowhere&undated=perhaps", 400, ["source", "undated"]),
        ("published_after=1931-02-01&published_before=1931-01-01", 400, ["published_before"]),
        ("flagged=odd", 400, ["flagged"]),
        ("q=(", 400, ["q"]),
        ("sort=score", 400, ["sort"]),
        ("source=a&source=b", 400, ["source"]),
        ("source=99999999999999999999999", 404, ["source"]),
        ("source=-1", 404, ["source"]),
        ("published_after=9999-12-31T23:59-23:59", 400, ["published_after"]),
        ("published_before=yesterday", 400, ["published_before"]),
        ("published_before=2019-01-09Tx", 400, ["published_before"]),
        ("language=" + "x" * 501, 400, ["language"]),
    ],
)
def test_a_filter_that_names_nothing_or_is_none_is_told(
    client: Client, index: Callable[[], int], query: str, status: int, fields: list[str]
) -> None:
    index()

    body = problem(client.get(f"/api/v1/articles/?{query}"))

    assert body["status"] == status
    assert sorted(body["errors"]) == sorted(fields)


def test_the_same_article_is_not_sent_twice(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    first = client.get(f"/api/v1/articles/{article.pk}/")

    again = client.get(
        f"/api/v1/articles/{article.pk}/", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 304
    assert again.content == b""
    article.headline = "Another"
    article.save()
    changed = client.get(
        f"/api/v1/articles/{article.pk}/", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert changed.status_code == 200


def test_a_detail_names_its_page(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)

    response = client.get(f"/api/v1/articles/{article.pk}/")

    page = f"http://testserver/articles/{article.pk}/"
    assert response.headers["Link"] == f'<{page}>; rel="alternate"; type="text/html"'


def test_versions_are_listed_and_read(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)

    listed = client.get(f"/api/v1/articles/{article.pk}/versions/").json()
    one = client.get(listed["results"][0]["url"]).json()

    assert [row["number"] for row in listed["results"]] == [1]
    assert one["text"].startswith(article.headline)
    assert one["id"] == article.version_id


def test_anyone_reads_open_corpora_and_no_others(client: Client, superuser: User) -> None:
    del superuser
    hidden, shown = make_corpus(), make_corpus(access=Access.OPEN)
    in_hidden, in_shown = make_article(hidden), make_article(shown)

    for visitor in (Client(), client):
        listed = visitor.get("/api/v1/articles/").json()["results"]
        assert [row["id"] for row in listed] == [in_shown.pk]
        assert visitor.get(f"/api/v1/articles/{in_shown.pk}/").status_code == 200
        assert visitor.get(f"/api/v1/articles/{in_hidden.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("articles/0/", 404),
        ("articles/99999999999999999999999999/", 404),
        ("articles/%00/", 400),
        ("articles/1", 404),
        ("nothing/", 404),
        ("articles/\n/", 404),
    ],
)
def test_an_address_that_is_none_is_a_problem(path: str, status: int) -> None:
    response = Client().get(f"/api/v1/{path}")

    assert response.status_code == status
    problem(response)
