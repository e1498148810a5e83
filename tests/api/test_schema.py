"""The description of the API is true: tried against a running server with all checks."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from articles.models import ApiToken, Corpus
from articles.parsed import Flag
from tests.api.test_articles import DETAIL_KEYS
from tests.factories import make_article, make_person, make_source


@pytest.fixture
def described(client: Client, db: None) -> dict[str, Any]:
    del db
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def test_it_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Newsroom"


def test_every_address_is_described(described: dict[str, Any]) -> None:
    from_root = {path.removeprefix("/api/v1/") for path in described["paths"]}

    assert {
        "corpora/",
        "sources/",
        "authors/",
        "articles/",
        "articles/bulk/",
        "articles/{id}/versions/",
        "captures/",
        "imports/",
        "search/",
        "search/concordance/",
        "search/compare/",
        "search/validate/",
        "search/export.{ending}",
        "saved-searches/",
        "collections/",
        "exports/",
    } <= from_root
    for path in described["paths"].values():
        for operation in path.values():
            assert operation["responses"]["default"]["$ref"].endswith("ProblemDefault")
            assert operation["summary"]


def test_an_article_has_the_fixed_keys(described: dict[str, Any]) -> None:
    article = described["components"]["schemas"]["Article"]

    assert list(article["properties"]) == DETAIL_KEYS
    assert article["required"] == DETAIL_KEYS
    assert article["properties"]["flags"]["items"]["enum"] == [str(flag) for flag in Flag]
    assert "code points" in article["properties"]["text"]["description"]


def test_the_page_to_try_it_names_the_document(client: Client, db: None) -> None:
    del db
    response = client.get("/api/v1/docs/")

    assert response.status_code == 200
    assert b'data-schema="/api/v1/schema/"' in response.content
    assert b"<style" not in response.content
    assert b"<script>" not in response.content


@pytest.mark.django_db(transaction=True)
def test_a_running_server_does_as_described(
    live_server: Any, corpus: Corpus, superuser: User, tmp_path: Path, index: Callable[[], int]
) -> None:
    for _ in range(3):
        make_article(
            corpus,
            source=make_source(corpus),
            people=(make_person(corpus),),
            agencies=("Meridian Wire",),
        )
    index()
    _, token = ApiToken.issue(user_id=superuser.pk, name="schema")

    ran = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run"),
            f"{live_server.url}/api/v1/schema/",
            *("--header", f"Authorization: Token {token}"),
            *("--phases", "coverage,fuzzing,stateful"),
            *("--max-examples", "2", "--generation-deterministic", "--no-shrink", "--no-color"),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(settings.BASE_DIR),
            "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
