"""Imports asked for over REST."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.ingest import imports
from articles.models import Corpus, Import, ImportInput, ImportItem, Outcome, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import make_member

IMPORTS = "/api/v1/imports/"
LINES = b"""\
{"headline": "Tram line opens", "body": "It runs every ten minutes.", "date": "1931-05-02"}
{"headline": "Tram line is free on Sundays", "body": "So the council decided."}
{"broken
"""


@pytest.fixture
def client(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus, Role.EDITOR))


def _file(content: bytes = LINES, name: str = "trams.jsonl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/jsonl")


def test_one_file_may_be_called_file(client: Client) -> None:
    response = client.post(IMPORTS, {"file": _file()})

    assert response.status_code == 202


def test_files_are_imported(client: Client) -> None:
    response = client.post(IMPORTS, {"files": [_file()], "source": "The Tramway Post"})

    assert response.status_code == 202, response.content
    body = response.json()
    assert response.headers["Location"] == body["url"]
    assert body["status"] == "queued"
    assert body["inputs"][0]["location"] == "trams.jsonl"

    imports.run(body["id"])
    done = client.get(body["url"]).json()
    assert done["status"] == "finished"
    assert (done["counts"]["stored"], done["counts"]["failed"]) == (2, 1)
    assert done["inputs"][0]["done"] is True
    failed = client.get(f"{body['items_url']}?outcome=failed").json()["results"]
    assert len(failed) == 1
    assert failed[0]["reason"]
    stored = client.get(f"{body['items_url']}?outcome=stored").json()["results"]
    article = client.get(stored[0]["article"]["url"]).json()
    assert article["source"]["name"] == "The Tramway Post"


def test_the_report_is_a_table_without_formulas(client: Client) -> None:
    run = client.post(IMPORTS, {"files": [_file(name="=cmd().jsonl")]}).json()
    imports.run(run["id"])

    response = client.get(run["report_url"])

    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert ",'=cmd().jsonl," in text
    assert text.count("\n") >= 4


def test_text_is_imported(client: Client) -> None:
    text = "Tram line opens\n\nBy Ada Finch\n\nIt runs every ten minutes."
    response = client.post(IMPORTS, {"text": text}, content_type="application/json")

    assert response.status_code == 202
    run = response.json()
    capture = client.get(run["inputs"][0]["capture"]["url"]).json()
    sent = client.get(capture["bytes_url"])
    assert b"".join(sent.streaming_content).decode() == text  # type: ignore[attr-defined]


def test_addresses_wait_for_the_worker(client: Client) -> None:
    addresses = ["https://news.example/1", "https://news.example/2"]
    many = client.post(IMPORTS, {"urls": addresses}, content_type="application/json")
    one = client.post(IMPORTS, {"url": addresses[0]}, content_type="application/json")

    assert (many.status_code, one.status_code) == (202, 202)
    assert [given["location"] for given in many.json()["inputs"]] == addresses


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "url"),
        ({"text": "a", "url": "https://news.example/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"urls": ["https://news.example/", "ftp://news.example/"]}, "urls.1"),
        ({"urls": []}, "urls"),
        ({"text": " "}, "text"),
        ({"text": "a", "format": "docs"}, "format"),
        ({"text": "a", "mapping": {"x": "nothing"}}, "mapping.x"),
        ({"text": "a", "status": "finished"}, "status"),
    ],
)
def test_a_wrong_wish_is_refused(client: Client, data: dict[str, Any], field: str) -> None:
    response = client.post(IMPORTS, data, content_type="application/json")

    assert response.status_code == 400
    assert field in problem(response)["errors"]
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"files": "no file"},
        {"picture": io.BytesIO(b"a")},
        {"files": io.BytesIO(b"a"), "colour": "red"},
        {"files": io.BytesIO(b"a"), "source": "a\0b"},
        {"files": io.BytesIO(b"a"), "source": ["a", "b"]},
        {"files": io.BytesIO(b"a"), "mapping": "{"},
        {"files": io.BytesIO(b"a"), "mapping": '{"a\\u0000b": "body"}'},
        {"files": io.BytesIO(b"a"), "mapping": '{"a": ["body"]}'},
    ],
)
def test_a_wrong_form_is_refused(client: Client, form: dict[str, Any]) -> None:
    response = client.post(IMPORTS, form)

    assert response.status_code == 400, response.content
    problem(response)
    assert not Import.objects.exists()


def test_a_form_that_is_cut_off_is_refused(client: Client) -> None:
    response = client.post(
        IMPORTS, b"--x\r\nContent-Disp", content_type="multipart/form-data; boundary=x"
    )

    assert response.status_code == 400
    problem(response)


def test_a_table_can_come_with_its_mapping(client: Client) -> None:
    table = SimpleUploadedFile("t.csv", b"a,b\nTram line opens,It runs.\n", "text/csv")
    mapping = '{"a": "headline", "b": "body"}'
    run = client.post(IMPORTS, {"files": table, "mapping": mapping, "format": "table"}).json()

    imports.run(run["id"])

    assert client.get(run["url"]).json()["counts"]["stored"] == 1


def test_the_same_form_under_a_key_is_done_once(client: Client) -> None:
    key = {"Idempotency-Key": "upload-1"}
    first = client.post(IMPORTS, {"files": _file()}, headers=key)
    again = client.post(IMPORTS, {"files": _file()}, headers=key)
    other = client.post(IMPORTS, {"files": _file(b"{}")}, headers=key)

    assert again.json() == first.json()
    assert other.status_code == 409
    assert Import.objects.count() == 1


def test_what_failed_is_tried_again(client: Client) -> None:
    run = client.post(IMPORTS, {"files": _file()}).json()
    imports.run(run["id"])

    again = client.post(f"{run['url']}retry/")
    twice = client.post(f"{run['url']}retry/")

    assert again.status_code == 202, again.content
    assert again.headers["Location"] == again.json()["url"] != run["url"]
    assert twice.status_code == 409
    items = client.get(f"{run['items_url']}?outcome=failed").json()["results"]
    assert items[0]["retried_in"]["id"] == again.json()["id"]


def test_an_import_is_cancelled_once(client: Client) -> None:
    run = client.post(IMPORTS, {"files": _file()}).json()

    first = client.post(f"{run['url']}cancel/")
    again = client.post(f"{run['url']}cancel/")

    assert first.json()["status"] == "cancelled"
    assert again.status_code == 409


@pytest.mark.parametrize("outcome", ["none", "", "failed&outcome=stored"])
def test_an_outcome_that_is_none_is_refused(client: Client, outcome: str) -> None:
    run = client.post(IMPORTS, {"files": _file()}).json()

    response = client.get(f"{run['items_url']}?outcome={outcome}")

    assert response.status_code == 400
    assert "outcome" in problem(response)["errors"]


@pytest.mark.parametrize("rows", [2, 20])
def test_items_take_a_constant_number_of_queries(
    client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    run = client.post(IMPORTS, {"files": _file()}).json()
    given = ImportInput.objects.get()
    ImportItem.objects.bulk_create(
        ImportItem(
            run_id=run["id"],
            input=given,
            ordinal=number,
            locator=f"line {number}",
            outcome=Outcome.FAILED,
            reason="Broken.",
        )
        for number in range(rows)
    )

    with django_assert_num_queries(4):
        body = client.get(run["items_url"]).json()

    assert len(body["results"]) == rows
