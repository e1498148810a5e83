"""Corpora, sources and authors."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Access, Corpus, Role, SourceAlias
from tests.api.conftest import MakeClient, problem
from tests.factories import make_corpus, make_member, make_person, make_source


@pytest.fixture
def client(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus))


def test_a_corpus_is_shown(corpus: Corpus, client: Client) -> None:
    listed = client.get("/api/v1/corpora/").json()["results"]

    assert [row["slug"] for row in listed] == ["default"]
    assert client.get(listed[0]["url"]).json() == listed[0]
    assert listed[0]["id"] == corpus.pk


def test_a_source_is_shown_with_its_names(corpus: Corpus, client: Client) -> None:
    source = make_source(corpus, "The Harbour Gazette", domains=["gazette.example"])

    body = client.get(f"/api/v1/sources/{source.pk}/").json()

    assert body["name"] == "The Harbour Gazette"
    assert body["aliases"] == ["The Harbour Gazette"]
    assert body["domains"] == ["gazette.example"]
    assert body["country"] is None


def test_sources_and_authors_are_listed_by_name_within_a_corpus(
    corpus: Corpus, client: Client
) -> None:
    other = make_corpus("other", access=Access.OPEN)
    for name in ("Beta", "Alpha"):
        make_source(corpus, name)
        make_person(corpus, name)
    make_source(other, "Gamma")
    make_person(other, "Gamma")

    for kind in ("sources", "authors"):
        of_all = client.get(f"/api/v1/{kind}/").json()["results"]
        of_one = client.get(f"/api/v1/{kind}/?corpus=default").json()["results"]
        assert [row["name"] for row in of_all] == ["Alpha", "Beta", "Gamma"]
        assert [row["name"] for row in of_one] == ["Alpha", "Beta"]


def test_pages_by_name_lead_through_equal_names(client: Client) -> None:
    for number in range(3):
        make_source(make_corpus(f"open-{number}", access=Access.OPEN), "The Times")

    seen, address = [], "/api/v1/sources/?limit=1"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert len(set(seen)) == len(seen) == 3


@pytest.mark.parametrize(("kind", "queries"), [("sources", 4), ("authors", 4), ("corpora", 2)])
@pytest.mark.parametrize("rows", [2, 20])
def test_a_list_takes_a_constant_number_of_queries(
    corpus: Corpus,
    client: Client,
    django_assert_num_queries: Any,
    kind: str,
    queries: int,
    rows: int,
) -> None:
    for _ in range(rows):
        make_source(corpus)
        make_person(corpus)
        make_corpus(access=Access.OPEN)
    client.get(f"/api/v1/{kind}/")

    with django_assert_num_queries(queries):
        body = client.get(f"/api/v1/{kind}/").json()

    assert len(body["results"]) >= rows


@pytest.fixture
def editor(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus, Role.EDITOR))


def _patch(client: Client, pk: int, data: Any, **headers: str) -> Any:
    return client.patch(
        f"/api/v1/sources/{pk}/", data, content_type="application/json", headers=headers
    )


def test_an_editor_puts_a_source_right(corpus: Corpus, editor: Client) -> None:
    source = make_source(corpus, "Harbor Gazette")
    read = editor.get(f"/api/v1/sources/{source.pk}/")
    change = {"name": "The Harbour Gazette", "domains": ["gazette.example"], "country": "GB"}

    response = _patch(editor, source.pk, change, **{"If-Match": read.headers["ETag"]})

    assert response.status_code == 200, response.content
    body = response.json()
    assert {name: body[name] for name in change} == change
    assert body["aliases"] == ["Harbor Gazette", "The Harbour Gazette"]
    assert response.headers["ETag"] == editor.get(body["url"]).headers["ETag"]


def test_who_was_slower_is_told_what_there_is_now(corpus: Corpus, editor: Client) -> None:
    source = make_source(corpus, "Harbor Gazette")
    etag = editor.get(f"/api/v1/sources/{source.pk}/").headers["ETag"]
    _patch(editor, source.pk, {"country": "GB"}, **{"If-Match": etag})

    response = _patch(editor, source.pk, {"country": "FR"}, **{"If-Match": etag})

    assert response.status_code == 412
    assert problem(response)["current"]["country"] == "GB"
    source.refresh_from_db()
    assert source.country == "GB"


def test_a_name_that_is_taken_is_refused(corpus: Corpus, editor: Client) -> None:
    taken, source = make_source(corpus, "The Mercury"), make_source(corpus, "The Gazette")

    response = _patch(editor, source.pk, {"name": "the mercury", "country": "GB"})

    assert response.status_code == 409
    source.refresh_from_db()
    assert (source.name, source.country) == ("The Gazette", "")
    assert SourceAlias.objects.get(folded="the mercury").source == taken


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": 1}, "id"),
        ({"aliases": []}, "aliases"),
        ({"name": " "}, "name"),
        ({"name": None}, "name"),
        ({"domains": ["http://a"]}, "domains.0"),
        ({"country": "gb"}, "country"),
        ({"languages": "en"}, "languages"),
    ],
)
def test_a_wrong_change_is_named(
    corpus: Corpus, editor: Client, change: dict[str, Any], field: str
) -> None:
    response = _patch(editor, make_source(corpus).pk, change)

    assert response.status_code == 400
    assert list(problem(response)["errors"]) == [field]


def test_only_editors_put_sources_right(corpus: Corpus, client: Client) -> None:
    source = make_source(corpus)
    elsewhere = make_source(make_corpus())

    assert _patch(client, source.pk, {"country": "GB"}).status_code == 403
    assert _patch(client, elsewhere.pk, {"country": "GB"}).status_code == 404
    assert _patch(Client(), source.pk, {"country": "GB"}).status_code == 401
