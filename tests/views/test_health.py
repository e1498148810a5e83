"""Probes are told whether this process can work."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from articles.models import Change, Corpus
from articles.views import health
from tests.factories import make_article


@pytest.fixture(autouse=True)
def _not_seen_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health._Seen, "migrated", False)


@pytest.mark.django_db
def test_a_working_database_is_well(client: Client) -> None:
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "search": "missing",
        "related": "ok",
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_an_index_that_is_behind_is_told_and_no_reason_to_be_restarted(
    client: Client, corpus: Corpus, index: Callable[[], int]
) -> None:
    make_article(corpus)
    index()
    assert client.get("/health/").json()["search"] == "ok"

    make_article(corpus)
    Change.objects.update(at=timezone.now() - timedelta(hours=1))
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json()["search"] == "behind"


@pytest.mark.django_db
def test_a_missing_migration_is_told(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="articles").delete()

    response = client.get("/health/")

    assert response.status_code == 503
    assert response.json()["migrations"] == "missing"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_told(client: Client) -> None:
    connection.close()
    known = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        response = client.get("/health/")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = known

    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"


@pytest.mark.django_db
def test_it_takes_no_post(client: Client) -> None:
    assert client.post("/health/").status_code == 405
