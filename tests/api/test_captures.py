"""Captures: their bytes as received, and harmless."""

import io
from typing import Any

import pytest
from django.test import Client

from articles.ingest import captures
from articles.models import Capture, Corpus
from tests.api.conftest import MakeClient, problem
from tests.factories import make_member

PAGE = b"<script>alert(1)</script>\xff\x00 as it came"


@pytest.fixture
def client(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus))


@pytest.fixture
def capture(corpus: Corpus) -> Capture:
    return captures.keep(
        io.BytesIO(PAGE),
        corpus=corpus,
        user_id=None,
        filename='page "ü".html',
        media_type="text/html",
    )


def test_bytes_are_sent_as_they_came_and_can_do_no_harm(client: Client, capture: Capture) -> None:
    shown = client.get(f"/api/v1/captures/{capture.pk}/").json()

    response = client.get(shown["bytes_url"])

    assert b"".join(response.streaming_content) == PAGE  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert shown["sha256"] == capture.sha256
    assert shown["size"] == len(PAGE)
    assert shown["media_type"] == "text/html"


def test_bytes_that_the_client_has_are_not_sent(client: Client, capture: Capture) -> None:
    address = f"/api/v1/captures/{capture.pk}/bytes/"

    response = client.get(address, headers={"If-None-Match": f'"{capture.sha256}"'})

    assert response.status_code == 304


def test_bytes_that_are_gone_are_said_to_be(client: Client, capture: Capture) -> None:
    captures.path(capture).unlink()

    response = client.get(f"/api/v1/captures/{capture.pk}/bytes/")

    assert response.status_code == 404
    assert "captures folder" in problem(response)["detail"]


@pytest.mark.parametrize("rows", [2, 20])
def test_a_list_takes_a_constant_number_of_queries(
    client: Client, corpus: Corpus, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        captures.keep(io.BytesIO(b"%d" % number), corpus=corpus, user_id=None)
    client.get("/api/v1/captures/")

    with django_assert_num_queries(3):
        body = client.get("/api/v1/captures/").json()

    assert len(body["results"]) == rows
