"""When things go wrong, in the client's own format."""

import errno
import json
import threading
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import Settings

from articles.api import problems
from articles.models import Corpus
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article

LIST = "/api/v1/articles/"


@pytest.mark.django_db
def test_a_host_that_is_not_served_is_a_problem() -> None:
    response = Client(raise_request_exception=False).get(LIST, headers={"Host": "evil.example"})

    assert response.status_code == 400
    problem(response)


@pytest.mark.django_db
def test_a_media_type_that_is_not_sent_is_a_problem() -> None:
    response = Client().get(LIST, headers={"Accept": "image/png"})

    assert response.status_code == 406
    problem(response)


@pytest.mark.django_db
def test_a_browser_gets_json() -> None:
    response = Client().get(LIST, headers={"Accept": "text/html,*/*;q=0.8"})

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_which_methods_there_are_can_be_asked() -> None:
    response = Client().options(LIST)

    assert response.status_code == 204
    assert response.headers["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_is_stopped(
    corpus: Corpus, superuser: User, with_token: MakeClient, settings: Settings
) -> None:
    settings.REQUEST_STATEMENT_TIMEOUT_MS = 100
    settings.STATEMENTS_ARE_BOUNDED = False
    article = make_article(corpus)
    client = with_token(superuser)
    params: dict[str, Any] = connection.get_connection_params()
    wanted = {name: params[name] for name in ("dbname", "user", "host", "port") if name in params}

    with psycopg.connect(**wanted) as other:
        other.execute("LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE")
        response = client.get(f"{LIST}{article.pk}/")

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    problem(response)
    assert client.get(f"{LIST}{article.pk}/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db(transaction=True)
def test_without_a_database_the_api_says_so() -> None:
    answers = []

    def ask() -> None:
        # This thread's connection alone is led astray.
        connection.settings_dict = {**connection.settings_dict, "HOST": "/nowhere"}
        answers.append(Client().get(LIST))
        answers.append(Client().get(LIST, headers={"Authorization": "Token nr_x"}))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    for response in answers:
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        problem(response)


def test_a_full_disk_is_said_to_be() -> None:
    response = problems.handle(OSError(errno.ENOSPC, "No space left on device"), {})

    assert response.status_code == 507
    assert json.loads(response.content)["status"] == 507
