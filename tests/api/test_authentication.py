"""Tokens: in the header alone, while they are good, and not to be guessed."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import ApiToken, Corpus, attempts
from tests.api.conftest import problem
from tests.factories import make_article, make_member

LIST = "/api/v1/articles/"


@pytest.fixture
def member(corpus: Corpus) -> User:
    cache.clear()
    make_article(corpus)
    return make_member(corpus)


def _get(token: str) -> None:
    assert Client().get(LIST, headers={"Authorization": f"Token {token}"}).status_code == 200


def test_a_token_opens_what_its_person_may_see(member: User) -> None:
    _, token = ApiToken.issue(user_id=member.pk, name="script")

    response = Client().get(LIST, headers={"Authorization": f"token {token}"})

    assert response.status_code == 200
    assert len(response.json()["results"]) == 1


@pytest.mark.parametrize("how", ["expired", "revoked", "inactive", "deleted"])
def test_a_token_that_is_over_is_refused(member: User, how: str) -> None:
    row, token = ApiToken.issue(user_id=member.pk, name="script")
    past = timezone.now() - timedelta(seconds=1)
    if how == "expired":
        ApiToken.objects.update(expires_at=past)
    elif how == "revoked":
        ApiToken.objects.update(revoked_at=past)
    elif how == "inactive":
        User.objects.filter(pk=member.pk).update(is_active=False)
    else:
        row.delete()

    response = Client().get(LIST, headers={"Authorization": f"Token {token}"})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Token realm="Newsroom"'
    problem(response)


@pytest.mark.parametrize(
    "header", ["Token", "Token ", "Bearer abc", "Basic YTpi", "Token a b", "Token \u00e9", "x"]
)
@pytest.mark.django_db
def test_another_header_is_refused(header: str) -> None:
    response = Client().get(LIST, headers={"Authorization": header})

    assert response.status_code == 401
    problem(response)


@pytest.mark.parametrize("name", ["token", "access_token", "q", "corpus", "cursor"])
def test_a_token_in_an_address_is_refused_and_not_logged(
    member: User, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, token = ApiToken.issue(user_id=member.pk, name="script")

    with caplog.at_level(logging.DEBUG):
        response = Client().get(f"{LIST}?{name}={token}")

    assert response.status_code == 401
    assert token not in caplog.text
    assert token not in response.content.decode()


def test_tokens_are_kept_hashed(member: User) -> None:
    row, token = ApiToken.issue(user_id=member.pk, name="script")

    kept = ApiToken.objects.values().get(pk=row.pk)

    assert token not in str(kept)


def test_use_is_noted_now_and_then(member: User) -> None:
    row, token = ApiToken.issue(user_id=member.pk, name="script")

    _get(token)
    row.refresh_from_db()
    first = row.last_used_at
    _get(token)
    row.refresh_from_db()

    assert first is not None
    assert row.last_used_at == first


def test_guessing_is_stopped(member: User) -> None:
    _, good = ApiToken.issue(user_id=member.pk, name="script")

    answers = [
        Client().get(
            LIST,
            headers={
                "Authorization": f"Token nr_guess{number}",
                "X-Forwarded-For": f"198.51.100.{number}",
            },
        )
        for number in range(attempts.FAILURES_PER_ADDRESS + 2)
    ]

    statuses = [answer.status_code for answer in answers]
    assert statuses == [401] * attempts.FAILURES_PER_ADDRESS + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= attempts.WINDOW_SECONDS + 1
    problem(answers[-1])
    # Someone else from that address, with a token that is good, is not kept out.
    known = Client().get(LIST, headers={"Authorization": f"Token {good}"})
    assert known.status_code == 200


def test_behind_our_proxy_each_client_is_counted_for_itself(
    member: User, settings: Settings
) -> None:
    del member
    settings.TRUSTED_PROXIES = 1
    bad = {"Authorization": "Token nr_guess"}

    for _ in range(attempts.FAILURES_PER_ADDRESS + 1):
        last = Client().get(LIST, headers={**bad, "X-Forwarded-For": "198.51.100.1"})
    other = Client().get(LIST, headers={**bad, "X-Forwarded-For": "198.51.100.2"})

    assert last.status_code == 429
    assert other.status_code == 401


def test_the_command_prints_a_token_alone(member: User) -> None:
    out = StringIO()

    call_command("create_token", member.username, "--name", "nightly", "--days", "7", stdout=out)

    token = out.getvalue().strip()
    assert out.getvalue() == f"{token}\n"
    assert Client().get(LIST, headers={"Authorization": f"Token {token}"}).status_code == 200
    row = ApiToken.objects.get()
    assert row.name == "nightly"
    assert row.expires_at is not None
    assert timedelta(days=6) < row.expires_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(
    "arguments", [["nobody"], ["{user}", "--days", "0"], ["{user}", "--name", ""]]
)
def test_the_command_refuses_what_makes_no_sense(member: User, arguments: list[str]) -> None:
    given = [argument.format(user=member.username) for argument in arguments]

    with pytest.raises(CommandError):
        call_command("create_token", *given)

    assert not ApiToken.objects.exists()
