"""Exports by the API: answers as files, as they are made and by the worker."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.export import jobs
from articles.models import Access, Corpus, Export
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member

type Index = Callable[[], int]

EXPORTS = "/api/v1/exports/"
pytestmark = pytest.mark.usefixtures("empty_queue")


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus)


@pytest.fixture
def client(reader: User, with_token: MakeClient) -> Client:
    return with_token(reader)


def post(client: Client, body: Any, **headers: str) -> Any:
    return client.post(EXPORTS, body, content_type="application/json", headers=headers)


def sent(client: Client, ending: str, **params: str) -> Any:
    response = client.get(f"/api/v1/search/export.{ending}", params)
    assert response.status_code == 200, response.content
    return response


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "zip", "ris", "bib", "json"])
def test_an_answer_is_sent_in_every_form(
    client: Client, corpus: Corpus, index: Index, ending: str
) -> None:
    make_article(corpus, headline="Harbour strike")
    make_article(corpus, headline="Fog")
    index()

    response = sent(client, ending, q="headline:harbour")

    assert response.headers["Newsroom-Articles"] == "1"
    assert response.headers["Content-Disposition"].endswith(f'headline-harbour.{ending}"')
    assert response.getvalue()


def test_columns_order_and_texts_are_chosen(client: Client, corpus: Corpus, index: Index) -> None:
    for words in ("one", "one two three", "one two"):
        make_article(corpus, headline=words, paragraphs=(words,))
    index()

    table = sent(client, "csv", q="", sort="longest", columns="headline", text="false")

    rows = list(csv.DictReader(io.StringIO(table.getvalue().decode("utf-8-sig"))))
    assert [row["headline"] for row in rows] == ["one two three", "one two", "one"]
    assert not {"text", "section"} & set(rows[0])


def test_of_texts_that_may_not_be_read_there_is_none_in_it(client: Client, index: Index) -> None:
    make_article(make_corpus(access=Access.LICENSED), paragraphs=("word " * 60, "quillwort"))
    make_article(make_corpus(), headline="Zibeline")
    index()

    lines = sent(client, "jsonl", q="").getvalue().decode().splitlines()

    [row] = [json.loads(line) for line in lines]
    assert row["text"] is None
    assert "quillwort" not in lines[0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("export.exe", 404), ("export.csv?q=(", 400), ("export.csv?sort=relevance", 400),
        ("export.csv?columns=password", 400), ("export.csv?text=perhaps", 400),
        ("export.csv?limit=3", 400), ("export.csv?q=%00", 400), ("export.csv?q=a&q=b", 400),
    ],
)  # fmt: skip
def test_a_bad_wish_for_a_file_is_refused(
    client: Client, index: Index, address: str, status: int
) -> None:
    index()

    assert problem(client.get(f"/api/v1/search/{address}"))["status"] == status


def test_an_export_is_started_watched_fetched_and_removed(
    client: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, headline="Harbour strike")
    index()

    started = post(client, {"q": "harbour", "format": "jsonl", "columns": ["headline"]})

    assert started.status_code == 202
    address = started.headers["Location"]
    waiting = started.json()
    assert (waiting["status"], waiting["total"], waiting["file_url"]) == ("queued", 1, None)
    assert problem(client.get(f"{address}file/"))["status"] == 409
    jobs.run(waiting["id"])
    ready = client.get(address).json()
    assert (ready["status"], ready["done"]) == ("ready", 1)
    file = client.get(ready["file_url"])
    assert file.headers["Content-Type"] == "application/jsonl"
    assert json.loads(file.getvalue())["headline"] == "Harbour strike"
    assert [row["id"] for row in client.get(EXPORTS).json()["results"]] == [ready["id"]]
    assert client.delete(address).status_code == 204
    assert problem(client.get(ready["file_url"]))["status"] == 404
    assert not Export.objects.exists()


def test_an_export_can_be_given_up(client: Client, index: Index) -> None:
    index()
    address = post(client, {"q": "", "format": "csv"}).headers["Location"]

    assert client.delete(address).status_code == 204
    assert problem(client.get(address))["status"] == 404


def test_the_same_key_starts_one_export(client: Client, index: Index) -> None:
    index()
    body = {"q": "", "format": "csv"}

    first = post(client, body, **{"Idempotency-Key": "k"})
    again = post(client, body, **{"Idempotency-Key": "k"})

    assert first.json() == again.json()
    assert Export.objects.count() == 1


def test_what_one_may_read_no_more_is_not_handed_out(
    client: Client, reader: User, corpus: Corpus, index: Index
) -> None:
    make_article(corpus)
    index()
    made = post(client, {"q": "", "format": "csv"}).json()
    jobs.run(made["id"])
    reader.memberships.all().delete()

    assert problem(client.get(f"{EXPORTS}{made['id']}/file/"))["status"] == 404


def test_an_export_is_its_makers_alone(
    client: Client, corpus: Corpus, with_token: MakeClient, index: Index
) -> None:
    index()
    address = post(client, {"q": "", "format": "csv"}).headers["Location"]
    other = with_token(make_member(corpus))

    assert other.get(EXPORTS).json()["results"] == []
    assert problem(other.get(address))["status"] == 404
    assert problem(other.get(f"{address}file/"))["status"] == 404
    assert problem(other.delete(address))["status"] == 404
    assert Client().get(EXPORTS).status_code == 401
    assert Export.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "q"), ({"q": "a"}, "format"), ({"q": "(", "format": "csv"}, "q"),
        ({"q": "a", "format": "exe"}, "format"), ({"q": 1, "format": "csv"}, "q"),
        ({"q": "a", "format": "csv", "columns": ["password"]}, "columns.0"),
        ({"q": "a", "format": "csv", "columns": "headline"}, "columns"),
        ({"q": "a", "format": "csv", "text": "no"}, "text"),
        ({"q": "a", "format": "csv", "sort": "relevance"}, "sort"),
        ({"q": "a", "format": "csv", "path": "/etc/passwd"}, "path"),
    ],
)  # fmt: skip
def test_a_bad_export_is_refused(client: Client, index: Index, body: Any, field: str) -> None:
    index()

    answer = post(client, body)

    assert problem(answer)["status"] == 400
    assert field in answer.json()["errors"]
    assert not Export.objects.exists()


def test_without_an_index_an_export_is_asked_to_wait(client: Client) -> None:
    assert problem(client.get("/api/v1/search/export.csv"))["status"] == 503
    assert problem(post(client, {"q": "", "format": "csv"}))["status"] == 503
