"""Clients of the API: anonymous, and with tokens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import ApiToken

type MakeClient = Callable[[User], Client]


def problem(response: Any) -> dict[str, Any]:
    """Return the problem details of an answer, and check that they are ones."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    return body


@pytest.fixture
def with_token() -> MakeClient:
    """Return what makes a client that sends a token of a person."""

    def make(user: User) -> Client:
        _, token = ApiToken.issue(user_id=user.pk, name="test")
        return Client(headers={"Authorization": f"Token {token}"}, raise_request_exception=False)

    return make
